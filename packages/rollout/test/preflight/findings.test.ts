// Each check against answers of every kind: only what AWS says plainly is an error.
import { describe, expect, test } from '@jest/globals';
import { instancePlatform, known, passKey, preflightChecks, unknown } from '../../src/preflight/index.ts';
import type { PreflightFacts } from '../../src/preflight/index.ts';
import { account, service } from '../builders.ts';
import { answers, ask, findings, heads, type Parts } from './case.ts';

const role = `arn:aws:iam::${account}:role/exec`;
const trusting = (principal: unknown, action: unknown = 'sts:AssumeRole', effect = 'Allow') =>
  JSON.parse(JSON.stringify({ Statement: [{ Effect: effect, Principal: principal, Action: action }] }));
const tasks = trusting({ Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] });
const awsvpc: Parts = {
  task: { networkMode: 'awsvpc' },
  container: { portMappings: [{ containerPort: 8080 }] },
  service: {
    loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080 }],
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
    },
  },
};
const subnet = (more: object = {}) => ({ vpcId: 'vpc-1', zone: 'a', freeAddresses: 100, ...more });
const group = (more: object = {}) => ({
  targetType: 'ip',
  protocol: 'HTTP',
  vpcId: 'vpc-1',
  loadBalancers: ['arn:lb'],
  healthCheck: { port: 'traffic-port', protocol: 'HTTP' },
  deregistrationDelaySeconds: 300,
  ...more,
});
const groups = (
  fact: ReturnType<typeof group> | null,
  balancers: PreflightFacts['targetGroups']['balancers'] = new Map(),
) => ({
  targetGroups: { groups: answers({ 'arn:tg': fact }), balancers },
});
const bridge = (mapping: object): Parts => ({
  container: { portMappings: [JSON.parse(JSON.stringify(mapping))] },
  service: { loadBalancers: [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080 }] },
});
const classic = (mapping: object, task: Parts['task'] = {}): Parts => ({
  task,
  container: { portMappings: [JSON.parse(JSON.stringify(mapping))] },
  service: { loadBalancers: [{ loadBalancerName: 'web', containerName: 'web', containerPort: 8080 }] },
});
const withRole: Parts = { task: { executionRoleArn: role } };
const secretArn = `arn:aws:secretsmanager:eu-central-1:${account}:secret:db-AbCdEf`;
const withSecret = (valueFrom = secretArn): Parts => ({ container: { secrets: [{ name: 'A', valueFrom }] } });
const foreignParameter = 'arn:aws:ssm:eu-central-1:999999999999:parameter/shared/key';
const withImage: Parts = {};
const image = 'registry.example.com/web:1';
const fargate: Parts = { task: { networkMode: 'awsvpc' }, service: { launchType: 'FARGATE' } };
const made = (...platforms: string[]) => ({
  images: answers({
    [image]: {
      there: true as const,
      platforms: platforms.map((text) => ({
        os: text.split('/')[0] ?? '',
        architecture: text.split('/')[1] ?? '',
      })),
    },
  }),
});

