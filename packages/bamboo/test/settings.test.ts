import { describe, expect, test } from '@jest/globals';
import { resolveSettings, settingDefinitions, settingsHelp, variableOf } from '../src/index.ts';
import type { ResolvedSettings, SettingsInput } from '../src/index.ts';
import { told } from './helpers.ts';

type Said = Partial<SettingsInput>;

function resolve(said: Said): ResolvedSettings {
  return resolveSettings({ program: 'installer', options: {}, env: {}, ...said });
}

/** The problems of an expander or installer; fails when there is none. */
function refusal(said: Said): string {
  const { problems } = resolve(said);
  if (problems.length === 0) throw new Error('Not refused');
  return told(problems);
}

const file = (text: string) => ({ name: 'bamboo-variables.env', text });

describe('where a value comes from', () => {
  const cases: [string, Said, string | undefined, string | undefined][] = [
    ['nowhere', {}, undefined, undefined],
    ['an option', { options: { cluster: 'a' } }, 'a', 'option --cluster'],
    ['a variable', { env: { bamboo_ecs_cluster: 'a' } }, 'a', 'bamboo_ecs_cluster'],
    ['a variable in capitals', { env: { BAMBOO_ECS_CLUSTER: 'a' } }, 'a', 'BAMBOO_ECS_CLUSTER'],
    ['a variable with dots', { env: { 'bamboo.ecs.cluster': 'a' } }, 'a', 'bamboo.ecs.cluster'],
    ['a line of the file', { variablesFile: file('\nbamboo_ecs_cluster=a') }, 'a', 'bamboo-variables.env:2'],
    ['a line in capitals', { variablesFile: file('BAMBOO_ECS_CLUSTER=a') }, 'a', 'bamboo-variables.env:1'],
    ['a line with dots', { variablesFile: file('bamboo.ecs.cluster=a') }, 'a', 'bamboo-variables.env:1'],
    [
      'an option before a variable',
      { options: { cluster: 'a' }, env: { bamboo_ecs_cluster: 'b' } },
      'a',
      'option --cluster',
    ],
    [
      'a variable before a line',
      { env: { BAMBOO_ECS_CLUSTER: 'a' }, variablesFile: file('bamboo_ecs_cluster=b') },
      'a',
      'BAMBOO_ECS_CLUSTER',
    ],
    [
      'a line where the variable is empty',
      { env: { bamboo_ecs_cluster: ' ' }, variablesFile: file('bamboo_ecs_cluster=b') },
      'b',
      'bamboo-variables.env:1',
    ],
    [
      'two spellings that agree',
      { env: { bamboo_ecs_cluster: 'a', BAMBOO_ECS_CLUSTER: 'a ' } },
      'a',
      'bamboo_ecs_cluster',
    ],
    ['blanks around it', { env: { bamboo_ecs_cluster: '  a\r\n' } }, 'a', 'bamboo_ecs_cluster'],
    ['the same option twice', { options: { cluster: ['a', 'a'] } }, 'a', 'option --cluster'],
    ['an empty variable', { env: { bamboo_ecs_cluster: '' } }, undefined, undefined],
    ['an undefined variable', { env: { bamboo_ecs_cluster: undefined } }, undefined, undefined],
    ['an undefined option', { options: { cluster: undefined } }, undefined, undefined],
    [
      'a prototype',
      { env: Object.create({ bamboo_ecs_cluster: 'a' }) as Record<string, string> },
      undefined,
      undefined,
    ],
  ];
  test.each(cases)('%s', (_, said, value, origin) => {
    const { settings, problems } = resolve(said);
    expect(told(problems)).toBe('');
    expect(settings.text('cluster')).toBe(value);
    expect(settings.origin('cluster')).toBe(origin);
  });

  test('defaults', () => {
    const { settings, used } = resolve({});
    expect(settings.text('out')).toBe('target/bamboo-ecs');
    expect(settings.text('on-failure')).toBe('rollback');
    expect(settings.text('on-other-deployment')).toBe('wait');
    expect(settings.text('artifactory-auth')).toBe('auto');
    expect(settings.origin('out')).toBe('default');
    expect(used).toEqual([]);
  });

  test('every setting can be set by each of its variables', () => {
    const values: Readonly<Record<string, string>> = {
      duration: '15m',
      flag: 'yes',
      list: 'a,b',
      region: 'eu-west-1',
      account: '012345678901',
      'role-arn': 'arn:aws:iam::123456789012:role/x',
      'keep-revisions': '10',
      'skip-checks': 'room,image',
      limit: '50',
      'fail-after': '3',
      'notify-topic-arn': 'arn:aws:sns:eu-west-1:123456789012:deployments',
      'notify-secret-url': 'https://hooks.example.com/services/x',
    };
    for (const { name, kind, choices, programs } of settingDefinitions) {
      const text = values[name] ?? values[kind] ?? choices?.[0] ?? 'x';
      for (const variable of [
        variableOf(name),
        variableOf(name).toUpperCase(),
        variableOf(name).replaceAll('_', '.'),
      ]) {
        for (const program of programs) {
          const { settings, problems } = resolve({ program, env: { [variable]: text } });
          const others = problems.filter(({ code }) => code !== 'setting-incomplete');
          expect({ variable, text: settings.text(name), problems: others }).toEqual({
            variable,
            text,
            problems: [],
          });
        }
      }
    }
  });
});

