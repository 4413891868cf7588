// What a preflight asks beside ECS: IAM and the log groups, on the wire and with AWS's own clients.
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { startEcsStandIn } from '../../src/index.ts';
import type { EcsStandIn } from '../../src/index.ts';
import { credentials, taskDefinition } from './fixtures.ts';

let standIn: EcsStandIn;
let iam: IAMClient;
let logs: CloudWatchLogsClient;
beforeAll(async () => {
  standIn = await startEcsStandIn();
  const settings = { region: 'us-east-1', endpoint: standIn.url, credentials, maxAttempts: 1 };
  iam = new IAMClient(settings);
  logs = new CloudWatchLogsClient(settings);
});
beforeEach(async () => {
  await fetch(`${standIn.url}/_rehearsal/reset`, { method: 'POST' });
});
afterAll(async () => {
  iam.destroy();
  logs.destroy();
  await standIn.close();
});

async function put(what: string, body: unknown) {
  const init = { method: 'PUT', body: JSON.stringify(body) };
  const answer = await fetch(`${standIn.url}/_rehearsal/${what}`, init);
  return { status: answer.status, text: await answer.text() };
}

async function role(name: string) {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }));
  const policy = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')) as unknown;
  return { ...Role, policy };
}

const arn = (of: string): string => `arn:aws:iam::123456789012:role${of}`;

describe('GetRole', () => {
  test('any role is there and trusts ECS, its tasks and its scheduler', async () => {
    const found = await role('ecsServiceRole');
    expect(found).toMatchObject({ Arn: arn('/ecsServiceRole'), Path: '/', RoleName: 'ecsServiceRole' });
    expect(found.RoleId).toMatch(/^AROA[0-9A-F]{17}$/u);
    expect(found.CreateDate).toBeInstanceOf(Date);
    expect(found.policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: ['ecs-tasks.amazonaws.com', 'ecs.amazonaws.com'] },
          Action: 'sts:AssumeRole',
        },
      ],
    });
  });

  test('one that is said to be missing is refused in the words of AWS; back again it is there', async () => {
    await put('roles', { exec: { exists: false } });
    await expect(role('exec')).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name exec cannot be found.',
      $metadata: { httpStatusCode: 404 },
    });
    await put('roles', { exec: {} });
    expect((await role('exec')).Arn).toBe(arn('/exec'));
  });

  test('another trust and a path, as said', async () => {
    await put('roles', { exec: { trusts: ['ec2.amazonaws.com'], path: '/ops/' }, none: { trusts: [] } });
    expect(await role('exec')).toMatchObject({
      Arn: arn('/ops/exec'),
      Path: '/ops/',
      policy: { Statement: [{ Principal: { Service: ['ec2.amazonaws.com'] } }] },
    });
    expect((await role('none')).policy).toEqual({ Version: '2012-10-17', Statement: [] });
  });

  test('the path of a role that a task definition names, in this account only', async () => {
    standIn.simulation.registerTaskDefinition({
      ...taskDefinition('1'),
      executionRoleArn: arn('/service-role/a/exec'),
      taskRoleArn: 'arn:aws:iam::999999999999:role/far/task',
    });
    expect(await role('exec')).toMatchObject({ Path: '/service-role/a/', Arn: arn('/service-role/a/exec') });
    expect(await role('xec')).toMatchObject({ Path: '/' });
    expect(await role('task')).toMatchObject({ Path: '/' });
  });

  test.each(['a b', 'x'.repeat(65), '../exec', 'rôle'])('no name of a role: %s', async (name) => {
    await expect(role(name)).rejects.toMatchObject({
      message: expect.stringContaining('The specified value for roleName is invalid.'),
    });
  });

  test.each(['__proto__', 'constructor'])('%s is a name like others', async (name) => {
    expect((await role(name)).Arn).toBe(arn(`/${name}`));
    await put('roles', JSON.parse(`{"${name}": {"exists": false}}`));
    await expect(role(name)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('SimulatePrincipalPolicy', () => {
  const simulate = async (actions: string[], resources?: string[]) => {
    const answer = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: 'arn:aws:iam::123456789012:user/deploy',
        ActionNames: actions,
        ...(resources === undefined ? {} : { ResourceArns: resources }),
      }),
    );
    expect(answer.IsTruncated).toBe(false);
    return answer.EvaluationResults?.map((one) => ({
      action: one.EvalActionName,
      resource: one.EvalResourceName,
      decision: one.EvalDecision,
      each: one.ResourceSpecificResults?.map((specific) => [
        specific.EvalResourceName,
        specific.EvalResourceDecision,
      ]),
    }));
  };
  const template = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

  test('everything is allowed, but passing the roles of which it was said otherwise', async () => {
    await put('roles', { task: { pass: 'implicitDeny' }, exec: { pass: 'explicitDeny' } });
    const [exec, task, other] = [arn('/exec'), arn('/ops/task'), arn('/task/other')];
    expect(await simulate(['iam:PassRole', 'iam:GetRole'], [task, exec, other])).toEqual([
      {
        action: 'iam:PassRole',
        resource: template,
        decision: 'explicitDeny',
        each: [
          [task, 'implicitDeny'],
          [exec, 'explicitDeny'],
          [other, 'allowed'],
        ],
      },
      {
        action: 'iam:GetRole',
        resource: '*',
        decision: 'allowed',
        each: [task, exec, other].map((one) => [one, 'allowed']),
      },
    ]);
    expect(await simulate(['iam:PassRole'])).toEqual([
      { action: 'iam:PassRole', resource: template, decision: 'allowed', each: [] },
    ]);
  });

  test('without an action it is refused', async () => {
    await expect(simulate([])).rejects.toMatchObject({ message: 'ActionNames is required.' });
  });
});

