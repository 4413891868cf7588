// The installer as a process: told to stop in each phase, killed at random moments, asked how far it is.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { crashingAfter, project } from '../e2e/shop.ts';
import { openSite, publishTo, type Published, type SavedSite, type Site } from './installer-process.ts';

let published: Published;
/** 1.0.15 runs. */
let installed: SavedSite;
beforeAll(async () => {
  published = await publishTo(['1.0.15', '1.0.16']);
  const site = await openSite(published, { speed: 10 });
  expect(await site.install('1.0.15')).toMatchObject({ code: 0 });
  installed = await site.save();
});
afterAll(async () => {
  await published.artifactory.close();
  published.shop.world.close();
});

/** Longer than anybody waits who was told to stop. */
const held = 5000;
const hold = (operation: string) => ({ operation, kind: 'latency', ms: held });

interface Phase {
  readonly name: string;
  /** The line after which it is told to stop. */
  readonly line: RegExp;
  readonly faults?: readonly object[];
  /** What the record says of what is left. */
  readonly left: RegExp | null;
}

const phases: readonly Phase[] = [
  { name: 'Plan', line: /== Plan ==/u, faults: [hold('DescribeServices')], left: null },
  {
    name: 'Apply',
    line: /== Apply ==/u,
    faults: [hold('RegisterTaskDefinition')],
    left: /A revision of hid-generator may be registered; the service was not changed/u,
  },
  {
    name: 'Apply',
    line: /Registered hid-generator:2/u,
    faults: [hold('UpdateService')],
    left: /UpdateService for hid-generator may have been carried out/u,
  },
  {
    name: 'Watch',
    line: /== Watch ==/u,
    left: /deployment ecs-svc\/\d+ of hid-generator to hid-generator:2/u,
  },
  {
    name: 'Watch',
    line: /== Watch ==/u,
    faults: [hold('DescribeServices')].map((fault) => ({ ...fault, skip: 1 })),
    left: /deployment ecs-svc\/\d+ of hid-generator to hid-generator:2/u,
  },
  {
    name: 'Diagnose',
    line: /== Diagnose ==/u,
    left: /deployment ecs-svc\/\d+ of hid-generator to hid-generator:2/u,
  },
  {
    name: 'Roll back',
    line: /ECS was told to roll back|Updated hid-generator back/u,
    left: /hid-generator(?: back)? to hid-generator:1|hid-generator back to hid-generator:1/u,
  },
];

/** 1.0.15 runs; 1.0.16 crashes where the phase needs it. */
async function siteFor({ name }: Phase): Promise<Site> {
  const site = await openSite(published, { from: installed });
  if (name === 'Diagnose' || name === 'Roll back') {
    site.ecs.simulation.setScenario(crashingAfter(300, '1.0.16'));
    // Held a little, so that the signal comes while it is at it.
    await site.fault({ operation: 'ListTasks', kind: 'latency', ms: 600 });
  }
  return site;
}

async function stopped(phase: Phase, signal: NodeJS.Signals): Promise<void> {
  await using site = await siteFor(phase);
  if (phase.faults) await site.fault(...phase.faults);
  const run = site.start('1.0.16');
  await run.says(phase.line);
  await delay(100);
  const from = performance.now();
  run.kill(signal);
  const { code, log, output } = await run.ended;
  const seconds = (performance.now() - from) / 1000;
  expect([phase.name, code, log]).toEqual([phase.name, 75, expect.stringContaining(`STOPPED: `)]);
  expect(seconds).toBeLessThan(3);
  expect(log.toLowerCase()).toContain(
    `stopped by ${signal.toLowerCase()} in the phase ${phase.name.toLowerCase()}`,
  );
  const record = JSON.parse(output('record.json')) as Record<string, unknown>;
  expect(record).toMatchObject({ exitCode: 75, outcome: 'stopped' });
  if (phase.left) expect(record['leftRunning']).toMatch(phase.left);
  else expect(log).toContain('Nothing was changed.');
  expect(output('record.html')).toContain('stopped');
  expect(output('test-reports/installer.xml')).toContain('<testsuite');
}

describe('told to stop', () => {
  test.each(phases.map((phase, index) => [`${phase.name} (${index})`, phase] as const))(
    'in the phase %s: 75 within 3 s, and the record says what is left',
    async (_name, phase) => {
      await Promise.all([stopped(phase, 'SIGTERM'), stopped(phase, 'SIGINT')]);
    },
    120_000,
  );

  test('in the phase Fetch', async () => {
    await using site = await openSite(published);
    published.artifactory.setFault({ kind: 'latency', ms: held, times: 0 });
    try {
      const run = site.start('1.0.16');
      await run.says(/== Fetch ==/u);
      await delay(200);
      const from = performance.now();
      run.kill('SIGTERM');
      const { code, log, output } = await run.ended;
      expect((performance.now() - from) / 1000).toBeLessThan(3);
      expect(code).toBe(75);
      expect(log).toContain('Nothing was changed.');
      expect(JSON.parse(output('record.json'))).toMatchObject({ exitCode: 75 });
      expect(site.ecs.requests).toHaveLength(0);
    } finally {
      published.artifactory.setFault();
    }
  });

  test('by SIGQUIT it says how far it is, and goes on', async () => {
    await using site = await openSite(published);
    const run = site.start('1.0.15');
    await run.says(/== Watch ==/u);
    run.kill('SIGQUIT');
    await run.says(/Asked for progress/u);
    run.kill('SIGQUIT');
    const { code, log } = await run.ended;
    expect(log).toMatch(/Asked for progress: in the phase Watch for \d+ s; going on/u);
    expect(code).toBe(0);
  });
});

describe('killed at a random moment, then started again', () => {
  /** A fixed row of numbers between 0 and 1: the same moments each time, as far as a process can have the same moments. */
  const moments = Array.from({ length: 12 }, (_, index) => ((index + 1) * 0.618_034) % 1);

  /** Whether it was still running when it was killed. */
  async function killed(moment: number, crashes: boolean): Promise<boolean> {
    await using site = await openSite(published, { from: installed, speed: 10 });
    if (crashes) site.ecs.simulation.setScenario(crashingAfter(300, '1.0.16'));
    const run = site.start('1.0.16');
    await run.says(/== Settings ==/u);
    await delay(moment * (crashes ? 4000 : 2500));
    run.kill('SIGKILL');
    const first = await run.ended;
    const again = await site.install('1.0.16');
    // 4: the way back had been sent already.
    const converged = crashes ? again.code === 4 || again.code === 5 : again.code === 0;
    expect([moment, first.code, converged, converged ? '' : again.log]).toEqual([
      moment,
      first.code,
      true,
      '',
    ]);
    const state = site.ecs.simulation.state;
    const service = state.services.get(`production/${project}`);
    expect(state.taskDefinitions.get(project)).toHaveLength(2);
    expect(service?.serviceDeployments.length).toBeLessThanOrEqual(crashes ? 3 : 2);
    const wanted = crashes ? `${project}:1` : `${project}:2`;
    expect(service?.deployments[0]?.taskDefinition).toContain(wanted);
    return first.code === 'SIGKILL';
  }

  test.each([0, 4, 8])(
    'at the moments %i and the three after it',
    async (from) => {
      const running = await Promise.all(
        moments.slice(from, from + 4).map(async (moment, index) => killed(moment, index % 2 === 1)),
      );
      expect(running.filter(Boolean).length).toBeGreaterThanOrEqual(2);
    },
    120_000,
  );
});
