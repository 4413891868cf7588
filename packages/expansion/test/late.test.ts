import { describe, expect, test } from '@jest/globals';
import { descriptorFileName, type ManifestDescriptor } from '@bamboo-ecs/release';
import { type Expansion, resolveLate } from '../src/index.ts';
import { expandAll, expandTask, places, project, shown, taskWith, template, version } from './expanding.ts';

/** As the manifest carries them. */
function published({ descriptors, problems }: Expansion): ManifestDescriptor[] {
  if (descriptors.length === 0) throw new Error(shown(problems));
  return descriptors.map(({ kind, content, late }) => ({
    kind,
    name: descriptorFileName(project, version, kind),
    sha256: '0'.repeat(64),
    size: Buffer.byteLength(content),
    content,
    late,
  }));
}

function from(values: Record<string, string>): (name: string) => string | undefined {
  return (name) => (Object.hasOwn(values, name) ? values[name] : undefined);
}

function onlyContainer(expansion: Expansion, values: Record<string, string>): unknown {
  const resolved = resolveLate(published(expansion), from(values));
  if (!resolved.ok) throw new Error(shown(resolved.problems));
  return (resolved.value.get('task-definition') as { containerDefinitions: unknown[] } | undefined)
    ?.containerDefinitions[0];
}

const service = `{
  "cluster": "\${environment.cluster}",
  "serviceName": "web",
  "taskDefinition": "web",
  "enableExecuteCommand": \${environment.exec},
  "desiredCount": \${environment.desiredCount}
}
`;
const update = `{
  "cluster": "\${environment.cluster}",
  "service": "web",
  "taskDefinition": "web",
  "desiredCount": \${environment.desiredCount}
}
`;
const three = expandAll([
  template('task-definition', taskWith('"hostname": "${imageTag}"')),
  template('service-definition', service),
  template('service-update', update),
]);

describe('late variables at the build', () => {
  test('stay in the content and are listed with what their place asks for', () => {
    expect(three.problems).toEqual([]);
    expect(three.lateVariables).toEqual([
      { name: 'cluster', type: 'string', descriptors: ['service-definition', 'service-update'] },
      { name: 'desiredCount', type: 'number', descriptors: ['service-definition', 'service-update'] },
      { name: 'exec', type: 'boolean', descriptors: ['service-definition'] },
    ]);
    expect(three.descriptors.map(({ late }) => late)).toEqual([
      [],
      ['cluster', 'desiredCount', 'exec'],
      ['cluster', 'desiredCount'],
    ]);
    expect(three.descriptors[1]?.content).toBe(service);
  });

  test('are late even when the build has a variable of the name; the other spelling is not', () => {
    const expansion = expandTask(taskWith('"hostname": "${environment.x}${environment_x}"'), {
      bamboo: { environment_x: 'build' },
    });
    expect(expansion.descriptors[0]?.content).toContain('"${environment.x}build"');
  });

  test('are a number when one place wants a number and another a text', () => {
    const expansion = expandTask(
      taskWith('"hostname": "h${environment.n}", "cpu": ${environment.n}, "user": "${environment.n}"'),
    );
    expect(expansion.lateVariables).toEqual([
      { name: 'n', type: 'number', descriptors: ['task-definition'] },
    ]);
  });

  test('cannot be a number and a boolean', () => {
    const { problems } = expandTask(taskWith('"essential": ${environment.n}, "cpu": ${environment.n}'));
    expect(places(problems)).toEqual(['error late-type 6:45']);
  });

  test('are not judged by the stand-in: enums, ranges, sums', () => {
    const { problems } = expandTask(
      taskWith(
        '"portMappings": [{ "containerPort": ${environment.port}, "protocol": "${environment.protocol}" }], "memoryReservation": ${environment.memory}',
      ),
    );
    expect(problems).toEqual([]);
  });

  test.each([
    ['"hostname": ${environment.x}', 'wrong-type', 'Put quotes round it: "${environment.x}".'],
    ['"cpu": "${environment.x}"', 'wrong-type', 'Take the quotes away: ${environment.x}.'],
    ['"essential": "${environment.x}"', 'wrong-type', 'Take the quotes away: ${environment.x}.'],
    ['"cpu": 1${environment.x}', 'value-part-of-number', 'whole number'],
    ['"dockerLabels": { "${environment.x}": "a" }', 'late-name', 'variable of the build'],
    ['"hostname": "${#environment.x}a${/environment.x}"', 'late-section', 'variable of the build'],
    ['"hostname": "${^environment.x}a${/environment.x}"', 'late-section', 'variable of the build'],
    ['"portMappings": ${environment.x}', 'wrong-type', 'Write it out here'],
    ['"hostname": "${environment.dbPassword}"', 'variable-withheld', 'allow-variables'],
  ])('%s is refused', (members, code, hint) => {
    const { problems, descriptors } = expandTask(taskWith(members));
    expect(descriptors).toEqual([]);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(shown(problems)).toContain(hint);
  });

  test('that look secret are left when they are allowed by name', () => {
    const expansion = expandTask(taskWith('"hostname": "${environment.dbPassword}"'), {
      allow: ['environment.dbPassword'],
    });
    expect(expansion.lateVariables.map(({ name }) => name)).toEqual(['dbPassword']);
  });

  test('in a section that is not shown are not there', () => {
    const expansion = expandTask(taskWith('"hostname": "a${#no}${environment.x}${/no}"'), {
      bamboo: { no: '' },
    });
    expect([expansion.lateVariables, expansion.descriptors[0]?.late]).toEqual([[], []]);
  });

  test('in an image take it from the list, with a warning', () => {
    const text =
      '{ "family": "web", "containerDefinitions": [{ "name": "a", "image": "${environment.registry}/web:${imageTag}", "memory": 64 }, { "name": "b", "image": "b:1", "memory": 64, "essential": false }] }';
    const expansion = expandTask(text);
    expect(expansion.images).toEqual(['b:1']);
    expect(places(expansion.problems)).toEqual([
      'warning image-late 1:60 $.containerDefinitions[0].image bamboo_environment_registry',
    ]);
  });
});