const table: readonly (readonly [string, Parts, Partial<PreflightFacts>, readonly string[], string?])[] = [
  [
    'a role that is there and trusts tasks',
    withRole,
    { roles: answers({ [role]: { arn: role, trust: tasks } }) },
    [],
  ],
  [
    'a role that is not there',
    withRole,
    { roles: answers({ [role]: null }) },
    ['error role'],
    'task-definition $.executionRoleArn',
  ],
  [
    'a role with another path',
    withRole,
    { roles: answers({ [role]: { arn: `arn:aws:iam::${account}:role/ops/exec`, trust: tasks } }) },
    ['error role'],
    'role/ops/exec',
  ],
  [
    'a role that trusts instances only',
    withRole,
    { roles: answers({ [role]: { arn: role, trust: trusting({ Service: 'ec2.amazonaws.com' }) } }) },
    ['error role'],
    'trusts ec2.amazonaws.com',
  ],
  [
    'a role that trusts everybody',
    withRole,
    { roles: answers({ [role]: { arn: role, trust: trusting('*') } }) },
    [],
  ],
  [
    'a role with any action',
    withRole,
    {
      roles: answers({
        [role]: {
          arn: role,
          trust: trusting({ Service: 'ecs-tasks.amazonaws.com' }, ['sts:TagSession', 'sts:*']),
        },
      }),
    },
    [],
  ],
  ...['sts:Assume*', 'sts:A*', 'STS:AssumeRol?', '*:*'].map(
    (action) =>
      [
        `a role that may be assumed by the pattern ${action}`,
        withRole,
        {
          roles: answers({
            [role]: { arn: role, trust: trusting({ Service: 'ecs-tasks.amazonaws.com' }, action) },
          }),
        },
        [],
      ] as const,
  ),
  [
    'a pattern that is of something else, with a dot that is a dot',
    withRole,
    {
      roles: answers({
        [role]: { arn: role, trust: trusting({ Service: 'ecs-tasks.amazonaws.com' }, 'sts.AssumeRole') },
      }),
    },
    ['error role'],
  ],
  ...['ecs-tasks.amazonaws.com.cn', 'ecs-tasks.eu-west-1.amazonaws.com', 'ecs-tasks.c2s.ic.gov'].map(
    (principal) =>
      [
        `a role that trusts ${principal}`,
        withRole,
        { roles: answers({ [role]: { arn: role, trust: trusting({ Service: principal }) } }) },
        [],
      ] as const,
  ),
  [
    'a parameter of another account, when the own one is known by who asks',
    { container: { secrets: [{ name: 'A', valueFrom: foreignParameter }] }, account: null },
    {
      identity: known({ account: '210987654321', arn: 'arn:aws:iam::210987654321:user/bamboo' }),
      parameters: answers({ 'eu-central-1 /shared/key': null }),
    },
    [],
  ],
  [
    'a parameter of an account of which nobody knows whether it is the own one',
    { container: { secrets: [{ name: 'A', valueFrom: foreignParameter }] }, account: null },
    { parameters: answers({ 'eu-central-1 /shared/key': null }) },
    ['warning parameter'],
  ],
  [
    'a role with web identities only',
    withRole,
    {
      roles: answers({
        [role]: {
          arn: role,
          trust: trusting({ Service: 'ecs-tasks.amazonaws.com' }, 'sts:AssumeRoleWithSAML'),
        },
      }),
    },
    ['error role'],
  ],
  [
    'a trust policy that cannot be read',
    withRole,
    { roles: answers({ [role]: { arn: role, trust: null } }) },
    [],
  ],
  [
    'a trust policy that is not understood',
    withRole,
    { roles: answers({ [role]: { arn: role, trust: { Statement: ['x'] } } }) },
    [],
  ],
  [
    'a trust policy with NotPrincipal',
    withRole,
    {
      roles: answers({
        [role]: {
          arn: role,
          trust: { Statement: { Effect: 'Allow', NotPrincipal: { AWS: 'x' }, Action: 'sts:AssumeRole' } },
        },
      }),
    },
    [],
  ],
  [
    "another account's role",
    { task: { taskRoleArn: 'arn:aws:iam::210987654321:role/x' } },
    { roles: answers({ 'arn:aws:iam::210987654321:role/x': null }) },
    ['warning role'],
    'across accounts',
  ],
  [
    'a role that may not be looked at',
    withRole,
    { roles: new Map([[role, unknown('denied', 'Allow iam:GetRole.')]]) },
    ['note role'],
    'denied',
  ],

  [
    'a role that may be passed',
    withRole,
    {
      roles: answers({ [role]: { arn: role, trust: tasks } }),
      passRoles: known(new Map([[passKey({ arn: role, principal: 'ecs-tasks.amazonaws.com' }), 'allowed']])),
    },
    [],
  ],
  [
    'a role that may not be passed, by the simulator',
    withRole,
    {
      roles: answers({ [role]: { arn: role, trust: tasks } }),
      passRoles: known(
        new Map([[passKey({ arn: role, principal: 'ecs-tasks.amazonaws.com' }), 'implicitDeny']]),
      ),
    },
    ['warning pass-role'],
    'implicitDeny',
  ],
  [
    'no right to the simulator',
    withRole,
    { roles: answers({ [role]: { arn: role, trust: tasks } }), passRoles: unknown('denied') },
    ['note pass-role'],
  ],

  [
    'an image that is surely not there',
    withImage,
    { images: answers({ [image]: { there: false as const, message: 'no tag 1', sure: true } }) },
    ['error image'],
    'task-definition $.containerDefinitions[0].image',
  ],
  [
    'an image that may be hidden',
    withImage,
    { images: answers({ [image]: { there: false as const, message: 'no tag 1', sure: false } }) },
    ['warning image'],
  ],
  [
    'a registry that cannot be reached',
    withImage,
    { images: new Map([[image, unknown('no answer within 3 s')]]) },
    ['note image'],
  ],
  [
    'an image for the other processor on Fargate',
    fargate,
    made('linux/arm64'),
    ['error image'],
    'linux/amd64',
  ],
  ['an image for both on Fargate', fargate, made('linux/arm64', 'linux/amd64', 'unknown/unknown'), []],
  [
    'an image for ARM where ARM is asked for',
    { task: { runtimePlatform: { cpuArchitecture: 'ARM64' } } },
    made('linux/arm64'),
    [],
  ],
  [
    'an image for Linux on Windows',
    {
      task: {
        runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
      },
    },
    made('linux/amd64'),
    ['error image'],
    'windows/amd64',
  ],
  ['any image on instances that nobody describes', withImage, made('linux/arm64'), []],

  [
    'a secret that is there',
    withSecret(),
    { secrets: answers({ [secretArn]: { deleted: false, stages: ['AWSCURRENT'] } }) },
    [],
  ],
  [
    'a secret that is not there',
    withSecret(),
    { secrets: answers({ [secretArn]: null }) },
    ['error secret'],
    'secrets[0].valueFrom',
  ],
  [
    "another account's secret that is not shown",
    withSecret(secretArn.replace(account, '210987654321')),
    { secrets: answers({ [secretArn.replace(account, '210987654321')]: null }) },
    ['warning secret'],
  ],
  [
    'a secret on its way out',
    withSecret(),
    { secrets: answers({ [secretArn]: { deleted: true, stages: null } }) },
    ['error secret'],
    'scheduled for deletion',
  ],
  [
    'a secret without a value',
    withSecret(),
    { secrets: answers({ [secretArn]: { deleted: false, stages: [] } }) },
    ['warning secret'],
    'AWSCURRENT',
  ],
  [
    'a secret without the label',
    withSecret(`${secretArn}:key:blue:`),
    { secrets: answers({ [secretArn]: { deleted: false, stages: ['AWSCURRENT'] } }) },
    ['warning secret'],
    'blue',
  ],

  [
    'a parameter that is not there',
    withSecret('/team/key'),
    { parameters: answers({ ' /team/key': null }) },
    ['error parameter'],
    '/team/key',
  ],
  [
    'a version that a parameter has',
    withSecret('/team/key:2'),
    { parameters: answers({ ' /team/key': { version: 2 } }) },
    [],
  ],
  [
    'a version that a parameter has not',
    withSecret('/team/key:3'),
    { parameters: answers({ ' /team/key': { version: 2 } }) },
    ['error parameter'],
    'no version 3',
  ],
  [
    'a label of a parameter',
    withSecret('/team/key:blue'),
    { parameters: answers({ ' /team/key': { version: 2 } }) },
    [],
  ],

  [
    'a log group that is not there',
    { container: { logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/web' } } } },
    { logGroups: answers({ ' /web': false }) },
    ['error log-group'],
    'awslogs-create-group',
  ],

  ['a target group that fits', awsvpc, groups(group()), []],
  ['a target group that is not there', awsvpc, groups(null), ['error target-group'], 'does not exist'],
  [
    'a target group for instances with awsvpc',
    awsvpc,
    groups(group({ targetType: 'instance' })),
    ['error target-group'],
    'needs ip',
  ],
  [
    'a target group for addresses with bridge',
    bridge({ containerPort: 8080 }),
    groups(group()),
    ['error target-group'],
    'needs instance',
  ],
  [
    'any target group where the network mode is open',
    { ...bridge({ containerPort: 8080 }), task: { requiresCompatibilities: ['MANAGED_INSTANCES'] } },
    groups(group()),
    [],
  ],
  [
    'a target group for a Lambda function',
    awsvpc,
    groups(group({ targetType: 'lambda' })),
    ['error target-group'],
  ],
  [
    'a target group of a server that tells no type',
    awsvpc,
    groups(group({ targetType: null, loadBalancers: null })),
    [],
  ],
  [
    'a target group without a load balancer',
    awsvpc,
    groups(group({ loadBalancers: [] })),
    ['error target-group'],
    'no load balancer',
  ],
  [
    'a load balancer that has failed',
    awsvpc,
    groups(group(), answers({ 'arn:lb': { arn: 'arn:lb', state: 'failed', zones: null } })),
    ['warning target-group'],
    'has failed',
  ],
  [
    'UDP behind HTTP',
    bridge({ containerPort: 8080, protocol: 'udp' }),
    groups(group({ targetType: 'instance' })),
    ['warning target-group'],
    'is udp',
  ],
  [
    'UDP behind TCP_UDP',
    bridge({ containerPort: 8080, protocol: 'udp' }),
    groups(group({ targetType: 'instance', protocol: 'TCP_UDP' })),
    [],
  ],
  [
    'a health check of a fixed port with dynamic ones',
    bridge({ containerPort: 8080, hostPort: 0 }),
    groups(group({ targetType: 'instance', healthCheck: { port: '8080', protocol: 'HTTP' } })),
    ['warning target-group'],
    'any host port',
  ],
  [
    'a health check of another port',
    awsvpc,
    groups(group({ healthCheck: { port: '9000', protocol: 'HTTP' } })),
    ['warning target-group'],
    '9000',
  ],
  [
    'a health check of the same port',
    awsvpc,
    groups(group({ healthCheck: { port: '8080', protocol: 'HTTP' } })),
    [],
  ],
  [
    'a target group in another VPC',
    awsvpc,
    {
      ...groups(group({ vpcId: 'vpc-2' })),
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet() }),
        securityGroups: new Map(),
        routes: unknown(''),
      },
    },
    ['warning target-group'],
    'vpc-2',
  ],
  [
    'a load balancer that is not in a zone of the tasks',
    awsvpc,
    {
      ...groups(group(), answers({ 'arn:lb': { arn: 'arn:lb', state: 'active', zones: ['a'] } })),
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet({ zone: 'b' }) }),
        securityGroups: new Map(),
        routes: unknown(''),
      },
    },
    ['warning target-group'],
    'is not in b',
  ],

  [
    'a classic load balancer that is not there',
    classic({ containerPort: 8080, hostPort: 1234 }),
    { loadBalancers: answers({ web: null }) },
    ['error load-balancer'],
    'does not exist',
  ],
  [
    'a classic load balancer for the host port',
    classic({ containerPort: 8080, hostPort: 1234 }),
    { loadBalancers: answers({ web: { instancePorts: [1234] } }) },
    [],
  ],
  [
    'a classic load balancer for another port',
    classic({ containerPort: 8080, hostPort: 1234 }),
    { loadBalancers: answers({ web: { instancePorts: [80] } }) },
    ['warning load-balancer'],
    'forwards to 80',
  ],
  [
    'a classic load balancer with dynamic ports',
    classic({ containerPort: 8080 }),
    { loadBalancers: answers({ web: { instancePorts: [80] } }) },
    ['warning load-balancer'],
    'any host port',
  ],
  [
    'a classic load balancer with awsvpc',
    classic({ containerPort: 8080 }, { networkMode: 'awsvpc' }),
    { loadBalancers: answers({ web: { instancePorts: [8080] } }) },
    ['error load-balancer'],
    'instances only',
  ],

  [
    'a subnet that is not there',
    awsvpc,
    {
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': null }),
        securityGroups: answers({ 'sg-1': { vpcId: 'vpc-1' } }),
        routes: unknown(''),
      },
    },
    ['error subnet'],
    'subnet-2',
  ],
  [
    'subnets of two VPCs',
    awsvpc,
    {
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet({ vpcId: 'vpc-2' }) }),
        securityGroups: new Map(),
        routes: unknown(''),
      },
    },
    ['error subnet'],
    'one VPC only',
  ],
  [
    'subnets without addresses',
    awsvpc,
    {
      network: {
        subnets: answers({
          'subnet-1': subnet({ freeAddresses: 1 }),
          'subnet-2': subnet({ freeAddresses: 0 }),
        }),
        securityGroups: new Map(),
        routes: unknown(''),
      },
    },
    ['warning subnet'],
    '1 free address',
  ],
  [
    'a subnet without a way out',
    awsvpc,
    {
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet() }),
        securityGroups: new Map(),
        routes: known(
          new Map([
            ['subnet-1', 'none'],
            ['subnet-2', 'other'],
          ]),
        ),
      },
    },
    ['warning subnet'],
    'From subnet-1',
  ],
  [
    'a public subnet without public addresses',
    awsvpc,
    {
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet() }),
        securityGroups: new Map(),
        routes: known(
          new Map([
            ['subnet-1', 'internet-gateway'],
            ['subnet-2', 'other'],
          ]),
        ),
      },
    },
    ['warning subnet'],
    'assignPublicIp',
  ],
  [
    'a security group that is not there',
    awsvpc,
    {
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet() }),
        securityGroups: answers({ 'sg-1': null }),
        routes: unknown(''),
      },
    },
    ['error security-group'],
    'sg-1',
  ],
  [
    'a security group of another VPC',
    awsvpc,
    {
      network: {
        subnets: answers({ 'subnet-1': subnet(), 'subnet-2': subnet() }),
        securityGroups: answers({ 'sg-1': { vpcId: 'vpc-2' } }),
        routes: unknown(''),
      },
    },
    ['error security-group'],
    'vpc-2',
  ],

  [
    'a capacity provider of the cluster',
    { service: { capacityProviderStrategy: [{ capacityProvider: 'spot' }] } },
    { cluster: known({ capacityProviders: ['spot'], activeServices: 1 }) },
    [],
  ],
  [
    'a capacity provider that the cluster has not',
    { service: { capacityProviderStrategy: [{ capacityProvider: 'spot' }] } },
    { cluster: known({ capacityProviders: [], activeServices: 1 }) },
    ['error capacity-provider'],
    'it has none',
  ],
  [
    'capacity providers that the server does not tell',
    { service: { capacityProviderStrategy: [{ capacityProvider: 'spot' }] } },
    { cluster: known({ capacityProviders: null, activeServices: null }) },
    [],
  ],

  ['five thousand tasks', { service: { desiredCount: 5000 } }, {}, ['warning quota'], 'is near'],
  [
    'five thousand tasks where more are allowed',
    { service: { desiredCount: 5000 } },
    { quotas: known(new Map([['Tasks per service', 10_000]])) },
    [],
  ],
  [
    'eleven containers',
    { task: { containerDefinitions: Array.from({ length: 11 }, () => ({ name: 'x', image: 'x:1' })) } },
    {},
    ['warning quota'],
    'is passed',
  ],
  [
    'six target groups',
    {
      service: {
        loadBalancers: Array.from({ length: 6 }, (_, index) => ({
          targetGroupArn: `arn:${index}`,
          containerName: 'web',
          containerPort: 1,
        })),
      },
    },
    {},
    ['warning quota'],
    'Target groups per service',
  ],
];

