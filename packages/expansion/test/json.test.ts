import { describe, expect, test } from '@jest/globals';
import { readJson } from '../src/json-text.ts';
import { expandAll, expandTask, places, shown, taskWith, template } from './expanding.ts';

describe('JSON that is none is located in the template', () => {
  test.each([
    ['{\n  "family": "web",\n}', '2:18', 'one too many'],
    ['{\n  "family": "web"\n  "cpu": "1"\n}', '3:3', 'a comma is missing'],
    ['{\n  "family": "web,\n  "cpu": "1"\n}', '2:13', 'no closing quote'],
    ['{\n  // note\n  "family": "web"\n}', '2:3', 'no comments'],
    ['{\n  /* note */ "family": "web"\n}', '2:3', 'no comments'],
    ['{\n  \'family\': "web"\n}', '2:3', "'family'"],
    ['{\n  family: "web"\n}', '2:3', 'family'],
    ['{\n  "family" "web"\n}', '2:12', 'a colon is missing'],
    ['{\n  "family":\n}', '3:1', 'a value is missing'],
    ['{\n  "cpu": 007\n}', '2:11', 'a comma is missing'],
    ['{\n  "cpu": 1.\n}', '2:10', 'no complete JSON number'],
    ['{\n  "cpu": NaN\n}', '2:10', '"NaN" is no JSON value'],
    ['{\n  "cpu": undefined\n}', '2:10', '"undefined" is no JSON value'],
    ['{\n  "cpu": "a\tb"\n}', '2:10', 'control character'],
    ['{\n  "cpu": "\\x41"\n}', '2:10', 'does not know this escape'],
    ['{\n  "cpu": "\\u12"\n}', '2:10', 'four hexadecimal digits'],
    ['{\n  "a": [1, 2}\n}', '2:13', 'closes something else'],
    ['{\n  "a": [1, 2,\n  ]\n}', '2:13', 'one too many'],
    ['{\n  "a": {"b": 1\n', '3:1', 'before an object is closed'],
    ['{}\n{}', '2:1', 'more text after the end'],
    ['{\n  "a":\u00A01\n}', '2:7', 'is no JSON value'],
    ['\uFEFF{}', '1:1', 'a blank that JSON does not know'],
  ])('%j at %s', (text, at, words) => {
    const { problems, descriptors } = expandTask(text);
    expect(descriptors).toEqual([]);
    expect(places(problems)[0]).toBe(`error json-syntax ${at}`);
    expect(shown(problems)).toContain(words);
  });

  test('after values and sections of other lengths', () => {
    const text =
      '{\n  ${! a comment\n over lines }\n  "family": "${x}${x}",\n  ${#y}\n  "cpu": "1",\n  ${/y}\n  "memory": "2" "networkMode": "host"\n}';
    const { problems } = expandTask(text, { bamboo: { x: 'long'.repeat(50), y: '' } });
    expect(places(problems)).toEqual(['error json-syntax 8:17']);
  });

  test('two slips in two lines are both told', () => {
    const text = '{\n  "family": "web"\n  "cpu": "1"\n  "memory": "2",\n}';
    expect(places(expandTask(text).problems)).toEqual([
      'error json-syntax 3:3',
      'error json-syntax 4:3',
      'error json-syntax 4:16',
    ]);
  });

  test('a name given twice, with the line of the first', () => {
    const { problems } = expandTask('{\n  "family": "web",\n  "cpu": "1",\n  "family": "other"\n}');
    expect(places(problems)).toEqual(['error json-duplicate 4:3 $.family']);
    expect(shown(problems)).toContain('first in line 2');
  });

  test('a name given twice by escapes and by values', () => {
    const text = taskWith(
      '"dockerLabels": { "a": "1", "\\u0061": "2", "${x}": "3", "__proto__": "4", "__proto__": "5" }',
    );
    expect(places(expandTask(text, { bamboo: { x: 'a' } }).problems)).toHaveLength(3);
  });

  test.each(['[]', '"text"', '5', 'null', 'true'])('%s is no object', (text) => {
    expect(places(expandTask(`\n ${text}`).problems)).toEqual(['error json-not-an-object 2:2']);
  });

  test.each(['1e999', '-1e999', '123456789012345678901234567890'])(
    'the number %s cannot be kept',
    (number) => {
      expect(places(expandTask(taskWith(`"cpu": ${number}`)).problems)).toEqual([
        'error json-number 6:14 $.containerDefinitions[0].cpu',
      ]);
    },
  );
});

