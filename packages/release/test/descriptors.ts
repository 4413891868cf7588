// Descriptors that have nothing wrong with them, to be spoilt in one place by each test.
import type { JsonObject } from '../src/index.ts';

export const web: JsonObject = {
  name: 'web',
  image: 'registry.example.com/web:1.0.0.RELEASE',
  memory: 256,
  portMappings: [{ containerPort: 8080, hostPort: 1234, protocol: 'tcp' }],
};

export const task: JsonObject = { family: 'web', containerDefinitions: [web] };

export const fargate: JsonObject = {
  family: 'web',
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'web', image: 'web:1', portMappings: [{ containerPort: 8080 }] }],
};

export const service: JsonObject = {
  cluster: 'qa',
  serviceName: 'web',
  taskDefinition: 'web',
  desiredCount: 2,
  loadBalancers: [{ loadBalancerName: 'web-lb', containerName: 'web', containerPort: 8080 }],
  role: 'ecsServiceRole',
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50 },
};

export const update: JsonObject = {
  cluster: 'qa',
  service: 'web',
  taskDefinition: 'web',
  desiredCount: 2,
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50 },
};

/** The task with other members in its one container. */
export function taskWith(container: JsonObject, members: JsonObject = {}): JsonObject {
  return { ...task, ...members, containerDefinitions: [{ ...web, ...container }] };
}

export function without(value: JsonObject, ...members: string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([member]) => !members.includes(member)));
}

const side: JsonObject = { name: 'side', image: 'side:1', memory: 64, essential: false };

/** The task with a second container, `side`, that is not essential; other members in either. */
export function twoContainers(
  first: JsonObject,
  second: JsonObject = {},
  members: JsonObject = {},
): JsonObject {
  return {
    ...task,
    ...members,
    containerDefinitions: [
      { ...web, ...first },
      { ...side, ...second },
    ],
  };
}
