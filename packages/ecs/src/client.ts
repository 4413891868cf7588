// The clients of the AWS SDK, made from the settings of an installation.
import { ECSClient, type ECSClientConfig } from './clients/ecs.ts';
import { lookUpScalableTarget, type ScalingLookUp } from './scaling.ts';
import { assumeRole } from './credentials.ts';
import { readRefusals } from './unreadable.ts';
import { createRequestHandler, defaultLimits, type TimeLimits } from './request-handler.ts';

/** Settings of the connection to AWS; what is absent is found as the AWS SDK finds it (environment, profile, instance role). */
export interface EcsClientSettings {
  readonly region?: string | undefined;
  /** Address of all AWS services, as `AWS_ENDPOINT_URL`, which the SDK reads by itself. */
  readonly endpoint?: string | undefined;
  /** Role to assume; its session is renewed as long as the installation lasts. */
  readonly roleArn?: string | undefined;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from, in both spellings; absent: no proxy. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>> | undefined;
  /** Certificate authorities in PEM form, trusted beside the built-in ones. */
  readonly ca?: string | readonly string[] | undefined;
  readonly requestHandler?: ECSClientConfig['requestHandler'];
  readonly credentials?: ECSClientConfig['credentials'];
  /** Name and version of the program, `bamboo-ecs/1.0.0`. */
  readonly userAgent?: string | undefined;
  /** Told of each request that goes out, repetitions included. */
  readonly onCall?: ((operation: string) => void) | undefined;
  readonly limits?: Partial<TimeLimits> | undefined;
  /** Told once when AWS's clock is minutes ahead of this machine's (milliseconds; negative: behind). */
  readonly onClockOffset?: ((milliseconds: number) => void) | undefined;
}

/** Reads may be repeated by the SDK, writes not: hence two clients over the same settings and credentials. */
export interface EcsClient {
  readonly reads: ECSClient;
  readonly writes: ECSClient;
  readonly scaling: ScalingLookUp;
  readonly limits: TimeLimits;
  /**
   * For a client of another service of AWS: the same region, credentials and role, proxies and authorities, and no repetitions.
   * Each gets connections of its own. `region`: where it lives, if it is not the region of ECS.
   */
  neighbour(region?: string): NeighbourConfig;
  /** Closes the connections. */
  destroy(): void;
}

/** What every client of the AWS SDK takes. */
export type NeighbourConfig = Pick<
  ECSClientConfig,
  | 'region'
  | 'endpoint'
  | 'credentials'
  | 'requestHandler'
  | 'customUserAgent'
  | 'maxAttempts'
  | 'systemClockOffset'
>;

/** Makes the clients; nothing is asked of AWS before the first call. */
export function createEcsClient(settings: EcsClientSettings = {}): EcsClient {
  const limits = { ...defaultLimits, ...settings.limits };
  const common = commonConfig(settings, limits);
  const handler = (keepAlive: boolean) =>
    settings.requestHandler ?? createRequestHandler({ ...settings, limits, keepAlive });
  const reads = new ECSClient({
    ...common,
    requestHandler: handler(true),
    maxAttempts: 4,
    retryMode: 'adaptive',
  });
  // A kept-alive connection that the other side has just closed would lose a write's answer for no reason.
  const writes = new ECSClient({
    ...common,
    // The credentials of both are the same object, so that a role is assumed once.
    credentials: reads.config.credentials,
    requestHandler: handler(false),
    maxAttempts: 1,
  });
  // What one has learnt of AWS's clock holds for all: those that ask once could not mend it by themselves.
  Object.defineProperty(writes.config, 'systemClockOffset', {
    get: () => reads.config.systemClockOffset,
    set: (offset: number) => {
      reads.config.systemClockOffset = offset;
    },
  });
  for (const client of [reads, writes]) {
    countCalls(client, settings.onCall);
    readRefusals(client);
  }
  const neighbour = (region?: string): NeighbourConfig => ({
    ...common,
    ...(region === undefined ? {} : { region }),
    credentials: reads.config.credentials,
    requestHandler: handler(false),
    maxAttempts: 1,
    systemClockOffset: reads.config.systemClockOffset,
  });
  return {
    reads,
    writes,
    scaling: (cluster, service) => lookUpScalableTarget(neighbour(), cluster, service),
    limits,
    neighbour,
    destroy: () => {
      reads.destroy();
      writes.destroy();
    },
  };
}

function commonConfig(settings: EcsClientSettings, limits: TimeLimits): ECSClientConfig {
  const credentials =
    settings.roleArn === undefined
      ? settings.credentials
      : assumeRole(settings.roleArn, {
          region: settings.region,
          endpoint: settings.endpoint,
          credentials: settings.credentials,
          requestHandler:
            settings.requestHandler ?? createRequestHandler({ ...settings, limits, keepAlive: false }),
        });
  return {
    ...(settings.region === undefined ? {} : { region: settings.region }),
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    ...(settings.userAgent === undefined ? {} : { customUserAgent: userAgentPairs(settings.userAgent) }),
  };
}

/** The SDK takes name and version apart and replaces a `/` within one of them. */
function userAgentPairs(userAgent: string): [string, string?][] {
  const [name = '', version] = userAgent.split('/', 2);
  return [version === undefined ? [name] : [name, version]];
}

/** A step after the SDK's retries and before the signature: once for each request on the wire. */
function countCalls(client: ECSClient, onCall: ((operation: string) => void) | undefined): void {
  if (onCall === undefined) return;
  client.middlewareStack.add(
    (next, context) => (args) => {
      onCall((context.commandName ?? '').replace(/Command$/u, ''));
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'countCalls' },
  );
}
