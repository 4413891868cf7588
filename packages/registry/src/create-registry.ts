// The registry as the flows see it: a question, an answer, never an exception.
import { setTimeout as sleep } from 'node:timers/promises';
import { unknown } from './answers.ts';
import { type Asking, notRun } from './authenticate.ts';
import { makeConnections } from './connections.ts';
import {
  type DockerConfig,
  type DockerLogins,
  findCredentials,
  helperFor,
  type HostCredentials,
  readDockerConfig,
} from './credentials.ts';
import { type Exchange, makeExchange } from './exchange.ts';
import { hideAll } from './hide.ts';
import { type ImageReference, parseImageReference } from './image-reference.ts';
import { lookUpTag } from './look-up.ts';
import { inspectImage } from './inspect.ts';
import type { ImageInspection, ImageInspector, ImageLookup, RegistryPort } from './port.ts';
import { isEcr } from './registry-host.ts';
import { type RetryPolicy, usualRetries, withRetries } from './retry.ts';

export interface RegistryOptions {
  /** Used for their own host only; they go before those of the Docker configuration. */
  readonly credentials?: HostCredentials | readonly HostCredentials[];
  /** A private certificate authority in PEM form, next to the usual ones. */
  readonly ca?: string;
  /** Milliseconds for each request, and for a proxy to open a tunnel. */
  readonly timeoutMs: number;
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY (or small letters) are read of it; hosts of this machine are asked directly. */
  readonly proxyEnv: Readonly<Record<string, string | undefined>>;
  /** `~/.docker/config.json`, parsed. Credential helpers that it names are not run. */
  readonly dockerConfig?: DockerConfig;
  readonly retries?: RetryPolicy;
}

export function createRegistry(options: RegistryOptions): RegistryPort & ImageInspector {
  const connections = makeConnections(options.proxyEnv, options.ca, options.timeoutMs);
  if ('fault' in connections) {
    const answer = unknown(
      `the registry cannot be asked: ${connections.fault}`,
      'Correct the setting, or set `image-digest` to `off`.',
    );
    return {
      lookUp: async () => answer,
      inspect: async () => ({ kind: 'unknown', message: answer.message }),
    };
  }
  const who: Who = {
    given: [options.credentials ?? []].flat(),
    config: readDockerConfig(options.dockerConfig),
  };
  const hide = hideAll([
    ...who.given.map(({ user, password }) => ({ kind: 'basic', user, password }) as const),
    ...who.config.logins.map(([, credentials]) => credentials),
  ]);
  const once = makeExchange(connections, options.timeoutMs);
  const exchange = withRetries(once, options.retries ?? usualRetries, (milliseconds) => sleep(milliseconds));
  return {
    lookUp: async (reference) => {
      try {
        return hide(await lookUp(reference, who, options.timeoutMs, exchange));
      } catch (error) {
        return hide(
          unknown(
            `the registry could not be asked about ${reference}: ${whyOf(error)}`,
            'Set `image-digest` to `off` to go on without.',
          ),
        );
      }
    },
    inspect: async (reference) => {
      try {
        return hide(await inspect(reference, who, options.timeoutMs, exchange));
      } catch (error) {
        const message = `the registry could not be asked about ${reference}: ${whyOf(error)}`;
        return hide<ImageInspection>({ kind: 'unknown', message });
      }
    },
  };
}

function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface Who {
  readonly given: readonly HostCredentials[];
  readonly config: DockerLogins;
}

async function lookUp(text: string, who: Who, timeoutMs: number, exchange: Exchange): Promise<ImageLookup> {
  const parsed = parseImageReference(text);
  if (!parsed.ok) {
    const [problem] = parsed.problems;
    return unknown(
      problem?.message ?? `${text} is not an image reference`,
      problem?.hint ?? 'Write it as `registry/name:tag`.',
    );
  }
  const reference = parsed.value;
  if (reference.digest !== null) return { kind: 'found', digest: reference.digest };
  const { host } = reference;
  const asking = askingOf(reference, who, timeoutMs, exchange);
  const { credentials, helper } = asking;
  if (credentials === null && isEcr(host)) {
    const aside = helper === null ? '' : ` (${notRun(helper)})`;
    return unknown(
      `${host} is an Amazon ECR registry, which answers nobody without credentials, and there are none for it${aside}`,
      'Log in before (`aws ecr get-login-password | docker login …`) and hand in the Docker configuration, or set `image-digest` to `off`.',
    );
  }
  return lookUpTag(reference, asking);
}

async function inspect(
  text: string,
  who: Who,
  timeoutMs: number,
  exchange: Exchange,
): Promise<ImageInspection> {
  const parsed = parseImageReference(text);
  if (!parsed.ok)
    return { kind: 'unknown', message: parsed.problems[0]?.message ?? `${text} is not an image reference` };
  return inspectImage(parsed.value, askingOf(parsed.value, who, timeoutMs, exchange));
}

function askingOf({ host, name }: ImageReference, who: Who, timeoutMs: number, exchange: Exchange): Asking {
  return {
    exchange,
    timeoutMs,
    name,
    credentials: findCredentials(host, who.given, who.config),
    helper: helperFor(host, who.config),
  };
}
