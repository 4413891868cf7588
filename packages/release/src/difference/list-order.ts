// In which lists the order means something, and by what the entries of the others are told apart. ECS gives environment, secrets
// and others back in an order of its own.

/** `ordered`: first to last; `set`: in any order, told as a whole; else the members that name an entry. */
export type ListOrder = 'ordered' | 'set' | readonly string[];

const serviceLists: Readonly<Record<string, ListOrder>> = {
  capacityProviderStrategy: ['capacityProvider'],
  gatewayConnectors: ['portName'],
  loadBalancers: ['containerName', 'containerPort'],
  placementConstraints: 'set',
  placementStrategy: 'ordered',
  serviceRegistries: 'set',
  tags: ['key'],
  volumeConfigurations: ['name'],
  vpcLatticeConfigurations: ['portName'],
};

const table: Readonly<Record<string, Readonly<Record<string, ListOrder>>>> = {
  AwsVpcConfiguration: { securityGroups: 'set', subnets: 'set' },
  ContainerDefinition: {
    credentialSpecs: 'set',
    dependsOn: ['containerName'],
    dockerSecurityOptions: 'set',
    environment: ['name'],
    extraHosts: 'set',
    links: 'set',
    mountPoints: ['containerPath'],
    portMappings: ['containerPort', 'containerPortRange', 'protocol'],
    resourceRequirements: 'set',
    secrets: ['name'],
    systemControls: ['namespace'],
    ulimits: ['name'],
    volumesFrom: ['sourceContainer'],
  },
  ContainerRestartPolicy: { ignoredExitCodes: 'set' },
  CreateServiceRequest: serviceLists,
  DeploymentAlarms: { alarmNames: 'set' },
  DeploymentConfiguration: { lifecycleHooks: 'set' },
  DeploymentLifecycleHook: { lifecycleStages: 'set' },
  Device: { permissions: 'set' },
  EBSTagSpecification: { tags: ['key'] },
  GatewayConnectorFilters: { accessTypes: 'set' },
  KernelCapabilities: { add: 'set', drop: 'set' },
  LinuxParameters: { devices: ['hostPath'], tmpfs: ['containerPath'] },
  LogConfiguration: { secretOptions: ['name'] },
  MetricConfiguration: { metricNames: 'set' },
  MonitoringConfiguration: { metricConfigurations: 'set' },
  ProxyConfiguration: { properties: ['name'] },
  RegisterTaskDefinitionRequest: {
    containerDefinitions: ['name'],
    inferenceAccelerators: ['deviceName'],
    placementConstraints: 'set',
    requiresCompatibilities: 'set',
    tags: ['key'],
    volumes: ['name'],
  },
  ServiceConnectConfiguration: { services: ['portName'] },
  ServiceConnectService: { clientAliases: ['port'] },
  ServiceManagedEBSVolumeConfiguration: { tagSpecifications: 'set' },
  Tmpfs: { mountOptions: 'set' },
  UpdateServiceRequest: serviceLists,
};

const orders = new Map(
  Object.entries(table).flatMap(([shape, members]) =>
    Object.entries(members).map(([member, order]) => [`${shape}.${member}`, order] as const),
  ),
);

export function listOrder(shape: string, member: string): ListOrder {
  return orders.get(`${shape}.${member}`) ?? 'ordered';
}
