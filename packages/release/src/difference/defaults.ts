// What ECS fills in where a request says nothing, by `Shape.member`. A describe call gives these back, so a difference to "nothing
// said" would be noise. Source: the members' descriptions in the Amazon ECS API Reference.
import type { JsonValue } from '../descriptor.ts';

const service = {
  availabilityZoneRebalancing: 'DISABLED',
  healthCheckGracePeriodSeconds: 0,
  platformVersion: 'LATEST',
  propagateTags: 'NONE',
  schedulingStrategy: 'REPLICA',
} as const;

const table: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  AwsVpcConfiguration: { assignPublicIp: 'DISABLED' },
  CanaryConfiguration: { canaryBakeTimeInMinutes: 10, canaryPercent: 5 },
  CapacityProviderStrategyItem: { base: 0, weight: 0 },
  ContainerDefinition: { cpu: 0, essential: true, versionConsistency: 'enabled' },
  ContainerRestartPolicy: { restartAttemptPeriod: 300 },
  CreateServiceRequest: service,
  DeploymentCircuitBreaker: { resetOnHealthyTask: true },
  DeploymentConfiguration: {
    bakeTimeInMinutes: 0,
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: 'ROLLING',
  },
  DeploymentController: { type: 'ECS' },
  DeploymentEarlySuccessCriteria: { healthyPercent: 100, sourceServiceRevisionCleanup: 'BLOCKING' },
  DeploymentLifecycleHook: { targetType: 'AWS_LAMBDA' },
  DeploymentLifecycleHookTimeoutConfiguration: { action: 'ROLLBACK', timeoutInMinutes: 1440 },
  DockerVolumeConfiguration: { driver: 'local', scope: 'task' },
  EFSAuthorizationConfig: { iam: 'DISABLED' },
  EFSVolumeConfiguration: { rootDirectory: '/', transitEncryption: 'DISABLED' },
  HealthCheck: { interval: 30, retries: 3, startPeriod: 0, timeout: 5 },
  LinearConfiguration: { stepBakeTimeInMinutes: 6, stepPercent: 10 },
  PortMapping: { protocol: 'tcp' },
  ProxyConfiguration: { type: 'APPMESH' },
  // Without requiresCompatibilities ECS takes the definition for EC2, whatever else it is compatible with.
  RegisterTaskDefinitionRequest: { networkMode: 'bridge', requiresCompatibilities: ['EC2'] },
  RuntimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
  ServiceConnectAccessLogConfiguration: { includeQueryParameters: 'DISABLED' },
  ThresholdConfiguration: { type: 'BOUNDED_PERCENT', value: 50 },
  UpdateServiceRequest: service,
};

const defaults = new Map<string, JsonValue>(
  Object.entries(table).flatMap(([shape, members]) =>
    Object.entries(members).map(([member, value]) => [`${shape}.${member}`, value] as const),
  ),
);
/** "The default minimumHealthyPercent value for a service using the DAEMON service schedule is 0 %" */
const daemonDefaults: ReadonlyMap<string, JsonValue> = new Map([
  ['DeploymentConfiguration.maximumPercent', 100],
  ['DeploymentConfiguration.minimumHealthyPercent', 0],
]);

export interface DefaultsContext {
  /** Scheduling strategy DAEMON. */
  readonly daemon: boolean;
  /** Take what is stated as it is, even where ECS would fill in the same. */
  readonly stated?: boolean;
}

/** The value that ECS takes when `shape.member` is not given; undefined when there is none. A boolean is false. */
export function defaultOf(
  shape: string,
  member: string,
  kind: string,
  context: DefaultsContext,
): JsonValue | undefined {
  if (context.stated === true) return undefined;
  const key = `${shape}.${member}`;
  const found = (context.daemon ? daemonDefaults.get(key) : undefined) ?? defaults.get(key);
  return found ?? (kind === 'boolean' ? false : undefined);
}

/** Structures that say "off": the same as nothing said. Name of the switch by shape. */
export const switches: ReadonlyMap<string, string> = new Map([
  ['ContainerRestartPolicy', 'enabled'],
  ['DeploymentAlarms', 'enable'],
  ['DeploymentCircuitBreaker', 'enable'],
  ['DeploymentEarlySuccessCriteria', 'enable'],
  ['ServiceConnectConfiguration', 'enabled'],
]);

/** Structures that are always there, said or not: when all that is said is the default, their members still have values. */
export const alwaysThere: ReadonlySet<string> = new Set([
  'DeploymentConfiguration',
  'DeploymentController',
  'RuntimePlatform',
]);
