// Ranges of numbers that ECS checks and its schemas do not carry. Source of each: the member's description in the
// Amazon ECS API Reference (the same text stands in the SDK's type declarations), or the service model of the AWS CLI.

type Range = readonly [least: number, most: number];
const most = 2_147_483_647;
const port: Range = [0, 65_535];
const atLeastZero: Range = [0, most];

const table: Readonly<Record<string, Readonly<Record<string, Range>>>> = {
  CanaryConfiguration: { canaryBakeTimeInMinutes: [0, 1440], canaryPercent: [0.1, 100] },
  CapacityProviderStrategyItem: { base: [0, 100_000], weight: [0, 1000] },
  ContainerDefinition: {
    cpu: atLeastZero,
    memory: atLeastZero,
    memoryReservation: atLeastZero,
    startTimeout: atLeastZero,
    stopTimeout: atLeastZero,
  },
  ContainerRestartPolicy: { restartAttemptPeriod: [60, 1800] },
  CreateServiceRequest: { desiredCount: atLeastZero, healthCheckGracePeriodSeconds: atLeastZero },
  DeploymentConfiguration: {
    bakeTimeInMinutes: [0, 1440],
    maximumPercent: atLeastZero,
    minimumHealthyPercent: atLeastZero,
  },
  DeploymentEarlySuccessCriteria: { healthyPercent: [0, 100] },
  DeploymentLifecycleHookTimeoutConfiguration: { timeoutInMinutes: [1, 20_160] },
  EFSVolumeConfiguration: { transitEncryptionPort: port },
  EphemeralStorage: { sizeInGiB: [21, 200] },
  HealthCheck: { interval: [5, 300], retries: [1, 10], startPeriod: [0, 300], timeout: [2, 60] },
  LinearConfiguration: { stepBakeTimeInMinutes: [0, 1440], stepPercent: [3, 100] },
  LinuxParameters: { maxSwap: atLeastZero, sharedMemorySize: atLeastZero, swappiness: [0, 100] },
  LoadBalancer: { containerPort: port },
  MetricConfiguration: { resolutionSeconds: [20, 60] },
  NvidiaMpsAllocation: { maxComputePercent: [1, 100], memory: [1, most] },
  PortMapping: { containerPort: port, hostPort: port },
  ServiceConnectClientAlias: { port },
  ServiceConnectService: { ingressPortOverride: port },
  ServiceRegistry: { containerPort: port, port },
  TimeoutConfiguration: { idleTimeoutSeconds: atLeastZero, perRequestTimeoutSeconds: atLeastZero },
  UpdateServiceRequest: { desiredCount: atLeastZero, healthCheckGracePeriodSeconds: atLeastZero },
};

export const rangedMembers: ReadonlyMap<string, Range> = new Map(
  Object.entries(table).flatMap(([shape, members]) =>
    Object.entries(members).map(([member, range]) => [`${shape}.${member}`, range] as const),
  ),
);
