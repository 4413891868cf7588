// The way of one build: version → image → publish → deployment, each a task as Bamboo would run it.
import { buildVariables, deploymentVariables, type Build } from './bamboo-server.ts';
import type { Ended } from './programs.ts';
import type { Stage } from './stage.ts';

export interface ChainInput {
  readonly stage: Stage;
  readonly checkout: string;
  readonly build: Build;
  readonly environment: string;
  /** Name of the image; its content decides its digest. */
  readonly image: { readonly name: string; readonly content: string };
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables of the deployment environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Name of the record that is kept. */
  readonly record: string;
}

export interface ChainResult {
  readonly version: string;
  readonly digest: string;
  readonly publish: Ended;
  readonly install: Ended;
}

export async function buildAndPublish(
  input: Omit<ChainInput, 'environment' | 'record'>,
): Promise<{ version: string; digest: string; publish: Ended }> {
  const { stage, checkout, build, image } = input;
  const env = { ...buildVariables(build), ...input.settings };
  await must(0, stage.run({ program: 'expander', args: ['version'], cwd: checkout, env }));
  const version = stage.injected(checkout)['version'] ?? '';
  const digest = await stage.push(image.name, version, image.content);
  const publish = await stage.run({ program: 'expander', args: ['publish'], cwd: checkout, env });
  return { version, digest, publish };
}

export async function deploy(input: ChainInput): Promise<Ended> {
  const { stage, checkout, build, environment } = input;
  const env = deploymentVariables(build, {
    environment,
    project: 'Deploy',
    id: build.number,
    injected: stage.injected(checkout),
    ...(input.variables ? { variables: input.variables } : {}),
  });
  const ended = await stage.run({
    program: 'installer',
    args: ['install'],
    cwd: checkout,
    env: { ...env, ...input.settings },
  });
  stage.keepRecord(checkout, input.record);
  return ended;
}

export async function wholeChain(input: ChainInput): Promise<ChainResult> {
  const { version, digest, publish } = await buildAndPublish(input);
  const install = await deploy(input);
  return { version, digest, publish, install };
}

async function must(exitCode: number, running: Promise<Ended>): Promise<Ended> {
  const ended = await running;
  if (ended.exitCode !== exitCode) throw new Error(`exit code ${ended.exitCode} instead of ${exitCode}`);
  return ended;
}
