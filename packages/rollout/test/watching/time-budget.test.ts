// The default time-out, from the service's own settings.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import { timeBudget } from '../../src/index.ts';

const container = (more: JsonObject = {}): JsonObject => ({
  containerDefinitions: [{ name: 'web', ...more }],
});
const minutes = (service: JsonObject, taskDefinition: JsonObject = container()): number =>
  timeBudget({ service, taskDefinition }).ms / 60_000;
const parts = (service: JsonObject, taskDefinition: JsonObject = container()): string =>
  timeBudget({ service, taskDefinition }).parts.join(', ');
const balanced = { loadBalancers: [{ targetGroupArn: 'arn:x', containerName: 'web', containerPort: 80 }] };

describe('timeBudget', () => {
  test('is at least 10 minutes, and says what it is made of', () => {
    const { ms, parts: made } = timeBudget({ service: {}, taskDefinition: {} });
    expect(ms).toBe(600_000);
    expect(made).toEqual([
      '1 wave (desired 1, min 100 %, max 200 %)',
      '120 s to start a task',
      '40 s until a running task counts as healthy',
      '30 s to stop a task',
      'at least 10 min',
    ]);
  });

  test('a load balancer brings its health checks and the deregistration delay', () => {
    expect(minutes(balanced)).toBe((120 + 150 + 300 + 30) / 60);
    expect(minutes({ loadBalancers: [{ loadBalancerName: 'lb' }] })).toBe((120 + 300 + 300 + 30) / 60);
    expect(parts(balanced)).toContain('300 s deregistration delay');
    const quick = timeBudget({ service: balanced, taskDefinition: {}, deregistrationDelaySeconds: 5 });
    expect(quick.parts.join()).toContain('5 s deregistration delay');
  });

  test('the grace period, health checks and stop time-outs of the containers count', () => {
    const slow = container({ healthCheck: { interval: 60, retries: 5, startPeriod: 300 }, stopTimeout: 120 });
    expect(minutes({ healthCheckGracePeriodSeconds: 600 }, slow)).toBe((120 + 600 + 600 + 120) / 60);
    expect(parts({}, container({ healthCheck: {} }))).toContain('90 s container health checks');
  });

  test('containers that wait for another to be healthy add up', () => {
    const checks = { healthCheck: { interval: 10, retries: 3 } };
    const waits = { dependsOn: [{ containerName: 'a', condition: 'HEALTHY' }] };
    const pair = (more: JsonObject): JsonObject => ({
      containerDefinitions: [
        { name: 'a', ...checks },
        { name: 'b', ...checks, ...more },
      ],
    });
    expect(parts({}, pair({}))).toContain('30 s container');
    expect(parts({}, pair(waits))).toContain('60 s container');
  });

  test('fewer tasks at a time take more waves', () => {
    const waves = (desiredCount: number, min: number, max: number): string =>
      parts({ desiredCount, deploymentConfiguration: { minimumHealthyPercent: min, maximumPercent: max } });
    expect(waves(4, 100, 200)).toContain('1 wave ');
    expect(waves(0, 50, 200)).toContain('1 wave (desired 0, min 50 %, max 200 %)');
    expect(waves(4, 50, 100)).toContain('2 waves');
    expect(waves(10, 100, 110)).toContain('10 waves');
    expect(waves(4, 100, 100)).toContain('4 waves');
    expect(parts({ desiredCount: 3, schedulingStrategy: 'DAEMON' })).toContain(
      '1 wave (desired 3, min 0 %, max 100 %)',
    );
  });

  test('bake times, steps, alarms and hooks of the strategies count', () => {
    const of = (deploymentConfiguration: JsonObject): string => parts({ deploymentConfiguration });
    expect(of({ strategy: 'LINEAR' })).toContain('54 min for 9 linear steps');
    expect(
      of({ strategy: 'LINEAR', linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 } }),
    ).toContain('6 min for 3 linear steps');
    expect(of({ strategy: 'CANARY', bakeTimeInMinutes: 3 })).toMatch(
      /10 min canary bake time, 3 min bake time/u,
    );
    expect(of({ alarms: { enable: true, alarmNames: ['a'] } })).toContain('5 min for alarms');
    expect(of({ lifecycleHooks: [{ timeoutConfiguration: { timeoutInMinutes: 30 } }, {}] })).toContain(
      '30 min for lifecycle hooks',
    );
    expect(minutes({ deploymentConfiguration: { strategy: 'LINEAR' } })).toBeGreaterThan(54);
  });

  test('absurd settings stay within a day', () => {
    expect(minutes({ desiredCount: 1e308, deploymentConfiguration: { maximumPercent: 100 } })).toBe(24 * 60);
    expect(minutes({ desiredCount: -5, healthCheckGracePeriodSeconds: 'x', loadBalancers: 'x' })).toBe(10);
  });
});
