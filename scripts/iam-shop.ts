// The shop that the IAM policies are made for: the example's, or the one that the options say.

export interface Shop {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly cluster: string;
  /** Names of services and families; `*` is allowed in them. */
  readonly projects: readonly string[];
  /** Roles that task definitions name, paths included. */
  readonly taskRoles: readonly string[];
  /** The `role` of a service with a classic load balancer. */
  readonly serviceRoles: readonly string[];
  /** Where the services' output goes; `*` is allowed in them. */
  readonly logGroups: readonly string[];
  /** Names of the secrets that task definitions name; `*` is allowed in them. */
  readonly secrets: readonly string[];
  /** The role of the setting `role-arn`, and the agents' own. */
  readonly deployRole: string;
  readonly agentRole: string;
  readonly bucket: string;
  /** Topic of SNS that is told how installations end (the setting `notify-topic-arn`). */
  readonly topic: string;
}

export const exampleShop: Shop = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
  cluster: 'production',
  projects: ['hid-generator', 'label-printer'],
  taskRoles: ['ecsTaskExecutionRole', 'hid-generator-task'],
  serviceRoles: ['ecsServiceRole'],
  logGroups: ['/ecs/*'],
  secrets: ['hid-generator/*'],
  deployRole: 'bamboo-ecs-deploy',
  agentRole: 'bamboo-agent',
  bucket: 'example-releases',
  topic: 'deployments',
};

/** The example's values where an option is absent; lists are separated by commas, an empty one is empty. */
export function shopFrom(options: Readonly<Record<string, string | undefined>>): Shop {
  const list = (text: string | undefined, otherwise: readonly string[]): readonly string[] =>
    text === undefined ? otherwise : text.split(',').filter((item) => item !== '');
  const { projects, 'task-roles': taskRoles, 'service-roles': serviceRoles } = options;
  return {
    partition: options['partition'] ?? exampleShop.partition,
    region: options['region'] ?? exampleShop.region,
    account: options['account'] ?? exampleShop.account,
    cluster: options['cluster'] ?? exampleShop.cluster,
    projects: list(projects, exampleShop.projects),
    taskRoles: list(taskRoles, exampleShop.taskRoles),
    serviceRoles: list(serviceRoles, exampleShop.serviceRoles),
    logGroups: list(options['log-groups'], exampleShop.logGroups),
    secrets: list(options['secrets'], exampleShop.secrets),
    deployRole: options['deploy-role'] ?? exampleShop.deployRole,
    agentRole: options['agent-role'] ?? exampleShop.agentRole,
    bucket: options['bucket'] ?? exampleShop.bucket,
    topic: options['topic'] ?? exampleShop.topic,
  };
}

/** What may be said of it. */
export const shopOptions: readonly string[] = [
  'partition',
  'region',
  'account',
  'cluster',
  'projects',
  'task-roles',
  'service-roles',
  'log-groups',
  'secrets',
  'deploy-role',
  'agent-role',
  'bucket',
  'topic',
];
