// What CreateService and UpdateService require beyond their schemas. Source unless said otherwise: "CreateService",
// "UpdateService" and "LoadBalancer" in the Amazon ECS API Reference.
import type { DescriptorKind } from '../descriptor.ts';
import type { Findings } from './findings.ts';
import { at, has, integer, list, text } from './read.ts';
import { checkName } from './rules-task.ts';

/** ECS or CODE_DEPLOY unless said otherwise; undefined when late. */
export function controllerOf(service: unknown): string | undefined {
  return has(service, 'deploymentController') ? text(at(service, 'deploymentController'), 'type') : 'ECS';
}

const tokenHint = 'Write "${clientToken}", which fits, or take it out: the installer sends its own.';

function checkToken(service: unknown, findings: Findings): void {
  const token = text(service, 'clientToken');
  if (token === undefined) return;
  if (token.length > 36) {
    findings.error(
      'client-token',
      ['clientToken'],
      `clientToken has ${String(token.length)} characters, at most 36 are allowed`,
      tokenHint,
    );
  } else if (!/^[!-~]*$/u.test(token)) {
    findings.error(
      'client-token',
      ['clientToken'],
      'clientToken may contain only printable ASCII without blanks (33 to 126)',
      tokenHint,
    );
  }
}

function checkLoadBalancers(service: unknown, findings: Findings): void {
  for (const [index, balancer] of list(service, 'loadBalancers').entries()) {
    const segments = ['loadBalancers', index];
    const classic = has(balancer, 'loadBalancerName');
    const target = has(balancer, 'targetGroupArn');
    if (classic === target) {
      findings.error(
        'load-balancer-target',
        segments,
        `A load balancer needs either loadBalancerName (classic) or targetGroupArn, ${classic ? 'not both' : 'and has neither'}`,
        classic ? 'Take one of them out.' : 'Add the one that is meant.',
      );
    }
    if (text(balancer, 'targetGroupArn')?.includes(':loadbalancer/')) {
      findings.error(
        'load-balancer-target',
        [...segments, 'targetGroupArn'],
        'targetGroupArn is the ARN of a load balancer, not of a target group',
        'A target group\'s ARN has ":targetgroup/" in it.',
      );
    }
    if (text(balancer, 'loadBalancerName')?.startsWith('arn:')) {
      findings.error(
        'load-balancer-target',
        [...segments, 'loadBalancerName'],
        'loadBalancerName takes the name of a classic load balancer, not an ARN',
        'For other load balancers give targetGroupArn.',
      );
    }
    for (const member of ['containerName', 'containerPort']) {
      if (!has(balancer, member))
        findings.error(
          'load-balancer-container',
          segments,
          `A load balancer needs '${member}'`,
          'Name the container and its port as in the task definition: they receive the requests.',
        );
    }
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/**
 * "You cannot specify an IAM role for services that require a service linked role." That the task uses awsvpc is seen by the check
 * across descriptors, too; networkConfiguration gives it away here.
 */
function checkRole(service: unknown, findings: Findings): void {
  if (!has(service, 'role')) return;
  const reasons = [
    [has(service, 'networkConfiguration'), 'tasks use awsvpc (networkConfiguration)'],
    [list(service, 'loadBalancers').length > 1, 'there are several load balancers'],
    [list(service, 'serviceRegistries').length > 0, 'there is a service registry'],
    [controllerOf(service) === 'EXTERNAL', 'the deployment controller is external'],
  ] as const;
  const applying = reasons.filter(([applies]) => applies).map(([, reason]) => reason);
  if (applying.length > 0) {
    findings.error(
      'role',
      ['role'],
      `ECS takes no role when ${applying.join(' and ')}: it uses its service-linked role then`,
      'Take role out.',
    );
  } else if (!has(service, 'loadBalancers') || isEmptyList(at(service, 'loadBalancers'))) {
    findings.error('role', ['role'], 'A role is allowed together with loadBalancers only', 'Take role out.');
  }
}

function checkLaunch(service: unknown, findings: Findings): void {
  const strategy = list(service, 'capacityProviderStrategy');
  if (has(service, 'launchType') && strategy.length > 0) {
    findings.error(
      'launch-type',
      ['launchType'],
      'launchType and capacityProviderStrategy cannot both be given',
      'Take one of them out.',
    );
  }
  if (strategy.length > 0 && strategy.every((item) => integer(item, 'weight') === 0)) {
    findings.error(
      'capacity-weight',
      ['capacityProviderStrategy'],
      'At least one capacity provider must have a weight above 0',
      'Write "weight": 1 for it.',
    );
  }
  const bases = strategy.filter((item) => (integer(item, 'base') ?? 0) > 0);
  if (bases.length > 1)
    findings.error(
      'capacity-base',
      ['capacityProviderStrategy'],
      'Only one capacity provider can have a base',
      'Take "base" out of the others.',
    );
}

/** "The daemon scheduling strategy does not support a desired count / placement strategies / values above 100 for maximumPercent" */
export function checkDaemon(service: unknown, findings: Findings): void {
  const refuse = (member: string, hint = 'Take it out.'): void => {
    findings.error(
      'daemon',
      [member],
      `A service with the scheduling strategy DAEMON takes no ${member}`,
      hint,
    );
  };
  if (has(service, 'desiredCount'))
    refuse('desiredCount', 'Take it out: there is one task on each container instance.');
  for (const member of ['placementStrategy', 'volumeConfigurations']) {
    if (list(service, member).length > 0) refuse(member);
  }
  const most = integer(at(service, 'deploymentConfiguration'), 'maximumPercent');
  if (most !== undefined && most > 100) {
    findings.error(
      'daemon',
      ['deploymentConfiguration', 'maximumPercent'],
      `With DAEMON maximumPercent can be at most 100, but is ${String(most)}`,
      'Write 100, or take it out.',
    );
  }
  if (text(service, 'launchType') === 'FARGATE')
    findings.error(
      'daemon',
      ['launchType'],
      'Fargate has no DAEMON services',
      'Use EC2, or the strategy REPLICA.',
    );
  const controller = controllerOf(service);
  if (controller === 'CODE_DEPLOY' || controller === 'EXTERNAL') {
    findings.error(
      'daemon',
      ['deploymentController', 'type'],
      `The deployment controller ${controller} has no DAEMON services`,
      'Use the deployment controller ECS, or the strategy REPLICA.',
    );
  }
}

function checkCreate(service: unknown, findings: Findings): void {
  checkName(findings, ['serviceName'], text(service, 'serviceName'));
  const controller = controllerOf(service);
  if (controller !== undefined && controller !== 'EXTERNAL') {
    if (!has(service, 'taskDefinition'))
      findings.error(
        'missing-member',
        [],
        `CreateService needs 'taskDefinition'`,
        'Add it with the family of the task definition.',
      );
    if (!has(service, 'schedulingStrategy') || text(service, 'schedulingStrategy') === 'REPLICA') {
      if (!has(service, 'desiredCount'))
        findings.error(
          'missing-member',
          [],
          `CreateService needs 'desiredCount' (unless the scheduling strategy is DAEMON)`,
          'Add how many tasks shall run, without quotes: "desiredCount": 2.',
        );
    }
  }
  if (text(service, 'schedulingStrategy') === 'DAEMON') checkDaemon(service, findings);
}

export function checkService(kind: DescriptorKind, service: unknown, findings: Findings): void {
  if (kind === 'service-definition') {
    checkCreate(service, findings);
    checkToken(service, findings);
    checkRole(service, findings);
  }
  checkLoadBalancers(service, findings);
  checkLaunch(service, findings);
}