describe('values', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['1h', 3_600_000],
    ['1h30m', 5_400_000],
    ['1H 30M', 5_400_000],
    ['1 h 1 m 1 s', 3_661_000],
    ['PT15M', 900_000],
    ['1d', 86_400_000],
    ['168h', 604_800_000],
  ])('timeout %s', (text, ms) => {
    expect(resolve({ env: { bamboo_ecs_timeout: text } }).settings.duration('timeout')).toBe(ms);
  });

  test.each([
    '15',
    '0s',
    '0h0m',
    '-5m',
    '1.5h',
    '15 min',
    '30m1h',
    '15m15m',
    '169h',
    '999999999h',
    '9'.repeat(400),
    'P',
    'PT',
    'P1M',
    'fast',
    'NaN',
    '1e3s',
    '١5m',
  ])('timeout %j is refused', (text) => {
    expect(refusal({ env: { bamboo_ecs_timeout: text } })).toMatch(
      /setting-value bamboo_ecs_timeout: .*a duration looks like/,
    );
  });

  test.each([
    ['true', true],
    ['YES', true],
    ['1', true],
    ['on', true],
    ['false', false],
    ['no', false],
    ['0', false],
    ['Off', false],
    ['', false],
  ])('force %j', (text, value) => {
    const { settings, problems } = resolve({ env: { bamboo_ecs_force: text } });
    expect(problems).toEqual([]);
    expect(settings.flag('force')).toBe(value);
  });

  test.each([
    [true, true],
    ['', true],
    ['true', true],
    [false, false],
    ['no', false],
    [1, true],
  ])('--force %j', (option, value) => {
    expect(resolve({ options: { force: option } }).settings.flag('force')).toBe(value);
  });

  test.each([
    ['a,b', ['a', 'b']],
    [' a , b ,, ', ['a', 'b']],
    ['a b\nc', ['a', 'b', 'c']],
    ['', []],
  ])('allow-variables %j', (text, list) => {
    const { settings, problems } = resolve({
      program: 'expander',
      env: { bamboo_ecs_allow_variables: text },
    });
    expect(problems).toEqual([]);
    expect(settings.list('allow-variables')).toEqual(list);
  });

  test.each([
    ['High 5xx, Slow answers', ['High 5xx', 'Slow answers']],
    ['High 5xx\r\n Slow answers ,', ['High 5xx', 'Slow answers']],
    ['', []],
  ])('names of alarms may hold blanks: %j', (text, names) => {
    const { settings, problems } = resolve({ program: 'installer', env: { bamboo_ecs_bake_alarms: text } });
    expect(problems).toEqual([]);
    expect(settings.names('bake-alarms')).toEqual(names);
  });

  test('a list may be given as several options', () => {
    expect(
      resolve({ program: 'expander', options: { 'allow-variables': ['a', 'b,c'] } }).settings.list(
        'allow-variables',
      ),
    ).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['region', 'eu-west-1'],
    ['region', 'us-gov-west-1'],
    ['region', 'eusc-de-east-1'],
    ['account', '012345678901'],
    ['role-arn', 'arn:aws:iam::123456789012:role/path/deploy'],
    ['role-arn', 'arn:aws-cn:iam::123456789012:role/deploy'],
    ['cluster', 'QA_1'],
    ['cluster', 'arn:aws:ecs:eu-west-1:123456789012:cluster/qa'],
    ['log-format', 'json'],
    ['on-failure', 'leave'],
    ['on-other-deployment', 'take-over'],
  ])('%s %s', (name, text) => {
    const { settings, problems } = resolve({ env: { [variableOf(name)]: text } });
    expect(problems).toEqual([]);
    expect(settings.text(name)).toBe(text);
  });

  test.each([
    ['region', 'Ireland', /a region looks like/],
    ['region', 'eu-west-1a', /a region looks like/],
    ['account', '12345678901', /12 digits/],
    ['account', '1234-5678-9012', /12 digits/],
    ['role-arn', 'deploy', /a role looks like/],
    ['role-arn', 'arn:aws:iam::123:role/x', /a role looks like/],
    ['cluster', 'my cluster', /a cluster is a name/],
    ['cluster', 'arn:aws:ecs:eu-west-1:123456789012:service/qa', /a cluster is a name/],
    ['log-format', 'jsn', /one of text, json \(did you mean "json"\?\)/],
    ['log-format', 'JSON', /did you mean "json"/],
    ['on-failure', 'rollbak', /did you mean "rollback"/],
    ['on-failure', 'explode', /one of rollback, leave →/],
    ['force', 'perhaps', /a switch is true or false/],
    ['release', 'a\nb', /line end/],
    ['release', 'a\u0000b', /control character/],
    ['out', 'a\u2028b', /line end/],
    ['release', '${bamboo.inject.version}', /Bamboo did not replace "\$\{bamboo\.inject\.version\}"/],
    ['environment', 'x ${bamboo_deploy_environment}', /did not replace/],
  ])('%s %j is refused', (name, text, reason) => {
    expect(refusal({ env: { [variableOf(name)]: text } })).toMatch(reason);
  });

  test('an account as a number has lost its zeros, and is refused', () => {
    expect(refusal({ options: { account: 12345678901 } })).toMatch(/--account: .*12 digits/);
  });

  test('a value that is refused is not taken over', () => {
    const { settings } = resolve({ env: { bamboo_ecs_log_format: 'xml', bamboo_ecs_region: 'x' } });
    expect(settings.text('log-format')).toBe('text');
    expect(settings.text('region')).toBeUndefined();
  });

  test('everything that is wrong is said at once', () => {
    const said = refusal({
      options: { timout: '1m', cluster: '' },
      env: { bamboo_ecs_timeout: 'x', bamboo_ecs_acount: '1', BAMBOO_ECS_REGION: 'y' },
      variablesFile: file('bamboo_ecs_force=maybe\nbroken'),
    });
    for (const part of [
      /--timout/,
      /--cluster has no value/,
      /bamboo_ecs_timeout/,
      /account/,
      /BAMBOO_ECS_REGION/,
      /env:1/,
      /env:2/,
    ])
      expect(said).toMatch(part);
  });
});

