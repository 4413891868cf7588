import { describe, expect, test } from '@jest/globals';
import { container, expandTask, places, shown, taskWith } from './expanding.ts';

const bamboo = { x: 'X', y: 'Y', empty: '', off: 'false', n: '8' };
const environment = (text: string): unknown => container(expandTask(taskWith(text), { bamboo }));

describe('a dollar that is no placeholder stays', () => {
  test.each([
    ['$', '$'],
    ['$5', '$5'],
    ['$(id)', '$(id)'],
    ['$x', '$x'],
    ['$$', '$$'],
    ['$ {x}', '$ {x}'],
    ['{x}', '{x}'],
    ['}', '}'],
    ['$${x}', '${x}'],
    ['$$${x}', '$${x}'],
    ['$${', '${'],
    ['$${x}${x}', '${x}X'],
    ['${x}$${x}', 'X${x}'],
    ['${x}$', 'X$'],
    ['$${HOME:-/root}', '${HOME:-/root}'],
    ['$${#x}', '${#x}'],
    ['$${$${x}', '${${x}'],
  ])('%s', (text, expected) => {
    expect(environment(`"hostname": ${JSON.stringify(text)}`)).toMatchObject({ hostname: expected });
  });
});

describe('blanks in a placeholder', () => {
  test.each(['${ x }', '${\tx}', '${x }'])('%j', (text) => {
    expect(environment(`"hostname": "${text}"`)).toMatchObject({ hostname: 'X' });
  });
});

describe('sections', () => {
  test('show their text when the variable has one', () => {
    expect(environment('"hostname": "${#x}yes ${x}${/x}${^x}no${/x}"')).toMatchObject({ hostname: 'yes X' });
    expect(environment('"hostname": "${#empty}yes${/empty}${^empty}no${/empty}"')).toMatchObject({
      hostname: 'no',
    });
  });

  test('on lines of their own leave no blank line', () => {
    const text =
      '{\n  "family": "web",\n  ${#x}\n  "cpu": "256",\n  ${/x}\n  ${^x}\n  "memory": "512",\n  ${/x}\n  ${! a comment "with a quote" }\n  "containerDefinitions": [{ "name": "web", "image": "web:1.0.15.RELEASE", "memory": 64 }]\n}';
    expect(expandTask(text, { bamboo }).descriptors[0]?.content).toBe(
      '{\n  "family": "web",\n  "cpu": "256",\n  "containerDefinitions": [{ "name": "web", "image": "web:1.0.15.RELEASE", "memory": 64 }]\n}\n',
    );
  });

  test('in sections', () => {
    expect(
      environment('"hostname": "${#x}a${#y}b${^empty}c${/empty}${/y}${#empty}d${/empty}${/x}e"'),
    ).toMatchObject({ hostname: 'abce' });
  });

  test('that are not shown have their names checked all the same', () => {
    const { problems } = expandTask(
      taskWith('"hostname": "a${#empty}${missing}${#missing2}x${/missing2}${/empty}"'),
      { bamboo },
    );
    expect(places(problems)).toEqual([
      'error variable-missing 6:30 bamboo_missing',
      'error variable-missing 6:40 bamboo_missing2',
    ]);
  });

  test('on an unknown variable are an error: a slip would take a load balancer away', () => {
    expect(
      places(expandTask(taskWith('"hostname": "${#missing}${missing}${/missing}a"'), { bamboo }).problems),
    ).toEqual(['error variable-missing 6:20 bamboo_missing']);
  });

  test('on the text "false" are shown, with a warning', () => {
    const expansion = expandTask(taskWith('"hostname": "a${#off}b${/off}"'), { bamboo });
    expect(container(expansion)).toMatchObject({ hostname: 'ab' });
    expect(places(expansion.problems)).toEqual(['warning section-on-false 6:21 bamboo_off']);
  });

  test('do not make lists of their variable', () => {
    expect(environment('"hostname": "${#x}${x}${/x}"')).toMatchObject({ hostname: 'X' });
    expect(places(expandTask(taskWith('"hostname": "${#x}${.}${/x}"'), { bamboo }).problems)).toEqual([
      'error template-name 6:25',
    ]);
  });

  test.each([
    ['"${#x}a"', ['error template-section 6:20']],
    ['"a${/x}"', ['error template-section 6:21']],
    ['"${#x}${^y}a${/x}${/y}"', ['error template-section 6:25', 'error template-section 6:36']],
    ['"${#x}a${/y}"', ['error template-section 6:20', 'error template-section 6:26']],
    ['"${#x}${#x}a${/x}"', ['error template-section 6:20']],
  ])('%s is not closed as it should', (text, expected) => {
    expect(places(expandTask(taskWith(`"hostname": ${text}`), { bamboo }).problems)).toEqual(expected);
  });
});

describe('comments', () => {
  test('are left out, whatever is in them', () => {
    expect(environment('"hostname": "a${! note: "x", $${y, ${z, > & = # \n}b"')).toMatchObject({
      hostname: 'ab',
    });
    expect(environment('"hostname": "a${!}b${ ! }c"')).toMatchObject({ hostname: 'abc' });
  });
});

describe('what mustache can and a template may not', () => {
  test.each([
    ['${>partial}', 'template-tag-unsupported', 'partials'],
    ['${ > partial }', 'template-tag-unsupported', 'partials'],
    ['${{x}}', 'template-tag-unsupported', 'unescaped'],
    ['${&x}', 'template-tag-unsupported', 'unescaped'],
    ['${=<% %>=}', 'template-tag-unsupported', 'delimiters'],
    ['${}', 'template-name', 'names no variable'],
    ['${ }', 'template-name', 'names no variable'],
    ['${#}', 'template-name', 'names no variable'],
    ['${x y}', 'template-name', '"x y" is not the name'],
    ['${x:-1}', 'template-name', '"x:-1" is not the name'],
    ['${x.}', 'template-name', 'is not the name'],
    ['${.x}', 'template-name', 'is not the name'],
    ['${@x}', 'template-name', 'is not the name'],
    ['${x|upper}', 'template-name', 'is not the name'],
    ['${environment.}', 'template-name', 'is not the name'],
  ])('%s', (text, code, what) => {
    const { problems } = expandTask(taskWith(`"hostname": "${text}"`), { bamboo });
    expect(places(problems)).toEqual([`error ${code} 6:20`]);
    expect(shown(problems)).toContain(what);
  });

  test.each(['${x', '${x"', '${x, ${y}', '${#x'])('%s is not closed', (text) => {
    const { problems } = expandTask(taskWith(`"hostname": "${text}`), { bamboo });
    expect(places(problems)).toContain('error template-tag-unclosed 6:20');
  });

  test('a comment without any brace after it is not closed', () => {
    expect(places(expandTask('{ "family": "${! web"').problems)).toEqual([
      'error template-tag-unclosed 1:14',
    ]);
  });

  test('all at once, with the variables that are missing besides', () => {
    const { problems } = expandTask(taskWith('"hostname": "${>a}${b}",\n"user": "${c d}${/x}"'), { bamboo });
    expect(places(problems)).toEqual([
      'error template-tag-unsupported 6:20',
      'error variable-missing 6:25 bamboo_b',
      'error template-name 7:10',
      'error template-section 7:16',
    ]);
  });
});

test('a name in letters of any alphabet', () => {
  expect(container(expandTask(taskWith('"hostname": "${größe}"'), { bamboo: { größe: 'L' } }))).toMatchObject(
    { hostname: 'L' },
  );
});