describe('findings', () => {
  test.each(table)('%s', (_, parts, facts, expected, words = '') => {
    const found = findings(parts, facts);
    expect(heads(found)).toEqual(expected);
    expect(found.map(({ message, hint }) => `${message} ${hint ?? ''}`).join('\n')).toContain(words);
    for (const { message, hint } of found) {
      expect(message).toMatch(/^[A-Za-z\d].*[^.]$|^[A-Z\d].*\.$/su);
      expect(hint).not.toBe('');
    }
  });

  test('of the other target group of a blue/green pair, which a rule may name later', () => {
    const loadBalancers = [
      {
        targetGroupArn: 'arn:blue',
        containerName: 'web',
        containerPort: 8080,
        advancedConfiguration: { alternateTargetGroupArn: 'arn:green' },
      },
    ];
    const parts = { ...awsvpc, service: { ...awsvpc.service, loadBalancers } };
    const facts = (blue: object, green: object) => ({
      targetGroups: {
        groups: answers({ 'arn:blue': group(blue), 'arn:green': group(green) }),
        balancers: new Map(),
      },
    });
    expect(heads(findings(parts, facts({}, { loadBalancers: [] })))).toEqual(['warning target-group']);
    expect(heads(findings(parts, facts({ loadBalancers: [] }, {})))).toEqual(['error target-group']);
  });

  test('the account is asked for where only a parameter may be of another', () => {
    const container = { secrets: [{ name: 'A', valueFrom: foreignParameter }] };
    expect(ask({ container, account: null }).identity).toBe(true);
    expect(ask({ container }).identity).toBe(false);
  });

  test('of a deregistration delay that is longer than the time-out, of an update', () => {
    const now = service([], { definition: { loadBalancers: awsvpc.service?.['loadBalancers'] ?? [] } });
    const parts = { ...awsvpc, now };
    expect(heads(findings(parts, groups(group({ loadBalancers: [] }))))).toEqual(['warning target-group']);
    expect(heads(findings(parts, groups(group()), { timeoutMs: 300_000 }))).toEqual(['warning target-group']);
    expect(heads(findings(parts, groups(group()), { timeoutMs: 301_000 }))).toEqual([]);
    expect(heads(findings(parts, groups(group())))).toEqual([]);
    expect(heads(findings(awsvpc, groups(group()), { timeoutMs: 1000 }))).toEqual([]);
  });

  test("of an image that some of the cluster's instances cannot run", () => {
    const [amd, arm] = [
      instancePlatform({ 'ecs.cpu-architecture': 'x86_64', 'ecs.os-type': 'linux' }),
      instancePlatform({ 'ecs.cpu-architecture': 'arm64' }),
    ];
    expect([amd, arm, instancePlatform({})]).toEqual([
      { os: 'linux', architecture: 'amd64' },
      { os: 'linux', architecture: 'arm64' },
      null,
    ]);
    const instances = [amd!, arm!, arm!];
    const found = findings(withImage, made('linux/amd64'), { instances });
    expect(heads(found)).toEqual(['warning image']);
    expect(found[0]?.message).toContain('2 of 3 instances of the cluster are linux/arm64');
    expect(findings(withImage, made('linux/amd64', 'linux/arm64'), { instances })).toEqual([]);
    expect(findings(withImage, made('linux/amd64'), { instances: [amd!] })).toEqual([]);
    // What the task definition says counts: ECS chooses the instances then.
    const said: Parts = { task: { runtimePlatform: { cpuArchitecture: 'X86_64' } } };
    expect(findings(said, made('linux/amd64'), { instances })).toEqual([]);
  });

  test('stand in the order of the checks, whatever the order of the answers', () => {
    const parts: Parts = {
      ...awsvpc,
      task: { ...awsvpc.task, executionRoleArn: role },
      container: { ...awsvpc.container, ...withSecret().container },
    };
    const facts = {
      ...groups(null),
      secrets: answers({ [secretArn]: null }),
      roles: answers({ [role]: null }),
      images: answers({ [image]: { there: false as const, message: 'x', sure: true } }),
      network: {
        subnets: answers({ 'subnet-2': null, 'subnet-1': null }),
        securityGroups: answers({ 'sg-1': null }),
        routes: unknown(''),
      },
    };
    const found = findings(parts, facts);
    expect(heads(found)).toEqual([
      'error role',
      'error image',
      'error secret',
      'error target-group',
      'error subnet',
      'error subnet',
      'error security-group',
    ]);
    expect(found[4]?.message).toContain('subnet-1');
    expect(findings(parts, facts)).toEqual(found);
  });

  test('many that may not be looked at are one note', () => {
    const secrets = Array.from({ length: 3 }, (_, index) => ({
      name: `S${index}`,
      valueFrom: `arn:aws:secretsmanager:eu-central-1:${account}:secret:s${index}-AbCdEf`,
    }));
    const denied = new Map(
      secrets.map(({ valueFrom }, index) => [
        valueFrom,
        unknown(index === 2 ? 'throttled' : 'denied', 'Allow it.'),
      ]),
    );
    expect(findings({ container: { secrets } }, { secrets: denied })).toEqual([
      {
        check: 'secret',
        level: 'note',
        message: '3 secrets could not be looked at: denied (and 1 more reason)',
        hint: 'Allow it.',
      },
    ]);
  });

  test('of a check that is left out there are none', () => {
    const facts = {
      roles: answers({ [role]: null }),
      images: answers({ [image]: { there: false as const, message: 'x', sure: true } }),
    };
    expect(heads(findings({ ...withRole, skip: ['role'] }, facts))).toEqual(['error image']);
    expect(findings({ ...withRole, skip: preflightChecks }, facts)).toEqual([]);
  });

  test('survive descriptors of any shape', () => {
    const odd: Parts = {
      task: {
        containerDefinitions: [null, 7, { name: 'web', portMappings: 'x' }, {}],
        networkMode: 'awsvpc',
      },
      service: {
        loadBalancers: [
          null,
          'x',
          { targetGroupArn: 7 },
          { targetGroupArn: 'arn:tg', containerName: '__proto__' },
        ],
        networkConfiguration: { awsvpcConfiguration: { subnets: 'subnet-1', securityGroups: [null, 7, ''] } },
        capacityProviderStrategy: 'x',
        desiredCount: 'many',
      },
    };
    expect(findings(odd, groups(group()))).toEqual([]);
    expect(ask(odd).targetGroups).toMatchObject([{ container: '__proto__', port: null, transport: null }]);
  });
});
