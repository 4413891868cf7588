// Is it healthy now?
import { revisionName } from '../arn.ts';
import { isInProgress, othersWithTasks, primaryOf, taskCount } from '../deployments.ts';
import { isUp } from '../judging/steady.ts';
import { objectOf, objectsOf, textOf } from '../json.ts';
import { isMarkedFailed, tagOf } from '../planning/tags.ts';
import type { DeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';
import { describeStage } from '../watching/describe-stage.ts';
import type { StatusInput } from './service-status.ts';
import type { Health, ServiceStatus } from './status.ts';

interface Told {
  readonly health: Health;
  readonly sentence: string;
}

export function healthOf({ service, running, now }: StatusInput): Told {
  const absent = whyAbsent(service);
  if (absent) return { health: 'absent', sentence: absent };
  const primary = primaryOf(service);
  const reference = primary?.taskDefinition || service.taskDefinition;
  const version = tagOf(running, 'version');
  const what = version ? `${version} (${revisionName(reference)})` : revisionName(reference) || 'nothing';
  const counts = `${service.running} of ${service.desired} tasks run${service.pending > 0 ? `, ${service.pending} are pending` : ''}`;
  const told = (health: Health, text: string): Told => ({ health, sentence: `${what}: ${text}.` });
  if (!primary) return told('unhealthy', `${counts}, and the service has no deployment`);
  if (primary.rolloutState === 'FAILED')
    return told('unhealthy', `its deployment FAILED, ${counts}${because(primary)}`);
  if (isMarkedFailed(running))
    return told('unhealthy', `it failed when it was installed, and runs all the same; ${counts}`);
  if (isInProgress(service, primary, now))
    return told(
      'in-progress',
      `it is being rolled out, ${counts}${older(service, primary)}${stage(service)}`,
    );
  if (service.desired === 0 && service.running === 0)
    return told('empty', 'the desired count is 0, nothing runs');
  const sick = sickTargets(service);
  if (!isUp(service, primary, now)) return told('unhealthy', `only ${counts}`);
  if (sick.length > 0) {
    const [first] = sick;
    const of = plainTarget(first?.id ?? '');
    const few =
      first?.all === 0
        ? `${of} has no target`
        : `${first?.healthy} of ${first?.all} targets of ${of} are healthy`;
    return told('unhealthy', `${counts}, but ${few}`);
  }
  return told('healthy', `${counts}${older(service, primary)}`);
}

function whyAbsent({ status, running }: ServiceSnapshot): string | null {
  if (status === 'MISSING') return 'The service does not exist.';
  if (status === 'INACTIVE') return 'The service was deleted (INACTIVE).';
  return status === 'DRAINING'
    ? `The service is being deleted (DRAINING), ${running} tasks still run.`
    : null;
}

function because({ rolloutStateReason }: DeploymentSnapshot): string {
  return rolloutStateReason ? `: ${rolloutStateReason.replace(/\.$/u, '')}` : '';
}

function stage({ serviceDeployment }: ServiceSnapshot): string {
  const parts = serviceDeployment ? describeStage(serviceDeployment) : [];
  return parts.map((part) => `; ${part}`).join('');
}

function older(service: ServiceSnapshot, primary: DeploymentSnapshot): string {
  const count = taskCount(othersWithTasks(service, primary));
  return count > 0 ? `, ${count} of an older deployment are still there` : '';
}

/** `hid-generator` of `arn:…:targetgroup/hid-generator/0123`. */
function plainTarget(id: string): string {
  return /:targetgroup\/([^/]+)\//u.exec(id)?.[1] ?? id;
}

/**
 * Sources with a target that is not healthy, or without any. Of the two target groups of a blue/green service one is empty between two
 * rollouts ("AdvancedConfiguration", ECS API Reference); Cloud Map knows no health of instances without checks, and says UNKNOWN.
 */
function sickTargets(service: ServiceSnapshot): ServiceStatus['targets'] {
  const { targets = [], definition } = service;
  const counts = targetCounts(service);
  const hasTargets = (id: string): boolean => counts.some((one) => one.id === id && one.all > 0);
  const pairs = objectsOf(definition, 'loadBalancers').map((balancer) => [
    textOf(balancer, 'targetGroupArn') ?? '',
    textOf(objectOf(balancer, 'advancedConfiguration'), 'alternateTargetGroupArn') ?? '',
  ]);
  return counts.filter(({ id, healthy, all }, index) => {
    const pair = pairs.find((two) => two.includes(id));
    if (all === 0) return pair?.some(hasTargets) !== true;
    const source = targets[index];
    const unknown = source?.targets.filter(({ state }) => state === 'initial').length ?? 0;
    return healthy + (source?.kind === 'service-registry' ? unknown : 0) < all;
  });
}

/** Targets on their way out do not count. */
export function targetCounts({ targets = [] }: ServiceSnapshot): ServiceStatus['targets'] {
  return targets.map(({ id, targets: all }) => {
    const counting = all.filter(({ state }) => state !== 'draining' && state !== 'unused');
    return { id, healthy: counting.filter(({ state }) => state === 'healthy').length, all: counting.length };
  });
}