describe('late variables at the installation', () => {
  test('get their values', () => {
    const resolved = resolveLate(published(three), from({ cluster: 'QA', desiredCount: '3', exec: 'false' }));
    expect(resolved).toMatchObject({ ok: true });
    expect(resolved.ok && Object.fromEntries(resolved.value)).toMatchObject({
      'service-definition': { cluster: 'QA', desiredCount: 3, enableExecuteCommand: false },
      'service-update': { cluster: 'QA', desiredCount: 3 },
    });
  });

  test('that are missing are all told at once, with the Bamboo variable of the environment', () => {
    const resolved = resolveLate(published(three), () => undefined);
    expect(!resolved.ok && places(resolved.problems)).toEqual([
      'error late-missing 2:15 $.cluster bamboo_environment_cluster',
      'error late-missing 5:27 $.enableExecuteCommand bamboo_environment_exec',
      'error late-missing 6:19 $.desiredCount bamboo_environment_desiredCount',
    ]);
    expect(!resolved.ok && shown(resolved.problems)).toContain('bamboo.environment.desiredCount');
  });

  test.each([
    ['two', 'late-type'],
    ['', 'late-type'],
    ['03', 'late-type'],
    ['"3"', 'late-type'],
    ['3, "role": "admin"', 'late-type'],
    ['true', 'wrong-type'],
    ['1.5', 'not-an-integer'],
    ['-1', 'out-of-range'],
  ])('desiredCount = %j does not fit', (value, code) => {
    const resolved = resolveLate(
      published(three),
      from({ cluster: 'QA', exec: 'true', desiredCount: value }),
    );
    expect(
      !resolved.ok &&
        resolved.problems
          .filter(({ severity }) => severity === 'error')
          .map((problem) => [problem.code, problem.place?.variable]),
    ).toEqual(expect.arrayContaining([[code, 'bamboo_environment_desiredCount']]));
  });

  test('are checked against each other once they are known', () => {
    const expansion = expandAll([
      template(
        'service-definition',
        '{ "cluster": "QA", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1 }',
      ),
      template(
        'service-update',
        '{ "cluster": "${environment.cluster}", "service": "web", "taskDefinition": "web" }',
      ),
    ]);
    expect(resolveLate(published(expansion), from({ cluster: 'QA' })).ok).toBe(true);
    const other = resolveLate(published(expansion), from({ cluster: 'Production' }));
    expect(!other.ok && places(other.problems)).toEqual([
      'error cluster-differs 1:3 $.cluster bamboo_environment_cluster',
    ]);
  });

  test('an enum is checked with the value', () => {
    const expansion = expandTask(
      taskWith('"portMappings": [{ "containerPort": 80, "protocol": "${environment.protocol}" }]'),
    );
    expect(resolveLate(published(expansion), from({ protocol: 'udp' })).ok).toBe(true);
    const wrong = resolveLate(published(expansion), from({ protocol: 'tpc' }));
    expect(!wrong.ok && places(wrong.problems)).toEqual([
      'error unknown-value 6:47 $.containerDefinitions[0].portMappings[0].protocol bamboo_environment_protocol',
    ]);
  });

  test('an empty text is taken, with a warning', () => {
    const expansion = expandTask(taskWith('"hostname": "${environment.x}"'));
    const resolved = resolveLate(published(expansion), from({ x: '' }));
    expect(resolved).toMatchObject({
      ok: true,
      warnings: [{ code: 'value-empty', place: { variable: 'bamboo_environment_x' } }],
    });
  });

  test('a secret is not shown when it does not fit', () => {
    const expansion = expandTask(taskWith('"cpu": ${environment.my.token}'), {
      allow: ['environment.my.token'],
    });
    const resolved = resolveLate(published(expansion), from({ 'my.token': 'hunter2' }));
    expect(!resolved.ok && shown(resolved.problems)).toContain('bamboo.environment.my.token');
    expect(JSON.stringify(resolved)).not.toContain('hunter2');
  });
});

