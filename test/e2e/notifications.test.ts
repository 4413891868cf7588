// People are told how an installation ended: by whole programs and a webhook on a local port.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { crashing, openShop, type Shop } from './shop.ts';

interface Message {
  readonly status: string;
  readonly exitCode: number;
  readonly environment: string;
  readonly version: string;
  readonly versionBefore: string | null;
  readonly outcome: string;
  readonly leftRunning: string | null;
  readonly cause: { readonly code: string } | null;
  readonly links: { readonly record: string | null };
}

const path = '/services/T0123/B4567/hook-that-nobody-may-see';

let shop: Shop;
let server: Server;
let bodies: string[];
let status: number | null;
let url: string;

beforeEach(async () => {
  bodies = [];
  status = 200;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'));
      if (status !== null) response.writeHead(status).end(`you asked for ${request.url ?? ''}`);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  shop = openShop({});
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
});

afterEach(() => {
  shop.world.close();
  server.closeAllConnections();
  server.close();
});

const told = (): readonly Message[] => bodies.map((body) => JSON.parse(body) as Message);

const hook = (more: Record<string, string> = {}) => ({ bamboo_ecs_notify_secret_url: url, ...more });

describe('a webhook', () => {
  test('is told of what changed, and not of a run that found nothing to do, nor of a plan', async () => {
    expect((await shop.install('1.0.14', hook(), 'plan')).exitCode).toBe(0);
    const created = await shop.install('1.0.14', hook());
    expect(created.log).toMatch(/Told +the webhook/u);
    await shop.install('1.0.15', hook());
    expect((await shop.install('1.0.15', hook())).total).toBe(2);
    expect(told()).toMatchObject([
      { status: 'Installed and steady', exitCode: 0, environment: 'Production', version: '1.0.14.RELEASE' },
      { status: 'Installed and steady', version: '1.0.15.RELEASE', versionBefore: '1.0.14.RELEASE' },
    ]);
    expect(told()[0]?.links.record).toMatch(/hid-generator\/1\.0\.14\.RELEASE\/records\/.*\.html$/u);
  });

  test('is told of failures only, or always, as it is set', async () => {
    await shop.install('1.0.14', hook({ bamboo_ecs_notify_on: 'failure' }));
    expect(told()).toEqual([]);
    await shop.install('1.0.14', hook({ bamboo_ecs_notify_on: 'always' }));
    expect(told()).toMatchObject([
      {
        status: 'Nothing to do',
        outcome: 'unchanged',
        sentence: expect.stringMatching(/^hid-generator 1\.0\.14\.RELEASE runs already/u) as unknown,
      },
    ]);
  });

  test('is told why a release did not come up, and that the version before is back', async () => {
    shop.world.close();
    shop = openShop({ scenario: crashing('1.0.15') });
    for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
    await shop.install('1.0.14');
    const failed = await shop.install('1.0.15', hook());
    expect(failed.exitCode).toBe(5);
    expect(told()).toMatchObject([
      { status: 'Failed, the version before is back', exitCode: 5, cause: { code: 'crash-loop' } },
    ]);
  });

  test("gets Slack's form when it is asked for", async () => {
    await shop.install('1.0.14', hook({ bamboo_ecs_notify_format: 'slack' }));
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      text: expect.stringContaining(':white_check_mark: *hid-generator 1.0.14.RELEASE in Production*'),
    });
  });

  test('that refuses is a warning in the log, and its address is told nowhere', async () => {
    status = 404;
    const run = await shop.install('1.0.14', hook());
    expect(run.exitCode).toBe(0);
    expect(run.log).toMatch(/WARNING: The webhook on 127\.0\.0\.1:\d+ answered 404/u);
    expect(run.log.trimEnd().split('\n').at(-1)).toBe('  Exit code 0');
    const everything = [run.log, run.output('record.json'), run.output('record.html')].join('\n');
    expect(everything).not.toContain('hook-that-nobody-may-see');
    expect(everything).toContain('notify-secret-url');
  });

  test('that never answers neither fails an installation nor holds up a run that is stopped', async () => {
    status = null;
    const stop = new AbortController();
    shop.after(5000, () => stop.abort('SIGTERM'));
    const before = performance.now();
    const run = await shop.installUntil(stop.signal, '1.0.14', hook());
    expect(run.exitCode).toBe(75);
    expect(run.log).toMatch(/WARNING: Nobody could be told of this run within 0\.6 s/u);
    expect(performance.now() - before).toBeLessThan(5000);
    expect(told()).toMatchObject([
      { status: 'Stopped', leftRunning: expect.stringContaining('hid-generator') },
    ]);
  });

  test('with an address that is none is refused before anything is done', async () => {
    const run = await shop.install('1.0.14', {
      bamboo_ecs_notify_secret_url: 'hooks.example.com/secret-part',
    });
    expect(run.exitCode).toBe(2);
    expect(run.log).toContain('a webhook is an http or https address');
    expect(run.log).not.toContain('secret-part');
  });
});
