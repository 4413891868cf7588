// The adapters of the preflight, and the installer with them, against emulators that we did not write.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEcsClient } from '@bamboo-ecs/ecs';
import { createPreflightPort } from '@bamboo-ecs/neighbours';
import { known, logGroupKey, parameterKey, type PreflightPort } from '@bamboo-ecs/rollout/preflight';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  autoScalingCall,
  classicCall,
  ec2Call,
  ecsCall,
  elbCall,
  iamCall,
  jsonCall,
  logsCall,
} from './aws-calls.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { type Emulator, ministack, moto } from './emulators.ts';
import { openShop } from './installer-shop.ts';
import { requires } from './requires.ts';

const places = ['a place'];
const region = 'eu-west-1';
const somewhere = { region: null, places };

/** What stands around a service: made with plain calls. */
async function furnish(url: string) {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  });
  const role = await iamCall(url, {
    Action: 'CreateRole',
    RoleName: 'execution',
    AssumeRolePolicyDocument: trust,
  });
  const secret = await jsonCall(url, 'secretsmanager', 'secretsmanager.CreateSecret', {
    Name: 'db',
    SecretString: 'never to be read',
    ClientRequestToken: '0123456789abcdef0123456789abcdef',
  });
  await jsonCall(url, 'ssm', 'AmazonSSM.PutParameter', { Name: '/team/key', Type: 'String', Value: 'x' });
  await logsCall(url, 'CreateLogGroup', { logGroupName: '/web-2' });
  await logsCall(url, 'CreateLogGroup', { logGroupName: '/web' });
  const vpc = textIn(await ec2Call(url, { Action: 'CreateVpc', CidrBlock: '10.7.0.0/16' }), 'vpcId');
  const subnet = textIn(
    await ec2Call(url, {
      Action: 'CreateSubnet',
      VpcId: vpc,
      CidrBlock: '10.7.1.0/28',
      AvailabilityZone: `${region}a`,
    }),
    'subnetId',
  );
  const securityGroup = textIn(
    await ec2Call(url, {
      Action: 'CreateSecurityGroup',
      GroupName: 'web',
      GroupDescription: 'web',
      VpcId: vpc,
    }),
    'groupId',
  );
  const group = { Name: 'web', Protocol: 'HTTP', Port: '80', VpcId: vpc, TargetType: 'ip' };
  const targetGroup = textIn(await elbCall(url, { Action: 'CreateTargetGroup', ...group }), 'TargetGroupArn');
  return {
    role: textIn(role, 'Arn'),
    secret: String(secret['ARN']),
    vpc,
    subnet,
    securityGroup,
    targetGroup,
  };
}

function textIn(xml: string, name: string): string {
  const found = new RegExp(`<${name}>([^<]+)</${name}>`, 'u').exec(xml)?.[1];
  if (found === undefined) throw new Error(`no ${name} in ${xml}`);
  return found;
}

