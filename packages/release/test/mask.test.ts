// Nothing that looks secret may reach a log by way of a difference.
import { describe, expect, test } from '@jest/globals';
import { differences, formatDifference, isSecretName, maskText, type JsonObject } from '../src/index.ts';
import { task, taskWith } from './descriptors.ts';

describe('names', () => {
  test.each([
    'DB_PASSWORD',
    'dbPassword',
    'PASSPHRASE',
    'client_secret',
    'SSH_KEY',
    'sshkey',
    'GITHUB_TOKEN',
    'API_KEY',
    'apiKey',
    'AWS_ACCESS_KEY_ID',
    'credentials',
    'splunk-token',
    'DB_PASS',
    'db.pwd',
    'Authorization',
    'PGPASSWD',
    'STRIPE_KEY',
    'LICENSE_KEY_2',
    'AUTH',
    'BASIC_AUTH',
    'SENTRY_DSN',
    'PASSWORD_SALT',
    'SLACK_WEBHOOK_URL',
  ])('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });
  test.each([
    'LOG_LEVEL',
    'KEY',
    'keyboard',
    'COMPASS',
    'passenger',
    'clientToken',
    'valueFrom',
    'credentialsParameter',
    'MONKEY',
    'AUTHOR',
    'AUTH_URL',
    'PATH',
    'key',
    '',
  ])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('texts', () => {
  test.each([
    ['postgres://user:hunter2@db:5432/app', 'postgres://********@db:5432/app'],
    ['https://hunter2@github.com/a', 'https://********@github.com/a'],
    ['redis://:hunter2@cache', 'redis://********@cache'],
    ['amqp://u:hun/te@r2@mq', 'amqp://********@mq'],
    ['--password=hunter2 --verbose', '--password=******** --verbose'],
    ['a=1;dbPassword=hunter2;b=2', 'a=1;dbPassword=********;b=2'],
    ['https://x/?api_key=hunter2&b=1', 'https://x/?api_key=********&b=1'],
    ['Authorization: Bearer hunter2', 'Authorization: Bearer ********'],
    ['{"db_password": "hunter2", "user": "a"}', '{"db_password": "********", "user": "a"}'],
    ['Authorization: Basic aHVudGVyMg==', 'Authorization: Basic ********'],
    ['run --db-password hunter2 --port 80', 'run --db-password ******** --port 80'],
    ['curl -u admin:hunter2 http://localhost', 'curl -u admin:******** http://localhost'],
    ['curl --proxy-user=a:hunter2 x', 'curl --proxy-user=a:******** x'],
    ['gosu -u 1000:1000 app -u app', 'gosu -u 1000:1000 app -u app'],
    ['a=b=password=hunter2==', 'a=b=password=********'],
    ['{"token":"hun\\"ter2","b":"c"}', '{"token":"********","b":"c"}'],
    ['https://host/me@example.com', 'https://host/me@example.com'],
    ['registry/web@sha256:abc', 'registry/web@sha256:abc'],
    ['arn:aws:secretsmanager:eu-west-1:1:secret:db-a', 'arn:aws:secretsmanager:eu-west-1:1:secret:db-a'],
    ['http://localhost:8080/health', 'http://localhost:8080/health'],
    ['me@example.com', 'me@example.com'],
  ])('%s', (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });

  test('long texts are masked in linear time', () => {
    const start = performance.now();
    for (const unit of [
      '://',
      'a:',
      'password',
      'password=',
      'password=x ',
      '=',
      'token":',
      'secret"  ',
      '@',
      ' ',
      '--token ',
      'bearer ',
      '-u ',
      '-u a:',
      'authorization',
      '"a" ',
      '\\',
      '-',
    ])
      maskText(unit.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('differences', () => {
  const old = 'hunter1';
  const secret = 'hunter2';
  const environment = (name: string, value: string): JsonObject => ({ environment: [{ name, value }] });
  test.each<[string, JsonObject, JsonObject, string]>([
    [
      'a changed secret is still a change',
      environment('DB_PASSWORD', old),
      environment('DB_PASSWORD', secret),
      'containerDefinitions.web.environment.DB_PASSWORD: "********" → "********" (changed)',
    ],
    [
      'added',
      {},
      environment('API_KEY', secret),
      'containerDefinitions.web.environment.API_KEY: not set → "********"',
    ],
    [
      'removed',
      environment('API_KEY', secret),
      {},
      'containerDefinitions.web.environment.API_KEY: "********" → not set',
    ],
    [
      'in a URL',
      environment('DB', `pg://u:${old}@h`),
      environment('DB', `pg://u:${secret}@h`),
      'containerDefinitions.web.environment.DB: "pg://********@h" → "pg://********@h" (changed)',
    ],
    [
      'in a label',
      {},
      { dockerLabels: { 'my-token': secret } },
      'containerDefinitions.web.dockerLabels.my-token: not set → "********"',
    ],
    [
      'in log options',
      {},
      { logConfiguration: { logDriver: 'splunk', options: { 'splunk-token': secret } } },
      'containerDefinitions.web.logConfiguration: not set → {"logDriver":"splunk","options":{"splunk-token":"********"}}',
    ],
    [
      'in a command',
      {},
      { command: ['run', '--password', secret, `--token=${secret}`] },
      'containerDefinitions.web.command: not set → ["run","--password","********","--token=********"]',
    ],
    [
      'a login in a command',
      {},
      { command: ['curl', '-u', `admin:${secret}`, '-u', '0:0'] },
      'containerDefinitions.web.command: not set → ["curl","-u","admin:********","-u","0:0"]',
    ],
    [
      'an option that is none',
      {},
      { command: ['--password', '--verbose'] },
      'containerDefinitions.web.command: not set → ["--password","********"]',
    ],
  ])('%s', (_, from, to, expected) => {
    const found = differences('task-definition', taskWith(from), taskWith(to));
    expect(found.map((each) => formatDifference(each))).toEqual([expected]);
    expect(JSON.stringify(found)).not.toMatch(/hunter/);
  });

  test('in a container that is new, and in one that goes', () => {
    const side = {
      name: 'side',
      image: 'a',
      ...environment('TOKEN', secret),
      command: [`--secret=${secret}`],
      dockerLabels: { password: secret },
    };
    const more = { ...task, containerDefinitions: [...(task['containerDefinitions'] as JsonObject[]), side] };
    for (const found of [
      differences('task-definition', task, more),
      differences('task-definition', more, task),
    ]) {
      expect(found).toHaveLength(1);
      expect(JSON.stringify(found)).toContain('********');
      expect(JSON.stringify(found)).not.toMatch(/hunter/);
    }
  });
});

describe('formatDifference', () => {
  test.each([
    [{ path: 'a', from: 'x'.repeat(300), to: 'y' }, `a: "${'x'.repeat(98)}… → "y"`],
    [
      { path: 'a', from: 'x'.repeat(300), to: 'x'.repeat(301) },
      `a: "${'x'.repeat(98)}… → "${'x'.repeat(98)}… (changed)`,
    ],
    [{ path: 'a', to: 'two\nlines\u001b[31m\u009b' }, 'a: not set → "two\\nlines\\u001b[31m?"'],
    [{ path: 'a', from: null, to: { b: [1] } }, 'a: null → {"b":[1]}'],
  ])('%#', (difference, expected) => {
    expect(formatDifference(difference)).toBe(expected);
  });
});
