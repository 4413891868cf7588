// Fail early: ECS finds no place for a task, and nothing will make one.
import type { Cause } from '../causes/cause.ts';
import { causeOf } from '../causes/patterns.ts';
import { othersWithTasks, taskCount } from '../deployments.ts';
import { objectsOf, textOf } from '../json.ts';
import { deploymentLimits, deploymentStrategy } from '../limits.ts';
import type { DeploymentSnapshot, ServiceEventSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import { clockAhead, failAfter } from './fail-after.ts';
import type { JudgeInput } from './input.ts';
import { ourCounts, ourRevision, quoted } from './words.ts';

/**
 * "Amazon ECS service event messages": an equal message is not told again before it is resolved or six hours are over, while the
 * scheduler goes on trying. So each span of this length that a complaint stands counts as one try that failed.
 */
const tryMs = 20_000;

const complaint =
  /was unable to (place a task|stop or start tasks during a deployment)|failed to launch a task with/iu;
/** No capacity helps: the revision names what ECS may not use. A role made a moment ago needs a minute, so twice as many tries. */
const denied: ReadonlySet<Cause | null> = new Set<Cause>(['role-not-assumable', 'service-linked-role']);
/** Something moves: a task was started, or one that leaves makes room. */
const movement =
  /has started \d+ task|has stopped \d+ (running )?task|stopped \d+ pending task|has begun draining/iu;
const leaving = /has begun draining connections on/iu;
const left = /has stopped \d+ running task/iu;
/** Elastic Load Balancing's longest default, and the time to stop. */
const drainMs = 6 * 60_000;

export function noRoom(input: JudgeInput, ours: DeploymentSnapshot): Verdict | null {
  // COMPLETED and fewer than wanted: that is scaling, or a task that is replaced, and not the rollout.
  if (ours.running >= ours.desired || ours.pending > 0 || ours.rolloutState === 'COMPLETED') return null;
  const now = input.now + clockAhead(input);
  const since = input.adopted ? input.startedAt : (input.createdAt ?? input.startedAt);
  const told = input.snapshot.events.filter(({ at }) => at >= since - 1000);
  const lastMove = Math.max(-Infinity, ...told.filter(matches(movement)).map(({ at }) => at));
  if (isDraining(told, now)) return null;
  const complaints = told.filter((event) => event.at >= lastMove && complaint.test(event.message));
  const oldest = Math.min(...complaints.map(({ at }) => at));
  const [newest] = complaints.toSorted((one, other) => other.at - one.at);
  if (!newest) return null;
  const isDenied = denied.has(causeOf(newest.message));
  if (!isDenied && mayGetRoom(input, ours, newest)) return null;
  const needed = failAfter(input, ours.desired) * (isDenied ? 2 : 1);
  if (tries(complaints, Math.min(now - oldest, seenFor(input))) < needed) return null;
  const what = !isDenied && /unable to place/iu.test(newest.message) ? 'No room' : 'No way';
  const text = quoted(newest.message.replace(/^\(service [^)]*\)\s*/u, ''));
  return {
    kind: 'failed',
    reason: `${what} for ${ourRevision(input)}: ECS ${text}; it has nothing that it could stop or wait for; ${ourCounts(input, ours)}.`,
  };
}

/** Our clock may be minutes off: a complaint has not stood for longer than we have looked. */
function seenFor({ now, watchedSince, startedAt }: JudgeInput): number {
  return now - (watchedSince ?? startedAt);
}

/** Complaints in one look are about one try. */
function tries(complaints: readonly ServiceEventSnapshot[], standingMs: number): number {
  const looks = new Set(complaints.map(({ at }) => Math.round(at / 5000)));
  return Math.max(looks.size, Math.floor(standingMs / tryMs));
}

/** Capacity providers scale, Fargate gets capacity; and what ECS may stop by its own rules it will stop. */
function mayGetRoom(
  { snapshot }: JudgeInput,
  ours: DeploymentSnapshot,
  { message }: ServiceEventSnapshot,
): boolean {
  const { definition } = snapshot;
  const scales =
    objectsOf(definition, 'capacityProviderStrategy').length > 0 ||
    textOf(definition, 'launchType') === 'FARGATE';
  if (/failed to launch/iu.test(message)) return true;
  // More room is no help where minimum and maximum leave no way.
  if (scales && /unable to place/iu.test(message)) return true;
  if (deploymentStrategy(definition) !== 'ROLLING') return false;
  const others = othersWithTasks(snapshot, ours);
  const { floor } = deploymentLimits(definition, ours.desired);
  return others.length > 0 && taskCount([...others, ours]) > floor;
}

/** Old tasks keep their ports and memory until they have stopped. */
function isDraining(events: readonly ServiceEventSnapshot[], now: number): boolean {
  const at = (pattern: RegExp): number =>
    Math.max(-Infinity, ...events.filter(matches(pattern)).map((event) => event.at));
  const began = at(leaving);
  return began > at(left) && now - began < drainMs;
}

function matches(pattern: RegExp): (event: ServiceEventSnapshot) => boolean {
  return ({ message }) => pattern.test(message);
}
