// A task that finds no place: by how much, and what is in the way on each instance.
import { describe, expect, test } from '@jest/globals';
import type { ClusterRoom } from '../../src/index.ts';
import { closest, diagnosed } from './diagnosed.ts';

type Instance = NonNullable<ClusterRoom['instances']>[number];

function instance(name: string, members: Partial<Instance> = {}): Instance {
  return {
    arn: `arn:${name}`,
    name,
    zone: 'eu-west-1a',
    status: 'ACTIVE',
    agentConnected: true,
    attributes: {},
    cpu: { registered: 2048, remaining: 1024 },
    memory: { registered: 4000, remaining: 100 },
    gpus: { registered: 0, remaining: 0 },
    takenPorts: [],
    ...members,
  };
}

const room = (...instances: readonly Instance[]): ClusterRoom => ({ instances, gaps: [] });

describe('diagnose: no room', () => {
  const message = `${closest} has insufficient memory available.`;

  test('how much memory is missing, and on which instance least', () => {
    const { cause, sentence, evidence } = diagnosed([message], {
      room: room(
        instance('i-1'),
        instance('i-2', { memory: { registered: 4000, remaining: 200 }, takenPorts: ['tcp/80'] }),
        instance('i-3', { agentConnected: false, memory: { registered: 4000, remaining: 4000 } }),
        instance('i-4', { status: 'DRAINING' }),
      ),
    });
    expect(cause).toBe('no-memory');
    expect(sentence).toBe(
      'No instance of the cluster has enough free memory for another task: a task needs 256 MiB of memory, and i-2, which has most of it, has 200 free, 56 too little.',
    );
    expect(evidence.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'i-1 (eu-west-1a): 100 of 256 MiB of memory free',
        'i-3 (eu-west-1a): its agent is not connected',
        'i-4 (eu-west-1a): DRAINING, 100 of 256 MiB of memory free',
      ]),
    );
  });

  test('CPU, GPUs and ports', () => {
    const cpu = { registered: 1024, remaining: 128 };
    const definition = {
      containerDefinitions: [
        { name: 'web', cpu: 512, memory: 64, portMappings: [{ containerPort: 80, hostPort: 8080 }] },
      ],
    };
    const rooms = room(instance('i-1', { cpu, takenPorts: ['tcp/8080'] }));
    const noCpu = diagnosed([`${closest} has insufficient CPU units available.`], {
      room: rooms,
      taskDefinition: definition,
    });
    expect(noCpu.sentence).toContain(
      'needs 512 CPU units, and i-1, which has most of it, has 128 free, 384 too little',
    );
    const port = diagnosed([`${closest} is already using a port required by your task.`], {
      room: rooms,
      taskDefinition: definition,
    });
    expect(port.evidence.map(({ text }) => text)).toContain(
      'i-1 (eu-west-1a): 128 of 512 CPU units free, port 8080 is taken',
    );
  });

  test('what is not known, or fits by now, is not claimed', () => {
    const enough = room(instance('i-1', { memory: { registered: 4000, remaining: 4000 } }));
    expect(diagnosed([message], { room: enough }).sentence).toContain('(it needs 256 MiB)');
    expect(diagnosed([message], { room: enough }).evidence.map(({ text }) => text)).toContain(
      'i-1 (eu-west-1a): a task would fit now',
    );
    expect(diagnosed([message], { room: { gaps: ['denied'] } }).sentence).toContain('(it needs 256 MiB)');
    expect(diagnosed([message], { room: room() }).evidence.map(({ text }) => text)).toContain(
      'the cluster has none',
    );
    const many = room(...Array.from({ length: 40 }, (_, index) => instance(`i-${index}`)));
    expect(diagnosed([message], { room: many }).evidence.map(({ text }) => text)).toContain(
      'and 34 more instances',
    );
  });
});
