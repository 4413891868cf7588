// The tasks before the expander in a build plan: the checkout at a version, the build of its image, the push.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pushImage } from '@bamboo-ecs/rehearsal';
import { makeTaskImage } from './task-image.ts';

const example = '/usr/share/bamboo-ecs/orders';

/** Leaves the project in the folder `checkout` of the working directory. */
export async function buildOrders(env: NodeJS.ProcessEnv): Promise<void> {
  const version = env['REHEARSAL_VERSION'] ?? '';
  if (!/^\d+\.\d+\.\d+$/u.test(version))
    throw new Error(`REHEARSAL_VERSION must be three numbers, as 3.2.0, not ${JSON.stringify(version)}`);
  const task = env['REHEARSAL_TASK'] ?? 'serves';
  if (task !== 'serves' && task !== 'crashes')
    throw new Error(`REHEARSAL_TASK must be serves or crashes, not ${JSON.stringify(task)}`);

  checkOut(version);
  // What `expander version` says of master.
  const tag = `${version}.RELEASE`;
  const host = env['bamboo_registry'] ?? '';
  const { layer, runs } = makeTaskImage({
    busybox: readFileSync('/bin/busybox'),
    tag,
    task,
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    labels: { 'bamboo-ecs.task-image': env['REHEARSAL_PROJECT'] ?? '' },
  });
  const digest = await pushImage(`http://${host}`, 'orders', tag, layer, { runs });
  process.stdout.write(`checkout of orders ${version}\n`);
  process.stdout.write(`pushed ${host}/orders:${tag}, ${digest}\n`);
}

function checkOut(version: string): void {
  rmSync('checkout', { recursive: true, force: true });
  mkdirSync('checkout');
  cpSync(example, 'checkout', { recursive: true });
  const pom = readFileSync('checkout/pom.xml', 'utf8');
  writeFileSync(
    'checkout/pom.xml',
    pom.replace(/<version>[^<]*<\/version>/u, `<version>${version}</version>`),
  );
}
