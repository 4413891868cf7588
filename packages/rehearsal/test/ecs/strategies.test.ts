// Service deployments over the API: stages, traffic, hooks, alarms; and the controls that script them.
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  ContinueServiceDeploymentCommand,
  CreateServiceCommand,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type DeploymentConfiguration,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import { startEcsStandIn } from '../../src/index.ts';
import type { EcsStandIn } from '../../src/index.ts';
import { inProcess, taskDefinition } from './fixtures.ts';

const behind = [
  {
    targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/hid/0123456789abcdef',
    containerName: 'hid-generator',
    containerPort: 8080,
  },
];

/** Revision 1 runs; revision 2 was just sent. */
async function updated(deploymentConfiguration: DeploymentConfiguration) {
  const { simulation, client } = inProcess();
  await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1')));
  const service = { cluster: 'qa', taskDefinition: 'hid-generator', loadBalancers: behind };
  await client.send(new CreateServiceCommand({ ...service, serviceName: 'hid', desiredCount: 2 }));
  simulation.advance(60_000);
  await client.send(new RegisterTaskDefinitionCommand(taskDefinition('2')));
  await client.send(new UpdateServiceCommand({ ...service, service: 'hid', deploymentConfiguration }));
  return { simulation, client };
}

async function newest(client: ECSClient) {
  const { serviceDeployments: [brief] = [] } = await client.send(
    new ListServiceDeploymentsCommand({ cluster: 'qa', service: 'hid' }),
  );
  const serviceDeploymentArns = [brief?.serviceDeploymentArn ?? ''];
  const answer = await client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }));
  return answer.serviceDeployments?.[0];
}

describe('DescribeServiceDeployments', () => {
  test('shows stage, traffic and bake of a canary', async () => {
    const { simulation, client } = await updated({ strategy: 'CANARY', bakeTimeInMinutes: 5 });
    simulation.advance(4000);
    expect(await newest(client)).toMatchObject({
      status: 'IN_PROGRESS',
      lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT',
      targetServiceRevision: { requestedProductionTrafficWeight: 5, requestedTestTrafficWeight: 100 },
      alarms: { status: 'DISABLED', alarmNames: [] },
    });
    simulation.advance(30_000);
    expect(await newest(client)).toMatchObject({ status: 'SUCCESSFUL', lifecycleStage: 'CLEAN_UP' });
  });

  test('shows the alarm that ended it', async () => {
    const alarms = { alarmNames: ['5xx'], enable: true, rollback: true };
    const { simulation, client } = await updated({ alarms });
    simulation.advance(1000);
    expect((await newest(client))?.alarms).toMatchObject({ status: 'MONITORING', alarmNames: ['5xx'] });
    simulation.setAlarm('5xx', true);
    simulation.advance(30_000);
    expect(await newest(client)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      alarms: { status: 'TRIGGERED', triggeredAlarmNames: ['5xx'] },
      rollback: { reason: 'Alarm detected: 5xx.' },
    });
  });

  test('shows a PAUSE hook, which ContinueServiceDeployment ends', async () => {
    const { simulation, client } = await updated({
      lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
    });
    simulation.advance(30_000);
    const paused = await newest(client);
    const [hook] = paused?.lifecycleHookDetails ?? [];
    expect(hook).toMatchObject({ targetType: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' });
    expect(hook?.expiresAt?.getTime()).toBeGreaterThan(simulation.now);
    const input = { serviceDeploymentArn: paused?.serviceDeploymentArn ?? '', hookId: hook?.hookId ?? '' };
    await client.send(new ContinueServiceDeploymentCommand({ ...input, action: 'CONTINUE' }));
    await expect(client.send(new ContinueServiceDeploymentCommand(input))).rejects.toMatchObject({
      name: 'ConflictException',
    });
    await expect(
      client.send(new ContinueServiceDeploymentCommand({ ...input, hookId: 'other' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(
      client.send(new ContinueServiceDeploymentCommand({ ...input, serviceDeploymentArn: 'arn:x' })),
    ).rejects.toMatchObject({ name: 'ServiceDeploymentNotFoundException' });
    simulation.advance(10_000);
    expect((await newest(client))?.status).toBe('SUCCESSFUL');
  });
});

describe('controls', () => {
  let standIn: EcsStandIn | null = null;
  afterEach(async () => standIn?.close());

  const put = async (name: string, body: unknown) => {
    const answer = await fetch(`${standIn?.url}/_rehearsal/${name}`, {
      method: 'PUT',
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  };

  test('script Lambda hooks and alarms', async () => {
    standIn = await startEcsStandIn({ clusters: [{ name: 'qa', instances: [] }] });
    expect(await put('hooks', { smoke: { status: 'FAILED', afterMs: 5 } })).toEqual({
      status: 200,
      body: { smoke: { status: 'FAILED', afterMs: 5 } },
    });
    expect(await put('hooks', { smoke: { status: 'MAYBE' } })).toMatchObject({ status: 400 });
    await put('alarms', { '5xx': true, quiet: false });
    const answer = await fetch(standIn.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'GraniteServiceVersion20100801.DescribeAlarms',
        'content-type': 'application/x-amz-json-1.0',
      },
      body: JSON.stringify({ AlarmNames: ['5xx', 'quiet', 'nobody'] }),
    });
    const { MetricAlarms } = (await answer.json()) as {
      MetricAlarms: { AlarmName: string; StateValue: string }[];
    };
    expect(MetricAlarms.map(({ AlarmName, StateValue }) => [AlarmName, StateValue])).toEqual([
      ['5xx', 'ALARM'],
      ['quiet', 'OK'],
    ]);
  });
});
