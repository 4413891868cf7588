// Random requests in a random order: nothing but refusals of ECS's own kind is thrown, and the rules hold throughout.
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { boundsOf, EcsSimulation, EcsSimulationError, quickPace } from '../../src/simulation/index.ts';
import type { JsonObject } from '../../src/simulation/index.ts';
import { create, groupArn, newSimulation, register, service, tasks, update } from './fixtures.ts';

/** Numbers from 0 up to `below`, the same for the same seed. */
function numbers(seed: string): (below: number) => number {
  let count = 0;
  return (below) => createHash('sha256').update(`${seed}/${count++}`).digest().readUInt32BE(0) % below;
}

const outcomes = [
  { kind: 'runs' },
  { kind: 'exits', afterMs: 700, exitCode: 1 },
  { kind: 'cannot-pull', reason: 'not found' },
  { kind: 'cannot-start', reason: 'no such file' },
  { kind: 'never-healthy', status: 500 },
] as const;

function act(simulation: EcsSimulation, random: (below: number) => number): void {
  const percents: JsonObject = { minimumHealthyPercent: random(101), maximumPercent: 100 + random(101) };
  const deploymentConfiguration = {
    ...percents,
    deploymentCircuitBreaker: { enable: random(2) === 0, rollback: random(2) === 0 },
  };
  switch (random(9)) {
    case 0:
      register(simulation, `${random(5)}.0`, {
        portMappings: [{ containerPort: 8080, hostPort: random(2) * 1234 }],
      });
      return;
    case 1:
      update(simulation, { deploymentConfiguration });
      return;
    case 2:
      simulation.updateService({ cluster: 'qa', service: 'hid', desiredCount: random(6) });
      return;
    case 3:
      update(simulation, { forceNewDeployment: true });
      return;
    case 4:
      simulation.stopTask({ cluster: 'qa', task: tasks(simulation)[random(5)]?.id ?? 'none' });
      return;
    case 5:
      simulation.stopServiceDeployment(
        service(simulation).serviceDeployments[random(2)]?.arn ?? '',
        random(2) === 0 ? 'ROLLBACK' : 'ABORT',
      );
      return;
    case 6:
      simulation.setInstanceStatus(
        'qa',
        simulation.state.clusters.get('qa')?.instances[random(4)]?.id ?? '',
        random(2) === 0 ? 'ACTIVE' : 'DRAINING',
      );
      return;
    case 7:
      simulation.setScenario({
        rules: [
          { match: `:${random(5)}.0`, outcome: outcomes[random(outcomes.length)], times: 1 + random(4) },
        ],
      });
      return;
    default:
      simulation.advance(random(20_000));
  }
}

function check(simulation: EcsSimulation): void {
  const { deployments, events } = service(simulation);
  expect(deployments.filter(({ status }) => status === 'PRIMARY')).toHaveLength(1);
  expect(deployments[0]?.status).toBe('PRIMARY');
  expect(new Set(deployments.map(({ id }) => id)).size).toBe(deployments.length);
  expect(events.length).toBeLessThanOrEqual(100);
  for (const instance of simulation.state.clusters.get('qa')?.instances ?? []) {
    const here = tasks(simulation).filter(
      (task) => task.instance === instance.arn && task.lastStatus !== 'STOPPED',
    );
    const ports = here.flatMap(({ containers }) =>
      containers.flatMap(({ bindings }) => bindings.map(({ hostPort }) => hostPort)),
    );
    expect(new Set(ports).size).toBe(ports.length);
    expect(here.reduce((sum, { memory }) => sum + memory, 0)).toBeLessThanOrEqual(instance.memory);
  }
}

test.each(Array.from({ length: 20 }, (_, index) => [`seed ${index}`]))('%s', (seed) => {
  const random = numbers(seed);
  const simulation = newSimulation({ pace: quickPace, seed });
  register(simulation, '0.0');
  const balancers = [{ targetGroupArn: groupArn, containerName: 'hid', containerPort: 8080 }];
  create(simulation, random(2) === 0 ? { loadBalancers: balancers } : {});
  for (let step = 0; step < 120; step += 1) {
    try {
      act(simulation, random);
    } catch (error) {
      if (!(error instanceof EcsSimulationError)) throw error;
    }
    check(simulation);
  }
  // Left alone with a good image and room, it always ends well.
  simulation.setScenario({ rules: [] });
  for (const { id } of simulation.state.clusters.get('qa')?.instances ?? [])
    simulation.setInstanceStatus('qa', id, 'ACTIVE');
  register(simulation, 'good');
  update(simulation, {
    desiredCount: 3,
    deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
  });
  simulation.advance(120_000);
  expect(service(simulation).deployments.map(({ progress, status }) => [progress, status])).toEqual([
    ['COMPLETED', 'PRIMARY'],
  ]);
  expect(tasks(simulation).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(
    boundsOf(simulation.world, service(simulation)).desired,
  );
  const restored = EcsSimulation.restore(simulation.save(), { pace: quickPace, seed });
  expect(restored.save()).toEqual(simulation.save());
});
