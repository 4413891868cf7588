// The adapters to logs and to the health of targets against two emulators that we did not write.
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateLoadBalancerCommand,
  ElasticLoadBalancingClient,
  RegisterInstancesWithLoadBalancerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  CreateHttpNamespaceCommand,
  CreateServiceCommand,
  ListNamespacesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { createEcsClient } from '@bamboo-ecs/ecs';
import { createHealthPort, createLogsPort } from '@bamboo-ecs/neighbours';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ec2Call } from '../../../test/third-party/aws-calls.ts';
import { type Emulator, ministack, moto } from '../../../test/third-party/emulators.ts';
import { requires } from '../../../test/third-party/requires.ts';

const region = 'eu-west-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe.each([moto, ministack])('$name', (kind) => {
  if (!requires(kind.name, kind.isHere, 'make third-party')) return;
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await kind.start();
  }, 60_000);
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
  });
  const settings = () => ({ region, credentials, endpoint: emulator.url });
  const client = () => createEcsClient(settings());

  describe('logs', () => {
    const write = async (logGroupName: string, logStreamName: string, messages: readonly string[]) => {
      const logs = new CloudWatchLogsClient(settings());
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const from = Date.now() - messages.length;
      if (messages.length > 0) {
        const logEvents = messages.map((message, index) => ({ message, timestamp: from + index }));
        await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
      }
    };

    test('the last lines of a stream, oldest first, and whether there are more', async () => {
      const messages = Array.from({ length: 40 }, (_, index) => `line ${index}`);
      await write('/ecs/web', 'web/web/1', messages);
      const port = createLogsPort(client());
      const answer = await port.lastLines({ group: '/ecs/web', stream: 'web/web/1', region }, 30);
      expect(answer).toMatchObject({ kind: 'lines', more: true });
      expect(answer.kind === 'lines' && answer.lines.map(({ text }) => text)).toEqual(messages.slice(-30));
      expect(answer.kind === 'lines' && answer.lines[0]?.at).toEqual(expect.any(Number));
      const few = await port.lastLines({ group: '/ecs/web', stream: 'web/web/1' }, 100);
      expect(few).toMatchObject({ kind: 'lines', more: false });
    });

    test('an empty stream, no such stream, no such group, another region', async () => {
      await write('/ecs/empty', 'web/web/1', []);
      const port = createLogsPort(client());
      const ask = async (group: string, stream = 'web/web/1', more: object = {}) =>
        port.lastLines({ group, stream, ...more }, 30);
      expect(await ask('/ecs/empty')).toEqual({ kind: 'lines', lines: [], more: false });
      expect(await ask('/ecs/empty', 'web/web/2')).toEqual({
        kind: 'none',
        why: 'missing',
        // moto says that the group does not exist, and means the stream.
        note: expect.stringMatching(kind === moto ? /does not exist/u : /has no stream web\/web\/2/u),
      });
      expect(await ask('/ecs/none')).toMatchObject({ kind: 'none', why: 'missing' });
      expect(await ask('/ecs/empty', 'web/web/1', { region: 'us-east-1' })).toMatchObject({ kind: 'none' });
    });
  });

  describe('health', () => {
    test('a target group: what is registered, how it checks', async () => {
      const vpc = await ec2Call(emulator.url, { Action: 'CreateVpc', CidrBlock: '10.0.0.0/16' });
      const balancing = new ElasticLoadBalancingV2Client(settings());
      const made = await balancing.send(
        new CreateTargetGroupCommand({
          Name: 'web',
          Protocol: 'HTTP',
          Port: 8080,
          VpcId: /<vpcId>(.*?)<\/vpcId>/u.exec(vpc)?.[1],
          TargetType: 'ip',
          HealthCheckPath: '/health',
        }),
      );
      const id = made.TargetGroups?.[0]?.TargetGroupArn ?? '';
      const port = createHealthPort(client());
      const source = { kind: 'target-group', id } as const;
      expect(await port.healthOf([source])).toEqual({ groups: [{ ...source, targets: [] }], notes: [] });
      const Targets = [{ Id: '10.0.0.7', Port: 8080 }];
      await balancing.send(new RegisterTargetsCommand({ TargetGroupArn: id, Targets }));
      const { groups } = await port.healthOf([source], { checks: true });
      expect(groups).toHaveLength(1);
      expect(groups[0]?.targets).toEqual([
        expect.objectContaining({
          id: '10.0.0.7:8080',
          state: expect.stringMatching(/^(?:healthy|initial|unused)$/u),
        }),
      ]);
      expect(groups[0]?.check).toMatch(/^HTTP GET \/health on the target's port, expects 200, every 30 s/u);
    });

    test('a group that is not there is a note beside those that are', async () => {
      const id = `arn:aws:elasticloadbalancing:${region}:123456789012:targetgroup/none/0123456789abcdef`;
      const answer = await createHealthPort(client()).healthOf([{ kind: 'target-group', id }]);
      const isListedEmpty = answer.groups.length === 1 && answer.groups[0]?.targets.length === 0;
      expect(isListedEmpty || answer.notes.some((note) => note.includes('target group none'))).toBe(true);
    });

    test('a classic load balancer, where the server knows them', async () => {
      const balancing = new ElasticLoadBalancingClient(settings());
      const Listeners = [{ Protocol: 'http', LoadBalancerPort: 80, InstancePort: 8080 }];
      let known = true;
      try {
        await balancing.send(
          new CreateLoadBalancerCommand({
            LoadBalancerName: 'web',
            Listeners,
            AvailabilityZones: [`${region}a`],
          }),
        );
        const Instances = [{ InstanceId: 'i-0123456789abcdef0' }];
        await balancing.send(
          new RegisterInstancesWithLoadBalancerCommand({ LoadBalancerName: 'web', Instances }),
        );
      } catch {
        known = false;
      }
      const answer = await createHealthPort(client()).healthOf([{ kind: 'load-balancer', id: 'web' }], {
        checks: true,
      });
      // ministack has version 2015-12-01 only.
      expect(answer.groups.length + answer.notes.length).toBe(1);
      expect(known && answer.groups.length === 1).toBe(kind === moto);
    });

    test('a Cloud Map service', async () => {
      const discovery = new ServiceDiscoveryClient(settings());
      await discovery.send(new CreateHttpNamespaceCommand({ Name: 'internal' }));
      const { Namespaces } = await discovery.send(new ListNamespacesCommand({}));
      const { Service } = await discovery.send(
        new CreateServiceCommand({
          Name: 'web',
          NamespaceId: Namespaces?.[0]?.Id,
          HealthCheckCustomConfig: { FailureThreshold: 1 },
        }),
      );
      const instance = {
        ServiceId: Service?.Id,
        InstanceId: 'task-1',
        Attributes: { AWS_INSTANCE_IPV4: '10.0.0.7' },
      };
      await discovery.send(new RegisterInstanceCommand(instance));
      const id = Service?.Arn ?? '';
      const answer = await createHealthPort(client()).healthOf([{ kind: 'service-registry', id }]);
      expect(answer.groups.length + answer.notes.length).toBe(1);
      if (answer.groups.length > 0)
        expect(answer.groups[0]?.targets).toEqual([
          { id: 'task-1', state: expect.stringMatching(/healthy|initial/u) },
        ]);
    });
  });
});
