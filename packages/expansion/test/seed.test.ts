import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { descriptorKinds } from '@bamboo-ecs/release';
import { expandAll, template } from './expanding.ts';

const bamboo = {
  clusterName: 'QA',
  serviceName: 'hid-generator',
  family: 'hid-generator',
  loadBalancerName: 'hid-lb',
  containerName: 'hid',
  desiredCount: '2',
  ecsInstanceRole: 'ecsServiceRole',
  registry: 'registry.example.com',
  imageName: 'hid-generator',
};
const filled: Readonly<Record<string, string>> = {
  ...bamboo,
  imageTag: '1.0.15.RELEASE',
  clientToken: 'hid-generator-1.0.15.RELEASE',
};
const seed = descriptorKinds.map((kind) =>
  template(kind, readFileSync(path.join(import.meta.dirname, `fixtures/seed/${kind}.json`), 'utf8')),
);

describe("the seed's three templates", () => {
  const expansion = expandAll(seed, { bamboo });

  test('expand without a problem, every other character as it was', () => {
    expect(expansion.problems).toEqual([]);
    const expected = seed.map(({ text }) =>
      text.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => filled[name] ?? '?'),
    );
    expect(expansion.descriptors.map(({ content }) => content)).toEqual(expected);
    expect(expansion.descriptors.map(({ kind, late }) => [kind, late])).toEqual(
      descriptorKinds.map((kind) => [kind, []]),
    );
  });

  test('name one image and no late variable', () => {
    expect(expansion.images).toEqual(['registry.example.com/hid-generator:1.0.15.RELEASE']);
    expect(expansion.lateVariables).toEqual([]);
  });

  test('give the same bytes again, in whatever order they and the variables come', () => {
    const reversed = Object.fromEntries(Object.entries(bamboo).reverse());
    expect(expandAll([...seed].reverse(), { bamboo: reversed })).toEqual(expansion);
  });

  test('without variables list every missing one, each at its first place, with the Bamboo variable to set', () => {
    const { problems, descriptors } = expandAll(seed);
    expect(descriptors).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: 15 }, () => 'variable-missing'));
    const sentence = problems.find(({ place }) => place?.variable === 'bamboo_desiredCount');
    expect(sentence).toMatchObject({
      code: 'variable-missing',
      place: { file: 'service-definition.json', line: 12, column: 21 },
      message: expect.stringContaining('bamboo.desiredCount'),
    });
  });

  test('stay as they are with CRLF line ends, but for the line ends', () => {
    const windows = seed.map(({ kind, text }) => template(kind, text.replaceAll('\n', '\r\n')));
    expect(expandAll(windows, { bamboo })).toEqual(expansion);
  });
});
