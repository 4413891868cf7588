// What cases begin and end with: a service that runs, and what it runs.
import { expect } from '@jest/globals';
import type { Wanted } from './descriptors.ts';
import { revisionOf, type Case, type Stage } from './stage.ts';

export const serves = { kind: 'serves' } as const;

/** A service of two tasks (or as wanted) that runs 1.0.14; its calls are not counted. `drain`: seconds. */
export async function running(
  stage: Stage,
  wanted: Partial<Omit<Wanted, 'image'>> = {},
  drain?: number,
): Promise<Case> {
  const one = await stage.newCase();
  const behaviour = { ...serves, ...(drain === undefined ? {} : { drain }) };
  const ran = await one.install(await one.publish('1.0.14', behaviour, { desired: 2, ...wanted }));
  expect([ran.exitCode, ran.log]).toEqual([0, expect.stringContaining('STEADY')]);
  stage.calls();
  return one;
}

/** What the service runs now. */
export async function state({ service }: Case): Promise<readonly [revision: number, running: number]> {
  const { deployments } = await service();
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  return [revisionOf(primary?.taskDefinition ?? ''), primary?.runningCount ?? -1];
}
