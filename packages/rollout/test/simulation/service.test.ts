// What requests do to a service.
import { describe, expect, test } from '@jest/globals';
import {
  create,
  crash,
  events,
  groupArn,
  minutes,
  newSimulation,
  register,
  service,
  tasks,
  update,
} from './fixtures.ts';

function steady(options = {}) {
  const simulation = newSimulation(options);
  register(simulation, '1.0');
  create(simulation);
  simulation.advance(minutes(5));
  return simulation;
}

const ids = (simulation: ReturnType<typeof steady>): (string | undefined)[] =>
  service(simulation).deployments.map(({ id }) => id);

describe('UpdateService', () => {
  test('attributes alone start no deployment', () => {
    const simulation = steady();
    const before = ids(simulation);
    simulation.updateService({
      cluster: 'qa',
      service: 'hid',
      healthCheckGracePeriodSeconds: 60,
      deploymentConfiguration: { minimumHealthyPercent: 50 },
      enableExecuteCommand: true,
    });
    simulation.advance(minutes(5));
    expect(ids(simulation)).toEqual(before);
    expect(service(simulation).attributes['deploymentConfiguration']).toMatchObject({
      minimumHealthyPercent: 50,
      maximumPercent: 200,
    });
  });

  test('the same revision starts none; forceNewDeployment does', () => {
    const simulation = steady();
    const before = ids(simulation);
    update(simulation);
    expect(ids(simulation)).toEqual(before);
    update(simulation, { forceNewDeployment: true });
    expect(ids(simulation)).toHaveLength(2);
    simulation.advance(minutes(5));
    expect(ids(simulation)).toHaveLength(1);
    expect(ids(simulation)).not.toEqual(before);
  });

  test.each([[0], [1], [5]])('desired count 2 → %d, without a deployment', (desiredCount) => {
    const simulation = steady();
    const before = ids(simulation);
    simulation.updateService({ cluster: 'qa', service: 'hid', desiredCount });
    simulation.advance(minutes(5));
    expect(ids(simulation)).toEqual(before);
    expect(tasks(simulation).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(desiredCount);
    expect(events(simulation).at(-1)).toBe('has reached a steady state.');
  });

  test('a newer deployment supersedes the one in progress', () => {
    const simulation = steady();
    register(simulation, '1.1');
    update(simulation);
    simulation.advance(12_000);
    const superseded = ids(simulation)[0] ?? '';
    register(simulation, '1.2');
    update(simulation);
    simulation.advance(minutes(10));
    expect(ids(simulation)).toHaveLength(1);
    expect(service(simulation).serviceDeployments.map(({ status }) => status)).toEqual([
      'SUCCESSFUL',
      'STOPPED',
      'SUCCESSFUL',
    ]);
    expect(tasks(simulation, superseded).every(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(true);
    expect(events(simulation)).toContain('stopped 2 pending tasks.');
  });

  test('what it cannot do is refused before anything is changed', () => {
    const simulation = steady();
    const before = structuredClone(service(simulation).attributes);
    expect(() => update(simulation, { taskDefinition: 'hid:9', desiredCount: 7 })).toThrow(
      'TaskDefinition not found.',
    );
    expect(() => update(simulation, { taskDefinition: 'other' })).toThrow('TaskDefinition not found.');
    expect(() => update(simulation, { service: 'nobody' })).toThrow('Service not found.');
    expect(() => update(simulation, { cluster: 'nowhere' })).toThrow('Cluster not found.');
    expect(() => update(simulation, { desiredCount: -1 })).toThrow('Desired count');
    const balancer = {
      loadBalancers: [{ targetGroupArn: groupArn, containerName: 'hid', containerPort: 9999 }],
    };
    expect(() => update(simulation, balancer)).toThrow(
      'The container hid did not have a container port 9999 defined.',
    );
    expect(service(simulation).attributes).toEqual(before);
    expect(service(simulation).desiredCount).toBe(2);
  });

  test('tasks of the running version are kept up by their own version while the new one crashes', () => {
    const simulation = steady({ scenario: crash });
    const before = ids(simulation)[0] ?? '';
    register(simulation, '2.0');
    update(simulation);
    simulation.advance(minutes(2));
    simulation.stopTask({ cluster: 'qa', task: tasks(simulation, before)[0]?.id ?? '' });
    simulation.advance(minutes(3));
    expect(tasks(simulation, before).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(2);
    expect(tasks(simulation, before)).toHaveLength(3);
  });
});

describe('CreateService', () => {
  test('the same again is the same; with other parameters it is not idempotent', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    const first = create(simulation, { clientToken: 'one' });
    expect(create(simulation, { clientToken: 'one' })).toBe(first);
    expect(() => create(simulation, { clientToken: 'one', desiredCount: 3 })).toThrow(
      'Creation of service was not idempotent.',
    );
    expect(() => create(simulation, { desiredCount: 3 })).toThrow('Creation of service was not idempotent.');
    expect(() => create(simulation, { clientToken: 'one', serviceName: 'other' })).toThrow('not idempotent');
    expect(service(simulation).deployments).toHaveLength(1);
  });

  test('an INACTIVE service is made anew, a DRAINING one is refused', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, { clientToken: 'one' });
    simulation.advance(minutes(5));
    const request = { cluster: 'qa', service: 'hid' };
    expect(() => simulation.deleteService(request)).toThrow(
      'The service cannot be stopped while it is scaled above 0.',
    );
    simulation.deleteService({ ...request, force: true });
    expect(service(simulation).status).toBe('DRAINING');
    expect(() => create(simulation, { clientToken: 'two' })).toThrow(
      'Unable to Start a service that is still Draining.',
    );
    expect(() => update(simulation)).toThrow('Service was not ACTIVE.');
    simulation.advance(minutes(2));
    expect(service(simulation).status).toBe('INACTIVE');
    expect(create(simulation, { clientToken: 'one' }).status).toBe('ACTIVE');
    simulation.advance(minutes(5));
    expect(service(simulation).deployments[0]?.progress).toBe('COMPLETED');
  });

  test.each([
    [{ serviceName: 'a b' }, 'Service name'],
    [{ taskDefinition: 'unknown' }, 'TaskDefinition not found.'],
    [{ clientToken: 'x'.repeat(37) }, 'clientToken'],
    [
      { launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      'Specifying both a launch type',
    ],
    [
      { loadBalancers: [{ targetGroupArn: groupArn, containerName: 'web', containerPort: 80 }] },
      'The container web does not exist',
    ],
    [{ schedulingStrategy: 'DAEMON' }, 'does not support a desired count'],
    [{ deploymentConfiguration: { minimumHealthyPercent: 101 } }, 'minimumHealthyPercent'],
    [{ tags: [{ key: 'aws:x', value: '' }] }, 'must not begin with aws:'],
  ])('%j is refused', (request, message) => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    expect(() => create(simulation, request)).toThrow(message);
    expect(simulation.state.services.size).toBe(0);
  });

  test('a service with no tasks is completed without any ever started', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, { desiredCount: 0 });
    simulation.advance(minutes(1));
    expect(service(simulation).deployments[0]?.progress).toBe('COMPLETED');
    expect(tasks(simulation)).toEqual([]);
  });
});