describe('late form keeps every text', () => {
  const awkward = [
    '',
    '$',
    '$$',
    '${',
    '$${',
    '$$${',
    '${environment.x}',
    '$${environment.x}',
    '{',
    '}',
    '\\',
    '"',
    '\n',
    '$\u2028',
    'a$',
    '\\$',
    '\\u0024',
  ];

  test.each(awkward)('%j beside a late variable', (value) => {
    const text =
      '"hostname": "${v}${environment.x}${v}", "user": "${v}{environment.x}", "workingDirectory": "$${v}$${environment.x}"';
    const expansion = expandTask(taskWith(text), { bamboo: { v: value } });
    expect(onlyContainer(expansion, { x: 'late' })).toMatchObject({
      hostname: `${value}late${value}`,
      user: `${value}{environment.x}`,
      workingDirectory: '${v}${environment.x}',
    });
  });

  test.each(awkward)('%j as the late value', (value) => {
    const expansion = expandTask(taskWith('"hostname": "$(a)${environment.x}b"'));
    expect(onlyContainer(expansion, { x: value })).toMatchObject({ hostname: `$(a)${value}b` });
  });

  test('random texts', () => {
    let seed = 3;
    const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    const alphabet = ['$', '$', '{', '}', '\\', '"', 'environment.x', '\n', 'a'];
    const text = (): string =>
      Array.from({ length: random(8) }, () => alphabet[random(alphabet.length)]).join('');
    for (let round = 0; round < 300; round++) {
      const [v, w, x] = [text(), text(), text()];
      const expansion = expandTask(taskWith('"hostname": "${v}${w}${environment.x}${w}${v}{"'), {
        bamboo: { v, w },
      });
      expect(onlyContainer(expansion, { x })).toMatchObject({ hostname: `${v}${w}${x}${w}${v}{` });
    }
  });

  test('a descriptor without late variables is final: what looks like a placeholder is text', () => {
    const expansion = expandTask(taskWith('"hostname": "$${environment.x}", "user": "$${y}"'));
    expect(expansion.descriptors[0]?.late).toEqual([]);
    expect(onlyContainer(expansion, {})).toMatchObject({ hostname: '${environment.x}', user: '${y}' });
  });
});

describe('a release that the expander did not make', () => {
  const one = (content: string, late: readonly string[]): ManifestDescriptor => ({
    kind: 'task-definition',
    name: 't.json',
    sha256: '',
    size: 0,
    content,
    late,
  });
  const valid = taskWith('"hostname": "a"');

  test.each([
    [valid, ['x'], 'late-form'],
    [taskWith('"hostname": "${environment.x}"'), ['x', 'y'], 'late-form'],
    [taskWith('"hostname": "${environment.x}${other}"'), ['x'], 'late-form'],
    [taskWith('"hostname": "${#environment.x}a${/environment.x}"'), ['x'], 'late-form'],
    [taskWith('"hostname": "${environment.x}${! c }"'), ['x'], 'late-form'],
    [taskWith('"hostname": "${environment.x}${"'), ['x'], 'late-form'],
    [taskWith('"hostname": "${environment.x}", "hostnam": "b"'), ['x'], 'unknown-member'],
    ['{', [], 'json-syntax'],
    ['', [], 'json-syntax'],
    ['[]', [], 'json-not-an-object'],
    ['{"a":1,"a":2}', [], 'json-duplicate'],
    ['['.repeat(100_000), [], 'json-too-deep'],
    [`{"a":${'['.repeat(100_000)}\${environment.x}`, ['x'], 'json-too-deep'],
    [taskWith('"hostname": "${environment.toString}"'), ['toString'], 'late-missing'],
  ])('%# is refused', (content, late, code) => {
    const resolved = resolveLate([one(content, late)], from({ x: '1' }));
    expect(!resolved.ok && resolved.problems.map((problem) => problem.code)).toContain(code);
    expect(
      !resolved.ok &&
        resolved.problems.every(({ place }) => place?.file === 't.json' || place?.file === undefined),
    ).toBe(true);
  });

  test('two of a kind', () => {
    const resolved = resolveLate([one(valid, []), one(valid, [])], from({}));
    expect(!resolved.ok && places(resolved.problems)).toEqual(['error descriptor-twice -:-']);
  });
});
