// Clients of the stand-in, by HTTP and in the same process.
import { ECSClient } from '@aws-sdk/client-ecs';
import { EcsSimulation, quickPace } from '@bamboo-ecs/rollout/simulation';
import type { SimulationOptions } from '@bamboo-ecs/rollout/simulation';
import { inProcessHandler } from '../../src/index.ts';

export const credentials = { accessKeyId: 'AKIDREHEARSAL', secretAccessKey: 'rehearsal' };

export const fourInstances = ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `us-east-1${zone}` }));

export const twoZones = [{ name: 'qa', instances: fourInstances }];

/** A client by HTTP, without the SDK's retries. */
export function httpClient(url: string, more: object = {}): ECSClient {
  return new ECSClient({ region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1, ...more });
}

/** A simulation with a client in the same process. */
export function inProcess(
  options: SimulationOptions = {},
  door: Parameters<typeof inProcessHandler>[1] = {},
) {
  const simulation = new EcsSimulation({ clusters: twoZones, pace: quickPace, ...options });
  const handler = inProcessHandler(simulation, door);
  const client = new ECSClient({ region: 'us-east-1', credentials, maxAttempts: 1, requestHandler: handler });
  return { simulation, handler, client };
}

export function taskDefinition(tag: string, more: object = {}) {
  return {
    family: 'hid-generator',
    containerDefinitions: [
      {
        name: 'hid-generator',
        image: `registry.example/hid-generator:${tag}`,
        memory: 256,
        portMappings: [{ containerPort: 8080, hostPort: 1234, protocol: 'tcp' as const }],
        dockerLabels: { release: tag },
        ...more,
      },
    ],
  };
}

/** As the seed's service template has it: a classic load balancer, a fixed host port, 25 % to 200 %. */
export const seedService = {
  cluster: 'qa',
  serviceName: 'hid-generator',
  taskDefinition: 'hid-generator',
  loadBalancers: [{ loadBalancerName: 'hid-lb', containerName: 'hid-generator', containerPort: 8080 }],
  desiredCount: 2,
  role: 'ecsServiceRole',
  deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 25 },
};
