// How sure a diagnosis is: told by AWS in so many words, by several signs, or by one sign only.
import type { Diagnosis } from '../diagnosis.ts';
import type { DiagnosisCause } from './details.ts';
import { isVague } from './findings.ts';
import type { Finding } from './findings.ts';

type Confidence = NonNullable<Diagnosis['confidence']>;

/** Seen or computed, not told. */
const own: ReadonlyMap<DiagnosisCause, Confidence> = new Map<DiagnosisCause, Confidence>([
  ['superseded', 'certain'],
  ['bake-alarm', 'certain'],
  ['percent-deadlock', 'certain'],
  ['slow-drain', 'certain'],
  ['not-started', 'certain'],
  ['health-check-port', 'likely'],
  ['security-group', 'likely'],
  ['health-check-timeout', 'likely'],
  ['grace-period', 'possible'],
  ['slow', 'possible'],
  ['unclear', 'possible'],
]);

export function confidenceOf(cause: DiagnosisCause, heaviest: Finding | undefined): Confidence {
  const known = own.get(cause);
  if (known) return known;
  if (heaviest === undefined || isVague(heaviest.cause)) return 'possible';
  // Two stopped tasks, or one message of the scheduler.
  if (heaviest.weight >= 3) return 'certain';
  return heaviest.weight >= 1.5 ? 'likely' : 'possible';
}
