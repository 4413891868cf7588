// The Docker registries that the images live in, with the credentials of the settings or of Docker's own configuration.
import path from 'node:path';
import { whyUnread, type RunContext } from '@bamboo-ecs/program';
import type { DockerConfig, ImageInspector, RegistryPort, RetryPolicy } from '@bamboo-ecs/registry';
import { privateCa } from './private-ca.ts';

const configLimit = 1024 * 1024;
const callLimitMs = 15_000;

export async function openRegistry(
  context: RunContext,
  references: readonly string[],
  retries?: RetryPolicy,
  timeoutMs = callLimitMs,
): Promise<RegistryPort & ImageInspector> {
  const { createRegistry, parseImageReference } = await import('@bamboo-ecs/registry');
  const user = context.settings.text('registry-user');
  const password = context.settings.text('registry-password');
  const hosts = references.flatMap((reference) => {
    const parsed = parseImageReference(reference);
    return parsed.ok ? [parsed.value.host] : [];
  });
  const ca = await privateCa(context);
  const dockerConfig = await readDockerConfig(context);
  return createRegistry({
    timeoutMs,
    proxyEnv: context.env,
    ...(retries === undefined ? {} : { retries }),
    ...(user !== undefined && password !== undefined
      ? { credentials: hosts.map((host) => ({ host, user, password })) }
      : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(dockerConfig === undefined ? {} : { dockerConfig }),
  });
}

/** `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`; one that cannot be used is told. */
async function readDockerConfig(context: RunContext): Promise<DockerConfig | undefined> {
  const { env } = context;
  const folder = env['DOCKER_CONFIG'] || (env['HOME'] ? path.join(env['HOME'], '.docker') : undefined);
  if (folder === undefined) return undefined;
  const read = await context.files.read(path.join(folder, 'config.json'), configLimit);
  if (read.kind === 'missing') return undefined;
  if (read.kind !== 'file') {
    context.say(`${path.join(folder, 'config.json')} ${whyUnread(read)}; it is not used`, 'warning');
    return undefined;
  }
  try {
    return JSON.parse(new TextDecoder().decode(read.bytes)) as DockerConfig;
  } catch {
    context.say(`${path.join(folder, 'config.json')} is not JSON; it is not used`, 'warning');
    return undefined;
  }
}
