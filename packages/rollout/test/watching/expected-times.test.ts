// How long the parts of a rollout take when nothing goes wrong, and the time-out that follows from a forecast.
import { describe, expect, test } from '@jest/globals';
import { timeBudget } from '../../src/index.ts';
import { expectedTimes } from '../../src/watching/expected-times.ts';

const group = [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080 }];
const classic = [{ loadBalancerName: 'web', containerName: 'web', containerPort: 8080 }];
const bare = { containerDefinitions: [{ name: 'web' }] };
const checked = { containerDefinitions: [{ name: 'web', healthCheck: { interval: 10, startPeriod: 60 } }] };

describe('expectedTimes', () => {
  test.each([
    ['nothing looks at the task', {}, bare, 40, 0],
    ['a target group: one passed check', { loadBalancers: group }, bare, 30, 300],
    ['a classic load balancer: ten of them', { loadBalancers: classic }, bare, 300, 300],
    ['a container health check after its start period', {}, checked, 70, 0],
    ['the longest counts, not the sum', { loadBalancers: group }, checked, 70, 300],
    [
      'a grace period may be taken whole',
      { loadBalancers: classic, healthCheckGracePeriodSeconds: 900 },
      checked,
      900,
      300,
    ],
  ])('%s', (_name, service, taskDefinition, healthSeconds, drainSeconds) => {
    expect(expectedTimes({ service, taskDefinition })).toMatchObject({ healthSeconds, drainSeconds });
  });

  test('the deregistration delay that was read, also when it is none', () => {
    const input = { service: { loadBalancers: group }, taskDefinition: bare };
    expect(expectedTimes({ ...input, deregistrationDelaySeconds: 15 }).drainSeconds).toBe(15);
    expect(expectedTimes({ ...input, deregistrationDelaySeconds: 0 }).drainSeconds).toBe(0);
  });

  test('bake times and steps count once', () => {
    const service = { deploymentConfiguration: { strategy: 'CANARY', bakeTimeInMinutes: 5 } };
    const { strategySeconds, parts } = expectedTimes({ service, taskDefinition: bare });
    expect(strategySeconds).toBe((10 + 5) * 60);
    expect(parts.join()).toContain('5 min bake time');
  });

  test('absurd figures stay finite and not negative', () => {
    const service = { healthCheckGracePeriodSeconds: 1e300, loadBalancers: group };
    expect(expectedTimes({ service, taskDefinition: bare }).healthSeconds).toBeLessThan(1e7);
    const negative = { healthCheckGracePeriodSeconds: -5 };
    expect(expectedTimes({ service: negative, taskDefinition: bare }).healthSeconds).toBe(40);
  });
});

describe('the time-out of a forecast', () => {
  const service = { desiredCount: 4, loadBalancers: classic };

  test('more lots than the limits alone say', () => {
    const one = timeBudget({ service, taskDefinition: bare });
    const three = timeBudget({ service, taskDefinition: bare, waves: 3 });
    expect(three.parts[0]).toContain('3 waves');
    expect(three.ms).toBe(3 * one.ms);
  });

  test('never fewer than the limits say', () => {
    const slow = { ...service, deploymentConfiguration: { maximumPercent: 125 } };
    expect(timeBudget({ service: slow, taskDefinition: bare, waves: 1 }).parts[0]).toContain('4 waves');
  });

  test('half as much again as expected at least, and a day at most', () => {
    const input = { service: {}, taskDefinition: bare };
    const hour = 3_600_000;
    const budget = timeBudget({ ...input, expectedMs: hour });
    expect(budget.ms).toBe(1.5 * hour);
    expect(budget.parts.join()).toContain("half as much again as the forecast's 60 min");
    expect(timeBudget({ ...input, expectedMs: 1e15 }).ms).toBe(24 * hour);
  });
});