describe.each([moto, ministack])('$name', (kind) => {
  if (!requires(kind.name, kind.isHere, 'make third-party')) return;
  let emulator: Emulator;
  let port: PreflightPort;
  let there: Awaited<ReturnType<typeof furnish>>;
  beforeAll(async () => {
    emulator = await kind.start();
    there = await furnish(emulator.url);
  }, 60_000);
  // The time of a preflight counts from its first question on.
  beforeEach(() => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    port = createPreflightPort({
      aws: createEcsClient({ region, endpoint: emulator.url, credentials }),
      env: {},
      // Emulators on a busy machine take their time.
      limits: { call: 20_000, whole: 40_000 },
      inspect: async () => known({ there: true, platforms: null }),
    });
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
  });

  test('who asks', async () => {
    const account = kind === moto ? '123456789012' : '000000000000';
    await expect(port.identity()).resolves.toMatchObject({ known: true, value: { account } });
  });

  test('roles, with their trust policies', async () => {
    const principal = 'ecs-tasks.amazonaws.com';
    const answers = await port.roles([
      { role: there.role, name: 'execution', principal, places },
      { role: 'nobody', name: 'nobody', principal, places },
    ]);
    expect(answers.get(there.role)).toMatchObject({
      known: true,
      value: { arn: there.role, trust: { Statement: [{ Principal: { Service: principal } }] } },
    });
    expect(answers.get('nobody')).toEqual(known(null));
  });

  test('secrets and parameters, without their values', async () => {
    const secrets = await port.secrets([
      { id: there.secret, account: null, stage: null, ...somewhere },
      { id: 'nothing', account: null, stage: null, ...somewhere },
    ]);
    expect(secrets.get(there.secret)).toMatchObject({ known: true, value: { deleted: false } });
    expect(secrets.get('nothing')).toEqual(known(null));
    const parameters = await port.parameters(
      ['/team/key', '/team/nothing'].map((name) => ({ name, version: null, ...somewhere })),
    );
    expect(parameters.get(parameterKey({ name: '/team/key', region: null }))).toEqual(known({ version: 1 }));
    expect(parameters.get(parameterKey({ name: '/team/nothing', region: null }))).toEqual(known(null));
    expect(JSON.stringify([...secrets, ...parameters])).not.toContain('never to be read');
  });

  test('log groups, by their whole name', async () => {
    const answers = await port.logGroups(['/web', '/we'].map((group) => ({ group, ...somewhere })));
    expect(answers.get(logGroupKey({ group: '/web', region: null }))).toEqual(known(true));
    expect(answers.get(logGroupKey({ group: '/we', region: null }))).toEqual(known(false));
  });

  test('target groups, before and after a listener forwards to them', async () => {
    const gone = `${there.targetGroup.replace(/\/[^/]+$/u, '')}/0123456789abcdef`;
    const before = await port.targetGroups([there.targetGroup, gone]);
    expect(before.groups.get(gone)).toEqual(known(null));
    expect(before.groups.get(there.targetGroup)).toMatchObject({
      known: true,
      value: { targetType: 'ip', protocol: 'HTTP', vpcId: there.vpc, loadBalancers: [] },
    });
    const balancer = textIn(
      await elbCall(emulator.url, {
        Action: 'CreateLoadBalancer',
        Name: 'web',
        'Subnets.member.1': there.subnet,
      }),
      'LoadBalancerArn',
    );
    await elbCall(emulator.url, {
      Action: 'CreateListener',
      LoadBalancerArn: balancer,
      Port: '80',
      Protocol: 'HTTP',
      'DefaultActions.member.1.Type': 'forward',
      'DefaultActions.member.1.TargetGroupArn': there.targetGroup,
    });
    const after = await port.targetGroups([there.targetGroup]);
    expect(after.groups.get(there.targetGroup)).toMatchObject({ value: { loadBalancers: [balancer] } });
    expect(after.balancers.get(balancer)).toMatchObject({ known: true, value: { state: 'active' } });
  });

  test('subnets, security groups and the way out', async () => {
    const gone = ['subnet-0000000a', 'subnet-0000000b'];
    const facts = await port.network(
      {
        subnets: [...gone, there.subnet],
        securityGroups: [there.securityGroup, 'sg-0000000a'],
        publicIp: false,
        place: (name) => name,
      },
      true,
    );
    expect(facts.subnets.get(there.subnet)).toEqual(
      known({ vpcId: there.vpc, zone: `${region}a`, freeAddresses: expect.any(Number) }),
    );
    for (const id of gone) expect(facts.subnets.get(id)).toEqual(known(null));
    expect(facts.securityGroups.get(there.securityGroup)).toEqual(known({ vpcId: there.vpc }));
    expect(facts.securityGroups.get('sg-0000000a')).toEqual(known(null));
    expect(facts.routes).toEqual(known(new Map([[there.subnet, 'none']])));
  });

  test('the Auto Scaling group that instances belong to, and that others belong to none', async () => {
    await autoScalingCall(emulator.url, {
      Action: 'CreateLaunchConfiguration',
      LaunchConfigurationName: 'web',
      ImageId: 'ami-03cf127a',
      InstanceType: 't3.micro',
    });
    await autoScalingCall(emulator.url, {
      Action: 'CreateAutoScalingGroup',
      AutoScalingGroupName: 'ecs-web',
      LaunchConfigurationName: 'web',
      MinSize: '1',
      MaxSize: '6',
      DesiredCapacity: '2',
      'AvailabilityZones.member.1': `${region}a`,
    });
    const listed = await autoScalingCall(emulator.url, { Action: 'DescribeAutoScalingInstances' });
    const ids = [...listed.matchAll(/<InstanceId>([^<]+)</gu)].map(([, id = '']) => id);
    expect(ids).toHaveLength(2);
    const group = { name: 'ecs-web', desired: 2, maximum: 6, launches: true };
    expect(await port.instanceGroups?.(ids)).toEqual(known([group]));
    expect(await port.instanceGroups?.(['i-0123456789abcdef0'])).toEqual(known([]));
  });

  test('images in Amazon ECR', async () => {
    await jsonCall(emulator.url, 'ecr', 'AmazonEC2ContainerRegistry_V20150921.CreateRepository', {
      repositoryName: 'web',
    });
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: { mediaType: 'x', size: 1, digest: `sha256:${'0'.repeat(64)}` },
      layers: [],
    });
    await jsonCall(emulator.url, 'ecr', 'AmazonEC2ContainerRegistry_V20150921.PutImage', {
      repositoryName: 'web',
      imageTag: '1',
      imageManifest,
    });
    const reference = (name: string): string => `123456789012.dkr.ecr.${region}.amazonaws.com/${name}`;
    const references = [reference('web:1'), reference('web:2'), reference('other:1')];
    const registry =
      kind === moto ? references : references.map((one) => one.replace(/^\d+/u, '000000000000'));
    const answers = await port.images(registry.map((one) => ({ reference: one, places })));
    const [one, two, other] = registry.map((each) => answers.get(each));
    expect(one).toEqual(known({ there: true, platforms: null }));
    expect(two).toMatchObject({ known: true, value: { there: false } });
    expect(other).toMatchObject({ known: true, value: { there: false } });
  });

  test('what the emulator lacks is not known', async () => {
    const quotas = await port.quotas(['Tasks per service']);
    expect(quotas.known).toBe(false);
  });
});

