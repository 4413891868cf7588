// A request's body against its shape: refused like ECS refuses it, or reduced to the members that ECS knows.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type { JsonObject, JsonValue } from '@bamboo-ecs/rollout/simulation';
import { shapes } from './shapes.ts';
import type { Shape } from './shape.ts';

/** Throws SerializationException for JSON that is none or has wrong types, InvalidParameterException or ClientException for what is missing. */
export function readRequest(operation: string, body: string): JsonObject {
  const value = parse(body);
  const shape = Object.hasOwn(shapes, operation) ? shapes[operation] : undefined;
  if (shape === undefined) throw new EcsSimulationError('UnknownOperationException', '');
  const request = reduce(value, { members: shape.members }, '') as JsonObject;
  for (const member of shape.required ?? []) {
    const found = request[member];
    if (
      found !== undefined &&
      found !== '' &&
      !(Array.isArray(found) && found.length === 0 && member !== 'tags')
    )
      continue;
    throw missing(operation, member);
  }
  return request;
}

function parse(body: string): JsonValue {
  try {
    return JSON.parse(body === '' ? '{}' : body) as JsonValue;
  } catch {
    throw new EcsSimulationError('SerializationException', 'The request is not valid JSON.');
  }
}

/** Task definition operations answer with ClientException, the others with InvalidParameterException. */
function missing(operation: string, member: string): EcsSimulationError {
  if (member === 'containerDefinitions')
    return new EcsSimulationError('ClientException', 'Container list cannot be empty.');
  const name = `${member[0]?.toUpperCase() ?? ''}${member.slice(1)}`;
  if (operation.includes('TaskDefinition')) {
    return new EcsSimulationError('ClientException', `${name} should not be null or empty.`);
  }
  return new EcsSimulationError('InvalidParameterException', `${name} cannot be empty.`);
}

function reduce(value: JsonValue, shape: Shape, path: string): JsonValue {
  if (shape === 'any') return value;
  if (typeof shape === 'string') return scalar(value, shape, path);
  if ('list' in shape) {
    if (!Array.isArray(value)) throw wrong(path, 'a list');
    const items = value as readonly JsonValue[];
    return items
      .filter((item) => item !== null)
      .map((item, index) => reduce(item, shape.list, `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'an object');
  const members = 'members' in shape ? shape.members : null;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const inner = members === null ? 'string' : Object.hasOwn(members, key) ? members[key] : undefined;
    if (inner === undefined || item === null) return [];
    return [[key, reduce(item, inner, path === '' ? key : `${path}.${key}`)] as const];
  });
  return Object.fromEntries(entries);
}

function scalar(
  value: JsonValue,
  type: 'string' | 'integer' | 'number' | 'boolean',
  path: string,
): JsonValue {
  const fits = type === 'integer' ? Number.isInteger(value) : typeof value === type;
  if (!fits) throw wrong(path, type === 'integer' ? 'a whole number' : `a ${type}`);
  return value;
}

function wrong(path: string, wanted: string): EcsSimulationError {
  const where = path === '' ? 'The request' : path;
  return new EcsSimulationError('SerializationException', `${where} must be ${wanted}.`);
}
