// Command lines, settings and variables files that cannot be meant so: exit 2 with every problem, all outputs, no secret.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build, checkoutWith, expectRefused, outputsOf, publishedFiles } from './bad-input.ts';
import { openWorld, type Env, type Run, type World } from './harness.ts';

let world: World;
let cwd: string;
beforeEach(() => {
  world = openWorld();
  cwd = checkoutWith(world);
});
afterEach(() => world.close());

async function refused(argv: readonly string[], env: Env, ...said: readonly string[]): Promise<Run> {
  const run = await world.expander(cwd, { ...build, ...env }, ...argv);
  expectRefused(cwd, run, 2, ...said);
  expect(publishedFiles(world)).toEqual([]);
  return run;
}

describe('the command line', () => {
  test.each([
    [
      ['Publsh'],
      'there is no command "Publsh"; the commands are publish, expand, version (did you mean "publish"?)',
    ],
    [['expander', 'version'], 'the command goes without the name of the program: version'],
    [['installer', 'plan'], 'this is the expander, not the installer: is it the wrong image?'],
    [['publish', 'expand'], 'one command is expected, but there are 2: publish expand'],
    [['--templtes=x'], 'there is no option --templtes (did you mean "templates"?)'],
    [['--branch', 'a', '--branch', 'b'], '--branch is given 2 times'],
    [['--branch'], '--branch has no value'],
    [['--cluster=x'], '--cluster is an option of the installer, not of the expander'],
    [['--image-digest=requre'], 'it must be one of require, try, off (did you mean "require"?)'],
    [['--__proto__=1'], 'there is no option --___proto___'],
    [['--toString=1'], 'there is no option --toString'],
    [['-x'], 'there is no option --x'],
  ])('%j', async (argv, said) => {
    await refused(argv, {}, '1 error:', said, 'What to do:');
  });

  test('several things at once, and a secret as an option is not repeated', async () => {
    const argv = [
      'publish',
      'now',
      '--artifactory-password=hunter2-hunter2',
      '--registry-password',
      'hunter3-hunter3',
    ];
    const run = await refused(
      [...argv, '--templtes=x'],
      { bamboo_ecs_regoin: 'eu-west-1' },
      '5 errors:',
      'one command is expected',
      '--artifactory-password is refused: Bamboo logs command lines',
      '--registry-password is refused',
      'ecs.registry.password',
      '--templtes',
      'bamboo_ecs_regoin',
      'did you mean "region"?',
    );
    const { record } = outputsOf(cwd);
    expect(run.log + JSON.stringify(record)).not.toMatch(/hunter[23]/u);
  });

  test('a wrong command line still writes where --out says', async () => {
    const run = await world.expander(cwd, build, 'publsh', '--out=elsewhere');
    expect(run.exitCode).toBe(2);
    expect(outputsOf(cwd, 'expander', 'elsewhere').record.exitCode).toBe(2);
  });

  test('a switch does not take the command for its value; a value may be given', async () => {
    const env = { ...build, bamboo_deploy_environment: 'QA', bamboo_inject_version: '1.0.15.RELEASE' };
    for (const argv of [
      ['--exit-code', 'plan'],
      ['plan', '--exit-code', 'true'],
      ['plan', '--exit-code=yes'],
    ]) {
      const run = await world.installer(cwd, { ...env, bamboo_inject_project: 'hid-generator' }, ...argv);
      expect(run.log).toContain('installer 0.0.0: plan');
      expect(run.log).not.toContain('is no value of');
    }
  });
});

describe('settings', () => {
  test.each<[string, string, string]>([
    ['installer', 'bamboo_ecs_timeout', '15'],
    ['installer', 'bamboo_ecs_timeout', '-1m'],
    ['installer', 'bamboo_ecs_timeout', '99999d'],
    ['installer', 'bamboo_ecs_on_failure', 'rollbak'],
    ['installer', 'bamboo_ecs_force', 'perhaps'],
    ['installer', 'bamboo_ecs_account', '12345'],
    ['installer', 'bamboo_ecs_region', 'Ireland'],
    ['installer', 'bamboo_ecs_role_arn', 'role'],
    ['expander', 'bamboo_ecs_log_format', 'xml'],
    ['expander', 'bamboo_ecs_templates', '${bamboo.templates}'],
    ['expander', 'bamboo_ecs_templates', 'a\nb'],
    ['expander', 'bamboo_ecs_artifactory_password', '********'],
  ])('%s: %s=%j is refused where it was said', async (program, variable, value) => {
    const run =
      program === 'expander'
        ? await world.expander(cwd, { ...build, [variable]: value })
        : await world.installer(cwd, { ...build, [variable]: value });
    expect(run.exitCode).toBe(2);
    expect(run.log).toContain(`1. ${variable}\n`);
    expect(run.log).toContain('is no value of');
    expect(JSON.parse(run.output('record.json'))).toMatchObject({ exitCode: 2 });
    expect(world.ecs.counts()).toEqual({});
  });

  test('the same thing said twice, differently', async () => {
    await refused(
      [],
      { bamboo_ecs_templates: 'a', BAMBOO_ECS_TEMPLATES: 'b' },
      'are both set, to different values',
    );
  });

  test('no repository is needed to expand, only to publish', async () => {
    await refused([], { bamboo_ecs_repository: ' ' }, 'no repository is set', 'ecs.repository');
    const run = await world.expander(cwd, { ...build, bamboo_ecs_repository: '' }, 'expand');
    expect(run).toMatchObject({ exitCode: 0 });
  });

  test('a CA file that is not there, and one that is none', async () => {
    const env = { bamboo_ecs_repository: 'https://artifactory.example.com/artifactory/x' };
    await refused([], { ...env, bamboo_ecs_ca_file: 'ca.pem' }, 'the CA file ca.pem is not there');
    writeFileSync(path.join(cwd, 'ca.pem'), 'x');
    await refused(
      [],
      { ...env, bamboo_ecs_ca_file: 'ca.pem' },
      'the CA file ca.pem holds no PEM certificate',
    );
  });

  test('a huge environment', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`bamboo_v${n}`, `value ${n}`]));
    expect(await world.expander(cwd, { ...build, ...many }, 'expand')).toMatchObject({ exitCode: 0 });
  });
});

