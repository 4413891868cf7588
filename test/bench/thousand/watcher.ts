// The process that is measured: watches the services that the simulator has updated, and prints what it took.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createEcsClient, createEcsPort } from '@bamboo-ecs/ecs';
import { watch } from '@bamboo-ecs/installer';
import { systemClock } from '@bamboo-ecs/wiring';

const targets = { memoryMb: 200, blockedMs: 50 };

interface Prepared {
  readonly url: string;
  readonly targets: readonly {
    readonly cluster: string;
    readonly service: string;
    readonly deployment: string;
    readonly taskDefinition: string;
    readonly bad: boolean;
  }[];
}

process.stdin.setEncoding('utf8');
let given = '';
for await (const text of process.stdin) given += String(text);
const prepared = JSON.parse(given) as Prepared;
const count = prepared.targets.length;

const calls: { readonly at: number; readonly operation: string }[] = [];
const client = createEcsClient({
  region: 'eu-west-1',
  endpoint: prepared.url,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret-key' },
  onCall: (operation) => calls.push({ at: performance.now(), operation }),
});
const ecs = createEcsPort({ client, clock: systemClock });
// Loading and compiling the client is the same for one service and for a thousand: it is not what is measured.
const [first] = prepared.targets;
if (first) {
  await ecs.describeServices(first.cluster, [first.service]);
  await ecs.listTasks(first.cluster, first.service, 'STOPPED', 1);
}
calls.length = 0;
const startedAt = systemClock.now();
let memory = 0;
const remember = (): void => {
  memory = Math.max(memory, process.memoryUsage.rss() / 1e6);
};
const sampling = setInterval(remember, 500);
const troubles = new Map<string, number>();
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
const cpuBefore = process.cpuUsage();
const watched = await watch(
  {
    ecs,
    clock: systemClock,
    signal: new AbortController().signal,
    onSnapshot: () => {},
    onTrouble: (message) => troubles.set(message, (troubles.get(message) ?? 0) + 1),
  },
  prepared.targets.map(({ cluster, service, deployment, taskDefinition }) => ({
    cluster,
    service,
    deployment,
    taskDefinition,
    adopted: false,
    startedAt,
    deadline: startedAt + 15 * 60_000,
  })),
);
loop.disable();
clearInterval(sampling);
remember();
client.destroy();
const cpu = process.cpuUsage(cpuBefore);

/** Most calls of some operations within any second. */
function mostInASecond(operations: RegExp): number {
  const times = calls.filter(({ operation }) => operations.test(operation)).map(({ at }) => at);
  let most = 0;
  let from = 0;
  for (const [to, time] of times.entries()) {
    while (time - times[from]! > 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

const wrong = watched.filter(
  ({ verdict }, index) => verdict.kind !== (prepared.targets[index]!.bad ? 'failed' : 'steady'),
);
const seconds = (systemClock.now() - startedAt) / 1000;
const perOperation = Map.groupBy(calls, ({ operation }) => operation);
const say = (name: string, value: string): void => void process.stdout.write(`${name.padEnd(46)}${value}\n`);
say('services', String(count));
say('right verdicts', `${count - wrong.length}`);
for (const { target, verdict } of wrong.slice(0, 5))
  say(`  ${target.service}`, `${verdict.kind}: ${verdict.reason}`);
say('until the last verdict, s', seconds.toFixed(1));
for (const [operation, some] of perOperation) say(`calls, ${operation}`, String(some.length));
say(
  'service reads a second, on average',
  ((perOperation.get('DescribeServices')?.length ?? 0) / seconds).toFixed(1),
);
say(
  'service reads, most in a second',
  `${mostInASecond(/^DescribeServices$/u)} (the account: 100, then 20 a second)`,
);
say(
  'cluster resource reads, most in a second',
  `${mostInASecond(/Tasks$/u)} (the account: 100, then 20 a second)`,
);
say('troubles told', String([...troubles.values()].reduce((sum, times) => sum + times, 0)));
for (const [message, times] of troubles) say('', `${times} × ${message}`);
say('CPU, s', ((cpu.user + cpu.system) / 1e6).toFixed(1));
say('memory, most, MB', `${memory.toFixed(0)} (at most ${targets.memoryMb})`);
say('event loop stood still, longest, ms', `${(loop.max / 1e6).toFixed(0)} (at most ${targets.blockedMs})`);
say('event loop, 99.9 of 100 looks, ms', (loop.percentile(99.9) / 1e6).toFixed(0));
const missed = wrong.length > 0 || memory > targets.memoryMb || loop.max / 1e6 > targets.blockedMs;
process.exit(missed ? 1 : 0);
