// The other side of the benchmark, as a process of its own: an ECS with a thousand services, each of which has just been
// updated, and AWS's request quotas. Writes its address, then the targets to watch, as one line of JSON.
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { realisticPace } from '@bamboo-ecs/rollout/simulation';

const [count = 1000] = process.argv.slice(2).map(Number);
const cluster = 'large';

/** One in fifty crashes. */
const bad = (index: number): boolean => index % 50 === 7;

const standIn = await startEcsStandIn({
  region: 'eu-west-1',
  clusters: [{ name: cluster }],
  throttling: true,
  pace: realisticPace,
  scenario: {
    rules: [{ match: ':bad', outcome: { kind: 'exits', afterMs: 2000, exitCode: 3 } }],
  },
});
const { simulation } = standIn;
const definition = (image: string) => ({
  family: 'shop',
  networkMode: 'awsvpc',
  requiresCompatibilities: ['FARGATE'],
  cpu: '256',
  memory: '512',
  containerDefinitions: [{ name: 'shop', image, essential: true }],
});
simulation.registerTaskDefinition(definition('registry.example.com/shop:1'));
for (let index = 0; index < count; index++)
  simulation.createService({
    cluster,
    serviceName: `shop-${index}`,
    taskDefinition: 'shop:1',
    desiredCount: 2,
    launchType: 'FARGATE',
    networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
  });
const skip = JSON.stringify({ skipMs: 600_000 });
await fetch(`${standIn.url}/_rehearsal/time`, { method: 'PUT', body: skip });
simulation.registerTaskDefinition(definition('registry.example.com/shop:2'));
simulation.registerTaskDefinition(definition('registry.example.com/shop:bad'));

const targets = Array.from({ length: count }, (_, index) => {
  const service = `shop-${index}`;
  const updated = simulation.updateService({
    cluster,
    service,
    taskDefinition: bad(index) ? 'shop:3' : 'shop:2',
  });
  const primary = updated.deployments.find(({ status }) => status === 'PRIMARY');
  return {
    cluster,
    service,
    deployment: primary?.id ?? '',
    taskDefinition: primary?.taskDefinition ?? '',
    bad: bad(index),
  };
});
process.stdout.write(`${JSON.stringify({ url: standIn.url, now: simulation.now, targets })}\n`);
