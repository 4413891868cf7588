// Which accesses a call to AWS asks of IAM, and whether a policy grants them: as far as our policies need it.
import type { Policy } from '../../scripts/iam-statement.ts';
import type { WireCall } from './installations.ts';

export interface Access {
  /** `ecs:UpdateService` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request. */
  readonly context: Readonly<Record<string, string>>;
}

export interface Place {
  readonly region: string;
  readonly account: string;
  readonly cluster: string;
}

const scaling = new Set(['DescribeScalableTargets']);

/** `ecs:DescribeServices`, `application-autoscaling:DescribeScalableTargets` */
export function actionOf(operation: string): string {
  return `${scaling.has(operation) ? 'application-autoscaling' : 'ecs'}:${operation}`;
}

/** What IAM is asked for a call (Service Authorization Reference, resource types of the actions of Amazon ECS), passed roles included. */
export function accessesOf({ operation, request }: WireCall, place: Place): readonly Access[] {
  const action = actionOf(operation);
  const text = (name: string): string => {
    const value = request[name];
    if (typeof value !== 'string') throw new Error(`${operation} without ${name}`);
    return value;
  };
  const arn = (rest: string): string => `arn:aws:ecs:${place.region}:${place.account}:${rest}`;
  const own = (resource: string, context: Access['context'] = {}): Access => ({ action, resource, context });
  const inCluster = (): Access['context'] => ({ 'ecs:cluster': arn(`cluster/${text('cluster')}`) });
  const service = (name: string): Access => own(arn(`service/${text('cluster')}/${name}`), inCluster());
  const role = (name: string, to: string): Access => ({
    action: 'iam:PassRole',
    resource: name.startsWith('arn:') ? name : `arn:aws:iam::${place.account}:role/${name}`,
    context: { 'iam:PassedToService': to },
  });
  const roles = (member: string, to: string): Access[] =>
    typeof request[member] === 'string' ? [role(request[member], to)] : [];
  const serviceDeployment = (deployment: string): Access[] => {
    const owner = deployment.replace(':service-deployment/', ':service/').replace(/\/[^/]+$/u, '');
    return [own(deployment), own(owner)];
  };
  switch (operation) {
    case 'DescribeServices':
      return (request['services'] as string[]).map(service);
    case 'DescribeClusters':
      return (request['clusters'] as string[]).map((name) => own(arn(`cluster/${name}`)));
    case 'ListContainerInstances':
      return [own(arn(`cluster/${text('cluster')}`))];
    case 'DescribeContainerInstances':
      return (request['containerInstances'] as string[]).map((instance) => own(instance, inCluster()));
    case 'DescribeCapacityProviders':
      return (request['capacityProviders'] as string[]).map((name) => own(arn(`capacity-provider/${name}`)));
    case 'UpdateService':
    case 'ListServiceDeployments':
      return [service(text('service'))];
    case 'CreateService':
      return [service(text('serviceName')), ...roles('role', 'ecs.amazonaws.com')];
    case 'RegisterTaskDefinition': {
      const family = arn(`task-definition/${text('family')}:*`);
      const tag: Access = { action: 'ecs:TagResource', resource: family, context: {} };
      return [
        own(family),
        ...('tags' in request ? [tag] : []),
        ...roles('taskRoleArn', 'ecs-tasks.amazonaws.com'),
        ...roles('executionRoleArn', 'ecs-tasks.amazonaws.com'),
      ];
    }
    case 'TagResource':
      return [own(text('resourceArn'))];
    case 'ListTasks':
      return [own(arn(`container-instance/${text('cluster')}/*`), inCluster())];
    case 'DescribeTasks':
      return (request['tasks'] as string[]).map((task) => own(task, inCluster()));
    case 'DescribeServiceDeployments':
      return (request['serviceDeploymentArns'] as string[]).flatMap(serviceDeployment);
    case 'ContinueServiceDeployment':
    case 'StopServiceDeployment':
      return serviceDeployment(text('serviceDeploymentArn'));
    case 'DescribeTaskDefinition':
    case 'ListTaskDefinitions':
    case 'DeregisterTaskDefinition':
    case 'DescribeScalableTargets':
      return [own('*')];
    default:
      throw new Error(
        `nobody has said what ${operation} asks of IAM: add it here and to scripts/iam-policies.ts`,
      );
  }
}

/** Allow statements only, which is all that the policies hold; an unknown condition operator grants nothing. */
export function grants(policy: Policy, access: Access): boolean {
  return policy.Statement.some(
    ({ Action, Resource, Condition = {} }) =>
      listOf(Action).includes(access.action) &&
      listOf(Resource).some((pattern) => fits(pattern, access.resource)) &&
      Object.entries(Condition).every(
        ([operator, keys]) =>
          ['ArnEquals', 'StringEquals'].includes(operator) &&
          Object.entries(keys).every(([key, value]) => access.context[key] === value),
      ),
  );
}

export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** `*` stands for any characters in IAM. */
function fits(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(resource);
}
