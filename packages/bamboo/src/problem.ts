// The same shape as `Problem` of the package release; this package imports none.

export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly place?: { readonly file?: string; readonly line?: number; readonly variable?: string };
  readonly hint?: string;
}

export function error(code: string, message: string, place: Problem['place'], hint: string): Problem {
  return { severity: 'error', code, message, ...(place ? { place } : {}), hint };
}

export function warning(code: string, message: string, place: Problem['place'], hint: string): Problem {
  return { severity: 'warning', code, message, ...(place ? { place } : {}), hint };
}
