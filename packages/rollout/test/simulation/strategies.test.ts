// Blue/green, linear, canary, hooks, bake times and early success, stage by stage.
import { describe, expect, test } from '@jest/globals';
import type { EcsSimulation, JsonObject } from '../../src/simulation/index.ts';
import {
  course,
  create,
  groupArn,
  minutes,
  newSimulation,
  oldAndNew,
  register,
  service,
  tasks,
  update,
} from './fixtures.ts';

const behind = { loadBalancers: [{ targetGroupArn: groupArn, containerName: 'hid', containerPort: 8080 }] };
const pause = (stage: string, more: JsonObject = {}): JsonObject => ({
  targetType: 'PAUSE',
  lifecycleStages: [stage],
  ...more,
});
const lambda = (stage: string): JsonObject => ({
  hookTargetArn: 'arn:aws:lambda:us-east-1:123456789012:function:smoke',
  roleArn: 'arn:aws:iam::123456789012:role/hooks',
  lifecycleStages: [stage],
});

/** 1.0 runs, COMPLETED; 2.0 was just sent. */
function updated(deploymentConfiguration: JsonObject, request: JsonObject = behind): EcsSimulation {
  const simulation = newSimulation();
  register(simulation, '1.0');
  create(simulation, request);
  simulation.advance(minutes(5));
  register(simulation, '2.0');
  update(simulation, { deploymentConfiguration });
  return simulation;
}

const record = (simulation: EcsSimulation) => {
  const [newest] = service(simulation).serviceDeployments;
  if (!newest) throw new Error('there is no service deployment');
  return newest;
};
const stages = (simulation: EcsSimulation, ms: number): string[] =>
  course(simulation, ms, () => {
    const { stage, productionWeight, status } = record(simulation);
    return status === 'IN_PROGRESS' ? `${stage} ${productionWeight ?? ''}`.trim() : status;
  });
const asked = (simulation: EcsSimulation): number[] => {
  const turns = simulation.tasksBehind('hid');
  const fresh = turns.filter(({ labels }) => labels['release'] === '2.0').length;
  return [turns.length - fresh, fresh];
};

describe('strategies', () => {
  test('BLUE_GREEN: all new tasks beside all old ones, traffic at once, bake, then the old ones go', () => {
    const simulation = updated({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 });
    simulation.advance(minutes(3));
    expect(oldAndNew(simulation)).toBe('2+2');
    expect(record(simulation)).toMatchObject({ stage: 'BAKE_TIME', productionWeight: 100, testWeight: 100 });
    expect(asked(simulation)).toEqual([0, 2]);
    simulation.advance(minutes(4));
    expect(record(simulation).stage).toBe('CLEAN_UP');
    simulation.advance(minutes(8));
    expect(record(simulation).status).toBe('SUCCESSFUL');
    expect(oldAndNew(simulation)).toBe('0+2');
    expect(service(simulation).deployments).toHaveLength(1);
  });

  test('LINEAR: step by step, without a pause after the last', () => {
    const simulation = updated({
      strategy: 'LINEAR',
      linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 2 },
    });
    expect(stages(simulation, minutes(20))).toEqual([
      'PENDING',
      'SCALE_UP 0',
      'PRODUCTION_TRAFFIC_SHIFT 40',
      'PRODUCTION_TRAFFIC_SHIFT 80',
      'CLEAN_UP 100',
      'SUCCESSFUL',
    ]);
  });

  test('CANARY: a few percent first; requests are shared in proportion', () => {
    const simulation = updated({ strategy: 'CANARY', canaryConfiguration: { canaryBakeTimeInMinutes: 3 } });
    simulation.advance(minutes(3));
    expect(record(simulation)).toMatchObject({ stage: 'PRODUCTION_TRAFFIC_SHIFT', productionWeight: 5 });
    expect(asked(simulation)).toEqual([95, 5]);
    simulation.advance(minutes(12));
    expect(record(simulation).status).toBe('SUCCESSFUL');
  });

  test('the circuit breaker is not minded, alarms are: the traffic is back at once', () => {
    const alarms = { alarmNames: ['errors'], enable: true, rollback: true };
    const simulation = updated({ strategy: 'CANARY', alarms });
    simulation.advance(minutes(3));
    const before = service(simulation).deployments[1]?.id;
    simulation.setAlarm('errors', true);
    simulation.advance(15_000);
    expect(record(simulation)).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      productionWeight: 0,
      triggeredAlarms: ['errors'],
    });
    expect(asked(simulation)).toEqual([2, 0]);
    simulation.advance(minutes(10));
    expect(record(simulation).status).toBe('ROLLBACK_SUCCESSFUL');
    expect(service(simulation).deployments.map(({ id }) => id)).toEqual([before]);
  });

  test('ROLLING bakes before it is COMPLETED; a bake with alarms has a time of its own', () => {
    const simulation = updated({ bakeTimeInMinutes: 10 }, {});
    simulation.advance(minutes(5));
    expect(record(simulation)).toMatchObject({ stage: 'BAKE_TIME', status: 'IN_PROGRESS' });
    expect(service(simulation).deployments[0]?.progress).toBe('IN_PROGRESS');
    simulation.advance(minutes(8));
    expect(record(simulation).status).toBe('SUCCESSFUL');
  });

  test.each([
    ['BLOCKING', 1],
    ['DEFERRED', 2],
  ])('early success, %s: done with two of four tasks', (sourceServiceRevisionCleanup, deployments) => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, { ...behind, desiredCount: 4 });
    simulation.advance(minutes(5));
    simulation.setScenario({
      rules: [
        { match: '2.0', outcome: { kind: 'runs' }, times: 2 },
        { match: '2.0', outcome: { kind: 'runs', startMs: 3_600_000 } },
      ],
    });
    register(simulation, '2.0');
    const earlySuccessCriteria = { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup };
    update(simulation, { deploymentConfiguration: { minimumHealthyPercent: 50, earlySuccessCriteria } });
    let seen = 0;
    course(simulation, minutes(15), () => {
      if (record(simulation).status === 'SUCCESSFUL' && seen === 0)
        seen = service(simulation).deployments.length;
      return seen;
    });
    expect(seen).toBe(deployments);
  });
});

