// Images that are not in the registry, and registries that cannot be asked: told before anything is published.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pushImage, startRegistryStandIn, type RegistryStandIn } from '@bamboo-ecs/rehearsal';
import { build, checkoutWith, expectRefused, outputsOf, publishedFiles } from './bad-input.ts';
import { openWorld, type Env, type Run, type World } from './harness.ts';

const users = [{ name: 'bamboo', password: 'hunter2-hunter2' }];
const login = { user: 'bamboo', password: 'hunter2-hunter2' };
let world: World;
let registry: RegistryStandIn;
let cwd: string;
beforeEach(async () => {
  world = openWorld();
  cwd = checkoutWith(world);
  registry = await startRegistryStandIn({ users });
});
afterEach(async () => {
  world.close();
  await registry.close();
});

const publish = async (env: Env): Promise<Run> =>
  world.expander(cwd, {
    ...build,
    bamboo_registry: new URL(registry.url).host,
    bamboo_ecs_registry_user: 'bamboo',
    bamboo_ecs_registry_password: 'hunter2-hunter2',
    bamboo_ecs_image_digest: 'try',
    ...env,
  });

async function refused(env: Env, ...said: readonly string[]): Promise<void> {
  const run = await publish(env);
  expectRefused(cwd, run, 3, ...said);
  expect(publishedFiles(world)).toEqual([]);
  expect(run.log).not.toContain('hunter2');
}

test('the image is there: its digest stands in the manifest', async () => {
  const digest = await pushImage(registry.url, 'hid-generator', '1.0.15.RELEASE', 'fifteen', login);
  const run = await publish({});
  expect(run.exitCode).toBe(0);
  expect(run.log).toContain(`hid-generator:1.0.15.RELEASE is ${digest}`);
});

describe('the image is missing', () => {
  test.each(['try', 'require'])('%s: exit 3, and what to do first', async (mode) => {
    await pushImage(registry.url, 'hid-generator', '1.0.14.RELEASE', 'fourteen', login);
    await refused(
      { bamboo_ecs_image_digest: mode },
      'IMAGE MISSING: ',
      'hid-generator:1.0.15.RELEASE',
      'Push the image before its descriptors are published',
    );
  });

  test('off: nobody is asked, and the log says so', async () => {
    const run = await publish({ bamboo_ecs_image_digest: 'off' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('No registry is asked: image-digest is off');
  });
});

describe('the registry cannot be asked', () => {
  const unreachable = { bamboo_registry: '127.0.0.1:1' };

  test('try: one warning, and the release is published', async () => {
    const run = await publish(unreachable);
    expect(run.exitCode).toBe(0);
    expect(run.log.match(/1 warning:/gu)).toHaveLength(1);
    expect(run.log).toContain('127.0.0.1:1 refused the connection');
    expect(outputsOf(cwd).properties).toMatchObject({ published: 'true' });
  });

  test('require: exit 3', async () => {
    await refused(
      { ...unreachable, bamboo_ecs_image_digest: 'require' },
      '127.0.0.1:1 refused the connection',
      'What to do:',
    );
  });

  test('wrong credentials: a warning under try, exit 3 under require', async () => {
    const wrong = { bamboo_ecs_registry_password: 'hunter2-wrong' };
    const warned = await publish(wrong);
    expect(warned.exitCode).toBe(0);
    expect(warned.log).toContain('1 warning:');
    expect(warned.log).not.toContain('hunter2');
  });

  test('wrong credentials under require', async () => {
    await refused(
      { bamboo_ecs_registry_password: 'hunter2-wrong', bamboo_ecs_image_digest: 'require' },
      '401',
    );
  });

  test('no such host', async () => {
    await refused(
      { bamboo_registry: 'no-such-host.invalid', bamboo_ecs_image_digest: 'require' },
      'no-such-host.invalid',
    );
  });

  test("Docker's own configuration that is no JSON is told and not used", async () => {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${cwd}/config.json`, '{');
    const run = await publish({ ...unreachable, DOCKER_CONFIG: cwd });
    expect(run.log).toContain('config.json is not JSON; it is not used');
    expect(run.exitCode).toBe(0);
  });
});
