// Account, region and cluster as set: guards against the wrong target.
import type { Problem } from '@bamboo-ecs/release';
import { arnParts, plainName } from '../arn.ts';

export interface TargetInput {
  /** What it must be, from the settings; null: not set. */
  readonly expected: {
    readonly account: string | null;
    readonly region: string | null;
    readonly cluster: string | null;
  };
  /** Name or ARN of the cluster that the descriptors name. */
  readonly cluster: string;
  /** ARNs that ECS gave: account and region are read from them. Null or absent where ECS gave none. */
  readonly serviceArn: string | null;
  readonly clusterArn?: string | null;
}

export function targetProblems(input: TargetInput): Problem[] {
  const arn = [input.serviceArn, input.clusterArn, input.cluster]
    .map((candidate) => (candidate ? arnParts(candidate) : null))
    .find((parts) => parts !== null);
  const { expected } = input;
  return [
    ...compared('account', expected.account, arn?.account || null),
    ...compared('region', expected.region, arn?.region || null),
    ...clusterProblems(expected.cluster, input.cluster, input.clusterArn ?? null),
  ];
}

function compared(what: 'account' | 'region', expected: string | null, actual: string | null): Problem[] {
  if (expected === null || expected === actual) return [];
  const message =
    actual === null
      ? `The ${what} must be ${expected}, but ECS gave no ARN that says which ${what} this is.`
      : `The ${what} must be ${expected}, but this is ${actual}.`;
  const hint =
    what === 'account'
      ? 'Use the credentials (or the role-arn) of that account, or change the setting account.'
      : 'Set AWS_REGION or the setting region to where the service is.';
  return [
    { severity: 'error', code: `wrong-${what}`, message, place: { variable: `bamboo_ecs_${what}` }, hint },
  ];
}

/** A name on either side is compared by name, two ARNs are compared whole. */
function clusterProblems(expected: string | null, actual: string, arn: string | null): Problem[] {
  if (expected === null) return [];
  const full = arnParts(actual) ? actual : arn;
  const same = arnParts(expected) && full ? expected === full : plainName(expected) === plainName(actual);
  if (same) return [];
  return [
    {
      severity: 'error',
      code: 'wrong-cluster',
      message: `The cluster must be ${expected}, but the descriptors name ${actual}.`,
      place: { variable: 'bamboo_ecs_cluster' },
      hint: 'Publish the release with the cluster of this environment (a late variable can supply it), or change the setting cluster.',
    },
  ];
}
