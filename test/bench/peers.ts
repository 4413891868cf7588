// The installer beside what people use today, in one run, on ministack with real containers: how long until the verdict, is
// it right, how many calls, how much CPU and memory.
// Run: make bench-peers (needs a Docker engine and `make third-party`); node test/bench/peers.ts --help
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { engineIsHere, howToGetAnEngine } from '../docker/engine.ts';
import { awsCli, ministackOnDocker } from '../third-party/emulators.ts';
import { openStage, type Case, type Stage } from '../containers/stage.ts';
import { cases, type BenchCase } from './peers/cases.ts';
import { follow, type Course } from './peers/course.ts';
import { installerBundle } from './peers/installer-bundle.ts';
import { measured, type Measured } from './peers/measured.ts';
import * as tools from './peers/tools.ts';

const { values } = parseArgs({
  options: {
    case: { type: 'string', multiple: true },
    limit: { type: 'string', default: '60' },
    ecspresso: { type: 'string' },
    'aws-action': { type: 'string' },
    output: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(
    `node test/bench/peers.ts [--case NAME]… [--limit SECONDS] [--ecspresso PROGRAM] [--aws-action …/dist/index.js] [--output]\n` +
      `cases: ${cases.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(0);
}
const missing = [
  ...(engineIsHere ? [] : [`a Docker engine: ${howToGetAnEngine}`]),
  ...(ministackOnDocker.isHere && awsCli.isHere ? [] : ['ministack and the aws cli: make third-party']),
];
if (missing.length > 0) {
  process.stdout.write(`Missing: ${missing.join('; ')}\n`);
  process.exit(1);
}
const limit = Number(values.limit);
const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-peers-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const ecsProgram = path.join(path.dirname(awsCli.script), 'ecs');
const compared: readonly tools.Tool[] = [
  tools.installer(await installerBundle(folder)),
  tools.cli,
  ...(existsSync(ecsProgram) ? [tools.ecsDeploy(ecsProgram)] : []),
  ...(values.ecspresso === undefined ? [] : [tools.ecspresso(values.ecspresso)]),
  ...(values['aws-action'] === undefined ? [] : [tools.awsAction(values['aws-action'])]),
];

interface Row {
  readonly ran: Measured;
  readonly course: Course;
  readonly calls: number;
  readonly right: boolean;
}

/** A service of two tasks that runs 1.0.14, and one tool that brings 1.0.15. */
async function tryOut(stage: Stage, tool: tools.Tool, bench: BenchCase): Promise<Row> {
  await using one = await stage.newCase();
  const first = await one.publish('1.0.14', { kind: 'serves', drain: 4 }, bench.wanted);
  tools.noteVersion(first, '1.0.14.RELEASE');
  const ran = await one.install(first);
  if (ran.exitCode !== 0) throw new Error(`the service did not come up:\n${ran.log}`);
  if (bench.percents)
    await stage.ask('UpdateService', {
      cluster: one.cluster,
      service: 'hid-generator',
      deploymentConfiguration: bench.percents,
    });
  const built = bench.behaviour === null ? first : await one.publish('1.0.15', bench.behaviour, bench.wanted);
  tools.noteVersion(built, bench.behaviour === null ? '1.0.14.RELEASE' : '1.0.15.RELEASE');
  if (bench.otherDeploys) await one.publish('1.0.16', { kind: 'serves', drain: 0.2 }, bench.wanted);
  // ECS waits until a service has been quiet for a moment; so does this, before it counts.
  await sleep(1000);
  stage.calls();
  const stop = new AbortController();
  const course = follow(one, 1, stop.signal, async () => {
    if (!bench.otherDeploys) return;
    await sleep(1500);
    await somebodyElse(stage, one);
  });
  const run = await measured(tool.command({ url: stage.programsUrl, one, built, limit }), limit);
  stop.abort();
  if (values.output) process.stdout.write(`${run.output}\n`);
  const calls = stage.calls().length;
  return { ran: run, course: await course, calls, right: bench.isRight(run.exitCode) };
}

async function somebodyElse(stage: Stage, { cluster, image }: Case): Promise<void> {
  const family = `hid-generator-${cluster}`;
  const { taskDefinition } = await stage.ask('DescribeTaskDefinition', { taskDefinition: family });
  const { containerDefinitions, networkMode } = taskDefinition as {
    containerDefinitions: readonly object[];
    networkMode: string;
  };
  const [container] = containerDefinitions;
  await stage.ask('RegisterTaskDefinition', {
    family,
    networkMode,
    containerDefinitions: [{ ...container, image: `${image}:1.0.16.RELEASE` }],
  });
  await stage.ask('UpdateService', { cluster, service: 'hid-generator', taskDefinition: family });
}

const headings = ['tool', 'exit', 'right', 'wall s', 'after the course s', 'calls', 'CPU s', 'memory MB'];
function line(cells: readonly string[]): void {
  const widths = [26, 9, 7, 9, 20, 7, 8, 10];
  process.stdout.write(`  ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('')}\n`);
}

await using stage = await openStage();
for (const bench of cases) {
  if (values.case && !values.case.includes(bench.name)) continue;
  process.stdout.write(`\n${bench.name}\n`);
  line(headings);
  for (const tool of compared) {
    const { ran, course, calls, right } = await tryOut(stage, tool, bench);
    const after = course.ended === null ? null : ran.startedAt + ran.wallMs - course.ended;
    line([
      tool.name,
      ran.exitCode === null ? `> ${limit} s` : String(ran.exitCode),
      right ? 'yes' : ran.exitCode === null ? '-' : 'NO',
      (ran.wallMs / 1000).toFixed(1),
      after === null ? '-' : `${(after / 1000).toFixed(1)} (${course.outcome})`,
      String(calls),
      ran.cpuSeconds.toFixed(2),
      ran.memoryMb.toFixed(0),
    ]);
  }
}
