// CloudWatch: the states of alarms, as the control API sets them.
import { textsOf } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation, JsonObject } from '@bamboo-ecs/rollout/simulation';
import { jsonAnswer, jsonError } from './wire.ts';
import type { WireAnswer } from './wire.ts';

export const alarmsTarget = 'GraniteServiceVersion20100801';

/** DescribeAlarms by name; an alarm is there once it was set, ringing or not. */
export function handleAlarmsRequest(simulation: EcsSimulation, target: string, body: string): WireAnswer {
  if (target !== `${alarmsTarget}.DescribeAlarms`)
    return jsonError('InvalidAction', `The stand-in for CloudWatch does not know ${target}.`);
  const names = namesIn(body);
  if (names === null) return jsonError('SerializationException', 'The request is not valid JSON.');
  const { alarms, alarmNames } = simulation.state;
  const known = [...alarmNames.keys()].filter((name) => names.length === 0 || names.includes(name));
  return jsonAnswer({
    CompositeAlarms: [],
    MetricAlarms: known.map((name) => ({
      AlarmName: name,
      StateValue: alarms.has(name) ? 'ALARM' : 'OK',
      StateReason: alarms.has(name) ? 'Threshold Crossed' : 'Threshold not crossed',
      StateUpdatedTimestamp: (alarms.get(name) ?? alarmNames.get(name) ?? 0) / 1000,
      StateTransitionedTimestamp: (alarms.get(name) ?? alarmNames.get(name) ?? 0) / 1000,
    })),
  });
}

function namesIn(body: string): readonly string[] | null {
  try {
    const request = JSON.parse(body) as unknown;
    return typeof request === 'object' && request !== null
      ? textsOf(request as JsonObject, 'AlarmNames')
      : null;
  } catch {
    return null;
  }
}
