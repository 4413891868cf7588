// Descriptors that contradict each other.
import { describe, expect, test } from '@jest/globals';
import { crossCheck, formatProblem, type DescriptorKind, type JsonObject } from '../src/index.ts';
import { fargate, service, task, taskWith, update, web } from './descriptors.ts';

type Release = Partial<Record<DescriptorKind, JsonObject>>;

const release: Release = { 'task-definition': task, 'service-definition': service, 'service-update': update };
const create = (members: JsonObject): Release => ({
  ...release,
  'service-definition': { ...service, ...members },
});
const change = (members: JsonObject): Release => ({
  ...release,
  'service-update': { ...update, ...members },
});
const withTask = (value: JsonObject, members: JsonObject = {}): Release => ({
  ...create(members),
  'task-definition': value,
});
const { role: _role, loadBalancers: _balancers, ...plain } = service;

function lines(value: Release, late: Partial<Record<DescriptorKind, ReadonlySet<string>>> = {}): string[] {
  return crossCheck(value, { late }).map(
    (problem) =>
      `${problem.severity} ${problem.code} ${problem.place?.kind ?? '?'} ${formatProblem(problem).replace('\n  ', ' ')}`,
  );
}

describe('contradictions', () => {
  test.each<[string, Release, RegExp]>([
    [
      'family',
      create({ taskDefinition: 'wbe' }),
      /^error family-differs service-definition \$\.taskDefinition: taskDefinition names the family 'wbe', the task definition belongs to 'web'/,
    ],
    [
      'family by ARN',
      change({ taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/other:3' }),
      /^error family-differs service-update .*'other'/,
    ],
    [
      'family without task definition',
      {
        'service-definition': { ...service, taskDefinition: 'a:1' },
        'service-update': { ...update, taskDefinition: 'b' },
      },
      /^error family-differs service-update .*family 'b' here and 'a' in the service-definition/,
    ],
    [
      'pinned revision',
      change({ taskDefinition: 'web:7' }),
      /^warning revision-pinned service-update \$\.taskDefinition: taskDefinition names revision 7/,
    ],
    [
      'cluster',
      change({ cluster: 'prod' }),
      /^error cluster-differs service-update \$\.cluster: The cluster is 'prod' here and 'qa' in the service-definition/,
    ],
    [
      'default cluster',
      {
        ...release,
        'service-update': Object.fromEntries(Object.entries(update).filter(([key]) => key !== 'cluster')),
      },
      /^error cluster-differs service-update \$: The cluster is 'default' here/,
    ],
    [
      'service',
      change({ service: 'weg' }),
      /^error service-differs service-update \$\.service: The service is 'weg' here and 'web'/,
    ],
    [
      'container',
      create({ loadBalancers: [{ loadBalancerName: 'lb', containerName: 'wbe', containerPort: 8080 }] }),
      /^error unknown-container service-definition \$\.loadBalancers\[0\]\.containerName: The task definition has no container 'wbe' → Did you mean 'web'\?/,
    ],
    [
      'container that is far off',
      create({ loadBalancers: [{ loadBalancerName: 'lb', containerName: 'database', containerPort: 8080 }] }),
      /has no container 'database' → It has 'web'\./,
    ],
    [
      'port',
      create({ loadBalancers: [{ loadBalancerName: 'lb', containerName: 'web', containerPort: 80 }] }),
      /^error unknown-port service-definition \$\.loadBalancers\[0\]\.containerPort: The container 'web' has no port mapping with containerPort 80 → It has 8080\./,
    ],
    [
      'port of none',
      withTask({ ...task, containerDefinitions: [{ name: 'web', image: 'a', memory: 8 }] }),
      /^error unknown-port .*It has no port mappings\./,
    ],
    [
      'registry',
      change({ serviceRegistries: [{ registryArn: 'a', containerName: 'api', containerPort: 1 }] }),
      /^error unknown-container service-update \$\.serviceRegistries\[0\]\.containerName/,
    ],
    [
      'port name',
      create({ serviceConnectConfiguration: { enabled: true, services: [{ portName: 'http' }] } }),
      /^error unknown-port-name service-definition \$\.serviceConnectConfiguration\.services\[0\]\.portName: No port mapping of the task definition is called 'http' → None has a name\./,
    ],
    [
      'lattice port name',
      {
        ...release,
        'task-definition': taskWith({
          portMappings: [{ containerPort: 8080, hostPort: 1234, name: 'htpt' }],
        }),
        'service-update': { ...update, vpcLatticeConfigurations: [{ portName: 'http' }] },
      },
      /^error unknown-port-name service-update .*Did you mean 'htpt'\?/,
    ],
    [
      'awsvpc without network',
      { 'task-definition': fargate, 'service-definition': plain },
      /^error network-configuration service-definition \$: The task has the network mode awsvpc/,
    ],
    [
      'network without awsvpc',
      change({ networkConfiguration: {} }),
      /^error network-configuration service-update \$\.networkConfiguration: .*the task has bridge/,
    ],
    [
      'classic with awsvpc',
      {
        'task-definition': fargate,
        'service-update': { ...update, loadBalancers: service['loadBalancers'] ?? [] },
      },
      /^error classic-load-balancer service-update \$\.loadBalancers\[0\]\.loadBalancerName/,
    ],
    [
      'classic with a free port',
      withTask(taskWith({ portMappings: [{ containerPort: 8080 }] })),
      /^warning classic-load-balancer service-definition/,
    ],
    [
      'fixed port, all must stay',
      create({
        deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 75 },
        desiredCount: 2,
      }),
      /^warning fixed-host-port service-definition \$\.deploymentConfiguration: Host port 1234 is fixed and minimumHealthyPercent 75 of desiredCount 2 lets no old task stop first/,
    ],
    [
      'fixed port by default',
      { 'task-definition': task, 'service-definition': { ...plain, deploymentConfiguration: {} } },
      /^warning fixed-host-port service-definition .*minimumHealthyPercent 100/,
    ],
    [
      'fixed port of host mode',
      {
        'task-definition': taskWith({ portMappings: [{ containerPort: 8080 }] }, { networkMode: 'host' }),
        'service-update': {
          ...update,
          desiredCount: 1,
          deploymentConfiguration: { minimumHealthyPercent: 50 },
        },
      },
      /^warning fixed-host-port service-update .*Host port 8080 is fixed/,
    ],
    [
      'count',
      change({ desiredCount: 3 }),
      /^warning values-differ service-update \$\.desiredCount: desiredCount is 3 here and 2 in the service-definition/,
    ],
    [
      'DAEMON updated with a count',
      {
        'service-definition': { ...plain, schedulingStrategy: 'DAEMON' },
        'service-update': { service: 'web', cluster: 'qa', desiredCount: 2 },
      },
      /^error daemon service-update \$\.desiredCount/,
    ],
  ])('%s', (_, value, expected) => {
    const found = lines(value);
    expect(found.filter((line) => expected.test(line))).toHaveLength(1);
    expect(found.filter((line) => !expected.test(line) && !line.startsWith('warning values-differ'))).toEqual(
      [],
    );
  });

  test('a role with awsvpc, seen only with the task definition', () => {
    expect(lines({ 'task-definition': fargate, 'service-definition': { ...plain, role: 'r' } })).toEqual([
      expect.stringMatching(/^error network-configuration/),
      expect.stringMatching(/^error role service-definition \$\.role/),
    ]);
  });
});

describe('agreement', () => {
  test.each<[string, Release]>([
    ['by name', release],
    ['nothing at all', {}],
    ['a task definition alone', { 'task-definition': task }],
    [
      'by ARN',
      change({
        cluster: 'arn:aws:ecs:eu-west-1:1:cluster/qa',
        service: 'arn:aws:ecs:eu-west-1:1:service/qa/web',
      }),
    ],
    ['by short ARN', change({ service: 'arn:aws-cn:ecs:cn-north-1:1:service/web' })],
    [
      'a port within a range',
      withTask(
        taskWith({ portMappings: [{ containerPortRange: '8000-9000' }, { containerPort: 1, hostPort: 2 }] }),
      ),
    ],
    ['a registry by port', change({ serviceRegistries: [{ registryArn: 'a', port: 80 }] })],
    [
      'free ports, all must stay',
      withTask(taskWith({ portMappings: [{ containerPort: 8080 }] }), {
        loadBalancers: [],
        deploymentConfiguration: { minimumHealthyPercent: 100 },
      }),
    ],
    [
      'fixed port, all may stop',
      {
        'task-definition': task,
        'service-update': {
          ...update,
          desiredCount: 1,
          deploymentConfiguration: { minimumHealthyPercent: 0 },
        },
      },
    ],
  ])('%s', (_, value) => {
    expect(lines(value).filter((line) => !line.startsWith('warning values-differ'))).toEqual([]);
  });

  test('late values agree with everything', () => {
    const late = {
      'task-definition': new Set(['$.family', '$.containerDefinitions[0].name']),
      'service-definition': new Set(['$.cluster', '$.serviceName', '$.desiredCount']),
      'service-update': new Set<string>(),
    };
    const value: Release = {
      'task-definition': { family: 'x', containerDefinitions: [{ ...web, name: 'x' }] },
      'service-definition': { ...service, cluster: 'x', serviceName: 'x', desiredCount: 7 },
      'service-update': update,
    };
    expect(lines(value, late)).toEqual([]);
  });
});
