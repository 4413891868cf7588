// The states of CloudWatch alarms.
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { AlarmAnswer, AlarmPort, AlarmSnapshot } from '@bamboo-ecs/rollout';
import { ask, noteOf } from './ask.ts';

/** "DescribeAlarms", CloudWatch API Reference: up to 100 names and 100 records. */
const perCall = 100;
const limitMs = 10_000;

export function createAlarmPort(client: Pick<EcsClient, 'neighbour'>): AlarmPort {
  return {
    async describeAlarms(names): Promise<AlarmAnswer> {
      const alarms: AlarmSnapshot[] = [];
      for (let start = 0; start < names.length; start += perCall) {
        const answer = await describe(client, names.slice(start, start + perCall));
        if (answer.alarms === null) return answer;
        alarms.push(...answer.alarms);
      }
      return { alarms };
    },
  };
}

async function describe(
  client: Pick<EcsClient, 'neighbour'>,
  names: readonly string[],
): Promise<AlarmAnswer> {
  const { CloudWatchClient, DescribeAlarmsCommand } = await import('./clients/cloudwatch.ts');
  const cloudWatch = new CloudWatchClient(client.neighbour());
  const asked = await ask(
    {
      operation: 'DescribeAlarms',
      subject: `alarms ${names.join(', ')}`,
      limitMs,
      action: 'cloudwatch:DescribeAlarms',
    },
    async (options) => {
      const { CompositeAlarms = [], MetricAlarms = [] } = await cloudWatch.send(
        new DescribeAlarmsCommand({
          AlarmNames: [...names],
          // Without it composite alarms are left out.
          AlarmTypes: ['CompositeAlarm', 'MetricAlarm'],
          MaxRecords: perCall,
        }),
        options,
      );
      return [...CompositeAlarms, ...MetricAlarms].map(
        ({ AlarmName = '', StateValue, StateReason, StateTransitionedTimestamp }): AlarmSnapshot => ({
          name: AlarmName,
          state: StateValue === 'OK' || StateValue === 'ALARM' ? StateValue : 'INSUFFICIENT_DATA',
          ...(StateReason === undefined ? {} : { reason: StateReason }),
          ...(StateTransitionedTimestamp === undefined
            ? {}
            : { since: StateTransitionedTimestamp.getTime() }),
        }),
      );
    },
  );
  cloudWatch.destroy();
  return asked.ok ? { alarms: asked.value } : { alarms: null, note: noteOf(asked) };
}