describe('names', () => {
  test.each([
    ['--timout', { options: { timout: '1m' } }, /no option --timout \(did you mean "timeout"\?\)/],
    ['--zzz', { options: { zzz: '1' } }, /no option --zzz →/],
    [
      '--__proto__',
      { options: JSON.parse('{"__proto__":"x"}') as Record<string, unknown> },
      /no option --__proto__/,
    ],
    ['--constructor', { options: { constructor: 'x' } }, /no option --constructor/],
    ['--a\\n', { options: { 'a\n': 'x' } }, /no option --a\\n/],
    [
      '--templates',
      { options: { templates: 'x' } },
      /--templates is an option of the expander, not of the installer/,
    ],
    ['--version', { options: { version: '1.0.15' } }, /--version is an option of the expander/],
    [
      'bamboo_ecs_timout',
      { env: { bamboo_ecs_timout: '1m' } },
      /unknown-setting bamboo_ecs_timout: .*did you mean "timeout"/,
    ],
    ['BAMBOO_ECS_TIMOUT', { env: { BAMBOO_ECS_TIMOUT: '1m' } }, /did you mean "timeout"/],
    ['an empty one', { env: { bamboo_ecs_timout: '' } }, /did you mean "timeout"/],
    [
      'mixed letters',
      { env: { bamboo_ecs_Timeout: '1m' } },
      /is not spelt like this → Write bamboo_ecs_timeout/,
    ],
    ['BAMBOO_ecs_timeout', { env: { BAMBOO_ecs_timeout: '1m' } }, /is not spelt like this/],
    [
      'camel case',
      { env: { bamboo_ecs_artifactoryPassword: 's3cr3t' } },
      /did you mean "artifactory-password"/,
    ],
    [
      'in the file',
      { variablesFile: file('\nbamboo_ecs_tmeout=1m') },
      /bamboo-variables\.env:2 bamboo_ecs_tmeout/,
    ],
    ['a prototype key', { env: { bamboo_ecs___proto__: 'x' } }, /there is no setting/],
  ])('%s is refused', (_, said: Said, reason) => {
    expect(refusal(said)).toMatch(reason);
  });

  test.each([
    [
      'other variables',
      { bamboo_buildKey: 'x', PATH: '/bin', BAMBOO_HOME: '/x', bamboo_ecs: 'x', bamboo_ecsx: 'y' },
    ],
    [
      'settings of the other program, even wrong ones',
      { bamboo_ecs_templates: 'x', bamboo_ecs_image_digest: 'nonsense' },
    ],
  ])('%s are let through', (_, env) => {
    const { problems, used } = resolve({ env });
    expect(problems).toEqual([]);
    expect(used).toEqual([]);
  });

  test('two spellings that differ are a contradiction, and name no value', () => {
    const said = refusal({
      env: { bamboo_ecs_artifactory_password: 'one-secret', BAMBOO_ECS_ARTIFACTORY_PASSWORD: 'other-secret' },
    });
    expect(said).toMatch(
      /bamboo_ecs_artifactory_password and BAMBOO_ECS_ARTIFACTORY_PASSWORD are both set, to different values/,
    );
    expect(said).not.toMatch(/one-secret|other-secret/);
  });

  test.each([
    [{ cluster: ['a', 'b'] }, /--cluster is given 2 times/],
    [{ cluster: true }, /--cluster has no value/],
    [{ cluster: '' }, /--cluster has no value/],
    [{ cluster: {} }, /a cluster is a name/],
  ])('options %j', (options, reason) => {
    expect(refusal({ options })).toMatch(reason);
  });
});

