// Can a deployment with these numbers ever move? Source: "DeploymentConfiguration" in the Amazon ECS API Reference: tasks allowed
// are desiredCount × maximumPercent rounded down, tasks that must stay are desiredCount × minimumHealthyPercent rounded up.
import type { DescriptorKind } from '../descriptor.ts';
import type { Findings } from './findings.ts';
import { at, has, integer, text } from './read.ts';
import { controllerOf } from './rules-service.ts';

export interface DeploymentNumbers {
  readonly desired?: number;
  readonly least?: number;
  readonly most?: number;
}

/**
 * Desired count and percents of a service; ECS's defaults for CreateService, undefined where UpdateService would keep what the
 * service has or the value is late. Undefined for services to which the percents do not apply.
 */
export function deploymentNumbers(kind: DescriptorKind, service: unknown): DeploymentNumbers | undefined {
  const configuration = at(service, 'deploymentConfiguration');
  const rolling = !has(configuration, 'strategy') || text(configuration, 'strategy') === 'ROLLING';
  const daemon = has(service, 'schedulingStrategy') && text(service, 'schedulingStrategy') !== 'REPLICA';
  if (!rolling || daemon || controllerOf(service) !== 'ECS') return undefined;
  const percent = (member: string, byDefault: number): number | undefined => {
    if (has(configuration, member)) return integer(configuration, member);
    return kind === 'service-definition' ? byDefault : undefined;
  };
  const desired = integer(service, 'desiredCount');
  const least = percent('minimumHealthyPercent', 100);
  const most = percent('maximumPercent', 200);
  return {
    ...(desired !== undefined && { desired }),
    ...(least !== undefined && { least }),
    ...(most !== undefined && { most }),
  };
}

/** How many of `desired` tasks must stay while a deployment runs. */
export function mustStay(desired: number, least: number): number {
  return Math.ceil((desired * least) / 100);
}

export function checkDeployment(kind: DescriptorKind, service: unknown, findings: Findings): void {
  const configuration = at(service, 'deploymentConfiguration');
  for (const [member, strategy] of [
    ['linearConfiguration', 'LINEAR'],
    ['canaryConfiguration', 'CANARY'],
  ] as const) {
    const given = has(configuration, 'strategy') ? text(configuration, 'strategy') : 'ROLLING';
    if (has(configuration, member) && given !== undefined && given !== strategy) {
      findings.error(
        'deployment-strategy',
        ['deploymentConfiguration', member],
        `${member} goes with the strategy ${strategy} only, not with ${given}`,
      );
    }
  }
  const numbers = deploymentNumbers(kind, service);
  if (!numbers) return;
  const { desired, least, most } = numbers;
  const segments = has(service, 'deploymentConfiguration') ? ['deploymentConfiguration'] : [];
  if (most !== undefined && most < 100) {
    findings.warning(
      'deployment-below-desired',
      [...segments, 'maximumPercent'],
      `With maximumPercent ${String(most)} the service cannot reach its desired count while it is being deployed`,
    );
  }
  if (least === undefined || most === undefined) return;
  if (most <= 100 && least >= 100) {
    findings.error(
      'deployment-cannot-start',
      segments,
      `With maximumPercent ${String(most)} no task may be started and with minimumHealthyPercent ${String(least)} none may be stopped: no deployment can ever move`,
      'Raise maximumPercent or lower minimumHealthyPercent.',
    );
    return;
  }
  if (desired === undefined || desired < 1) return;
  const allowed = Math.floor((desired * most) / 100);
  const stay = mustStay(desired, least);
  if (allowed > desired || stay < desired) return;
  findings.error(
    'deployment-cannot-start',
    segments,
    `With desiredCount ${String(desired)}, maximumPercent ${String(most)} allows ${String(allowed)} and minimumHealthyPercent ${String(least)} keeps ${String(stay)}: no deployment can ever start or stop a task`,
    'Raise maximumPercent (200 always works) or lower minimumHealthyPercent.',
  );
}
