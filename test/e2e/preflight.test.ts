// The whole installer with something missing around the service: refused before anything changed, with all of it at once.
import { afterEach, describe, expect, test } from '@jest/globals';
import { checkNames } from '@bamboo-ecs/bamboo';
import { passKey, preflightChecks } from '@bamboo-ecs/rollout/preflight';
import { openShop, type Descriptor, type Descriptors, type Installed, type Shop } from './shop.ts';

let shop: Shop | null = null;
afterEach(() => {
  shop?.world.close();
  shop = null;
});

const execution = 'arn:aws:iam::123456789012:role/execution';
const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf';
const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef';

/** With a neighbour of each kind. */
function surrounded({ 'task-definition': task, 'service-definition': create }: Descriptors): void {
  const [container] = task['containerDefinitions'] as Descriptor[];
  task['executionRoleArn'] = execution;
  Object.assign(container!, {
    portMappings: [{ containerPort: 8080 }],
    secrets: [
      { name: 'A', valueFrom: `${secret}:user::` },
      { name: 'B', valueFrom: '/team/key' },
    ],
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/web', 'awslogs-region': 'eu-west-1' },
    },
  });
  create['loadBalancers'] = [
    { targetGroupArn: targetGroup, containerName: 'hid-generator', containerPort: 8080 },
  ];
  delete create['role'];
}

async function open(): Promise<Shop> {
  shop = openShop({ edit: surrounded });
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
  return shop;
}

/** Calls that change something, or look at what comes of it. */
function writes({ calls }: Installed): string[] {
  return Object.keys(calls).filter((operation) => !/^(?:Describe|List)/u.test(operation));
}

test('the setting names the checks by the names that findings have', () => {
  expect(checkNames).toEqual([...preflightChecks, 'room']);
});

describe('a release whose neighbours are', () => {
  test('there is installed, and each check is a test case', async () => {
    const { install, world } = await open();
    const run = await install('1.0.14');
    expect(run.log).not.toMatch(/note \(|could not be looked at/u);
    expect(run.exitCode).toBe(0);
    const junit = run.output('test-reports/installer.xml');
    for (const check of ['role', 'image', 'secret', 'parameter', 'log-group', 'target-group'])
      expect(junit).toMatch(new RegExp(`<testcase[^>]*name="${check}"`, 'u'));
    expect(world.neighbours.asked).toEqual({
      identity: 1,
      roles: 1,
      passRoles: 1,
      images: 1,
      secrets: 1,
      parameters: 1,
      logGroups: 1,
      targetGroups: 1,
    });
  });

  test('missing is refused with all of it, before anything is registered', async () => {
    const { install, world } = await open();
    const image = 'registry.example.com/hid-generator:1.0.14.RELEASE';
    for (const id of [execution, secret, '/team/key', '/web', targetGroup, image])
      world.neighbours.missing.add(id);
    const run = await install('1.0.14');
    expect(run.exitCode).toBe(4);
    expect(writes(run)).toEqual([]);
    for (const words of [
      `The role ${execution} (task-definition $.executionRoleArn) does not exist`,
      `The image ${image} (task-definition $.containerDefinitions[0].image) is not there`,
      `The secret ${secret} (task-definition $.containerDefinitions[0].secrets[0].valueFrom) does not exist`,
      'The parameter /team/key (task-definition $.containerDefinitions[0].secrets[1].valueFrom) does not exist',
      'The log group /web',
      `The target group ${targetGroup} (service-definition $.loadBalancers[0].targetGroupArn) does not exist`,
    ])
      expect(run.log.replaceAll(/\s+/gu, ' ')).toContain(words);
    const junit = run.output('test-reports/installer.xml');
    // One test case for each check: the content ones here, the others among the problems.
    expect(junit.match(/<testcase[^>]*name="secret"/gu)).toHaveLength(1);
    expect(junit).toMatch(/<testcase[^>]*name="secret"[^>]*>\s*<failure/u);
    expect(junit).toMatch(/<testcase[^>]*name="pass-role"[^>]*\/>/u);
    // `plan` says the same and ends alike.
    const plan = await install('1.0.14', {}, 'plan');
    expect(plan.exitCode).toBe(4);
    expect(plan.log).toContain('does not exist');
  });

  test('missing of an update is refused, too, and the service goes on', async () => {
    const { install, running, world } = await open();
    await install('1.0.14');
    world.neighbours.missing.add(secret);
    const run = await install('1.0.15');
    expect(run.exitCode).toBe(4);
    expect(writes(run)).toEqual([]);
    expect(running()).toBe('hid-generator:1 COMPLETED');
    world.neighbours.missing.clear();
    expect((await install('1.0.15')).exitCode).toBe(0);
  });

  test('missing is let through where the check is left out', async () => {
    const { install, world } = await open();
    world.neighbours.missing.add(secret);
    const run = await install('1.0.14', { bamboo_ecs_skip_checks: 'secret, role' });
    expect(run.exitCode).toBe(0);
    expect(world.neighbours.asked.secrets).toBeUndefined();
    expect(world.neighbours.asked.logGroups).toBe(1);
  });

  test('missing is not looked for when preflight is off', async () => {
    const { install, world } = await open();
    world.neighbours.missing.add(secret);
    expect((await install('1.0.14', { bamboo_ecs_preflight: 'off' })).exitCode).toBe(0);
    expect(world.neighbours.asked).toEqual({});
  });

  test('doubtful is installed with a warning', async () => {
    const { install, world } = await open();
    world.neighbours.decisions.set(
      passKey({ arn: execution, principal: 'ecs-tasks.amazonaws.com' }),
      'implicitDeny',
    );
    world.neighbours.facts.set(targetGroup, { protocol: 'UDP' });
    const run = await install('1.0.14');
    expect(run.exitCode).toBe(0);
    expect(run.log.replaceAll(/\s+/gu, ' ')).toContain('the installation may not pass the role');
    expect(run.log).toContain('speaks UDP');
  });

  test('not to be looked at is installed with a note for each check', async () => {
    const { install, world } = await open();
    const every = [
      'roles',
      'images',
      'secrets',
      'parameters',
      'logGroups',
      'targetGroups',
      'identity',
    ] as const;
    for (const method of every) world.neighbours.denied.add(method);
    const run = await install('1.0.14');
    expect(run.exitCode).toBe(0);
    for (const check of ['role', 'image', 'secret', 'parameter', 'log-group', 'target-group'])
      expect(run.log).toContain(`note (${check})`);
    expect(run.log).toContain('Allow secrets to the role of the installation.');
  });
});

test('unchanged asks nobody, and is two calls', async () => {
  const { install, world } = await open();
  await install('1.0.14');
  const before = { ...world.neighbours.asked };
  const run = await install('1.0.14');
  expect([run.total, run.exitCode]).toEqual([2, 0]);
  expect(world.neighbours.asked).toEqual(before);
});

test.each([
  ['skip-checks', { bamboo_ecs_skip_checks: 'secrets' }, 'secrets (did you mean "secret"?)'],
  ['preflight', { bamboo_ecs_preflight: 'no' }, 'it must be one of on, off'],
])('a wrong word in %s is exit code 2', async (_, env, words) => {
  const { install } = await open();
  const run = await install('1.0.14', env);
  expect(run.exitCode).toBe(2);
  expect(run.log).toContain(words);
});
