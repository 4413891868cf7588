// What ECS refuses in a task definition beyond its shape, with its texts (ClientException).
import type { JsonObject } from '@bamboo-ecs/release';
import { flagOf, memberOf, numberOf, objectsOf, textOf, textsOf } from '../members.ts';
import { EcsSimulationError } from '../simulation-error.ts';

/** Throws ClientException for the first thing that is wrong, as ECS does. */
export function checkDefinition(request: JsonObject): void {
  const family = textOf(request, 'family') ?? '';
  if (!/^[A-Za-z0-9_-]{1,255}$/u.test(family)) {
    refuse(
      'Family contains invalid characters. Up to 255 letters, digits, hyphens and underscores are allowed.',
    );
  }
  const containers = objectsOf(request, 'containerDefinitions');
  if (containers.length === 0) refuse('Container list cannot be empty.');
  const names = new Set<string>();
  for (const container of containers) {
    const name = textOf(container, 'name') ?? '';
    if (name === '') refuse('Container.name should not be null or empty.');
    if (!/^[A-Za-z0-9_-]{1,255}$/u.test(name)) refuse(`Container.name contains invalid characters: ${name}`);
    if (names.has(name)) refuse(`Duplicate container name: ${name}.`);
    names.add(name);
    if ((textOf(container, 'image') ?? '') === '') refuse('Container.image should not be null or empty.');
    checkMemory(request, container, name);
    checkPorts(request, container);
  }
  if (!containers.some((container) => flagOf(container, 'essential') ?? true)) {
    refuse('At least one container in the task definition must be essential.');
  }
  if (textsOf(request, 'requiresCompatibilities').includes('FARGATE')) checkFargate(request);
}

function checkMemory(request: JsonObject, container: JsonObject, name: string): void {
  const hard = numberOf(container, 'memory');
  const soft = numberOf(container, 'memoryReservation');
  if (hard === undefined && soft === undefined && memberOf(request, 'memory') === undefined) {
    refuse(
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    );
  }
  if (hard !== undefined && hard < 6)
    refuse(`Invalid setting for container '${name}'. 'memory' must be at least 6.`);
  if (hard !== undefined && soft !== undefined && soft > hard) {
    refuse(`Invalid setting for container '${name}'. 'memoryReservation' must not be greater than 'memory'.`);
  }
}

function checkPorts(request: JsonObject, container: JsonObject): void {
  const mode = textOf(request, 'networkMode');
  for (const mapping of objectsOf(container, 'portMappings')) {
    const [inside, outside] = [numberOf(mapping, 'containerPort'), numberOf(mapping, 'hostPort')];
    for (const port of [inside, outside]) {
      if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
        refuse(`Invalid port: ${port}. Ports are whole numbers from 0 to 65535.`);
      }
    }
    if (
      (mode === 'awsvpc' || mode === 'host') &&
      outside !== undefined &&
      outside !== 0 &&
      outside !== inside
    ) {
      refuse(`When networkMode=${mode}, the host ports and container ports in port mappings must match.`);
    }
  }
}

function checkFargate(request: JsonObject): void {
  if (textOf(request, 'networkMode') !== 'awsvpc') refuse("Fargate only supports network mode 'awsvpc'.");
  if (memberOf(request, 'cpu') === undefined)
    refuse("Fargate requires that 'cpu' be defined at the task level.");
  if (memberOf(request, 'memory') === undefined)
    refuse("Fargate requires that 'memory' be defined at the task level.");
}

function refuse(message: string): never {
  throw new EcsSimulationError('ClientException', message);
}
