// What is foretold through the port is what the stand-in then does: clusters, services and limits by chance, with a seed.
import { describe, expect, test } from '@jest/globals';
import { createEcsClient, createEcsPort } from '@bamboo-ecs/ecs';
import { inProcessHandler } from '@bamboo-ecs/rehearsal';
import type { JsonObject } from '@bamboo-ecs/release';
import { forecast } from '@bamboo-ecs/rollout/feasibility';
import { EcsSimulation, VirtualClock } from '@bamboo-ecs/rollout/simulation';

const hour = 3_600_000;

/** Mulberry32: the same numbers on every machine. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Drawn {
  readonly simulation: EcsSimulation;
  readonly newTask: JsonObject;
  readonly request: JsonObject;
}

function task(family: string, image: string, memory: number, hostPort: number | null): JsonObject {
  const portMappings = hostPort === null ? [] : [{ containerPort: 8080, hostPort, protocol: 'tcp' }];
  return { family, containerDefinitions: [{ name: 'web', image, memory, essential: true, portMappings }] };
}

/** A settled service, perhaps beside another one, and what it is going to become. */
function draw(seed: number): Drawn {
  const below = chance(seed);
  const pick = <T>(...items: readonly T[]): T => items[below(items.length)]!;
  const count = 1 + below(5);
  const simulation = new EcsSimulation({
    clusters: [
      {
        name: 'qa',
        instances: Array.from({ length: count }, () => ({
          zone: pick('eu-west-1a', 'eu-west-1b'),
          memory: pick(600, 1100, 4000),
        })),
      },
    ],
  });
  const port = pick(null, 0, 1234);
  const desired = 1 + below(count);
  simulation.registerTaskDefinition(task('other', 'other:1', 256, pick(null, 1234, 4321)));
  if (below(2) === 0)
    simulation.createService({
      cluster: 'qa',
      serviceName: 'other',
      taskDefinition: 'other',
      desiredCount: 1 + below(2),
    });
  simulation.advance(hour);
  simulation.registerTaskDefinition(task('web', 'web:1', 256, port));
  const minimumHealthyPercent = pick(0, 25, 50, 66, 100);
  const maximumPercent = pick(100, 150, 200);
  simulation.createService({
    cluster: 'qa',
    serviceName: 'web',
    taskDefinition: 'web',
    desiredCount: desired,
    deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
    placementConstraints: pick<JsonObject[]>([], [], [{ type: 'distinctInstance' }]),
    placementStrategy: pick<JsonObject[]>([], [{ type: 'binpack', field: 'memory' }]),
  });
  simulation.advance(hour);
  const newTask = task('web', 'web:2', pick(256, 256, 500), pick(port, port, 0));
  return {
    simulation,
    newTask,
    request: { cluster: 'qa', service: 'web', desiredCount: pick(desired, desired, desired + 1) },
  };
}

async function foretoldAndDone(seed: number) {
  const { simulation, newTask, request } = draw(seed);
  const handler = inProcessHandler(simulation);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret-key' };
  const client = createEcsClient({ region: 'us-east-1', credentials, requestHandler: handler });
  const port = createEcsPort({ client, clock: new VirtualClock(simulation.now, simulation) });
  const [before] = await port.describeServices('qa', ['web']);
  const current = await port.describeTaskDefinition('web');
  const room = await port.clusterRoom!('qa', 'web');
  const { forecast: foretold, findings } = forecast({
    action: 'update',
    service: { ...before!.definition, ...request },
    newTask,
    oldTask: current!.definition,
    before: before!,
    room,
  });
  simulation.registerTaskDefinition(newTask);
  simulation.updateService({ ...request, taskDefinition: 'web' });
  const startedAt = simulation.now;
  let tookMs = 0;
  for (; tookMs < 3 * hour; tookMs = simulation.now - startedAt) {
    const { deployments } = simulation.state.services.get('qa/web')!;
    if (deployments.length === 1 && deployments[0]!.progress === 'COMPLETED') break;
    simulation.advance(1000);
  }
  const outcome: 'finishes' | 'stuck' = tookMs < 3 * hour ? 'finishes' : 'stuck';
  return { foretold, findings, outcome, tookMs };
}

describe('the forecast and the stand-in', () => {
  test('agree on two hundred draws, and a refusal is never rash', async () => {
    const seen = { finishes: 0, stuck: 0, refused: 0 };
    for (let seed = 1; seed <= 200; seed += 1) {
      const { foretold, findings, outcome, tookMs } = await foretoldAndDone(seed);
      expect({ seed, outcome: foretold.outcome }).toEqual({ seed, outcome });
      const refused = findings.some(({ level }) => level === 'error');
      if (refused) expect({ seed, outcome }).toEqual({ seed, outcome: 'stuck' });
      if (outcome === 'finishes')
        expect({ seed, off: Math.abs((foretold.expectedMs ?? 0) - tookMs) < 30_000 }).toEqual({
          seed,
          off: true,
        });
      seen[outcome] += 1;
      if (refused) seen.refused += 1;
    }
    // The draws are worth something only if both happen often.
    expect(seen.finishes).toBeGreaterThan(40);
    expect(seen.stuck).toBeGreaterThan(40);
    expect(seen.refused).toBeGreaterThan(20);
  }, 120_000);
});
