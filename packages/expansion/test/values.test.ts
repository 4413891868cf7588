import { describe, expect, test } from '@jest/globals';
import { container, expandTask, places, shown, taskWith } from './expanding.ts';

const awkward = [
  'plain',
  'with "quotes"',
  'back\\slash',
  'ends with a backslash\\',
  'line\nbreak\r\nand tab\t',
  '\u0000\u0001\u001F\u007F',
  '\u2028\u2029',
  '\uD83D\uDE00',
  '\uD800 lone',
  'lone \uDFFF',
  "<script>&amp;'`=/</script>",
  '${x}',
  '$${x}',
  '${',
  '}{',
  '"}, "evil": {"a": "',
  '\\u0022',
  '  ',
  'é ü 漢字',
];

describe('a value in quotes', () => {
  test.each(awkward)('%j stays one JSON string', (value) => {
    const text = taskWith('"hostname": "<${x}>", "dockerLabels": { "l": "${x}", "${x}": "k" }');
    const { hostname, dockerLabels } = container(expandTask(text, { bamboo: { x: value } })) as {
      hostname: string;
      dockerLabels: Record<string, string>;
    };
    expect(hostname).toBe(`<${value}>`);
    expect(dockerLabels['l']).toBe(value);
    expect(dockerLabels).toHaveProperty([value]);
  });

  test('that is random stays one JSON string', () => {
    let seed = 42;
    const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
    const alphabet = [
      '"',
      '\\',
      '$',
      '{',
      '}',
      '\n',
      '\r',
      '\u2028',
      '\uD800',
      '\uDC00',
      'a',
      ' ',
      '/',
      'u',
      '0',
      '\t',
    ];
    for (let round = 0; round < 300; round++) {
      const value = Array.from({ length: random(12) }, () => alphabet[random(alphabet.length)]).join('');
      const expansion = expandTask(taskWith('"hostname": "${x}|${x}"'), { bamboo: { x: value } });
      expect(container(expansion)).toMatchObject({ hostname: `${value}|${value}` });
      expect(expansion.descriptors[0]?.content.isWellFormed()).toBe(true);
    }
  });

  test('that is empty is there, with a warning', () => {
    const expansion = expandTask(taskWith('"hostname": "a${x}${x}"'), { bamboo: { x: '' } });
    expect(container(expansion)).toMatchObject({ hostname: 'a' });
    expect(places(expansion.problems)).toEqual(['warning value-empty 6:21 bamboo_x']);
  });

  test('after a backslash is refused: it would change its first character', () => {
    const { problems } = expandTask(taskWith('"hostname": "\\${x}"'), { bamboo: { x: '"' } });
    expect(places(problems)).toContain('error template-backslash 6:21');
    expect(shown(problems)).toContain('`$${x}`');
    expect(container(expandTask(taskWith('"hostname": "\\\\${x}"'), { bamboo: { x: '"' } }))).toMatchObject({
      hostname: '\\"',
    });
  });
});

describe('a value without quotes', () => {
  test.each(['0', '-1', '1.5', '1e3', '-0.5E-2', '12', ' 7 ', '9007199254740991'])(
    '%j is a number',
    (value) => {
      const text = taskWith('"memoryReservation": ${x}');
      expect(expandTask(text, { bamboo: { x: value } }).problems.map(({ code }) => code)).not.toContain(
        'value-not-json',
      );
      expect(expandTask(text, { bamboo: { x: value } }).problems.map(({ code }) => code)).not.toContain(
        'json-syntax',
      );
    },
  );

  test('may be true, false or null', () => {
    expect(container(expandTask(taskWith('"essential": ${x}'), { bamboo: { x: 'true' } }))).toMatchObject({
      essential: true,
    });
    expect(places(expandTask(taskWith('"essential": ${x}'), { bamboo: { x: 'null' } }).problems)).toContain(
      'warning null-member 6:7 $.containerDefinitions[0].essential bamboo_x',
    );
  });

  test.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['two', 'no JSON number'],
    ['007', 'leading zeros'],
    ['-01', 'leading zeros'],
    ['+1', 'no JSON number'],
    ['.5', 'no JSON number'],
    ['1.', 'no JSON number'],
    ['0x10', 'no JSON number'],
    ['NaN', 'no JSON number'],
    ['Infinity', 'no JSON number'],
    ['1e999', 'too large'],
    ['12345678901234567890', 'too large to be kept exactly'],
    ['1, "privileged": true', 'no JSON number'],
    ['"quoted"', 'no JSON number'],
    ['[1]', 'no JSON number'],
    ['{}', 'no JSON number'],
    ['True', 'no JSON number'],
    ['1_000', 'no JSON number'],
    ['１', 'no JSON number'],
  ])('%j is refused: %s', (value, why) => {
    const { problems, descriptors } = expandTask(taskWith('"cpu": ${x}'), { bamboo: { x: value } });
    expect(descriptors).toEqual([]);
    expect(places(problems)).toEqual(['error value-not-json 6:14 bamboo_x']);
    expect(problems[0]?.message).toContain(why);
  });

  test('is shown in the message, unless its name looks like a secret', () => {
    expect(shown(expandTask(taskWith('"cpu": ${x}'), { bamboo: { x: 'two' } }).problems)).toContain('"two"');
    const secret = expandTask(taskWith('"cpu": ${my.token}'), {
      bamboo: { my_token: 'hunter2' },
      allow: ['my.token'],
    });
    expect(places(secret.problems)).toEqual(['error value-not-json 6:14 bamboo_my_token']);
    expect(shown(secret.problems)).not.toContain('hunter2');
  });
});

test('an allowed secret is not shown by the checks either', () => {
  const { problems } = expandTask(
    taskWith('"portMappings": [{ "containerPort": 80, "protocol": "${my.token}" }]'),
    { bamboo: { my_token: 'hunter2' }, allow: ['my.token'] },
  );
  expect(places(problems)).toEqual([
    'error unknown-value 6:47 $.containerDefinitions[0].portMappings[0].protocol bamboo_my_token',
  ]);
  expect(shown(problems)).not.toContain('hunter2');
});

test('derived variables have no Bamboo variable in the place', () => {
  expect(places(expandTask(taskWith('"cpu": ${version}')).problems)).toEqual(['error value-not-json 6:14']);
});
