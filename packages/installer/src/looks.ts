// What a poll may learn beyond DescribeServices: the service deployment, the health of targets and containers.
import { isEcsError, type ServiceSnapshot } from '@bamboo-ecs/rollout';
import type { Target } from './target.ts';

/** Members that looks may add to a snapshot. */
export type Seen = Pick<ServiceSnapshot, 'serviceDeployment' | 'targets' | 'containerHealth'>;

/**
 * One such look. It decides by itself whether this poll is worth a call, and answers `{}` where it is not, or where the server
 * cannot say. What it rejects with is told once and never fails a poll: the snapshot then goes without.
 */
export type Look = (target: Target, snapshot: ServiceSnapshot) => Promise<Seen>;

/** All looks at once, on one service; later ones win where two add the same member. */
export async function enrich(
  looks: readonly Look[],
  target: Target,
  snapshot: ServiceSnapshot,
  onTrouble: (message: string) => void,
): Promise<ServiceSnapshot> {
  if (looks.length === 0 || snapshot.status !== 'ACTIVE') return snapshot;
  const seen = await Promise.all(
    looks.map(async (look): Promise<Seen> => {
      try {
        return await look(target, snapshot);
      } catch (error) {
        // A bug of ours must not hide behind a silent server.
        if (!isEcsError(error)) throw error;
        onTrouble(`${error.message}. ${error.hint ?? 'The rollout is judged without it.'}`);
        return {};
      }
    }),
  );
  return Object.assign({}, snapshot, ...seen) as ServiceSnapshot;
}
