// Plays the steps one after the other and tells at the end how each went.
import type { Stage } from './stage.ts';
import { steps, type Outcome, type Performance, type Step } from './steps.ts';

interface Play {
  readonly stage: Stage;
  readonly recordsFolder: string;
  readonly print: (line: string) => void;
  readonly stopped: () => boolean;
}

interface Result extends Outcome {
  readonly title: string;
  readonly seconds: number;
}

/** True when each step ended as it should. A step that fails does not keep the next from being tried, but for the first. */
export async function play({ stage, recordsFolder, print, stopped }: Play): Promise<boolean> {
  const { environment, profiles } = stage.values;
  const containers = environment['REHEARSAL_CONTAINERS'] === '1';
  const loadBalancer = `http://127.0.0.1:${environment['REHEARSAL_LOAD_BALANCER_PORT']}/`;
  const on: Performance = { stage, containers, loadBalancer, recordsFolder, print };
  const from = performance.now();
  if (profiles.length > 0) await waitFor(profiles, on);
  const played = steps.filter((step) => containers || step.containers !== true);
  const results: Result[] = [];
  for (const [index, step] of played.entries()) {
    for (const line of heading(step, index + 1, played.length)) print(line);
    const result = await playOne(step, on);
    results.push(result);
    print(`${result.ok ? '✔' : '✘'} ${result.saw}`);
    if (stopped() || (index === 0 && !result.ok)) break;
  }
  for (const line of summary(results, (performance.now() - from) / 1000)) print(line);
  if (stopped()) print('Stopped by a signal.');
  else for (const line of whatWasNotShown(containers)) print(line);
  return results.length === played.length && results.every(({ ok }) => ok);
}

async function playOne(step: Step, on: Performance): Promise<Result> {
  const from = performance.now();
  const outcome = await step.run(on).catch((error: unknown) => ({
    ok: false,
    saw: error instanceof Error ? error.message : String(error),
  }));
  return { title: step.title, seconds: (performance.now() - from) / 1000, ...outcome };
}

/** The servers of others, which nothing in the compose file waits for. */
async function waitFor(services: readonly string[], { stage, print }: Performance): Promise<void> {
  print(`${services.join(' and ')}: the first start takes minutes …`);
  await stage.up(...services);
  for (const service of services) await stage.healthy(service);
}

function heading({ title, story }: Step, number: number, of: number): string[] {
  const rule = '─'.repeat(110);
  return ['', rule, `Step ${number} of ${of}: ${title}`, `  ${story}`, rule];
}

function summary(results: readonly Result[], seconds: number): string[] {
  const width = Math.max(...results.map(({ title }) => title.length));
  const rows = results.map(
    ({ ok, title, seconds: took, saw }, index) =>
      `${ok ? '✔' : '✘'} ${index + 1}  ${title.padEnd(width)}  ${took.toFixed(1).padStart(5)} s  ${saw.split('\n')[0]}`,
  );
  return [
    '',
    '═'.repeat(110),
    'What happened',
    '',
    ...rows,
    '',
    `It took ${seconds.toFixed(0)} s. The records:`,
  ];
}

function whatWasNotShown(containers: boolean): string[] {
  return containers
    ? []
    : [
        'Without the Docker socket ministack keeps to the contract of the API: its tasks are RUNNING at once, none is a container,',
        'so nothing answers behind the load balancer and no version can crash. With containers: make rehearse-compose CONTAINERS=1',
      ];
}
