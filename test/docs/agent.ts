// What an agent of Bamboo does for a task: fields filled in, scripts run, properties read.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../e2e/harness.ts';
import { dockerTask, environmentName, fieldsOf, textOf, type Task } from './spec.ts';

/** The field envVars: `NAME=${bamboo.x}` pairs; an unknown variable in a field fails the build. */
export function passedBy(task: Task, env: Env): Env {
  if (task.fields['plugin-key'] !== dockerTask) throw new Error('no Docker task');
  const { envVars } = fieldsOf(task.fields['configuration'], 'configuration');
  if (envVars === undefined) return {};
  const replaced = textOf(envVars).replaceAll(/\$\{bamboo\.([^}]+)\}/gu, (_all, name: string) => {
    const value = env[environmentName(name)];
    if (value === undefined) throw new Error(`the variable ${name} is not defined`);
    return value;
  });
  return Object.fromEntries(replaced.split(' ').map((pair) => pair.split('=') as [string, string]));
}

export function runScript(text: string, cwd: string, env: Env, docker: string[]): boolean {
  const bin = path.join(cwd, '..', 'bin of the agent');
  mkdirSync(bin, { recursive: true });
  const noted = path.join(bin, 'noted');
  rmSync(noted, { force: true });
  // A careless Dockerfile copies everything: what lies here goes into the image.
  const program = `#!/bin/sh\nif [ "$1" = build ] && ls | grep -q env; then echo passwords in the image >&2; exit 9; fi\necho "$@" >> '${noted}'\n`;
  writeFileSync(path.join(bin, 'docker'), program);
  chmodSync(path.join(bin, 'docker'), 0o755);
  const ended = spawnSync('/bin/sh', ['-c', text], {
    cwd,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...env },
    encoding: 'utf8',
  });
  if (existsSync(noted)) docker.push(...readFileSync(noted, 'utf8').trim().split('\n'));
  if (ended.stderr !== '') throw new Error(ended.stderr);
  return ended.status === 0;
}

export function readProperties(file: string): Env {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('='));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
