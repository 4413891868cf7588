// status, history and rollback over Artifactory's stand-in, RELEASE and MILESTONE in repositories of their own: a shop for each test.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startArtifactoryStandIn, type ArtifactoryStandIn } from '@bamboo-ecs/rehearsal';
import { masterBuild, openWorld, type Env, type World } from './harness.ts';

let server: ArtifactoryStandIn;
let world: World;
const user = { name: 'bamboo', password: 'p4ssw0rd-of-bamboo' };
const shared = (): Env => ({
  bamboo_ecs_repository: `${server.url}/descriptors-{tag}`,
  bamboo_ecs_artifactory_user: user.name,
  bamboo_ecs_artifactory_password: user.password,
  bamboo_ecs_project: 'hid-generator',
});
const look = async (env: Env, ...argv: string[]) =>
  world.installer(world.folder, { ...shared(), ...env }, ...argv);

beforeEach(async () => {
  server = await startArtifactoryStandIn({
    users: [user],
    repositories: ['descriptors-release', 'descriptors-milestone'],
  });
  world = openWorld();
  const install = async (version: string, branch: string, tag: string, number: number): Promise<void> => {
    const cwd = world.checkout('hid-generator', `${version}-${tag}`);
    const build = { ...masterBuild(number), ...shared(), bamboo_planRepository_branchName: branch };
    const published = await world.expander(cwd, { ...build, bamboo_ecs_version: version });
    expect(published.exitCode).toBe(0);
    const run = await world.installer(cwd, {
      ...build,
      bamboo_inject_version: `${version}.${tag}`,
      bamboo_inject_project: 'hid-generator',
      bamboo_deploy_environment: 'QA',
    });
    expect(run.exitCode).toBe(0);
  };
  await install('1.0.14', 'master', 'RELEASE', 14);
  await install('1.0.15', 'development', 'MILESTONE', 15);
  await install('1.0.16', 'master', 'RELEASE', 16);
}, 60_000);
afterEach(async () => {
  world.close();
  await server.close();
});

test('history has both, newest first', async () => {
  const run = await look({}, 'history');
  expect(run.exitCode).toBe(0);
  const rows = run.log.split('\n').filter((line) => /^ {2}2026-/u.test(line));
  expect(rows.map((row) => row.trim().split(/ {2,}/u)[1])).toEqual([
    '1.0.16.RELEASE',
    '1.0.15.MILESTONE',
    '1.0.14.RELEASE',
  ]);
  expect(run.output('history.html')).toContain('1.0.15.MILESTONE');
});

test('status and rollback cross from one to the other', async () => {
  expect((await look({}, 'status')).log).toContain('HEALTHY: 1.0.16.RELEASE');
  const refused = await look({ bamboo_ecs_environments: 'QA=RELEASE' }, 'rollback');
  expect(refused.log).toContain('A MILESTONE may not be installed');
  expect(refused.exitCode).toBe(4);
  const back = await look({}, 'rollback');
  expect(back.exitCode).toBe(0);
  expect(back.log).toContain('1.0.15.MILESTONE is back in QA');
  expect(back.log).toContain('descriptors-milestone/hid-generator/1.0.15.MILESTONE/records/');
});

test('a repository that does not answer is exit 3, with what to do', async () => {
  const run = await look({ bamboo_ecs_artifactory_password: 'wrong' }, 'status');
  expect(run.exitCode).toBe(3);
  expect(run.log).not.toContain(user.password);
  const other = await look({ bamboo_ecs_repository: `${server.url}/{tag}-of-nobody` }, 'history');
  expect(other.exitCode).toBe(3);
});