if (requires(moto.name, moto.isHere, 'make third-party')) {
  describe('the installer and moto, with everything looked at', () => {
    let emulator: Emulator;
    let proxy: CountingProxy;
    beforeAll(async () => {
      emulator = await moto.start({ MOTO_ECS_SERVICE_RUNNING: '2' });
      proxy = await startCountingProxy(emulator.url);
      await ecsCall(emulator.url, 'CreateCluster', { clusterName: 'production' });
    }, 60_000);
    afterAll(async () => {
      await proxy[Symbol.asyncDispose]();
      await emulator[Symbol.asyncDispose]();
    });

    test('what is missing is refused at once and in full; when it is there it is installed', async () => {
      // The registry is in this machine, and nobody listens: a note.
      using shop = openShop({ url: proxy.url, env: { bamboo_ecs_preflight: 'on' } });
      const built = await shop.publish('1.0.14', {
        variables: { registry: '127.0.0.1:1' },
        edit: (checkout) => {
          const file = path.join(checkout, 'descriptors/task-definition.json');
          const text = readFileSync(file, 'utf8');
          writeFileSync(
            file,
            text.replace(
              '"family"',
              '"executionRoleArn": "arn:aws:iam::123456789012:role/execution", "family"',
            ),
          );
        },
      });
      proxy.take();
      const soon = { bamboo_ecs_timeout: '5s' };
      const refused = await shop.installer(built, soon);
      const log = refused.log.replaceAll(/\s+/gu, ' ');
      expect(log).toContain('The role arn:aws:iam::123456789012:role/execution');
      expect(log).toContain('The role ecsServiceRole (service-definition $.role) does not exist');
      expect(log).toContain('The classic load balancer hid-generator');
      expect(log).toContain('note (image)');
      expect(refused.exitCode).toBe(4);
      expect(proxy.take()).not.toContain('RegisterTaskDefinition');

      await furnish(emulator.url);
      const trust = {
        Effect: 'Allow',
        Principal: { Service: 'ecs.amazonaws.com' },
        Action: 'sts:AssumeRole',
      };
      await iamCall(emulator.url, {
        Action: 'CreateRole',
        RoleName: 'ecsServiceRole',
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      });
      await classicCall(emulator.url, {
        Action: 'CreateLoadBalancer',
        LoadBalancerName: 'hid-generator',
        'AvailabilityZones.member.1': `${region}a`,
        'Listeners.member.1.Protocol': 'HTTP',
        'Listeners.member.1.LoadBalancerPort': '80',
        'Listeners.member.1.InstancePort': '80',
      });
      const installed = await shop.installer(built, soon);
      expect(installed.log.replaceAll(/\s+/gu, ' ')).toContain('no listener for the instances');
      expect(installed.exitCode).toBe(0);
    }, 90_000);
  });
}
