// What the image bamboo-ecs/rehearsal does beside the stand-ins: `build`, `cloud`, `load-balancer`.
import { setUpCloud } from './cloud.ts';
import { buildOrders } from './build-orders.ts';
import { serveLoadBalancer } from './load-balancer.ts';

const parts: Readonly<Record<string, (env: NodeJS.ProcessEnv) => Promise<void>>> = {
  build: buildOrders,
  cloud: setUpCloud,
  'load-balancer': serveLoadBalancer,
};

export function isPart(name: string | undefined): name is string {
  return name !== undefined && Object.hasOwn(parts, name);
}

/** Exit code 3 when something that it asks does not answer as it should. */
export async function runPart(name: string): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
  try {
    await parts[name]?.(process.env);
  } catch (error) {
    process.stdout.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 3;
  }
}