describe('DescribeLogGroups', () => {
  const names = async (request: object) => {
    const { logGroups, nextToken } = await logs.send(new DescribeLogGroupsCommand(request));
    return { names: logGroups?.map(({ logGroupName }) => logGroupName), nextToken };
  };

  test('a group that is asked for by its whole name is there, unless it is said to be missing', async () => {
    expect(await names({ logGroupNamePrefix: '/ecs/hid' })).toEqual({ names: ['/ecs/hid'] });
    expect(await names({})).toEqual({ names: [] });
    await put('log-groups', { '/ecs/hid': false, '/ecs/hid-generator': true });
    expect(await names({ logGroupNamePrefix: '/ecs/hid' })).toEqual({ names: ['/ecs/hid-generator'] });
  });

  test('those of task definitions too, by pages, by pattern', async () => {
    const options = { 'awslogs-group': '/ecs/web' };
    standIn.simulation.registerTaskDefinition(
      taskDefinition('1', { logConfiguration: { logDriver: 'awslogs', options } }),
    );
    await put('log-groups', { '/b': true, '/a': true });
    expect(await names({})).toEqual({ names: ['/a', '/b', '/ecs/web'] });
    expect(await names({ limit: 2 })).toEqual({ names: ['/a', '/b'], nextToken: 'g/2' });
    expect(await names({ limit: 2, nextToken: 'g/2' })).toEqual({ names: ['/ecs/web'] });
    expect(await names({ logGroupNamePattern: 's/w' })).toEqual({ names: ['/ecs/web'] });
    expect(await names({ logGroupNamePattern: 'WEB' })).toEqual({ names: [] });
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/a' }));
    expect(logGroups?.[0]).toMatchObject({
      arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/a:*',
      logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/a',
    });
  });

  test.each([
    [{ logGroupNamePrefix: 'a b' }, "Value at 'logGroupNamePrefix' failed to satisfy constraint"],
    [{ logGroupNamePrefix: 'a', logGroupNamePattern: 'a' }, 'mutually exclusive'],
    [{ limit: 51 }, 'limit must be between 1 and 50.'],
    [{ nextToken: 'x' }, 'The specified nextToken is invalid.'],
  ])('refused: %o', async (request, message) => {
    await expect(names(request)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  });
});

describe('what is told', () => {
  test.each([
    ['roles', { exec: true }, 'exec: must be an object.'],
    ['roles', { exec: { trust: [] } }, 'exec.trust: unknown; known are exists, trusts, path, pass.'],
    ['roles', { exec: { exists: 'no' } }, 'exec.exists: must be true or false.'],
    ['roles', { exec: { trusts: 'ec2' } }, 'exec.trusts: must be a list of services'],
    ['roles', { exec: { path: 'ops' } }, 'exec.path: must begin and end with a slash.'],
    ['roles', { fine: { exists: false }, exec: { pass: 'no' } }, 'exec.pass: must be one of allowed'],
    ['log-groups', { '/a': 'no' }, '/a: must be true or false.'],
  ])('%s %o is refused and changes nothing', async (what, body, message) => {
    const answer = await put(what, body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(message);
    expect((await put(what, {})).text.trim()).toBe('{}');
  });

  test('is kept with the state; a state from before there was such a thing goes on', () => {
    const first = new EcsSimulation({});
    first.state.logGroups.set('/a', false);
    const saved = first.save();
    expect(EcsSimulation.restore(saved, {}).state.logGroups).toEqual(new Map([['/a', false]]));
    const { roles, logGroups, ...older } = JSON.parse(saved.state) as Record<string, unknown>;
    expect([roles, logGroups]).not.toContain(undefined);
    const restored = EcsSimulation.restore({ ...saved, state: JSON.stringify(older) }, {});
    expect(restored.state.roles.size + restored.state.logGroups.size).toBe(0);
  });
});
