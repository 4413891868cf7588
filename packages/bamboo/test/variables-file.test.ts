import { describe, expect, test } from '@jest/globals';
import { parseVariablesFile } from '../src/index.ts';
import { told, variables } from './helpers.ts';

const parse = (text: string) => parseVariablesFile(text, 'v.env');

test.each([
  ['', {}],
  ['\n\n# bamboo_a=1\n   # x\n', {}],
  ['bamboo_a=1\nbamboo_b=2', { bamboo_a: '1', bamboo_b: '2' }],
  ['\uFEFFbamboo_a=1\r\nbamboo_b=2\r\n', { bamboo_a: '1', bamboo_b: '2' }],
  ['bamboo_a=1\rbamboo_b=2', { bamboo_a: '1', bamboo_b: '2' }],
  ['bamboo_a=', { bamboo_a: '' }],
  ['bamboo_a= two  words ', { bamboo_a: ' two  words ' }],
  ['  bamboo_a=1', { bamboo_a: '1' }],
  ['bamboo_a = 1', { bamboo_a: '1' }],
  ['export bamboo_a=1', { bamboo_a: '1' }],
  ['bamboo_a=b=c', { bamboo_a: 'b=c' }],
  ['bamboo_a=1 # no comment', { bamboo_a: '1 # no comment' }],
  ["bamboo_a='1'", { bamboo_a: "'1'" }],
  ['bamboo_a="x\\ny \\"z\\" \\u00e9"', { bamboo_a: 'x\ny "z" é' }],
  ['bamboo_a="1" ', { bamboo_a: '1' }],
  ['bamboo_a={"b":1}', { bamboo_a: '{"b":1}' }],
  ['bamboo.plan.key=P\nBAMBOO_ECS_OUT=x', { bamboo_plan_key: 'P', BAMBOO_ECS_OUT: 'x' }],
  ['bamboo_capability_system_jdk_JDK-1.8=x', { bamboo_capability_system_jdk_JDK_1_8: 'x' }],
  ['bamboo_a=1\nbamboo.a=1', { bamboo_a: '1' }],
  ['bamboo___proto__=1\nbamboo_constructor=2', { bamboo___proto__: '1', bamboo_constructor: '2' }],
  ['bamboo_a=größe 💥', { bamboo_a: 'größe 💥' }],
])('%j', (text, expected) => {
  const file = parse(text);
  expect(told(file.problems)).toBe('');
  expect(file.variables).toEqual(variables(expected));
  expect(Object.getPrototypeOf(file.variables)).toBeNull();
});

test('every value can be written as a JSON string', () => {
  for (const value of [
    '',
    ' ',
    '"',
    '\\',
    'a\nb',
    '\r\n',
    '\t',
    '"quoted"',
    '# no',
    '=',
    '\u2028',
    '💥',
    '${x}',
    "it's",
  ]) {
    expect(parse(`bamboo_a=${JSON.stringify(value)}`).variables['bamboo_a']).toBe(value);
  }
});

test('lines are counted from 1', () => {
  expect(parse('# x\n\nbamboo_a=1\r\nbamboo_b=2').lines).toEqual(
    variables({}) && { bamboo_a: 3, bamboo_b: 4 },
  );
});

describe('what env -0 writes', () => {
  test.each([
    ['bamboo_a=1\0bamboo_b=two\nlines\n\0', { bamboo_a: '1', bamboo_b: 'two\nlines\n' }],
    ['bamboo_a="1"\0', { bamboo_a: '"1"' }],
    ['bamboo_a=x\nbamboo_ecs_force=true\0', { bamboo_a: 'x\nbamboo_ecs_force=true' }],
    ['bamboo_a=\0\0', { bamboo_a: '' }],
  ])('%j', (text, expected) => {
    const file = parse(text);
    expect(told(file.problems)).toBe('');
    expect(file.variables).toEqual(variables(expected));
  });

  test('counts lines, too', () => {
    expect(parse('bamboo_a=1\n2\0bamboo_b=3\0').lines).toEqual({ bamboo_a: 1, bamboo_b: 2 });
  });

  test('an entry without a name is an error', () => {
    expect(told(parse('bamboo_a=1\0nonsense\0').problems)).toMatch(
      /error variables-file v\.env:1: this line is not name=value/,
    );
  });
});

describe('problems', () => {
  test.each([
    ['nonsense', /error variables-file v\.env:1: this line is not name=value →/],
    [
      'bamboo_a=1\nsecond',
      /v\.env:2: .*the value of bamboo_a \(line 1\) seems to hold a newline.*JSON string/,
    ],
    ['=x', /v\.env:1: this line is not name=value/],
    ['bamboo_a=1\n\nbamboo_a=2', /v\.env:3 bamboo_a: bamboo_a is set twice, first in line 1/],
    ['bamboo_a_b=1\nbamboo.a.b=2', /bamboo_a_b is set twice/],
    ['bamboo_a="open', /warning variables-file v\.env:1 bamboo_a: .*taken as it stands/],
    ['bamboo_a="x" y', /warning .*taken as it stands/],
    ['PATH=/bin', /warning variables-file v\.env: names that do not begin with bamboo_ are ignored: PATH →/],
    ['a=1\nb=1\nc=1\nd=1\ne=1\nf=1', /ignored: a, b, c, d, e, … →/],
    ['bamboo=1', /ignored: bamboo/],
    ['bambooo_a=1', /ignored: bambooo_a/],
  ])('%j', (text, reason) => {
    expect(told(parse(text).problems)).toMatch(reason);
  });

  test('a value over many lines is one problem, two such values are two', () => {
    const key = 'bamboo_key=-----BEGIN\nAAAA\n\nBBBB\n-----END';
    const { problems } = parse(`${key}\nbamboo_a=1\nstray\nb=1`);
    expect(problems.map(({ message, place }) => [place?.line, message])).toEqual([
      [2, expect.stringMatching(/^the lines up to 5 are not name=value; the value of bamboo_key \(line 1\)/)],
      [7, expect.stringMatching(/^this line is not name=value; the value of bamboo_a \(line 6\)/)],
      [undefined, expect.stringContaining('ignored: b')],
    ]);
  });

  test('never repeat a value', () => {
    const text = 'bamboo_password="hunter2\nhunter2\nbamboo_password=hunter2\nx';
    expect(told(parse(text).problems)).not.toContain('hunter2');
  });

  test('a value of a name that is ignored may go over several lines', () => {
    const file = parse('BASH_FUNC_x%%=() {  echo hello\n}\nbamboo_a=1');
    expect(told(file.problems)).toMatch(/^warning variables-file v\.env: .*BASH_FUNC_x%%[^\n]*$/);
    expect(file.variables).toEqual(variables({ bamboo_a: '1' }));
  });

  test('a large file is read in no time', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `bamboo_v${index}=${index}`).join('\n');
    expect(Object.keys(parse(many).variables)).toHaveLength(50_000);
    expect(parse(`bamboo_a=${' '.repeat(500_000)}x`).variables['bamboo_a']).toHaveLength(500_001);
    expect(parse(`${' '.repeat(500_000)}x`).problems).toHaveLength(1);
  }, 5000);
});
