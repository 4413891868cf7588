import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { generateModel, modelFile, printModel } from '../scripts/generate-model.ts';
import { parseDeclarations } from '../scripts/declarations.ts';
import { memberType, modelVersion, type DescriptorKind } from '../src/index.ts';

const model = generateModel();

describe('the generated model', () => {
  test('is what the installed SDK has (else: node packages/release/scripts/generate-model.ts)', () => {
    expect(readFileSync(modelFile, 'utf8')).toBe(printModel(model));
    expect(modelVersion).toBe(model.sdk);
  });

  test('reaches everything that the three requests can hold', () => {
    expect(Object.keys(model.shapes)).toEqual(
      expect.arrayContaining([
        'RegisterTaskDefinitionRequest',
        'Ulimit',
        'NvidiaMpsAllocation',
        'ServiceConnectClientAlias',
      ]),
    );
    expect(Object.keys(model.shapes).length).toBeGreaterThan(75);
    const named = new Set(Object.values(model.shapes).flatMap(({ members }) => Object.values(members)));
    const scalars = new Set(['string', 'integer', 'double', 'boolean', 'document']);
    const leaves = [...named].map((type) => type.replaceAll(/\[\]|\{\}/g, ''));
    const unresolved = leaves.filter(
      (leaf) => !scalars.has(leaf) && !(leaf in model.shapes) && !(leaf in model.enums),
    );
    expect(unresolved).toEqual([]);
  });

  test('knows which two numbers may have a fraction', () => {
    const doubles = Object.entries(model.shapes).flatMap(([shape, { members }]) =>
      Object.keys(members).flatMap((member) => (members[member] === 'double' ? `${shape}.${member}` : [])),
    );
    expect(doubles).toEqual(['CanaryConfiguration.canaryPercent', 'LinearConfiguration.stepPercent']);
  });

  test('knows required members, enums, unions and what only a describe call gives', () => {
    expect(model.shapes['Ulimit']?.required).toEqual(['hardLimit', 'name', 'softLimit']);
    expect(model.shapes['PortMapping']?.required).toBeUndefined();
    expect(model.enums['TransportProtocol']).toEqual(['tcp', 'udp']);
    expect(model.shapes['SharingStrategy']?.union).toBe(true);
    expect(model.describeOnly['task-definition']).toEqual(
      expect.arrayContaining(['revision', 'status', 'taskDefinitionArn']),
    );
    expect(model.describeOnly['service-definition']).not.toContain('serviceName');
  });
});

describe('the declarations', () => {
  test('members, optional ones, comments with colons in them, enums and unions are read', () => {
    const { interfaces, enums } = parseDeclarations([
      [
        'export interface Thing {',
        '    /**',
        '     * <p>name: not a member; either.</p>',
        '     */',
        '    name: string | undefined;',
        '    kinds?: Kind[] | undefined;',
        '    labels?: Record<string, Kind> | undefined;',
        '}',
        'export declare namespace Either {',
        '    interface LeftMember {',
        '        left: Kind;',
        '        $unknown?: never;',
        '    }',
        '    interface $UnknownMember {',
        '        left?: never;',
        '    }',
        '}',
        'export declare const Kind: {',
        '    /**',
        '     * <p>The first.</p>',
        '     */',
        '    readonly A: "a";',
        '    readonly B_C: "b/c";',
        '};',
      ].join('\n'),
    ]);
    const shape = (name: string) =>
      [...(interfaces.get(name) ?? [])].map(([member, { type, required }]) => [member, type, required]);
    expect(shape('Thing')).toEqual([
      ['name', 'string', true],
      ['kinds', 'Kind[]', false],
      ['labels', 'Record<string, Kind>', false],
    ]);
    expect(shape('Either')).toEqual([['left', 'Kind', false]]);
    expect(enums.get('Kind')).toEqual(['a', 'b/c']);
  });
});

describe('memberType', () => {
  test.each<[DescriptorKind, (string | number)[], unknown]>([
    ['task-definition', ['family'], { kind: 'string' }],
    ['task-definition', ['cpu'], { kind: 'string' }],
    ['task-definition', ['containerDefinitions', 3, 'cpu'], { kind: 'integer' }],
    ['task-definition', ['containerDefinitions', 0, 'essential'], { kind: 'boolean' }],
    [
      'task-definition',
      ['containerDefinitions', 0, 'portMappings', 1, 'protocol'],
      { kind: 'string', values: ['tcp', 'udp'] },
    ],
    ['task-definition', ['containerDefinitions', 0, 'dockerLabels', 'toString'], { kind: 'string' }],
    ['task-definition', ['containerDefinitions', 0, 'command', 2], { kind: 'string' }],
    ['service-definition', ['desiredCount'], { kind: 'integer' }],
    [
      'service-update',
      ['deploymentConfiguration', 'canaryConfiguration', 'canaryPercent'],
      { kind: 'double' },
    ],
    [
      'service-update',
      ['deploymentConfiguration', 'lifecycleHooks', 0, 'hookDetails', 'any', 7, 'thing'],
      { kind: 'document' },
    ],
    ['service-update', ['loadBalancers'], expect.objectContaining({ kind: 'list' })],
    ['service-update', [], expect.objectContaining({ kind: 'structure', name: 'UpdateServiceRequest' })],
    ['service-update', ['serviceName'], undefined],
    ['service-definition', ['toString'], undefined],
    ['service-definition', ['__proto__'], undefined],
    ['service-definition', ['desiredCount', 'more'], undefined],
    ['service-definition', ['loadBalancers', 'length'], undefined],
    ['service-definition', ['loadBalancers', -1], undefined],
    ['service-definition', ['loadBalancers', 0.5], undefined],
    ['service-definition', [0], undefined],
    ['service-definition', ['no', 'such', 'place'], undefined],
  ])('%s %j', (kind, segments, expected) => {
    expect(memberType(kind, segments)).toEqual(expected);
  });
});
