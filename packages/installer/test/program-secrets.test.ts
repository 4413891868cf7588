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
    ['password: "two words, and; three" mode=x', `password: "${hidden}" mode=x`],
    [
      String.raw`{\"password\": \"two words\", \"a\": 1}`,
      String.raw`{\"password\": \"${hidden}\", \"a\": 1}`,
    ],
    ["password='it is long' user='x'", `password='${hidden}' user='x'`],
    ['password=ab,cd;ef mode=x', `password=${hidden} mode=x`],
    ['{password=hunter2, user=web}', `{password=${hidden}, user=web}`],
    ['DB_PASS=x pwd=y', `DB_PASS=${hidden} pwd=${hidden}`],
    ["['password' => 'hunter2']", `['password' => '${hidden}']`],
    ['body=password%3Dhunter2', `body=password%3D${hidden}`],
    ['run --db-password hunter2 --mode x', `run --db-password ${hidden} --mode x`],
    ['Set-Cookie: session=abcdef01; Path=/', `Set-Cookie: session=${hidden}; Path=/`],
    ['with ghp_abcdefghijklmnopqrstuvwxyz', `with ${hidden}`],
    ['https://hooks.slack.com/services/T0/B0/XXXXXXXX', `https://hooks.slack.com/services/${hidden}`],
  ])('what looks like one: %s', (text, wanted) => {
    expect(masked(text, [])).toBe(wanted);
  });

  test.each([
    'password authentication failed for user "web"',
    'secret: null, token: false',
    'SyntaxError: Unexpected token }',
    'LOG_LEVEL=debug PORT=8080',
    'the key is missing',
    'Invalid token: expected ; at line 4',
    'tokenizer=fast',
    'secret "db/prod" not found',
    'not authorized to perform: secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-west-1:1:secret:db-AbCdEf',
  ])('what is none stays: %s', (text) => {
    expect(
      masked(text, [
        ['LOG_LEVEL', 'debug'],
        ['PORT', '8080'],
      ]),
    ).toBe(text);
  });

  test.each([
    [
      'a member of a JSON',
      'DB_CREDENTIALS',
      JSON.stringify({ user: 'web', password: 's3cr3t-word' }),
      's3cr3t-word',
    ],
    [
      'a member of a JSON whose name is harmless',
      'CONFIG',
      JSON.stringify({ db: { apiKey: 'k-123456' } }),
      'k-123456',
    ],
    [
      'the password of an address, decoded',
      'DATABASE_URL',
      'postgres://web:s3cr3t-w%40rd@db/x',
      's3cr3t-w@rd',
    ],
    ['what base64 holds', 'API_SECRET', Buffer.from('opensesame99!').toString('base64'), 'opensesame99!'],
    ['in base64', 'API_SECRET', 'hunter2-hunter2', Buffer.from('hunter2-hunter2').toString('base64')],
    ['in hex', 'API_SECRET', 'hunter2-hunter2', Buffer.from('hunter2-hunter2').toString('hex')],
    ['percent-encoded', 'API_SECRET', 'hunter2/Hunter2 x', encodeURIComponent('hunter2/Hunter2 x')],
    ['escaped for JSON', 'API_SECRET', 'long"quoted-secret', String.raw`long\"quoted-secret`],
    ['one line of several', 'TLS_PRIVATE_KEY', 'first-line-of-it\nsecond-line-of-it', 'second-line-of-it'],
  ])('comes out in another form: %s', (_what, name, value, printed) => {
    expect(masked(`it is ${printed} now`, [[name, value]])).toBe(`it is ${hidden} now`);
  });

  test('broken over lines: the lines stay, and nothing of it', () => {
    const secret = 'abcdefghijklmnopqrstuvwxyz0123456789';
    const broken = `dump:\n${secret.slice(0, 16)}\n${secret.slice(16)} end`;
    expect(masked(broken, [['API_SECRET', secret]])).toBe(`dump:\n${hidden}\n${hidden} end`);
    expect(masked('abcdef\nghi', [['API_SECRET', secret]])).toBe('abcdef\nghi');
  });

  test('a private key of which only a part is there', () => {
    const lines = `${'Ab1+'.repeat(16)}\n`.repeat(3);
    const end = '-----END RSA PRIVATE KEY-----';
    expect(masked(`x\n${lines}QUJD\n${end}\ny`, [])).toBe(`x\n${hidden}\n${end}\ny`);
    const begin = '-----BEGIN PRIVATE KEY-----';
    expect(masked(`x\n${begin}\n${lines}`, [])).toBe(`x\n${begin}\n${hidden}\n`);
  });

  test('switches that have such a name hide nothing', () => {
    const text = 'listening=true on port 80';
    const switches = [
      ['PASSWORD_LOGIN', 'true'],
      ['TOKEN_PORT', '80'],
      ['SECRET', ''],
    ] as const;
    expect(masked(text, switches)).toBe(text);
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
    masked(`${'Ab1+'.repeat(16)}\n`.repeat(15_000), []);
    masked('password="'.repeat(100_000), []);
    expect(performance.now() - from).toBeLessThan(1500);
  });
});
