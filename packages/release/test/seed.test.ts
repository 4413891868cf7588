// The seed's three templates with values in them, as the expander would render them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import {
  checkDescriptor,
  crossCheck,
  descriptorKinds,
  type DescriptorKind,
  type JsonObject,
} from '../src/index.ts';

const values: Readonly<Record<string, string>> = {
  clusterName: 'qa',
  serviceName: 'hid-generator',
  family: 'hid-generator',
  loadBalancerName: 'hid-generator-lb',
  containerName: 'hid-generator',
  desiredCount: '2',
  clientToken: 'hid-generator-1.0.15.RELEASE',
  ecsInstanceRole: 'ecsServiceRole',
  registry: 'docker.example.com',
  imageName: 'hid-generator',
  imageTag: '1.0.15.RELEASE',
};

function render(kind: DescriptorKind, more: Readonly<Record<string, string>> = {}): JsonObject {
  const file = path.join(import.meta.dirname, `fixtures/seed/${kind}.json`);
  const text = readFileSync(file, 'utf8').replace(
    /\$\{(\w+)\}/gu,
    (_, name: string) => ({ ...values, ...more })[name] ?? name,
  );
  return JSON.parse(text) as JsonObject;
}

function release(more?: Readonly<Record<string, string>>): Record<DescriptorKind, JsonObject> {
  return Object.fromEntries(descriptorKinds.map((kind) => [kind, render(kind, more)])) as Record<
    DescriptorKind,
    JsonObject
  >;
}

test.each(descriptorKinds)('%s has nothing wrong', (kind) => {
  expect(checkDescriptor(kind, render(kind))).toEqual([]);
});

test('the three agree', () => {
  expect(crossCheck(release())).toEqual([]);
});

test('with one task its fixed port is worth a warning: 25 % of one task is one', () => {
  const problems = crossCheck(release({ desiredCount: '1' }));
  expect(problems.map(({ severity, code, place }) => [severity, code, place?.kind])).toEqual([
    ['warning', 'fixed-host-port', 'service-definition'],
  ]);
});

test('a slip in one template is found across them', () => {
  const slip = { ...release(), 'task-definition': render('task-definition', { containerName: 'hid' }) };
  expect(crossCheck(slip).map(({ code }) => code)).toEqual(['unknown-container']);
});

test('3,000 descriptors are checked in well under a second', () => {
  const releases = Array.from({ length: 1000 }, (_, index) =>
    release({ serviceName: `service-${String(index)}` }),
  );
  const start = performance.now();
  let problems = 0;
  for (const each of releases) {
    for (const kind of descriptorKinds) problems += checkDescriptor(kind, each[kind]).length;
    problems += crossCheck(each).length;
  }
  const milliseconds = performance.now() - start;
  expect(problems).toBe(0);
  expect(milliseconds).toBeLessThan(1000);
});
