// A working directory that cannot be written, files that cannot be read, a full disk, a reader that goes away: real processes.
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build, checkoutWith, expectRefused, outputsOf, publishedFiles } from './bad-input.ts';
import { mindingModes, startChild, type ChildOptions } from './child.ts';
import { openWorld, type Env, type Run, type World } from './harness.ts';

let world: World;
let cwd: string;
let env: Env;
beforeEach(() => {
  world = openWorld();
  cwd = checkoutWith(world);
  env = { ...build, bamboo_ecs_repository: `file:${path.join(world.folder, 'repository')}` };
});
afterEach(() => {
  chmodSync(cwd, 0o755);
  world.close();
});

async function run(options: Partial<ChildOptions> = {}): Promise<Run> {
  const { exitCode, log } = await startChild({ cwd, env, ...options }).ended;
  return { exitCode: exitCode ?? -1, log, output: () => '' };
}

describe('an output folder that cannot be written: the expander stops before it publishes', () => {
  test('the working directory is read-only', async () => {
    chmodSync(cwd, 0o555);
    const { exitCode, log } = await run({ prefix: mindingModes() });
    expect(log).toContain('the output folder target/bamboo-ecs cannot be written: permission denied');
    expect(log).toContain('Mount the working directory writable for the user of the container');
    expect(log).toContain(
      'Not written under target/bamboo-ecs: bamboo.properties, test-reports/expander.xml, record.json, record.html (permission denied: ',
    );
    expect(exitCode).toBe(2);
    expect(publishedFiles(world)).toEqual([]);
  });

  test('the folder of the descriptors is read-only, as a tool leaves it that runs as somebody else', async () => {
    const folder = path.join(cwd, 'target/bamboo-ecs/descriptors');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'hid-generator-1.0.14.RELEASE-task-definition.json'), '{}');
    chmodSync(folder, 0o555);
    const { exitCode, log } = await run({ prefix: mindingModes() });
    chmodSync(folder, 0o755);
    expect(log).toContain('MISCONFIGURED: outputs: target/bamboo-ecs/descriptors/hid-generator-1.0.14');
    expect(log).toContain(`${folder} is of `);
    expect(log).toContain('Remove what another user or tool has left there');
    expect(exitCode).toBe(2);
    expect(publishedFiles(world)).toEqual([]);
  });

  test.each([
    ['package.json', 'a file is in the way where a folder must be'],
    // Node's recursive mkdir would never end here.
    ['/proc/bamboo-ecs', 'nothing can be made there'],
    ['dangling', 'a file is in the way where a folder must be'],
  ])('out=%s', async (out, reason) => {
    symlinkSync('/nonexistent/place', path.join(cwd, 'dangling'));
    const { exitCode, log } = await world.expander(cwd, { ...build, bamboo_ecs_out: out });
    expect(log).toContain(`the output folder ${out} cannot be written`);
    expect(log).toContain(reason);
    expect(exitCode).toBe(2);
    expect(publishedFiles(world)).toEqual([]);
  });

  test('the disk is full (no file may grow)', async () => {
    const { exitCode, log } = await run({ prefix: ['sh', '-c', 'ulimit -f 8; exec "$@"', 'sh'] });
    expect(log).toContain('cannot be written: the file would be larger than is allowed here');
    expect(exitCode).toBe(2);
    expect(publishedFiles(world)).toEqual([]);
    expect(readdirSync(path.join(cwd, 'target/bamboo-ecs'))).toContain('bamboo.properties');
  });

  test('the installer warns and goes on', async () => {
    expect(await world.expander(cwd, build)).toMatchObject({ exitCode: 0 });
    const { exitCode, log } = await world.installer(cwd, {
      ...build,
      bamboo_ecs_out: 'package.json',
      bamboo_inject_version: '1.0.15.RELEASE',
      bamboo_inject_project: 'hid-generator',
      bamboo_deploy_environment: 'QA',
    });
    expect(log).toContain(
      'WARNING: Not written under package.json: test-reports/installer.xml, record.json, record.html (a file is in the way where a folder must be)',
    );
    expect(log).toContain('STEADY');
    expect(exitCode).toBe(0);
  });
});

describe('files that may not be read', () => {
  test('a template and the version file: both are told', async () => {
    chmodSync(path.join(cwd, 'descriptors/task-definition.json'), 0o000);
    const template = await run({ prefix: mindingModes() });
    expectRefused(
      cwd,
      template,
      2,
      'descriptors/task-definition.json',
      'the template cannot be read: permission denied',
    );
    chmodSync(path.join(cwd, 'package.json'), 0o000);
    expectRefused(
      cwd,
      await run({ prefix: mindingModes() }),
      2,
      '3 errors:',
      'the file may hold the version, but it cannot be read: permission denied',
    );
    expect(publishedFiles(world)).toEqual([]);
  });

  test('the variables file', async () => {
    writeFileSync(path.join(cwd, 'bamboo-variables.env'), 'bamboo_x=1\n', { mode: 0o000 });
    expectRefused(
      cwd,
      await run({ prefix: mindingModes() }),
      2,
      'bamboo-variables.env',
      'the variables file cannot be read: permission denied',
    );
  });

  test('a repository folder that cannot be written', async () => {
    mkdirSync(path.join(world.folder, 'repository'), { mode: 0o555 });
    const { exitCode, log } = await run({ prefix: mindingModes() });
    expect(log).toContain('NO ACCESS: ');
    expect(exitCode).toBe(3);
    expect(publishedFiles(world)).toEqual([]);
  });
});

describe('a log that nobody reads', () => {
  const published = (): void => {
    expect(publishedFiles(world)).toContain('hid-generator-1.0.15.RELEASE-release.json');
    expect(outputsOf(cwd).properties).toMatchObject({ published: 'true' });
  };

  test('a reader that goes away after the first line does not end a publication', async () => {
    const child = startChild({ cwd, env });
    await child.said('bamboo-ecs expander');
    child.process.stdout?.destroy();
    expect((await child.ended).exitCode).toBe(0);
    published();
  });

  test('nor does a full disk under the log', async () => {
    const full = openSync('/dev/full', 'w');
    const { exitCode } = await run({ stdout: full });
    closeSync(full);
    expect(exitCode).toBe(0);
    published();
  });
});