describe('secrets', () => {
  const secret = 'hunter2-hunter2';

  test('are refused as options, and said how to set', () => {
    const { problems, settings, used } = resolve({ options: { 'artifactory-password': secret } });
    expect(told(problems)).toMatch(
      /--artifactory-password is refused: Bamboo logs command lines.*ecs\.artifactory\.password, which arrives as bamboo_ecs_artifactory_password/,
    );
    expect(settings.text('artifactory-password')).toBeUndefined();
    expect(JSON.stringify({ problems, used })).not.toContain(secret);
  });

  test('are masked among the settings used, and kept as they are', () => {
    const { settings, used, problems } = resolve({ env: { bamboo_ecs_artifactory_password: ` ${secret} ` } });
    expect(problems).toEqual([]);
    expect(used).toEqual([
      { name: 'artifactory-password', value: '********', origin: 'bamboo_ecs_artifactory_password' },
    ]);
    expect(settings.text('artifactory-password')).toBe(` ${secret} `);
  });

  test.each([`${secret}\n`, `a\r\n${secret}`, '********', '${bamboo.artifactory.password}'])(
    '%j is refused without being repeated',
    (text) => {
      const said = refusal({ env: { bamboo_ecs_artifactory_password: text } });
      expect(said).toMatch(
        /setting-value bamboo_ecs_artifactory_password: the value is no value of artifactory-password/,
      );
      expect(said).not.toContain(secret);
    },
  );

  test('credentials in an address are not listed', () => {
    const { used } = resolve({ env: { bamboo_ecs_repository: `https://ann:${secret}@host/artifactory/x` } });
    expect(used[0]?.value).toBe('https://********@host/artifactory/x');
  });

  test('a misspelt secret is not repeated', () => {
    expect(refusal({ env: { bamboo_ecs_artifactory_pasword: secret } })).not.toContain(secret);
  });
});

