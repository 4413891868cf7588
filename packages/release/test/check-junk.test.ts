// Rules look at values of the wrong type, too: these are reported, and no rule falls over them.
import { expect, test } from '@jest/globals';
import {
  checkDescriptor,
  crossCheck,
  type DescriptorKind,
  type JsonObject,
  type JsonValue,
} from '../src/index.ts';
import { memberType } from '../src/index.ts';
import { service, task, update, web } from './descriptors.ts';

const junk: readonly JsonValue[] = [null, 1, 'x', [], {}, [null], [[]], [{}], { name: {} }];

function membersOf(kind: DescriptorKind, ...segments: (string | number)[]): string[] {
  const type = memberType(kind, segments);
  return type?.kind === 'structure' ? [...type.members.keys()] : [];
}

test.each(junk.map((value) => [value]))('%j in every member of a task definition', (value) => {
  const members = membersOf('task-definition');
  expect(members).toContain('family');
  for (const member of members)
    expect(() => checkDescriptor('task-definition', { ...task, [member]: value })).not.toThrow();
});

test.each(junk.map((value) => [value]))('%j in every member of a container', (value) => {
  const members = membersOf('task-definition', 'containerDefinitions', 0);
  expect(members).toContain('image');
  for (const member of members) {
    const spoilt = { ...task, containerDefinitions: [{ ...web, [member]: value }] };
    expect(() => checkDescriptor('task-definition', spoilt)).not.toThrow();
    expect(() => crossCheck({ 'task-definition': spoilt, 'service-definition': service })).not.toThrow();
  }
});

test.each(junk.map((value) => [value]))('%j in every member of a service', (value) => {
  for (const [kind, whole] of [
    ['service-definition', service],
    ['service-update', update],
  ] as const) {
    const members = membersOf(kind);
    expect(members).toContain('desiredCount');
    for (const member of members) {
      const spoilt: JsonObject = { ...whole, [member]: value };
      expect(() => checkDescriptor(kind, spoilt)).not.toThrow();
      expect(() => crossCheck({ 'task-definition': task, [kind]: spoilt })).not.toThrow();
    }
  }
});
