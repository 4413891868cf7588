// What stands around a service on ECS: its logs, the health of its targets.
import type { RunContext } from '@bamboo-ecs/program';
import type { AlarmPort, HealthPort, LogsPort } from '@bamboo-ecs/rollout';
import { awsClient } from './open-ecs.ts';

export async function openLogs(context: RunContext): Promise<LogsPort> {
  const { createLogsPort } = await import('@bamboo-ecs/neighbours');
  return createLogsPort(await awsClient(context));
}

export async function openHealth(context: RunContext): Promise<HealthPort> {
  const { createHealthPort } = await import('@bamboo-ecs/neighbours');
  return createHealthPort(await awsClient(context));
}

export async function openAlarms(context: RunContext): Promise<AlarmPort> {
  const { createAlarmPort } = await import('@bamboo-ecs/neighbours');
  return createAlarmPort(await awsClient(context));
}