test.each([
  [
    { bamboo_ecs_artifactory_user: 'ann' },
    /artifactory-user is set, but artifactory-password is not → Set bamboo_ecs_artifactory_password/,
  ],
  [{ bamboo_ecs_artifactory_auth: 'basic', bamboo_ecs_artifactory_password: 'secret' }, /needs a user/],
])('%j is incomplete', (env, reason) => {
  expect(refusal({ env })).toMatch(reason);
});

describe('settingsHelp', () => {
  test.each(['expander', 'installer'] as const)('the rows of the %s', (program) => {
    const rows = settingsHelp(program);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const row of rows) {
      expect(row.variable).toBe(`bamboo_ecs_${row.name.replaceAll('-', '_')}`);
      expect(row.describe).toMatch(/^\S.{8,200}$/);
      if (/password|secret|token/.test(row.name)) expect(row.secret).toBe(true);
    }
    expect(rows.find(({ name }) => name === 'log-format')).toMatchObject({
      choices: ['text', 'json'],
      defaultText: 'text',
      flag: false,
    });
  });

  test('defaults are values of their settings', () => {
    const env = Object.fromEntries(
      settingDefinitions.flatMap(({ name, default: value }) =>
        value === undefined ? [] : [[variableOf(name), value]],
      ),
    );
    for (const program of ['expander', 'installer'] as const)
      expect(resolve({ program, env }).problems).toEqual([]);
  });

  // Bamboo masks variables by their names.
  test('each secret has one of the words by which Bamboo knows secrets', () => {
    const secrets = settingDefinitions.filter(({ secret }) => secret).map(({ name }) => name);
    expect(secrets).toEqual(['artifactory-password', 'registry-password', 'notify-secret-url']);
    expect(secrets.every((name) => /password|passphrase|secret|sshkey/.test(name))).toBe(true);
  });
});

describe('who is told', () => {
  const problemsOf = (name: string, text: string): readonly string[] =>
    resolve({ program: 'installer', env: { [variableOf(name)]: text } }).problems.map(
      ({ message }) => message,
    );

  test.each([
    ['notify-topic-arn', 'deployments'],
    ['notify-topic-arn', 'arn:aws:sqs:eu-west-1:123456789012:deployments'],
    ['notify-topic-arn', 'arn:aws:sns:eu-west-1:123456789012:two words'],
    ['notify-secret-url', 'hooks.example.com/services/T0/B0/part-of-the-secret'],
    ['notify-secret-url', 'javascript:alert(1)'],
    ['notify-secret-url', 'http://'],
    ['notify-format', 'teams'],
    ['notify-on', 'never'],
  ])('%s=%s is refused, and a secret is not repeated', (name, text) => {
    const problems = problemsOf(name, text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).not.toContain('part-of-the-secret');
  });

  test.each([
    ['notify-topic-arn', 'arn:aws-cn:sns:cn-north-1:123456789012:deployments.fifo'],
    ['notify-secret-url', ' https://hooks.slack.com/services/T0/B0/x '],
    ['notify-secret-url', 'HTTP://mattermost.internal:8065/hooks/x'],
  ])('%s=%s is taken', (name, text) => {
    expect(problemsOf(name, text)).toEqual([]);
  });
});
