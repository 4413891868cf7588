// Minimum and maximum (AWS: deployment-type-ecs), and the course that they allow.
import { describe, expect, test } from '@jest/globals';
import { boundsOf } from '../../src/simulation/index.ts';
import {
  course,
  create,
  events,
  minutes,
  newSimulation,
  oldAndNew,
  register,
  service,
  update,
} from './fixtures.ts';

function configuration(minimumHealthyPercent: number, maximumPercent: number) {
  return { deploymentConfiguration: { minimumHealthyPercent, maximumPercent } };
}

describe('bounds', () => {
  test.each([
    // desired, minimum, maximum, floor (rounded up), ceiling (rounded down)
    [4, 50, 100, 2, 4],
    [2, 75, 200, 2, 4],
    [3, 100, 125, 3, 3],
    [1, 100, 150, 1, 1],
    [1, 0, 100, 0, 1],
    [2, 25, 200, 1, 4],
    [3, 34, 167, 2, 5],
    [0, 100, 200, 0, 0],
    [1000, 1, 199, 10, 1990],
  ])('%d tasks at %d/%d %%: at least %d, at most %d', (desiredCount, minimum, maximum, floor, ceiling) => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, { desiredCount, ...configuration(minimum, maximum) });
    expect(boundsOf(simulation.world, service(simulation))).toEqual({
      desired: desiredCount,
      floor,
      ceiling,
    });
  });
});

describe('the course of a replacement, old + new tasks', () => {
  test.each([
    // Stopping and starting in one look of the scheduler are one step here. The first three were measured on an emulator with
    // real containers; the others follow from AWS's own examples.
    [2, 100, 150, ['2+0', '2+1', '1+2', '0+2']],
    [2, 50, 100, ['2+0', '1+1', '0+2']],
    [2, 100, 200, ['2+0', '2+2', '0+2']],
    [4, 50, 100, ['4+0', '2+2', '0+4']],
    [1, 0, 100, ['1+0', '0+1']],
    [3, 100, 134, ['3+0', '3+1', '2+2', '1+3', '0+3']],
    [2, 25, 200, ['2+0', '1+2', '0+2']],
  ] as const)('%d tasks at %d/%d %%: %j', (desiredCount, minimum, maximum, expected) => {
    const simulation = newSimulation({ instances: 8 });
    register(simulation, '1.0');
    create(simulation, { desiredCount, ...configuration(minimum, maximum) });
    simulation.advance(minutes(5));
    register(simulation, '1.1');
    update(simulation);
    expect(course(simulation, minutes(20), () => oldAndNew(simulation))).toEqual(expected);
    expect(service(simulation).deployments.map(({ progress }) => progress)).toEqual(['COMPLETED']);
  });

  test('100/100 is stuck, and says so once', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, configuration(100, 100));
    simulation.advance(minutes(5));
    const since = simulation.now;
    register(simulation, '1.1');
    update(simulation);
    simulation.advance(minutes(60));
    expect(events(simulation, since)).toEqual([
      'was unable to stop or start tasks during a deployment because of the service deployment configuration.' +
        ' Update the minimumHealthyPercent or maximumPercent value and try again.',
    ]);
    expect(service(simulation).deployments.map(({ status, progress }) => [status, progress])).toEqual([
      ['PRIMARY', 'IN_PROGRESS'],
      ['ACTIVE', 'COMPLETED'],
    ]);
    // A new configuration lets it go on, without a new deployment.
    const stuck = service(simulation).deployments[0]?.id;
    update(simulation, configuration(50, 100));
    simulation.advance(minutes(10));
    expect(service(simulation).deployments.map(({ id, progress }) => [id, progress])).toEqual([
      [stuck, 'COMPLETED'],
    ]);
  });

  test('min 100, max 150 at desired 1 never starts a task: floor(1.5) = 1', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, { desiredCount: 1, ...configuration(100, 150) });
    simulation.advance(minutes(5));
    register(simulation, '1.1');
    update(simulation);
    expect(course(simulation, minutes(30), () => oldAndNew(simulation))).toEqual(['1+0']);
  });

  test('at no time are there fewer healthy tasks than the floor or more than the ceiling', () => {
    for (const [minimum, maximum] of [
      [25, 200],
      [50, 150],
      [67, 134],
      [100, 110],
    ] as const) {
      const simulation = newSimulation({ instances: 20 });
      register(simulation, '1.0');
      create(simulation, { desiredCount: 10, ...configuration(minimum, maximum) });
      simulation.advance(minutes(5));
      register(simulation, '1.1');
      update(simulation);
      const { floor, ceiling } = boundsOf(simulation.world, service(simulation));
      const healthy = () =>
        [...simulation.state.tasks.values()].filter(
          (task) => task.desiredStatus === 'RUNNING' && task.healthySince !== null,
        ).length;
      const alive = () =>
        [...simulation.state.tasks.values()].filter((task) => task.desiredStatus === 'RUNNING').length;
      const seen = course(simulation, minutes(60), () => [healthy(), alive()]);
      expect(Math.min(...seen.map(([count]) => count ?? 0))).toBeGreaterThanOrEqual(floor);
      expect(Math.max(...seen.map(([, count]) => count ?? 0))).toBeLessThanOrEqual(ceiling);
      expect(service(simulation).deployments).toHaveLength(1);
    }
  });
});
