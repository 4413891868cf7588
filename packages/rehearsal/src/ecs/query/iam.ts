// Identity and Access Management: roles with their trust policies, and the policy simulator.
import { createHash } from 'node:crypto';
import { EcsSimulationError, textOf } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { element, list, members, required } from './elb.ts';
import type { QueryAction } from './handle-query.ts';

export const iamVersion = '2010-05-08';

/** Both that may take a role of ECS: its tasks, and the scheduler with the `role` of a service. */
const usualTrust = ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'];

/** "GetRole", "SimulatePrincipalPolicy" (IAM API Reference). */
export const iamActions: Readonly<Record<string, QueryAction>> = {
  /** Every role is there, until the control API says that it is not. */
  GetRole(simulation, request) {
    const name = required(request, 'RoleName');
    if (!/^[\w+=,.@-]{1,64}$/u.test(name))
      throw new EcsSimulationError(
        'ValidationError',
        'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
      );
    const told = simulation.state.roles.get(name);
    if (told?.exists === false)
      throw new EcsSimulationError('NoSuchEntity', `The role with name ${name} cannot be found.`);
    const { account, startMs } = simulation.world.settings;
    const path = told?.path ?? pathNamed(simulation, name) ?? '/';
    const role =
      element('Path', path) +
      element('RoleName', name) +
      element('RoleId', roleId(`${account}/${name}`)) +
      element('Arn', `arn:aws:iam::${account}:role${path}${name}`) +
      element('CreateDate', new Date(startMs).toISOString().replace(/\.\d+/u, '')) +
      element('AssumeRolePolicyDocument', encodeURIComponent(trustPolicy(told?.trusts ?? usualTrust))) +
      element('MaxSessionDuration', 3600);
    return `<Role>${role}</Role>`;
  },

  /** Everything is allowed, but passing the roles of which the control API says otherwise. No policy is read. */
  SimulatePrincipalPolicy(simulation, request) {
    required(request, 'PolicySourceArn');
    const actions = members(request, 'ActionNames');
    if (actions.length === 0) throw new EcsSimulationError('ValidationError', 'ActionNames is required.');
    const resources = members(request, 'ResourceArns');
    const results = actions.map((action) => renderResult(simulation, action, resources));
    return element('IsTruncated', 'false') + list('EvaluationResults', results);
  },
};

/** From the most restrictive on: that of all resources together is the first that one of them has. */
const decisions = ['explicitDeny', 'implicitDeny', 'allowed'];

/** One result for an action; what is decided for each resource is inside of it ("EvaluationResult", IAM API Reference). */
function renderResult(simulation: EcsSimulation, action: string, resources: readonly string[]): string {
  const each = resources.map((arn) => ({ arn, decision: decisionOf(simulation, action, arn) }));
  const worst = decisions.find((one) => each.some(({ decision }) => decision === one)) ?? 'allowed';
  const none = list('MatchedStatements', []) + list('MissingContextValues', []);
  return (
    element('EvalActionName', action) +
    element('EvalResourceName', isPassRole(action) ? roleTemplate : '*') +
    element('EvalDecision', worst) +
    none +
    list(
      'ResourceSpecificResults',
      each.map(
        ({ arn, decision }) =>
          element('EvalResourceName', arn) + element('EvalResourceDecision', decision) + none,
      ),
    )
  );
}

const roleTemplate = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

function isPassRole(action: string): boolean {
  return action.toLowerCase() === 'iam:passrole';
}

function decisionOf({ state }: EcsSimulation, action: string, resource: string): string {
  if (!isPassRole(action)) return 'allowed';
  const name = /^arn:[^:]*:iam::[^:]*:role\/(?:.*\/)?([^/]+)$/u.exec(resource)?.[1];
  return (name === undefined ? undefined : state.roles.get(name)?.pass) ?? 'allowed';
}

function trustPolicy(services: readonly string[]): string {
  const statement = { Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: services.length === 0 ? [] : [statement] });
}

/** The path in an ARN by which the newest task definition that names the role does so. */
function pathNamed({ state, world }: EcsSimulation, name: string): string | undefined {
  const start = `:iam::${world.settings.account}:role/`;
  const definitions = [...state.taskDefinitions.values()].flat().toReversed();
  for (const { definition } of definitions) {
    for (const member of ['executionRoleArn', 'taskRoleArn']) {
      const arn = textOf(definition, member) ?? '';
      const at = arn.indexOf(start);
      if (at >= 0 && arn.endsWith(`/${name}`)) return arn.slice(at + start.length - 1, -name.length);
    }
  }
  return undefined;
}

/** As IAM's ids of roles look ("IAM identifiers", IAM User Guide). */
function roleId(of: string): string {
  return `AROA${createHash('sha256').update(of).digest('hex').slice(0, 17).toUpperCase()}`;
}
