import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import { programMask } from '../src/program-secrets.ts';

const hidden = '********';

function masked(
  text: string,
  environment: readonly (readonly [string, string])[],
  more: JsonObject = {},
): string {
  const variables = environment.map(([name, value]) => ({ name, value }));
  return programMask({ containerDefinitions: [{ name: 'web', environment: variables, ...more }] })(text);
}

describe('secrets in the output of a program', () => {
  test.each([
    ['DB_PASSWORD', 'hunter2hunter2'],
    ['API_KEY', 'k-123456'],
    ['apikey', 'k-123456'],
    ['JWT_SIGNING_SALT', 'sodium-chloride'],
    ['SENTRY_DSN', 'https-like-dsn'],
    ['AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI'],
    ['GITHUB_TOKEN', 'ghp_abcdefghij'],
    ['DB_PWD', 'opensesame99'],
  ])('the value of %s', (name, value) => {
    expect(masked(`using ${value} now`, [[name, value]])).toBe(`using ${hidden} now`);
  });

  test('parts of connection strings', () => {
    const url = 'Server=db;User Id=web;Password=p4ssw0rd!;Encrypt=true';
    expect(masked('tried p4ssw0rd! in vain', [['CONNECTION', url]])).toBe(`tried ${hidden} in vain`);
    expect(masked('GET /x?token=abc123def', [])).toBe(`GET /x?token=${hidden}`);
  });

  test.each([
    ['password=hunter2', `password=${hidden}`],
    ['{"apiKey": "abc-123", "mode": "fast"}', `{"apiKey": "${hidden}", "mode": "fast"}`],
    ['client_secret: s3cr3t-value, id: 7', `client_secret: ${hidden}, id: 7`],
    ['postgres://web:s3cr3t@db:5432/x', `postgres://web:${hidden}@db:5432/x`],
  ])('what looks like one: %s', (text, wanted) => {
    expect(masked(text, [])).toBe(wanted);
  });

  test.each([
    'password authentication failed for user "web"',
    'secret: null, token: false',
    'SyntaxError: Unexpected token }',
    'LOG_LEVEL=debug PORT=8080',
    'the key is missing',
  ])('what is none stays: %s', (text) => {
    expect(
      masked(text, [
        ['LOG_LEVEL', 'debug'],
        ['PORT', '8080'],
      ]),
    ).toBe(text);
  });

  test('options of the log driver; whatever shape the task definition has', () => {
    const logConfiguration = { logDriver: 'splunk', options: { 'splunk-token': 'b1946ac9-2a5e' } };
    expect(masked('b1946ac9-2a5e', [], { logConfiguration })).toBe(hidden);
    for (const odd of [
      null,
      {},
      { containerDefinitions: 7 },
      { containerDefinitions: [null, 1, { environment: [7] }] },
    ])
      expect(programMask(odd as JsonObject | null)('a')).toBe('a');
  });

  test('long lines take no long time', () => {
    const from = performance.now();
    masked(`password${' '.repeat(200_000)}=x`, [['A_TOKEN', 'abcdefgh']]);
    masked('token'.repeat(200_000), []);
    expect(performance.now() - from).toBeLessThan(1500);
  });
});
