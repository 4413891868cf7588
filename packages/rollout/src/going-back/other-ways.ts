// Where a roll-back with what the release of then says would get stuck: the same with what the service has now.
import { member, without } from '../json.ts';
import type { GoingBackInput } from './plan-going-back.ts';

/** The service's limits as they are now; then its desired count, too. Each says so in a note; the nearest to what was then comes first. */
export function otherWaysBack(input: GoingBackInput): readonly GoingBackInput[] {
  const { update, service, desired } = input;
  const limits = member(update, 'deploymentConfiguration') !== undefined;
  const counts = (desired ?? member(update, 'desiredCount') ?? service.desired) !== service.desired;
  const kept = limits && update ? { ...input, update: without(update, 'deploymentConfiguration') } : input;
  return [
    ...(limits ? [noting(kept, 'its deploymentConfiguration')] : []),
    ...(counts
      ? [
          noting(
            { ...kept, desired: service.desired },
            limits ? 'its deploymentConfiguration and desired count' : 'its desired count',
          ),
        ]
      : []),
  ];
}

function noting(input: GoingBackInput, what: string): GoingBackInput {
  const note = `With what the release said then the rollout would get stuck, so the service keeps ${what} as now.`;
  return { ...input, notes: [...input.notes, note] };
}
