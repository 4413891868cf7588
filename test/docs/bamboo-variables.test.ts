// docs/bamboo-variables.sh under the shells and awks that an agent may have, read back as the programs read it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseVariablesFile } from '@bamboo-ecs/bamboo';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

const script = path.join(import.meta.dirname, '../../docs/bamboo-variables.sh');

const nasty: Readonly<Record<string, string>> = {
  bamboo_buildNumber: '42',
  bamboo_planRepository_branchName: 'master',
  bamboo_empty: '',
  bamboo_quotes: `"double" and 'single' and \`back\``,
  bamboo_starts_with_quote: '"open',
  bamboo_is_json: '"a\\nb"',
  bamboo_dollar: '$HOME ${bamboo.x} $(id) $$',
  bamboo_backslash: 'C:\\build\\new\\\\ \\u0041 \\',
  bamboo_newlines: 'first\nsecond\r\nthird\n\n',
  bamboo_looks_like_another: 'x\nbamboo_ecs_repository=file:/elsewhere\nexport bamboo_y=1',
  bamboo_blanks: '  \t padded \t ',
  bamboo_equals: 'a=b==c',
  bamboo_hash: '# no comment',
  bamboo_controls: '\u0001\u0008\u000b\u000c\u001b[31m\u001f\u007f',
  bamboo_percent: '100 %s %d %%',
  bamboo_ampersand: 'a & b \\& c',
  bamboo_unicode: 'Grüße, 日本語, 🚀, \u00a0\u2028\uFEFF',
  bamboo_number_like: '1e3',
  bamboo_zeros: '007',
  bamboo_long: `${'abc"\\\n'.repeat(1000)}end`,
  bamboo_ecs_artifactory_password: `p@ss'w"o\\rd$1&;|<>*?[]{}!~`,
  BAMBOO_ECS_REGION: 'eu-west-1',
  bamboo_ecs_allow_variables: 'database.password, bamboo_some_secret\tthird_token,',
  bamboo_database_password: 'allowed by name',
  bamboo_some_secret: 'allowed with the prefix',
  bamboo_third_token: 'allowed after a tab',
  bamboo_environment_apiToken: 'of the environment',
  bamboo_clientToken: 'no secret',
  bamboo_inject_version: '1.0.15.RELEASE',
};
const others: Readonly<Record<string, string>> = {
  bamboo_capability_system_jdk_JDK_1_8: '/opt/jdk',
  BAMBOO_HOME: '/var/bamboo',
  AWS_SECRET_ACCESS_KEY: 'not ours',
  xbamboo_a: 'no',
  bambooed: 'no',
  bamboo_other_team_password: 'theirs',
  bamboo_GPG_Passphrase: 'theirs',
  bamboo_SSHKEY: 'theirs',
  bamboo_database_password_old: 'not named',
  bamboo_clientToken_token: 'theirs',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'variables $x '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Tool {
  readonly title: string;
  readonly shell: readonly string[];
  /** The program that answers to `awk`. */
  readonly awk?: readonly string[];
}

function found(program: string): string | null {
  const answer = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : null;
}

function present(): Tool[] {
  const shells = ['dash', 'bash', 'busybox'].flatMap((name): Tool[] => {
    const file = found(name);
    if (file === null) return [];
    const extra: Record<string, string[]> = { bash: ['--posix'], busybox: ['sh'] };
    return [{ title: name, shell: [file, ...(extra[name] ?? [])] }];
  });
  const awks = ['mawk', 'gawk', 'original-awk', 'busybox'].flatMap((name): Tool[] => {
    const file = found(name);
    if (file === null) return [];
    return [
      { title: `sh with ${name}`, shell: ['/bin/sh'], awk: name === 'busybox' ? [file, 'awk'] : [file] },
    ];
  });
  return [...shells, ...awks];
}

function run(tool: Tool, env: Readonly<Record<string, string>>, ...args: string[]) {
  const [shell = '', ...options] = tool.shell;
  const bin = path.join(folder, 'bin');
  if (tool.awk) {
    mkdirSync(bin, { recursive: true });
    const [program = '', ...words] = tool.awk;
    const awk = path.join(bin, 'awk');
    if (words.length === 0) symlinkSync(program, awk);
    else writeFileSync(awk, `#!/bin/sh\nexec ${program} ${words.join(' ')} "$@"\n`, { mode: 0o755 });
  }
  return spawnSync(shell, [...options, script, ...args], {
    cwd: folder,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...env },
    encoding: 'utf8',
  });
}

const plainShell: Tool = { title: 'sh', shell: ['/bin/sh'] };

describe('bamboo-variables.sh', () => {
  test.each(present())('$title: every value comes back as it was', (tool) => {
    const ended = run(tool, { ...nasty, ...others });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    const file = path.join(folder, 'bamboo-variables.env');
    const read = parseVariablesFile(readFileSync(file, 'utf8'), 'bamboo-variables.env');
    expect(read.problems).toEqual([]);
    expect({ ...read.variables }).toEqual(nasty);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(ended.stdout).toBe(`Wrote bamboo-variables.env: ${Object.keys(nasty).length} variables\n`);
  });

  test('no value is printed, and the file of a run before is replaced whatever its mode', () => {
    const file = path.join(folder, 'other name.env');
    writeFileSync(file, 'bamboo_old=1\n', { mode: 0o666 });
    const ended = run(
      plainShell,
      { bamboo_ecs_artifactory_password: 'hidden-in-the-file' },
      'other name.env',
    );
    expect(ended.status).toBe(0);
    expect(ended.stdout + ended.stderr).not.toContain('hidden');
    expect(readFileSync(file, 'utf8')).toBe('bamboo_ecs_artifactory_password="hidden-in-the-file"\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a link that lies in its way is replaced, not followed', () => {
    writeFileSync(path.join(folder, 'precious'), 'kept');
    symlinkSync('precious', path.join(folder, 'bamboo-variables.env'));
    symlinkSync('precious', path.join(folder, 'bamboo-variables.env.part'));
    expect(run(plainShell, { bamboo_a: '1' }).status).toBe(0);
    expect(readFileSync(path.join(folder, 'precious'), 'utf8')).toBe('kept');
  });

  test('without Bamboo variables it fails and leaves nothing', () => {
    const ended = run(plainShell, others);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain('No bamboo_ variables');
    expect(spawnSync('ls', ['-A', folder], { encoding: 'utf8' }).stdout).toBe('');
  });
});