describe('events', () => {
  test('at most 100, newest first, each with an id of its own; steady is told again after six hours', () => {
    const simulation = steady({ scenario: crash });
    simulation.advance(minutes(60 * 6 + 1));
    expect(events(simulation).filter((text) => text === 'has reached a steady state.')).toHaveLength(2);
    register(simulation, '2.0');
    update(simulation);
    simulation.advance(minutes(60 * 4));
    const all = service(simulation).events;
    expect(all).toHaveLength(100);
    expect(new Set(all.map(({ id }) => id)).size).toBe(100);
    const times = all.map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted((left, right) => right - left));
  });
});

test('StopTask: SIGTERM at once, the given reason, replaced by the service', () => {
  const simulation = steady();
  const [first] = tasks(simulation);
  simulation.stopTask({ cluster: 'qa', task: first?.arn ?? '', reason: 'by hand' });
  simulation.advance(minutes(5));
  expect(first).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'UserInitiated', stoppedReason: 'by hand' });
  expect(tasks(simulation).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(2);
});

test('RunTask: what does not fit is a failure, not an error', () => {
  const simulation = newSimulation({ instances: 1 });
  register(simulation, '1.0', { memory: 2000 });
  const { tasks: started, failures } = simulation.runTask({
    cluster: 'qa',
    taskDefinition: 'hid',
    count: 3,
    startedBy: 'me',
  });
  expect(started).toHaveLength(1);
  expect(failures.map(({ reason }) => reason)).toEqual(['RESOURCE:MEMORY', 'RESOURCE:MEMORY']);
  expect(started[0]).toMatchObject({ group: 'family:hid', startedBy: 'me' });
  const empty = newSimulation({ instances: 0 });
  register(empty, '1.0');
  expect(() => empty.runTask({ cluster: 'qa', taskDefinition: 'hid' })).toThrow(
    'No Container Instances were found in your cluster.',
  );
});
