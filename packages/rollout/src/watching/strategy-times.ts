// Bake times, steps and hooks of the deployment strategies ("DeploymentConfiguration", ECS API Reference).
import type { JsonObject } from '@bamboo-ecs/release';
import { flagOf, numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { deploymentStrategy } from '../limits.ts';
import type { Seconds } from './container-times.ts';

const linearDefaults = { stepPercent: 10, stepBakeMinutes: 6 };
const canaryBakeMinutes = 10;
/** With alarms and no bake time of its own ECS bakes for some minutes before COMPLETED. */
const alarmBakeMinutes = 5;

export function strategySeconds(service: JsonObject): Seconds {
  const configuration = objectOf(service, 'deploymentConfiguration');
  const found = [
    steps(configuration, deploymentStrategy(service)),
    bake(configuration),
    hooks(configuration),
  ].filter(({ minutes }) => minutes > 0);
  return {
    seconds: found.reduce((sum, { minutes }) => sum + minutes, 0) * 60,
    parts: found.map(({ minutes, what }) => `${minutes} min ${what}`),
  };
}

interface Part {
  readonly minutes: number;
  readonly what: string;
}

function steps(configuration: JsonObject | undefined, strategy: string): Part {
  if (strategy === 'LINEAR') {
    const linear = objectOf(configuration, 'linearConfiguration');
    const percent = Math.max(1, numberOf(linear, 'stepPercent') ?? linearDefaults.stepPercent);
    // "This bake time is not applied after reaching 100 percent traffic" (LinearConfiguration).
    const count = Math.max(0, Math.ceil(100 / percent) - 1);
    const each = numberOf(linear, 'stepBakeTimeInMinutes') ?? linearDefaults.stepBakeMinutes;
    return { minutes: count * each, what: `for ${count} linear steps` };
  }
  if (strategy === 'CANARY') {
    const canary = objectOf(configuration, 'canaryConfiguration');
    return {
      minutes: numberOf(canary, 'canaryBakeTimeInMinutes') ?? canaryBakeMinutes,
      what: 'canary bake time',
    };
  }
  return { minutes: 0, what: '' };
}

function bake(configuration: JsonObject | undefined): Part {
  const stated = numberOf(configuration, 'bakeTimeInMinutes');
  const alarms = flagOf(objectOf(configuration, 'alarms'), 'enable');
  return {
    minutes: stated ?? (alarms ? alarmBakeMinutes : 0),
    what: stated === undefined ? 'for alarms' : 'bake time',
  };
}

/**
 * Only hooks with a time-out of their own: the default of a day would make every budget a day. The wait at a PAUSE hook is for
 * people, and is not counted at all.
 */
function hooks(configuration: JsonObject | undefined): Part {
  const minutes = objectsOf(configuration, 'lifecycleHooks')
    .filter((hook) => textOf(hook, 'targetType') !== 'PAUSE')
    .map((hook) => numberOf(objectOf(hook, 'timeoutConfiguration'), 'timeoutInMinutes') ?? 0);
  return { minutes: minutes.reduce((sum, one) => sum + one, 0), what: 'for lifecycle hooks' };
}
