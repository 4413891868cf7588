// Where the AWS console shows what an ARN names. Built from ARNs alone; what is no such ARN gives no link.
// Hosts by partition: "AWS Management Console" pages of the AWS, AWS GovCloud, AWS China and European Sovereign Cloud guides.

const hosts: ReadonlyMap<string, string> = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
  ['aws-cn', 'console.amazonaws.cn'],
  ['aws-eusc', 'console.amazonaws-eusc.eu'],
]);

/** Names of clusters, services and families; nothing in them needs to be escaped in an address. */
const name = '[A-Za-z0-9_-]{1,255}';
const arn = String.raw`^arn:(?<partition>aws[a-z-]{0,20}):ecs:(?<region>[a-z]{2,5}(?:-[a-z]{2,20}){1,3}-\d{1,2}):\d{12}:`;

const service = new RegExp(String.raw`${arn}service/(?<cluster>${name})/(?<service>${name})$`, 'u');
const deployment = new RegExp(
  String.raw`${arn}service-deployment/(?<cluster>${name})/(?<service>${name})/(?<id>${name})$`,
  'u',
);
const revision = new RegExp(String.raw`${arn}task-definition/(?<family>${name}):(?<revision>\d{1,10})$`, 'u');

/** The service's page with its health; null for short ARNs of old, which do not name the cluster. */
export function serviceConsole(serviceArn: string): string | null {
  return address(
    service.exec(serviceArn)?.groups,
    (part) => `clusters/${part('cluster')}/services/${part('service')}/health`,
  );
}

/** The list of the service's deployments. */
export function deploymentsConsole(serviceArn: string): string | null {
  return address(
    service.exec(serviceArn)?.groups,
    (part) => `clusters/${part('cluster')}/services/${part('service')}/deployments`,
  );
}

/** One deployment, by the ARN of the service deployment. */
export function deploymentConsole(serviceDeploymentArn: string): string | null {
  return address(
    deployment.exec(serviceDeploymentArn)?.groups,
    (part) => `clusters/${part('cluster')}/services/${part('service')}/deployments/${part('id')}`,
  );
}

/** One revision of a task definition. */
export function revisionConsole(taskDefinitionArn: string): string | null {
  return address(
    revision.exec(taskDefinitionArn)?.groups,
    (part) => `task-definitions/${part('family')}/${part('revision')}/containers`,
  );
}

type Groups = Readonly<Record<string, string>>;

function address(
  groups: Groups | undefined,
  path: (part: (group: string) => string) => string,
): string | null {
  const part = (group: string): string => groups?.[group] ?? '';
  const host = hosts.get(part('partition'));
  if (groups === undefined || host === undefined) return null;
  const region = part('region');
  return `https://${region}.${host}/ecs/v2/${path(part)}?region=${region}`;
}
