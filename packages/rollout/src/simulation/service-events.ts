// The events of a service, in AWS's words (Amazon ECS service event messages; texts captured from real services).
import { uuid } from './ids.ts';
import type { PlacementFailure } from './placement.ts';
import type { ServiceState } from './service-state.ts';
import type { World } from './world.ts';

const kept = 100;

/** Adds `(service NAME) …`; newest first, at most 100. */
export function tell(world: World, service: ServiceState, text: string): void {
  const message = `(service ${service.name}) ${text}`;
  service.events.unshift({ id: uuid(world, 'event'), createdAt: world.now, message });
  service.events.length = Math.min(service.events.length, kept);
}

/** A complaint: the same one is not told again before it is resolved or six hours have passed. */
export function complain(world: World, service: ServiceState, text: string): void {
  const told = service.complaints.get(text);
  if (told !== undefined && world.now - told < world.settings.pace.eventRepeatMs) return;
  service.complaints.set(text, world.now);
  tell(world, service, text);
}

/** What was complained of is over: complaints that begin so may be told again. */
export function resolved(service: ServiceState, beginning: string): void {
  for (const text of service.complaints.keys()) {
    if (text.startsWith(beginning)) service.complaints.delete(text);
  }
}

const lacks = {
  attribute: 'is missing an attribute required by your task.',
  cpu: 'has insufficient CPU units available.',
  memory: 'has insufficient memory available.',
  gpu: 'has insufficient GPUs available.',
  port: 'is already using a port required by your task.',
  agent: 'encountered error "AGENT".',
} as const;

const more = ' For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

export const placementBeginning = 'was unable to place a task';
export const inconsistentStarts = 'is unable to consistently start tasks successfully.';
export const stuck =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration.' +
  ' Update the minimumHealthyPercent or maximumPercent value and try again.';

export function placementText(failure: PlacementFailure): string {
  const general = `${placementBeginning} because no container instance met all of its requirements.`;
  if (failure.lack === 'no-instances') {
    return `${general} Reason: No Container Instances were found in your cluster.${more}`;
  }
  return `${general} The closest matching (container-instance ${failure.instance.id}) ${lacks[failure.lack]}${more}`;
}

/** `(task A) (task B)` */
export function taskList(ids: readonly string[]): string {
  return ids.map((id) => `(task ${id})`).join(' ');
}