describe('the variables file', () => {
  const write = (content: string | Uint8Array): void =>
    writeFileSync(path.join(cwd, 'bamboo-variables.env'), content);

  test('the one that is asked for is not there', async () => {
    await refused([], { bamboo_ecs_variables_file: 'x.env' }, 'x.env', 'the variables file is not there');
  });

  test.each<[string, string | Uint8Array]>([
    ['is not UTF-8', Buffer.from('bamboo_name=ü\n', 'latin1')],
    ['is not UTF-8 (it is UTF-16)', Buffer.from('\uFEFFbamboo_name=x\n', 'utf16le')],
    ['bamboo_name is set twice, first in line 1', 'bamboo_name=a\nbamboo_name=b\n'],
    ['the value of bamboo_text (line 1) seems to hold a newline', 'bamboo_text=first\nsecond\n'],
    ['there is no setting "templtes"', 'bamboo_ecs_templtes=x\n'],
    ['is too large', `bamboo_text=${'x'.repeat(1_100_000)}\n`],
  ])('%s', async (said, content) => {
    write(content);
    await refused([], {}, 'bamboo-variables.env', said);
  });

  test('gives variables and settings, with CRLF and a byte order mark; the environment goes before', async () => {
    write('\uFEFFbamboo_ecs_version=9.9.9\r\nbamboo_desiredCount=7\r\nbamboo_ecs_image_digest=require\r\n');
    const run = await world.expander(cwd, build, 'expand');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('(bamboo-variables.env:1)');
    expect(run.output('descriptors/hid-generator-9.9.9.RELEASE-service-update.json')).toContain(
      '"desiredCount": 2',
    );
  });
});

describe('help and version', () => {
  const help = async (program: 'expander' | 'installer', ...argv: string[]): Promise<string> => {
    const run = program === 'expander' ? world.expander(cwd, {}, ...argv) : world.installer(cwd, {}, ...argv);
    const { exitCode, log } = await run;
    expect(exitCode).toBe(0);
    for (const line of log.split('\n')) expect(line.length).toBeLessThan(110);
    return log;
  };

  test('the expander lists its commands, the settings in groups, and its own exit codes', async () => {
    const text = await help('expander', '--help');
    expect(text).toContain('publish  version, expand, check, publish (default)');
    for (const group of ['Repository:', 'Docker registry:', 'Project and version:', 'Files and log:'])
      expect(text).toContain(`\n${group}\n`);
    expect(text).toContain('(artifactory-password)');
    expect(text).toMatch(/^ +75 +stopped by a signal/mu);
    expect(text).not.toMatch(/^ +8 +superseded/mu);
    expect(await help('expander', 'help')).toBe(text);
    expect(await help('expander', '-h')).toBe(text);
  });

  test('the help of a command leaves out what it does not need', async () => {
    const version = await help('expander', 'version', '--help');
    expect(version).toContain('Usage: expander version');
    expect(version).toContain('bamboo.properties');
    expect(version).not.toContain('--repository');
    expect(version).not.toMatch(/^ +3 +repository/mu);
    expect(await help('expander', 'help', 'version')).toBe(version);
    expect(await help('expander', 'publish', '--help')).toContain('--repository');
  });

  test('the installer tells every exit code', async () => {
    const text = await help('installer', '--help');
    for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 75])
      expect(text).toMatch(new RegExp(`^ +${code}  `, 'mu'));
    expect(text).toContain('a switch, off');
    const plan = await help('installer', 'plan', '--help');
    expect(plan).toContain('Usage: installer plan');
    expect(plan).toMatch(/^ +10 +asked for with --exit-code: there is something to do/mu);
    expect(plan).not.toMatch(/^ +5 +rollout failed/mu);
  });

  test('--version alone tells the version; with a value it is the setting', async () => {
    expect(await help('expander', '--version')).toBe('expander 0.0.0');
    expect(await help('installer', '--version')).toBe('installer 0.0.0');
    const run = await world.expander(cwd, build, 'version', '--version=2.3.4');
    expect(run.exitCode).toBe(0);
    expect(outputsOf(cwd).properties['version']).toBe('2.3.4.RELEASE');
    expect((await world.installer(cwd, build, '--version=2.3.4')).log).toContain(
      '--version is an option of the expander, not of the installer',
    );
  });
});
