import { describe, expect, test } from '@jest/globals';
import { parseChallenges } from '../src/challenge.ts';

function read(header: string | undefined): unknown {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

describe('the WWW-Authenticate header', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['Basic realm="Registry Realm"', [['basic', { realm: 'Registry Realm' }]]],
    ['Negotiate', [['negotiate', {}]]],
    [
      'Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:team/web:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.example.com/token',
            service: 'registry.example.com',
            scope: 'repository:team/web:pull,push',
          },
        ],
      ],
    ],
    [
      'bearer Realm=https://auth.example.com/token , service=x',
      [['bearer', { realm: 'https://auth.example.com/token', service: 'x' }]],
    ],
    [
      'Basic realm="a \\"quoted\\" b", Bearer realm="c"',
      [
        ['basic', { realm: 'a "quoted" b' }],
        ['bearer', { realm: 'c' }],
      ],
    ],
    [
      'Negotiate, Basic realm="x"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'x' }],
      ],
    ],
    ['Basic realm="never closed', [['basic', {}]]],
    ['=,,"', []],
  ])('%s', (header, expected) => {
    expect(read(header)).toEqual(expected);
  });

  test('names like __proto__ are names', () => {
    expect(parseChallenges('Basic __proto__="x"')[0]?.parameters.get('__proto__')).toBe('x');
  });

  test('an endless header is read in no time', () => {
    expect(parseChallenges(`Basic ${' ,'.repeat(1_000_000)}`)).toHaveLength(1);
    expect(parseChallenges(`Basic realm="${'\\'.repeat(1_000_000)}`)).toHaveLength(1);
  });
});
