import { segmentFault } from '../path.ts';

/** The decoded segments of a path of an address; slashes at its end do not count. A segment that cannot be is a fault. */
export function decodeSegments(path: string): {
  readonly segments: readonly string[];
  readonly faults: readonly string[];
} {
  const raw = path.replace(/^\//, '').replace(/\/+$/, '');
  if (raw === '') return { segments: [], faults: [] };
  const segments: string[] = [];
  const faults: string[] = [];
  for (const text of raw.split('/')) {
    const segment = decode(text);
    const fault = segment === null ? 'has a "%" that begins no character' : segmentFault(segment);
    if (fault) faults.push(text === '' ? 'it has an empty name ("//")' : `the name "${text}" ${fault}`);
    else if (segment !== null) segments.push(segment);
  }
  return { segments, faults };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
