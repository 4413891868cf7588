// The figures of docs/images.md: sizes, time to the first line, CPU and memory, beside an image of the same code that is
// not bundled. Run: make bench-images (needs a Docker engine and root, as Bamboo's agent has it).
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { asOptions, buildVariables } from '../docker/agent.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine, mustDocker } from '../docker/engine.ts';
import { buildUnbundled } from './unbundled-image.ts';

const root = path.join(import.meta.dirname, '../..');
const rounds = 15;
const targets = { megabytes: 46, startMs: 120, cpuMs: 200, memoryMb: 90 };

/** Bytes of `docker save IMAGE | gzip -9`: about what a registry stores and an agent pulls. */
function compressed(...images: readonly string[]): Promise<number> {
  const saved = spawn('docker', ['save', ...images], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gzip = spawn('gzip', ['-9'], { stdio: ['pipe', 'pipe', 'inherit'] });
  saved.stdout.pipe(gzip.stdin);
  let bytes = 0;
  gzip.stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
  return new Promise((resolve) => gzip.stdout.on('end', () => resolve(bytes)));
}

/** Milliseconds from the call of `docker run` to the first byte of its output. */
function firstLine(...args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn('docker', ['run', '--rm', '--network', 'none', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let first = 0;
    child.stdout.once('data', () => (first = performance.now() - startedAt));
    child.on('close', () =>
      first > 0 ? resolve(first) : reject(new Error(`${args.join(' ')} wrote nothing`)),
    );
  });
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

interface Use {
  readonly cpuMs: number;
  readonly memoryMb: number;
}

/** Loaded into Node before the program; says at its end what the process used. */
const probe = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stderr.write(JSON.stringify({ cpuMs: (user + system) / 1000, memoryMb: process.resourceUsage().maxRSS / 1024 }));
});`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-images-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function use(options: readonly string[], image: string, ...command: readonly string[]): Promise<Use> {
  const probed = ['--volume', `${folder}/probe.cjs:/probe.cjs:ro`, '-e', 'NODE_OPTIONS=--require /probe.cjs'];
  const run = await docker('run', '--rm', ...probed, ...options, image, ...command);
  if (run.exitCode !== 0) throw new Error(`${image} ${command.join(' ')}: ${run.stdout}${run.stderr}`);
  return JSON.parse(run.stderr) as Use;
}

async function uses(times: number, one: () => Promise<Use>): Promise<Use> {
  const all: Use[] = [];
  for (let round = 0; round < times; round++) all.push(await one());
  return {
    cpuMs: middle(all.map(({ cpuMs }) => cpuMs)),
    memoryMb: Math.max(...all.map(({ memoryMb }) => memoryMb)),
  };
}

const misses: string[] = [];
function row(name: string, values: readonly (number | string)[], limit?: number): void {
  const texts = values.map((value) => (typeof value === 'number' ? value.toFixed(1) : value).padStart(12));
  const [first] = values;
  if (limit !== undefined && typeof first === 'number' && first > limit)
    misses.push(`${name}: ${first.toFixed(1)} > ${limit}`);
  process.stdout.write(
    `${name.padEnd(58)}${texts.join('')}${limit === undefined ? '' : `   (at most ${limit})`}\n`,
  );
}

if (!engineIsHere) {
  process.stdout.write(`No Docker engine answers: ${howToGetAnEngine}\n`);
  process.exit(1);
}
const { expander, installer } = buildImages();
// The base that the images were made from, unless another was asked for.
const base =
  process.env['BASE'] ||
  ((await docker('image', 'inspect', 'node:24-bookworm-slim')).exitCode === 0
    ? 'node:24-bookworm-slim'
    : 'bamboo-ecs/base:local');
const unbundled = await buildUnbundled(base);
writeFileSync(path.join(folder, 'probe.cjs'), probe);
const checkout = path.join(folder, 'checkout');
cpSync(path.join(root, 'examples/hid-generator'), checkout, { recursive: true });
const task = ['--volume', `${checkout}:/data`, '--workdir', '/data', ...asOptions(buildVariables)];

process.stdout.write(`${await mustDocker('run', '--rm', expander, '--version')}\n`);
row('', ['this image', 'unbundled']);
row(
  'compressed, expander, MB',
  [(await compressed(expander)) / 1e6, (await compressed(unbundled)) / 1e6],
  targets.megabytes,
);
row('compressed, installer, MB', [(await compressed(installer)) / 1e6], targets.megabytes);
row('compressed, both together, MB', [(await compressed(expander, installer)) / 1e6]);

const bare: number[] = [];
const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round < rounds; round++) {
  bare.push(await firstLine('--entrypoint', 'node', expander, '-e', 'console.log(0)'));
  ours.push(await firstLine(...task, expander, 'version'));
  theirs.push(await firstLine(...task, unbundled, 'version'));
}
row(`first line of a container with node -e, ms (median of ${rounds})`, [middle(bare)]);
row(
  'first line of expander version above it, ms',
  [middle(ours) - middle(bare), middle(theirs) - middle(bare)],
  targets.startMs,
);

const expand = await uses(7, () => use([...task, '--network', 'none'], expander, 'expand'));
const expandTheirs = await uses(7, () => use([...task, '--network', 'none'], unbundled, 'expand'));
row('expander expand, CPU ms (median of 7)', [expand.cpuMs, expandTheirs.cpuMs], targets.cpuMs);
row('expander expand, most memory, MB', [expand.memoryMb, expandTheirs.memoryMb], targets.memoryMb);

await using ecs = await startEcsStandIn({
  clusters: [{ name: 'production', instances: [{ zone: 'a' }, { zone: 'b' }] }],
});
const installing = [
  ...task,
  '--network',
  'host',
  ...asOptions({
    bamboo_ecs_repository: 'file:/data/releases',
    bamboo_ecs_project: 'hid-generator',
    bamboo_ecs_release: '1.0.15.RELEASE',
    bamboo_deploy_environment: 'Production',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: ecs.url,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench-secret-key',
  }),
];
await mustDocker('run', '--rm', ...installing, expander, 'publish');
const install = await use(installing, installer, 'install');
row('installer install, CPU ms (once, to the verdict)', [install.cpuMs]);
row('installer install, most memory, MB', [install.memoryMb], targets.memoryMb);

for (const miss of misses) process.stdout.write(`MISSED ${miss}\n`);
process.exitCode = misses.length > 0 ? 1 : 0;
