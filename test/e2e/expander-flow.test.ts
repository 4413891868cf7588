// The expander's three commands as a build uses them, and what they load for it.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build, checkoutWith, outputsOf, publishedFiles } from './bad-input.ts';
import { startChild } from './child.ts';
import { masterBuild, openWorld, type World } from './harness.ts';

let world: World;
let cwd: string;
beforeEach(() => {
  world = openWorld();
  cwd = checkoutWith(world);
});
afterEach(() => world.close());

const noRepository = { ...build, bamboo_ecs_repository: '', bamboo_ecs_image_digest: 'require' };

describe('expander version', () => {
  test('needs neither templates nor repository nor image', async () => {
    const run = await world.expander(
      cwd,
      { bamboo_planRepository_branchName: 'development', bamboo_ecs_repository: '' },
      'version',
    );
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('hid-generator 1.0.15.MILESTONE (branch development -> MILESTONE)');
    expect(outputsOf(cwd).properties).toEqual({
      version: '1.0.15.MILESTONE',
      project: 'hid-generator',
      tag: 'MILESTONE',
      branch: 'development',
      published: 'false',
      outcome: 'version',
      identity: '',
      'manifest.sha256': '',
    });
  });
});

describe('expander expand', () => {
  test('asks nobody, and writes what publish would publish', async () => {
    const run = await world.expander(cwd, noRepository, 'expand');
    expect(run.exitCode).toBe(0);
    expect(run.log).not.toContain('== Images ==');
    expect(outputsOf(cwd).properties).toMatchObject({ outcome: 'expanded', published: 'false' });
    const name = 'hid-generator-1.0.15.RELEASE-task-definition.json';
    const expanded = run.output(`descriptors/${name}`);
    await world.expander(cwd, build);
    expect(publishedFiles(world)).toContain(name);
    expect(run.output(`descriptors/${name}`)).toBe(expanded);
  });

  test('what an earlier version left in the folder goes; other files stay', async () => {
    await world.expander(cwd, { ...noRepository, bamboo_ecs_version: '1.0.14' }, 'expand');
    writeFileSync(path.join(cwd, 'target/bamboo-ecs/descriptors/mine.json'), '{}');
    const run = await world.expander(cwd, noRepository, 'expand');
    expect(() => run.output('descriptors/hid-generator-1.0.14.RELEASE-task-definition.json')).toThrow(
      'ENOENT',
    );
    expect(run.output('descriptors/mine.json')).toBe('{}');
  });

  test('late variables stay open, and the log says which', async () => {
    const file = path.join(cwd, 'descriptors/service-update.json');
    writeFileSync(
      file,
      '{"cluster": "${environment.cluster}", "service": "${serviceName}", "desiredCount": ${environment.desiredCount}, "taskDefinition": "${family}"}',
    );
    writeFileSync(
      path.join(cwd, 'descriptors/service-definition.json'),
      '{"cluster": "${environment.cluster}", "serviceName": "${serviceName}", "desiredCount": ${environment.desiredCount}, "taskDefinition": "${family}"}',
    );
    const run = await world.expander(cwd, build);
    expect(run.log).toContain('(${environment.cluster}, ${environment.desiredCount} at deployment)');
    expect(run.exitCode).toBe(0);
    expect(run.output('descriptors/hid-generator-1.0.15.RELEASE-service-update.json')).toContain(
      '${environment.desiredCount}',
    );
  });
});

describe('expander publish', () => {
  test('the same commit built again publishes nothing and hands on the same manifest', async () => {
    const first = await world.expander(cwd, build);
    expect(first.log).toContain('PUBLISHED: ');
    const handedOn = outputsOf(cwd).properties;
    expect(handedOn['manifest.sha256']).toMatch(/^[0-9a-f]{64}$/u);
    const again = await world.expander(cwd, {
      ...masterBuild(16),
      bamboo_planRepository_revision: build['bamboo_planRepository_revision'] ?? '',
    });
    expect(again.log).toContain('already published, with the same descriptors and images');
    expect(outputsOf(cwd).properties).toEqual({ ...handedOn, outcome: 'already-published' });
    expect(publishedFiles(world).filter((name) => !name.startsWith('.'))).toHaveLength(4);
  });

  test('a failed run hands nothing of an earlier one on', async () => {
    await world.expander(cwd, build);
    const failed = await world.expander(cwd, { ...build, bamboo_desiredCount: '' });
    expect(failed.exitCode).toBe(2);
    expect(outputsOf(cwd).properties).toMatchObject({
      version: '1.0.15.RELEASE',
      published: 'false',
      outcome: 'failed',
      identity: '',
      'manifest.sha256': '',
    });
  });

  test('a problem is told once in the log, also when it is a warning', async () => {
    const update = path.join(cwd, 'descriptors/service-update.json');
    writeFileSync(update, `\uFEFF{"cluster": "production", "service": "hid-generator", "servce": 1}`);
    const run = await world.expander(cwd, build);
    expect(run.exitCode).toBe(2);
    expect(run.log.match(/begins with a byte order mark/gu)).toHaveLength(1);
    expect(run.log.match(/'?servce'?/gu)?.length).toBeGreaterThan(0);
    expect(run.log.match(/^ {2}\d+ warnings?:$/gmu)).toHaveLength(1);
  });
});

describe('what is loaded', () => {
  /** Names of the npm packages that a process loaded, told as it ends. */
  const spy = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module';
    const seen = new Set();
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/u.exec(url)?.[1];
      if (name) seen.add(name);
      return next(url, context);
    } });
    process.on('exit', () => process.stderr.write('LOADED ' + [...seen].join(' ') + '\\n'));
  `)}`;
  const loaded = async (...argv: string[]): Promise<readonly string[]> => {
    const { exitCode, log } = await startChild({
      cwd,
      env: { ...build, bamboo_ecs_repository: `file:${world.folder}/repository` },
      argv,
      nodeOptions: ['--import', spy],
    }).ended;
    if (exitCode !== 0) throw new Error(log);
    return /^LOADED (.*)$/mu.exec(log)?.[1]?.split(' ') ?? [];
  };

  test.each(['version', 'expand', 'publish', '--help'])(
    '%s without a server: no AWS SDK, no HTTP client',
    async (command) => {
      const names = await loaded(command);
      expect(names).toContain('yargs-parser');
      expect(names.filter((name) => /^(?:@aws-sdk|@smithy)\/|^got$/u.test(name))).toEqual([]);
    },
  );
});
