// What is tried with each tool, and what the right end of it is.
import type { Wanted } from '../../containers/descriptors.ts';
import type { Behaviour } from '../../containers/task-images.ts';

export interface BenchCase {
  readonly name: string;
  /** Of the version that is brought. Null: the one that runs already. */
  readonly behaviour: Behaviour | null;
  readonly wanted: Omit<Wanted, 'image'>;
  /** Whether an exit code is the right word on what happens. */
  readonly isRight: (exitCode: number | null) => boolean;
  /** Somebody else deploys while the rollout goes on. */
  readonly otherDeploys?: true;
  /** The service itself has these, whatever the descriptors say. */
  readonly percents?: { readonly minimumHealthyPercent: number; readonly maximumPercent: number };
}

const succeeds = (exitCode: number | null): boolean => exitCode === 0;
const fails = (exitCode: number | null): boolean => exitCode !== 0 && exitCode !== null;
const serves = { kind: 'serves', drain: 4 } as const;
/** ministack's own: the preflight looks whether it is there. */
const subnet = 'subnet-00000001';
const two = { desired: 2, breaker: true, subnet } as const;

export const cases: readonly BenchCase[] = [
  { name: 'success', behaviour: serves, wanted: two, isRight: succeeds },
  {
    name: 'crash-loop',
    behaviour: { kind: 'crashes', exitCode: 3, says: 'no such database' },
    wanted: two,
    isRight: fails,
  },
  {
    name: 'no-room',
    behaviour: serves,
    wanted: { desired: 2, updatesPercents: false, subnet },
    percents: { minimumHealthyPercent: 100, maximumPercent: 100 },
    isRight: fails,
  },
  { name: 'superseded', behaviour: serves, wanted: two, otherDeploys: true, isRight: fails },
  { name: 'unchanged', behaviour: null, wanted: two, isRight: succeeds },
];
