// What every refused run leaves behind, and what it must not have done.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@jest/globals';
import { XMLParser } from 'fast-xml-parser';
import { injectedFrom } from '../story/bamboo-server.ts';
import { masterBuild, type Env, type Run, type World } from './harness.ts';

/** Variables of a build of hid-generator on master, without digests. */
export const build: Env = masterBuild(15);

/** A checkout of hid-generator whose files `change` may edit, by path; null removes one. */
export function checkoutWith(
  world: World,
  files: Readonly<Record<string, string | Uint8Array>> = {},
  name?: string,
): string {
  const cwd = world.checkout('hid-generator', name);
  for (const [file, content] of Object.entries(files)) writeFileSync(path.join(cwd, file), content);
  return cwd;
}

export interface Outputs {
  readonly properties: Record<string, string>;
  readonly record: { exitCode: number; outcome: string } & Record<string, unknown>;
  readonly failures: readonly string[];
}

/** The outputs of a run are there and agree with its exit code. */
export function outputsOf(cwd: string, program = 'expander', out = 'target/bamboo-ecs'): Outputs {
  const folder = path.resolve(cwd, out);
  const xml = readFileSync(path.join(folder, 'test-reports', `${program}.xml`), 'utf8');
  const parsed = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testcase' }).parse(
    xml,
  ) as {
    testsuite: { testcase: readonly { failure?: { '@_message': string } }[] };
  };
  const cases = parsed.testsuite.testcase;
  expect(cases.length).toBeGreaterThan(0);
  const record = JSON.parse(readFileSync(path.join(folder, 'record.json'), 'utf8')) as Outputs['record'];
  expect(readFileSync(path.join(folder, 'record.html'), 'utf8')).toContain('</html>');
  const failures = cases.flatMap((one) => (one.failure ? [one.failure['@_message']] : []));
  return { properties: injectedFrom(path.join(folder, 'bamboo.properties')), record, failures };
}

/** Ended with this code, said each of the texts, wrote all outputs, handed nothing on, told every failure to JUnit. */
export function expectRefused(cwd: string, run: Run, exitCode: number, ...said: readonly string[]): void {
  for (const text of said) expect(run.log).toContain(text);
  expect(run.exitCode).toBe(exitCode);
  const { properties, record, failures } = outputsOf(cwd);
  expect(record.exitCode).toBe(exitCode);
  expect(properties).toMatchObject({ published: 'false', outcome: 'failed', 'manifest.sha256': '' });
  expect(failures.length).toBeGreaterThan(0);
  expect(run.log).not.toMatch(/\n\s+at .*\.ts:\d+/u);
  for (const line of run.log.split('\n')) expect(line.length).toBeLessThan(1200);
}

/** Names of all files under the repository of this world. */
export function publishedFiles(world: World): readonly string[] {
  const folder = path.join(world.folder, 'repository');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}
