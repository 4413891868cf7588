import type { DescriptorKind } from '../descriptor.ts';
import { formatPath, type Segments } from '../path.ts';
import type { Problem } from '../problem.ts';

/** Collects the problems of one descriptor. `segments` say where, `message` what and why, `hint` what to do. */
export interface Findings {
  readonly problems: readonly Problem[];
  error(code: string, segments: Segments, message: string, hint?: string): void;
  warning(code: string, segments: Segments, message: string, hint?: string): void;
}

/** With `kind`, each place says which descriptor it lies in: for checks over several descriptors. */
export function collectFindings(kind?: DescriptorKind): Findings {
  const problems: Problem[] = [];
  const add =
    (severity: Problem['severity']) =>
    (code: string, segments: Segments, message: string, hint?: string): void => {
      const own = [...segments];
      problems.push({
        severity,
        code,
        message,
        place: { path: formatPath(own), segments: own, ...(kind && { kind }) },
        ...(hint && { hint }),
      });
    };
  return { problems, error: add('error'), warning: add('warning') };
}
