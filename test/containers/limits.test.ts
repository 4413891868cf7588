// The table of limits against real containers: what the simulation foretells is what ministack does, case by case.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  limitCases,
  nameOf,
  type LimitCase,
  type Seen,
} from '../../packages/rollout/test/feasibility/limit-cases.ts';
import { containersAreHere } from './here.ts';
import { watchCourse } from './limits-course.ts';
import { freePort, nowhere, openStage, type Stage, until } from './stage.ts';
import { openTaskImages } from './task-images.ts';

/** Services at one time: one DescribeServices tells of ten. */
const batchSize = 10;
const image = `${nowhere}/limits:1`;
const patience = 120_000;
const mostRepeated = 2;

const expectedOf = (one: LimitCase): Seen => {
  const { outcome, lowest, highest } = one.ministack ?? one;
  return { outcome, lowest, highest };
};
/** Those that stand still wait together. */
const sorted = limitCases.toSorted((left, right) =>
  expectedOf(left).outcome.localeCompare(expectedOf(right).outcome),
);
const batches = Array.from({ length: Math.ceil(sorted.length / batchSize) }, (_, index) => ({
  index: index + 1,
  batch: sorted.slice(index * batchSize, (index + 1) * batchSize),
}));

if (containersAreHere()) {
  describe('the limits of a rolling update, with real containers', () => {
    const opened = new AsyncDisposableStack();
    let stage: Stage;
    beforeAll(async () => {
      opened.use(openTaskImages()).make(image, { kind: 'serves', drain: 0 });
      stage = opened.use(await openStage());
    }, 60_000);
    afterAll(async () => opened.disposeAsync(), 60_000);

    test.each(batches)(
      'batch $index',
      async ({ batch, index }) => {
        const seen = await seenOf(stage, `limits-${index}`, batch);
        // A machine that everybody uses may hold one of ten up: it is looked at once more, alone.
        const differing = batch.filter((one) => !isDeepStrictEqual(seen[nameOf(one)], expectedOf(one)));
        const again =
          differing.length > mostRepeated ? {} : await seenOf(stage, `limits-${index}-again`, differing);
        const foretold = batch.map((one) => [nameOf(one), expectedOf(one)]);
        expect({ ...seen, ...again }).toEqual(Object.fromEntries(foretold));
      },
      patience,
    );
  });
}

/** What became of each case, by its name; all at the same time. */
async function seenOf(
  stage: Stage,
  cluster: string,
  batch: readonly LimitCase[],
): Promise<Readonly<Record<string, Seen>>> {
  if (batch.length === 0) return {};
  await stage.ask('CreateCluster', { clusterName: cluster });
  const from = performance.now();
  const cases = await Promise.all(
    batch.map(async (one, position) => prepared(stage, cluster, `case-${position}`, one)),
  );
  await until(async () => isUp(stage, cluster, cases));
  const cameUpIn = performance.now() - from;
  // What has just come up is called stable a second later.
  await sleep(1500);
  const course = watchCourse(stage, cluster, cases, cameUpIn);
  for (const { begin } of cases) await begin();
  await course.settled();
  for (const { service } of cases)
    await stage.ask('DeleteService', { cluster, service, force: true }).catch(() => undefined);
  return Object.fromEntries(batch.map((one, position) => [nameOf(one), course.of(`case-${position}`)]));
}

interface Prepared {
  readonly service: string;
  readonly before: number;
  readonly begin: () => Promise<unknown>;
}

/** The service with its old tasks, and the request that the case is about. */
async function prepared(
  stage: Stage,
  cluster: string,
  service: string,
  { desired, before = desired, minimum, maximum, port }: LimitCase,
): Promise<Prepared> {
  const family = `${cluster}-${service}`;
  const hostPort = port === 'fixed' ? await freePort() : 0;
  const register = async (): Promise<string> => {
    const { taskDefinition } = await stage.ask('RegisterTaskDefinition', {
      family,
      networkMode: 'bridge',
      containerDefinitions: [
        {
          name: 'web',
          image,
          memory: 16,
          essential: true,
          ...(port !== undefined && { portMappings: [{ containerPort: 8080, hostPort }] }),
        },
      ],
    });
    return (taskDefinition as { taskDefinitionArn: string }).taskDefinitionArn;
  };
  const deploymentConfiguration = { minimumHealthyPercent: minimum, maximumPercent: maximum };
  const create = async (desiredCount: number): Promise<unknown> =>
    stage.ask('CreateService', {
      cluster,
      serviceName: service,
      launchType: 'EC2',
      taskDefinition: await register(),
      desiredCount,
      deploymentConfiguration,
    });
  if (before === 0) return { service, before, begin: async () => create(desired) };
  await create(before);
  const taskDefinition = await register();
  const begin = async (): Promise<unknown> =>
    stage.ask('UpdateService', { cluster, service, taskDefinition, desiredCount: desired });
  return { service, before, begin };
}

async function isUp(stage: Stage, cluster: string, cases: readonly Prepared[]): Promise<boolean> {
  const services = cases.filter(({ before }) => before > 0).map(({ service }) => service);
  const { services: found } = await stage.ask('DescribeServices', { cluster, services });
  return (
    found as { runningCount: number; desiredCount: number; deployments: { rolloutState: string }[] }[]
  ).every(
    ({ runningCount, desiredCount, deployments }) =>
      runningCount === desiredCount && deployments[0]?.rolloutState === 'COMPLETED',
  );
}
