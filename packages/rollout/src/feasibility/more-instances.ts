// Empty instances like the largest that is there.
import { lowestThat } from './lowest-that.ts';
import type { InstanceRoom } from './room.ts';
import type { Scene } from './scene.ts';
import { plural } from './words.ts';

/** A change that needs more than these is no small one. */
const most = 10;

export function moreInstances(
  scene: Scene,
  works: (scene: Scene) => boolean,
): { readonly text: string; readonly scene: Scene } | null {
  const { instances } = scene;
  const active = (instances ?? []).filter(({ status }) => status === 'ACTIVE');
  const [model] = active.toSorted(
    (left, right) =>
      right.memory.registered - left.memory.registered || right.cpu.registered - left.cpu.registered,
  );
  if (instances === null || model === undefined) return null;
  const changed = (count: number): Scene => ({
    ...scene,
    instances: [...instances, ...Array.from({ length: count }, (_, index) => empty(model, active, index))],
  });
  const count = lowestThat(1, most, (more) => works(changed(more)));
  if (count === null) return null;
  return { text: `${plural(count, 'more instance')} (now ${instances.length})`, scene: changed(count) };
}

/** In the zone that has fewest. */
function empty(model: InstanceRoom, active: readonly InstanceRoom[], index: number): InstanceRoom {
  const zones = new Map<string, number>();
  for (const { zone = '' } of active) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  const order = [...zones].toSorted((left, right) => left[1] - right[1]).map(([zone]) => zone);
  const zone = order[index % order.length] ?? '';
  const { attributes, cpu, memory, gpus } = model;
  return {
    arn: `new/${index + 1}`,
    name: `a new instance ${index + 1}`,
    zone,
    status: 'ACTIVE',
    agentConnected: true,
    attributes: { ...attributes, ...(zone !== '' && { 'ecs.availability-zone': zone }) },
    cpu: whole(cpu.registered),
    memory: whole(memory.registered),
    gpus: whole(gpus.registered),
    takenPorts: agentPorts,
    ...(model.capacityProvider !== undefined && { capacityProvider: model.capacityProvider }),
  };
}

/** "ContainerInstance", ECS API Reference: what the agent keeps for itself. */
const agentPorts = [22, 2375, 2376, 51678, 51679].map((port) => `tcp/${port}`);

function whole(registered: number): InstanceRoom['cpu'] {
  return { registered, remaining: registered };
}
