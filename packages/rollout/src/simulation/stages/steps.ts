// The lifecycle of a deployment as a list of steps (AWS: "Lifecycle stages for Amazon ECS blue/green service deployments",
// "linear deployments", "canary deployments"; DeploymentConfiguration, API reference).
import type { JsonObject } from '@bamboo-ecs/release';
import { flagOf, numberOf, objectOf, objectsOf, textOf, textsOf } from '../members.ts';
import type { Pace } from '../pace.ts';

export type Strategy = 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';

export interface StageStep {
  readonly stage: string;
  /**
   * `hooks`: those of the stage run. `scale-up`: until the new tasks are up. `shift`: traffic moves. `bake`: time passes.
   * `clean-up`: the old tasks go; the end.
   */
  readonly kind: 'hooks' | 'scale-up' | 'shift' | 'bake' | 'clean-up';
  /** Percent of the production traffic that the new revision gets from here on. */
  readonly production?: number;
  readonly test?: number;
  /** How long a bake takes. */
  readonly ms?: number;
}

export function strategyOf(configuration: JsonObject): Strategy {
  const said = textOf(configuration, 'strategy');
  return said === 'BLUE_GREEN' || said === 'LINEAR' || said === 'CANARY' ? said : 'ROLLING';
}

export function stepsOf(configuration: JsonObject, pace: Pace): readonly StageStep[] {
  const hooks = (stage: string): StageStep[] =>
    hasHook(configuration, stage) ? [{ stage, kind: 'hooks' }] : [];
  const bake = bakeMs(configuration, pace);
  const baking: StageStep[] = bake > 0 ? [{ stage: 'BAKE_TIME', kind: 'bake', ms: bake }] : [];
  const up: StageStep[] = [
    ...hooks('RECONCILE_SERVICE'),
    ...hooks('PRE_SCALE_UP'),
    { stage: 'SCALE_UP', kind: 'scale-up' },
    ...hooks('POST_SCALE_UP'),
  ];
  const end: StageStep[] = [...baking, { stage: 'CLEAN_UP', kind: 'clean-up' }];
  const strategy = strategyOf(configuration);
  if (strategy === 'ROLLING') return [...up, ...end];
  return [
    ...up,
    { stage: 'TEST_TRAFFIC_SHIFT', kind: 'shift', test: 100 },
    ...hooks('TEST_TRAFFIC_SHIFT'),
    ...hooks('POST_TEST_TRAFFIC_SHIFT'),
    ...shifts(configuration, strategy, pace, hooks),
    ...hooks('POST_PRODUCTION_TRAFFIC_SHIFT'),
    ...end,
  ];
}

/** "For linear and canary deployments" the hooks before and at the shift of production traffic run at every step. */
function shifts(
  configuration: JsonObject,
  strategy: Exclude<Strategy, 'ROLLING'>,
  { minuteMs }: Pace,
  hooks: (stage: string) => StageStep[],
): StageStep[] {
  const { weights, minutes } = trafficSteps(configuration, strategy);
  const pauseMs = minutes * minuteMs;
  const stage = 'PRODUCTION_TRAFFIC_SHIFT';
  return weights.flatMap((production) => [
    ...hooks('PRE_PRODUCTION_TRAFFIC_SHIFT'),
    { stage, kind: 'shift' as const, production },
    ...hooks(stage),
    // "This bake time is not applied after reaching 100 percent traffic."
    ...(production < 100 && pauseMs > 0 ? [{ stage, kind: 'bake' as const, ms: pauseMs }] : []),
  ]);
}

function trafficSteps(
  configuration: JsonObject,
  strategy: Exclude<Strategy, 'ROLLING'>,
): { readonly weights: readonly number[]; readonly minutes: number } {
  if (strategy === 'CANARY') {
    const canary = objectOf(configuration, 'canaryConfiguration');
    const percent = Math.min(100, numberOf(canary, 'canaryPercent') ?? 5);
    const minutes = numberOf(canary, 'canaryBakeTimeInMinutes') ?? 10;
    return { weights: percent < 100 ? [percent, 100] : [100], minutes };
  }
  if (strategy === 'LINEAR') {
    const linear = objectOf(configuration, 'linearConfiguration');
    const percent = Math.max(3, numberOf(linear, 'stepPercent') ?? 10);
    const minutes = numberOf(linear, 'stepBakeTimeInMinutes') ?? 6;
    const count = Math.ceil(100 / percent);
    const weights = Array.from({ length: count }, (_, index) => Math.min(100, percent * (index + 1)));
    return { weights, minutes };
  }
  return { weights: [100], minutes: 0 };
}

export function hooksOf(configuration: JsonObject, stage: string): readonly JsonObject[] {
  return objectsOf(configuration, 'lifecycleHooks').filter((hook) =>
    textsOf(hook, 'lifecycleStages').includes(stage),
  );
}

function hasHook(configuration: JsonObject, stage: string): boolean {
  return hooksOf(configuration, stage).length > 0;
}

function bakeMs(configuration: JsonObject, pace: Pace): number {
  const minutes = numberOf(configuration, 'bakeTimeInMinutes');
  if (minutes !== undefined) return minutes * pace.minuteMs;
  return (flagOf(objectOf(configuration, 'alarms'), 'enable') ?? false) ? pace.alarmBakeMs : 0;
}
