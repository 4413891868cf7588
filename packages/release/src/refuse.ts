// Short forms of the two answers of a parser.
import type { Place, Problem, Result } from './problem.ts';

export function problem(code: string, message: string, hint?: string, place?: Place): Problem {
  return {
    severity: 'error',
    code,
    message,
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
  };
}

export function refuse(code: string, message: string, hint?: string, place?: Place): Result<never> {
  return { ok: false, problems: [problem(code, message, hint, place)] };
}
