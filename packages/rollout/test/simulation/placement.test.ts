import { describe, expect, test } from '@jest/globals';
import { EcsSimulation } from '../../src/simulation/index.ts';
import { create, events, minutes, newSimulation, register, service, tasks, update } from './fixtures.ts';

const unable = 'was unable to place a task because no container instance met all of its requirements.';
const more = ' For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

describe('placement', () => {
  test.each([
    ['cpu', { cpu: 4096 }, 'has insufficient CPU units available.'],
    ['memory', { memory: 8000 }, 'has insufficient memory available.'],
    [
      'a port of the agent',
      { portMappings: [{ containerPort: 22, hostPort: 22 }] },
      'is already using a port required by your task.',
    ],
  ])('%s that no instance has: the closest one is named, once', (_what, container, lack) => {
    const simulation = newSimulation();
    register(simulation, '1.0', container);
    create(simulation);
    simulation.advance(minutes(30));
    expect(events(simulation)).toEqual([
      `${unable} The closest matching (container-instance) ${lack}${more}`,
    ]);
    expect(service(simulation).deployments[0]).toMatchObject({ progress: 'IN_PROGRESS', failedTasks: 0 });
  });

  test('a constraint that no instance meets, a disconnected agent, no instances at all', () => {
    const constrained = newSimulation();
    register(constrained, '1.0');
    create(constrained, {
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:disk == ssd' }],
    });
    constrained.advance(minutes(2));
    expect(events(constrained)[0]).toContain('is missing an attribute required by your task.');

    const disconnected = newSimulation();
    for (const instance of disconnected.state.clusters.get('qa')?.instances ?? [])
      instance.agentConnected = false;
    register(disconnected, '1.0');
    create(disconnected);
    disconnected.advance(minutes(2));
    expect(events(disconnected)[0]).toContain('encountered error "AGENT".');

    const empty = newSimulation({ instances: 0 });
    register(empty, '1.0');
    create(empty);
    empty.advance(minutes(2));
    expect(events(empty)[0]).toBe(
      `${unable} Reason: No Container Instances were found in your cluster.${more}`,
    );
    // An instance that joins lets it go on.
    empty.addInstance('qa', { zone: 'us-east-1a' });
    empty.advance(minutes(5));
    expect(service(empty).deployments[0]?.progress).toBe('COMPLETED');
  });

  test('a fixed host port on N instances: N tasks, so start-first cannot work with min 100', () => {
    const fixed = { portMappings: [{ containerPort: 8080, hostPort: 1234 }] };
    const simulation = newSimulation({ instances: 2 });
    register(simulation, '1.0', fixed);
    create(simulation, { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 } });
    simulation.advance(minutes(5));
    const since = simulation.now;
    register(simulation, '1.1', fixed);
    update(simulation);
    simulation.advance(minutes(20));
    expect(events(simulation, since)).toEqual([
      `${unable} The closest matching (container-instance) is already using a port required by your task.${more}`,
    ]);
    // The seed's 25 % lets it stop one first.
    update(simulation, { deploymentConfiguration: { minimumHealthyPercent: 25 } });
    simulation.advance(minutes(20));
    expect(service(simulation).deployments.map(({ progress }) => progress)).toEqual(['COMPLETED']);
    expect(tasks(simulation, service(simulation).deployments[0]?.id)).toHaveLength(2);
  });

  test('tasks spread over the zones, then over the instances', () => {
    const simulation = newSimulation({ instances: 4 });
    register(simulation, '1.0');
    create(simulation, { desiredCount: 4 });
    simulation.advance(minutes(1));
    expect(
      tasks(simulation)
        .map(({ zone }) => zone)
        .sort(),
    ).toEqual(['us-east-1a', 'us-east-1a', 'us-east-1b', 'us-east-1b']);
    expect(new Set(tasks(simulation).map(({ instance }) => instance)).size).toBe(4);
  });

  test('binpack fills one instance first; dynamic host ports differ', () => {
    const simulation = newSimulation({ instances: 4 });
    register(simulation, '1.0');
    create(simulation, { desiredCount: 3, placementStrategy: [{ type: 'binpack', field: 'memory' }] });
    simulation.advance(minutes(1));
    expect(new Set(tasks(simulation).map(({ instance }) => instance)).size).toBe(1);
    const ports = tasks(simulation).map(({ containers }) => containers[0]?.bindings[0]?.hostPort);
    expect(ports).toEqual([32_768, 32_769, 32_770]);
  });

  test('distinctInstance puts one task on each', () => {
    const simulation = newSimulation({ instances: 2 });
    register(simulation, '1.0');
    create(simulation, { desiredCount: 3, placementConstraints: [{ type: 'distinctInstance' }] });
    simulation.advance(minutes(5));
    expect(tasks(simulation)).toHaveLength(2);
    expect(events(simulation).at(-1)).toContain(unable);
  });

  test('the cluster query language', () => {
    const place = (expression: string) => {
      const simulation = new EcsSimulation({
        clusters: [
          {
            name: 'qa',
            instances: [
              { zone: 'us-east-1a', attributes: { disk: 'hdd', 'ecs.instance-type': 'm5.large' } },
              { zone: 'us-east-1b', attributes: { disk: 'ssd' } },
            ],
          },
        ],
      });
      register(simulation, '1.0');
      create(simulation, { desiredCount: 1, placementConstraints: [{ type: 'memberOf', expression }] });
      simulation.advance(minutes(1));
      return tasks(simulation)[0]?.zone ?? 'nowhere';
    };
    expect(place('attribute:disk == ssd')).toBe('us-east-1b');
    expect(place('attribute:disk != ssd')).toBe('us-east-1a');
    expect(place('attribute:ecs.instance-type =~ m5.*')).toBe('us-east-1a');
    expect(place('attribute:ecs.availability-zone in [us-east-1b, us-east-1c]')).toBe('us-east-1b');
    expect(place('attribute:disk exists and not (attribute:disk == hdd)')).toBe('us-east-1b');
    expect(place('attribute:gpu exists')).toBe('nowhere');
    expect(place('attribute:toString exists')).toBe('nowhere');
    expect(() => place('attribute:disk ==')).toThrow('Invalid expression');
    expect(() => place('(attribute:disk == ssd')).toThrow('Invalid expression');
    expect(() => place('attribute:disk =~ [')).toThrow('Invalid expression');
  });

  test('Fargate needs no instances', () => {
    const simulation = newSimulation({ instances: 0 });
    register(simulation, '1.0');
    create(simulation, { launchType: 'FARGATE' });
    simulation.advance(minutes(5));
    expect(tasks(simulation).map(({ lastStatus, zone, instance }) => [lastStatus, zone, instance])).toEqual([
      ['RUNNING', 'us-east-1a', null],
      ['RUNNING', 'us-east-1b', null],
    ]);
  });

  test('a DAEMON service runs one task on each instance, new instances too', () => {
    const simulation = newSimulation({ instances: 3 });
    register(simulation, '1.0');
    simulation.createService({
      cluster: 'qa',
      serviceName: 'hid',
      taskDefinition: 'hid',
      schedulingStrategy: 'DAEMON',
    });
    simulation.advance(minutes(5));
    expect(new Set(tasks(simulation).map(({ instance }) => instance)).size).toBe(3);
    simulation.addInstance('qa', { zone: 'us-east-1b' });
    simulation.advance(minutes(5));
    expect(tasks(simulation)).toHaveLength(4);
    register(simulation, '1.1');
    update(simulation);
    simulation.advance(minutes(10));
    expect(service(simulation).deployments.map(({ progress }) => progress)).toEqual(['COMPLETED']);
  });

  test('a DRAINING instance is emptied without going below the floor', () => {
    const simulation = newSimulation({ instances: 3 });
    register(simulation, '1.0');
    create(simulation);
    simulation.advance(minutes(5));
    const leaving = tasks(simulation)[0];
    simulation.setInstanceStatus('qa', leaving?.instance ?? '', 'DRAINING');
    simulation.advance(minutes(5));
    expect(leaving).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      failure: null,
    });
    const alive = tasks(simulation).filter(({ lastStatus }) => lastStatus === 'RUNNING');
    expect(alive).toHaveLength(2);
    expect(alive.map(({ instance }) => instance)).not.toContain(leaving?.instance);
    expect(service(simulation).deployments[0]?.progress).toBe('COMPLETED');
  });
});
