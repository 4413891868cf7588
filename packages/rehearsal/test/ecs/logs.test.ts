// CloudWatch Logs of the stand-in, asked with AWS's own client; and the health behind load balancers.
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeInstanceHealthCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
import { describe, expect, test } from '@jest/globals';
import { parseScenario, type TaskOutcome } from '@bamboo-ecs/rollout/simulation';
import { credentials, inProcess, seedService, taskDefinition } from './fixtures.ts';

const logConfiguration = {
  logDriver: 'awslogs',
  options: { 'awslogs-group': '/ecs/hid', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'hid' },
};

function running(outcome: TaskOutcome, log: object = { logConfiguration }) {
  const { simulation, handler } = inProcess({ scenario: { rules: [{ match: 'hid-generator', outcome }] } });
  simulation.registerTaskDefinition(taskDefinition('1', log));
  simulation.createService({ ...seedService, desiredCount: 1 });
  const settings = { region: 'us-east-1', credentials, maxAttempts: 1, requestHandler: handler };
  return {
    simulation,
    logs: new CloudWatchLogsClient(settings),
    balancers: new ElasticLoadBalancingClient(settings),
  };
}
const output = ['one', 'two', 'three', 'four', 'five'];

describe('CloudWatch Logs', () => {
  test('the lines of a container that ends: the last at its end, pages from the end', async () => {
    const { simulation, logs } = running({ kind: 'exits', afterMs: 1000, exitCode: 1, output });
    simulation.advance(3000);
    const [task] = [...simulation.state.tasks.values()];
    const logStreamName = `hid/hid-generator/${task?.id ?? ''}`;
    const ask = (more: object = {}) =>
      logs.send(new GetLogEventsCommand({ logGroupName: '/ecs/hid', logStreamName, ...more }));
    const all = await ask();
    expect(all.events?.map(({ message }) => message)).toEqual(output);
    expect(all.events?.at(-1)?.timestamp).toBe((task?.startedAt ?? 0) + 1000);
    const last = await ask({ limit: 2 });
    expect(last.events?.map(({ message }) => message)).toEqual(['four', 'five']);
    const before = await ask({ limit: 2, nextToken: last.nextBackwardToken });
    expect(before.events?.map(({ message }) => message)).toEqual(['two', 'three']);
    const first = await ask({ limit: 2, nextToken: before.nextBackwardToken });
    expect(first.events?.map(({ message }) => message)).toEqual(['one']);
    const none = await ask({ nextToken: first.nextBackwardToken });
    expect(none.events).toEqual([]);
    expect(none.nextBackwardToken).toBe(first.nextBackwardToken);
    const head = await ask({ startFromHead: true, limit: 1 });
    expect(head.events?.map(({ message }) => message)).toEqual(['one']);
    const streams = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/ecs/hid' }));
    expect(streams.logStreams?.map((stream) => stream.logStreamName)).toContain(logStreamName);
  });

  test('a stream is there from its first line on; unknown ones are refused in the words of AWS', async () => {
    const { simulation, logs } = running({ kind: 'runs', output });
    const ask = (logGroupName: string, logStreamName = 'x') =>
      logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }));
    await expect(ask('/other')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    await expect(ask('/ecs/hid')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
    simulation.advance(60_000);
    const [task] = [...simulation.state.tasks.values()];
    const all = await ask('/ecs/hid', `hid/hid-generator/${task?.id ?? ''}`);
    expect(all.events).toHaveLength(output.length);
  });

  test("without a prefix the stream has the container's runtime id; a container that writes nothing has none", async () => {
    const bare = {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/ecs/hid', 'awslogs-region': 'us-east-1' },
    };
    const { simulation, logs } = running({ kind: 'runs', output }, { logConfiguration: bare });
    simulation.advance(60_000);
    const [task] = [...simulation.state.tasks.values()];
    const logStreamName = task?.containers[0]?.id.replaceAll('-', '');
    const all = await logs.send(new GetLogEventsCommand({ logGroupName: '/ecs/hid', logStreamName }));
    expect(all.events).toHaveLength(output.length);
    const silent = running({ kind: 'runs' });
    silent.simulation.advance(60_000);
    const streams = await silent.logs.send(new DescribeLogStreamsCommand({ logGroupName: '/ecs/hid' }));
    expect(streams.logStreams).toEqual([]);
  });

  test('a scenario with lines that are no texts is refused', () => {
    const rule = (lines: unknown) => ({ match: 'x', outcome: { kind: 'runs', output: lines } });
    expect(() => parseScenario([rule(['a', 1])])).toThrow(
      '$.rules[0].outcome.output: must be a list of texts',
    );
    expect(parseScenario([rule(['a'])]).rules[0]?.outcome).toEqual({ kind: 'runs', output: ['a'] });
  });
});

describe('a classic load balancer', () => {
  test.each([
    [{ kind: 'runs' }, 'InService', 'N/A'],
    [{ kind: 'never-healthy' }, 'OutOfService', 'Instance'],
  ] as const)('%o', async (outcome, state, reason) => {
    const { simulation, balancers } = running(outcome);
    const ask = () => balancers.send(new DescribeInstanceHealthCommand({ LoadBalancerName: 'hid-lb' }));
    let health = await ask();
    for (let turn = 0; turn < 100 && health.InstanceStates?.[0]?.ReasonCode !== reason; turn += 1) {
      simulation.advance(100);
      health = await ask();
    }
    expect(health.InstanceStates).toEqual([
      expect.objectContaining({
        State: state,
        ReasonCode: reason,
        InstanceId: expect.stringMatching(/^i-/u),
      }),
    ]);
    const found = await balancers.send(new DescribeLoadBalancersCommand({ LoadBalancerNames: ['hid-lb'] }));
    expect(found.LoadBalancerDescriptions?.[0]?.HealthCheck).toMatchObject({
      Target: 'HTTP:80/',
      Interval: 30,
    });
  });

  test('one that is not there is refused', async () => {
    const { balancers } = running({ kind: 'runs' });
    await expect(
      balancers.send(new DescribeInstanceHealthCommand({ LoadBalancerName: 'other' })),
    ).rejects.toMatchObject({ message: "There is no ACTIVE Load Balancer named 'other'" });
  });
});