describe('lifecycle hooks', () => {
  test('before SCALE_UP nothing is started; a function that answers lets it go on', () => {
    const simulation = updated({ lifecycleHooks: [lambda('PRE_SCALE_UP')] }, {});
    simulation.setHook('smoke', 'SUCCEEDED', minutes(2));
    simulation.advance(minutes(1));
    expect(oldAndNew(simulation)).toBe('2+0');
    expect(record(simulation)).toMatchObject({
      stage: 'PRE_SCALE_UP',
      hooks: [{ type: 'AWS_LAMBDA', status: 'IN_PROGRESS' }],
    });
    simulation.advance(minutes(7));
    expect(record(simulation).status).toBe('SUCCESSFUL');
  });

  test('one that fails takes the deployment back', () => {
    const simulation = updated({ lifecycleHooks: [lambda('POST_SCALE_UP')] }, {});
    simulation.setHook('smoke', 'FAILED', 1000);
    simulation.advance(minutes(10));
    expect(record(simulation)).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      statusReason: 'Lifecycle hook smoke failed.',
    });
  });

  test('a PAUSE waits until somebody continues', () => {
    const simulation = updated({
      strategy: 'BLUE_GREEN',
      lifecycleHooks: [pause('POST_TEST_TRAFFIC_SHIFT')],
    });
    simulation.advance(minutes(60));
    const { arn, stage, hooks, productionWeight } = record(simulation);
    expect([stage, hooks[0]?.status, productionWeight]).toEqual([
      'POST_TEST_TRAFFIC_SHIFT',
      'AWAITING_ACTION',
      0,
    ]);
    simulation.continueServiceDeployment(arn, hooks[0]?.id ?? '', 'CONTINUE');
    simulation.advance(minutes(15));
    expect(record(simulation).status).toBe('SUCCESSFUL');
    expect(() => simulation.continueServiceDeployment(arn, hooks[0]?.id ?? '')).toThrow('not awaiting');
  });

  test('a PAUSE is rolled back by somebody, or by its time-out', () => {
    const decided = updated({ lifecycleHooks: [pause('POST_SCALE_UP')] }, {});
    decided.advance(minutes(10));
    const { arn, hooks } = record(decided);
    decided.continueServiceDeployment(arn, hooks[0]?.id ?? '', 'ROLLBACK');
    decided.advance(minutes(10));
    expect(record(decided).status).toBe('ROLLBACK_SUCCESSFUL');
    const timeoutConfiguration = { timeoutInMinutes: 30 };
    const late = updated({ lifecycleHooks: [pause('POST_SCALE_UP', { timeoutConfiguration })] }, {});
    late.advance(minutes(60));
    expect(record(late)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    const patient = { timeoutInMinutes: 30, action: 'CONTINUE' };
    const on = updated({ lifecycleHooks: [pause('POST_SCALE_UP', { timeoutConfiguration: patient })] }, {});
    on.advance(minutes(60));
    expect(record(on).status).toBe('SUCCESSFUL');
    expect(tasks(on).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(2);
  });

  test.each([
    [pause('PRODUCTION_TRAFFIC_SHIFT'), 'PAUSE hooks cannot be configured'],
    [{ lifecycleStages: ['POST_SCALE_UP'] }, 'hookTargetArn must be specified'],
    [{ targetType: 'PAUSE' }, 'lifecycleStages must be specified'],
    [{ targetType: 'MAIL', lifecycleStages: ['POST_SCALE_UP'] }, 'Invalid targetType'],
  ])('%j is refused', (hook, text) => {
    expect(() => updated({ lifecycleHooks: [hook] })).toThrow(text);
    expect(() => updated({ strategy: 'PURPLE' })).toThrow('Invalid deployment strategy');
  });

  test('what is under way is saved and goes on', async () => {
    const { EcsSimulation: Simulation, realisticPace } = await import('../../src/simulation/index.ts');
    const first = updated({ strategy: 'CANARY', lifecycleHooks: [pause('POST_SCALE_UP')] });
    first.advance(minutes(10));
    const again = Simulation.restore(first.save(), { pace: realisticPace });
    const { arn, hooks } = record(again);
    again.continueServiceDeployment(arn, hooks[0]?.id ?? '');
    again.advance(minutes(30));
    expect(record(again).status).toBe('SUCCESSFUL');
  });
});