test('what is read as JSON is what JSON.parse takes', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  const parts = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '"',
    '\\',
    '\\u0041',
    '1',
    '0',
    '-',
    '.',
    'e',
    'E+',
    'true',
    'null',
    ' ',
    '\n',
    '\t',
    '/',
    '//',
    '/**/',
    '\u00A0',
    '\uFEFF',
    '\u2028',
    "'",
  ];
  const differences: string[] = [];
  let valid = 0;
  for (let round = 0; round < 20_000; round++) {
    const text = `{"k":${Array.from({ length: 1 + random(6) }, () => parts[random(parts.length)]).join('')}}`;
    const json = readJson(text, () => undefined, false);
    const refused = !json.ok && json.problems.some(({ code }) => code === 'json-syntax');
    if (refused === isJson(text)) differences.push(text);
    if (json.ok) valid++;
  }
  expect(differences).toEqual([]);
  expect(valid).toBeGreaterThan(100);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('what the checks find is located in the template', () => {
  const task = `{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "web",
      "image": "\${registry}/web:\${imageTag}",
      "memroy": 64,
      "portMappings": [
        { "containerPort": 8080, "protocol": "\${protocol}" }
      ],
      "essential": "yes"
    }
  ]
}`;

  test('unknown, missing and wrong ones, each with its JSON path', () => {
    const { problems } = expandTask(task, { bamboo: { registry: 'r', protocol: 'tpc' } });
    expect(places(problems).sort()).toEqual([
      'error container-memory 4:5 $.containerDefinitions[0]',
      'error unknown-member 7:7 $.containerDefinitions[0].memroy',
      'error unknown-value 9:34 $.containerDefinitions[0].portMappings[0].protocol bamboo_protocol',
      'error wrong-type 11:7 $.containerDefinitions[0].essential',
    ]);
    expect(shown(problems)).toContain("Did you mean 'memory'?");
  });

  test('contradictions, in the template in which they can be seen', () => {
    const service =
      '{\n  "serviceName": "web",\n  "taskDefinition": "web",\n  "desiredCount": 1,\n  "loadBalancers": [{ "targetGroupArn": "t", "containerName": "wbe", "containerPort": 80 }]\n}';
    const update = '{\n  "service": "wob",\n  "taskDefinition": "web"\n}';
    const { problems } = expandAll([
      template('task-definition', taskWith('"cpu": 1')),
      template('service-definition', service),
      template('service-update', update),
    ]);
    expect(
      problems
        .filter(({ severity }) => severity === 'error')
        .map(({ place }) => `${place?.file}:${place?.line} ${place?.path}`),
    ).toEqual(
      expect.arrayContaining([
        'service-definition.json:5 $.loadBalancers[0].containerName',
        'service-update.json:2 $.service',
      ]),
    );
  });
});

describe('the set of templates', () => {
  test('may not be empty', () => {
    expect(places(expandAll([]).problems)).toEqual(['error template-missing -:-']);
  });
  test('has one of each kind', () => {
    const text = taskWith('"cpu": 1');
    expect(
      places(expandAll([template('task-definition', text), template('task-definition', text)]).problems),
    ).toEqual(['error template-twice -:-']);
  });
  test('says all that is wrong with all of them', () => {
    const { problems } = expandAll([
      template('task-definition', '{'),
      template('service-definition', ''),
      template('service-update', '{"service": "${x}"}'),
    ]);
    expect(new Set(problems.map(({ place }) => place?.file))).toEqual(
      new Set(['task-definition.json', 'service-definition.json', 'service-update.json']),
    );
  });
  test('warns when no image carries the version', () => {
    const text =
      '{ "family": "web", "containerDefinitions": [{ "name": "web", "image": "web:latest", "memory": 64 }] }';
    expect(expandTask(text).problems.map(({ code }) => code)).toContain('image-without-version');
  });
});
