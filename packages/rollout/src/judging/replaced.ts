// Our deployment is not PRIMARY (any more): rolled back, or superseded by somebody else's?
import { revisionName } from '../arn.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import type { JudgeInput } from './input.ts';
import { isFirstMiss, isFresh } from './service-gone.ts';
import { ourRevision, quoted } from './words.ts';

export function replaced(
  input: JudgeInput,
  ours: DeploymentSnapshot | undefined,
  primary: DeploymentSnapshot | undefined,
): Verdict | null {
  if (!primary) return null;
  const named = isNamedInFailure(input, primary);
  if (!ours && !named && (isFresh(input) || isFirstMiss(input))) return null;
  const now = `${primary.id} of ${revisionName(primary.taskDefinition)}`;
  if (named || isOlder(input, ours, primary)) {
    const why = breakerText(input, ours, primary);
    return {
      kind: 'failed',
      reason: `ECS rolled the deployment of ${ourRevision(input)} back, ${now} is PRIMARY again${why ? `: ${why}` : ''}.`,
    };
  }
  return {
    kind: 'superseded',
    reason: `Another deployment, ${now}, has taken the place of ours of ${ourRevision(input)}.`,
  };
}

/** ECS's clock where it is known: ours may be minutes off. */
function isOlder(
  { primaryBefore, createdAt, startedAt }: JudgeInput,
  ours: DeploymentSnapshot | undefined,
  primary: DeploymentSnapshot,
): boolean {
  if (primaryBefore !== undefined && primary.id === primaryBefore) return true;
  return primary.createdAt < (ours?.createdAt ?? createdAt ?? startedAt);
}

const rollingBack = /rolling back|rolled back/iu;

/**
 * ECS says itself that it rolls ours back: then a PRIMARY deployment with a new id is its work, not somebody else's. Its
 * state says so only while that is going on; of the events only those that name ours count, older ones speak of older failures.
 */
function isNamedInFailure(input: JudgeInput, primary: DeploymentSnapshot): boolean {
  if (primary.rolloutState === 'IN_PROGRESS' && rollingBack.test(primary.rolloutStateReason ?? ''))
    return true;
  return failureEvent(input) !== undefined;
}

function failureEvent({ snapshot, deployment }: JudgeInput): string | undefined {
  return snapshot.events.find(({ message }) => {
    if (deployment === null || !mentions(message, deployment)) return false;
    return /deployment failed|circuit breaker/iu.test(message) || rolledBackFrom(message, deployment);
  })?.message;
}

/** `rolling back to deployment ecs-svc/1` names the one that it goes back to. */
function rolledBackFrom(message: string, deployment: string): boolean {
  return rollingBack.test(message) && !message.includes(`back to deployment ${deployment}`);
}

/** `ecs-svc/12` is not in `ecs-svc/123`. */
function mentions(message: string, id: string): boolean {
  const at = message.indexOf(id);
  return at !== -1 && !/\d/u.test(message.charAt(at + id.length));
}

function breakerText(
  input: JudgeInput,
  ours: DeploymentSnapshot | undefined,
  primary: DeploymentSnapshot,
): string | null {
  const since = ours?.createdAt ?? input.createdAt ?? input.startedAt;
  const event = input.snapshot.events.find(
    ({ at, message }) => at >= since && /deployment failed|circuit breaker|alarm detected/iu.test(message),
  );
  const reason = rollingBack.test(primary.rolloutStateReason ?? '') ? primary.rolloutStateReason : undefined;
  const text = failureEvent(input) ?? event?.message ?? reason;
  return text ? quoted(text) : null;
}
