// The command history: over many versions and environments, and whatever else lies among the records.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { crashing, openInstalled, project, type Shop, type ShopOptions } from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = await openInstalled(options, ...versions);
}

const base: Env = { bamboo_ecs_project: project };
const run = async (env: Env, ...argv: string[]) =>
  shop.world.installer(shop.world.folder, { ...base, ...env }, 'history', ...argv);
const history = async (...argv: string[]) => run({}, ...argv);
const recordsOf = (version: string): string =>
  path.join(shop.world.folder, 'repository', project, `${version}.RELEASE`, 'records');

interface HistoryFile {
  readonly entries: readonly {
    readonly version: string;
    readonly outcome: string;
    readonly exitCode: number;
  }[];
  readonly total: number;
  readonly passedOver: number;
}
const fileOf = (text: string): HistoryFile => JSON.parse(text) as HistoryFile;

/** Copies of a record of a version, under other times and versions, as if it had been installed so often. */
function multiply(
  version: string,
  copies: readonly { version: string; at: number; environment?: string }[],
): void {
  const name = readdirSync(recordsOf(version)).find((file) => /^2.*\.json$/u.test(file)) ?? '';
  const record = JSON.parse(readFileSync(path.join(recordsOf(version), name), 'utf8')) as Record<
    string,
    unknown
  >;
  for (const copy of copies) {
    const time = new Date(copy.at).toISOString();
    const environment = copy.environment ?? 'Production';
    const folder = recordsOf(copy.version);
    mkdirSync(folder, { recursive: true });
    const changed = {
      ...record,
      version: `${copy.version}.RELEASE`,
      environment,
      startedAt: time,
      finishedAt: time,
    };
    writeFileSync(
      path.join(folder, `${time.replaceAll(/[:.]/gu, '-')}-${environment}.json`),
      JSON.stringify(changed),
    );
  }
}

describe('what was installed', () => {
  test('newest first, with what runs now, as text, JSON and page', async () => {
    await opened({ scenario: crashing('1.0.15') }, '1.0.14', '1.0.15', '1.0.16');
    const told = await history('--environment=Production');
    expect(told.exitCode).toBe(0);
    const rows = told.log.split('\n').filter((line) => /^ {2}2026-/u.test(line));
    expect(rows.map((row) => row.trim().split(/ {2,}/u).slice(1, 3).join(' '))).toEqual([
      '1.0.16.RELEASE steady',
      '1.0.15.RELEASE failed (5)',
      '1.0.14.RELEASE steady',
    ]);
    expect(told.log).toContain(
      'Production: hid-generator in production runs 1.0.16.RELEASE (hid-generator:3) now',
    );
    expect(fileOf(told.output('history.json')).entries.map(({ version }) => version)).toEqual([
      '1.0.16.RELEASE',
      '1.0.15.RELEASE',
      '1.0.14.RELEASE',
    ]);
    const page = told.output('history.html');
    expect(page).toContain('1.0.15.RELEASE');
    expect(page).toContain('<!doctype html>');
  });

  test('as JSON lines', async () => {
    await opened({}, '1.0.14');
    const told = await history('--log-format=json');
    const events = told.log.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.find(({ kind }) => kind === 'history')).toMatchObject({
      project,
      total: 1,
      entries: [{ version: '1.0.14.RELEASE', outcome: 'steady', exitCode: 0 }],
    });
  });

  test('roll-backs by hand are among it', async () => {
    await opened({}, '1.0.14', '1.0.15');
    await shop.world.installer(shop.world.folder, base, 'rollback');
    expect((await history()).log).toMatch(/1\.0\.14\.RELEASE +rollback: rolled back/u);
  });

  test('without ECS', async () => {
    await opened({}, '1.0.14');
    shop.world.ecs.faults.set([{ operation: 'DescribeServices', kind: 'deny' }]);
    const told = await history();
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('What runs now could not be asked');
    expect(told.log).toContain('1.0.14.RELEASE');
  });

  test('nothing, in an environment that is spelt otherwise', async () => {
    await opened({}, '1.0.14');
    const told = await history('--environment=production');
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('Nothing was installed of hid-generator in production');
    expect(told.log).toContain('There are records of Production.');
  });
});

describe('many', () => {
  test('versions and environments: bounded, and each environment its own', async () => {
    await opened({}, '1.0.14');
    const start = Date.UTC(2026, 10, 25);
    const copies = Array.from({ length: 400 }, (_unused, index) => ({
      version: `1.1.${index % 200}`,
      at: start + index * 60_000,
      environment: index % 2 === 0 ? 'QA' : 'Production',
    }));
    multiply('1.0.14', copies);
    const qa = await history('--environment=QA', '--limit=5');
    const file = fileOf(qa.output('history.json'));
    expect(file.entries.map(({ version }) => version)).toEqual(
      [398, 396, 394, 392, 390].map((index) => `1.1.${index % 200}.RELEASE`),
    );
    expect(file.total).toBe(200);
    expect(qa.log).toContain('200 records in all; --limit shows more.');
    const all = await history('--limit=1000');
    expect(fileOf(all.output('history.json')).entries).toHaveLength(401);
    const status = await shop.world.installer(shop.world.folder, base, 'status');
    expect(status.exitCode).toBe(0);
    expect(status.log).toContain('QA: hid-generator in production');
    expect(status.log).toContain('Production: hid-generator in production');
  });

  test('environments whose names look alike', async () => {
    await opened({}, '1.0.14');
    const at = Date.UTC(2026, 10, 25);
    multiply('1.0.14', [
      { version: '1.0.14', at, environment: 'QA' },
      { version: '1.0.14', at: at + 1000, environment: 'QA-2' },
    ]);
    const told = await history('--environment=QA');
    expect(fileOf(told.output('history.json')).entries).toHaveLength(1);
    expect(told.log).not.toContain('--limit shows more');
  });
});

describe('what is no record', () => {
  const nonsense: readonly (readonly [string, string])[] = [
    ['broken JSON', '{"schema":1,'],
    ['no object', '[1,2,3]'],
    ['another schema of somebody', '{"hello":"world"}'],
    ['empty', ''],
    ['prototype keys', '{"__proto__":{"schema":1},"constructor":1}'],
    ['a page', '<!doctype html><title>403</title>'],
    ['null', 'null'],
    ['an endless depth', '['.repeat(100_000)],
    ['without an outcome', '{"schema":1,"version":"1.0.14.RELEASE"}'],
  ];
  test('broken, empty, of somebody else: each is counted and passed over', async () => {
    await opened({}, '1.0.14');
    for (const [index, [, content]] of nonsense.entries())
      writeFileSync(
        path.join(recordsOf('1.0.14'), `2026-12-01T00-00-0${index}-000Z-Production.json`),
        content,
      );
    writeFileSync(path.join(recordsOf('1.0.14'), 'notes of somebody.json'), '{}');
    const told = await history();
    expect(told.exitCode).toBe(0);
    const count = nonsense.length + 1;
    expect(told.log).toContain(`${count} things are not readable as a record and passed over`);
    expect(fileOf(told.output('history.json'))).toMatchObject({ passedOver: count, total: 1 });
    expect((await shop.world.installer(shop.world.folder, base, 'status')).exitCode).toBe(0);
  });

  test('a record of a newer program is read as far as it is known', async () => {
    await opened({}, '1.0.14');
    multiply('1.0.14', [{ version: '1.0.14', at: Date.UTC(2026, 11, 1) }]);
    const file = path.join(recordsOf('1.0.14'), '2026-12-01T00-00-00-000Z-Production.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const newer = { ...record, schema: 7, outcome: 'half-steady', plans: 'elsewhere', wave: { of: 3 } };
    writeFileSync(file, JSON.stringify(newer));
    const told = await history();
    expect(told.log).toMatch(/1\.0\.14\.RELEASE +half-steady/u);
    expect(fileOf(told.output('history.json'))).toMatchObject({ passedOver: 0, total: 2 });
    expect((await shop.world.installer(shop.world.folder, base, 'status')).exitCode).toBe(0);
  });

  test('members of absurd kinds are left out', async () => {
    await opened({}, '1.0.14');
    const record = {
      schema: 99,
      outcome: 'steady \u001b[31m',
      version: '<script>alert(1)</script>',
      startedAt: 'yesterday',
      exitCode: 1e308,
      services: ['a\nb', 7, null],
      build: 'none',
      sentence: 'x'.repeat(100_000),
    };
    writeFileSync(
      path.join(recordsOf('1.0.14'), '2026-12-01T00-00-00-000Z-Production.json'),
      JSON.stringify(record),
    );
    const told = await history();
    expect(told.exitCode).toBe(0);
    expect(told.log).not.toContain('\u001b');
    expect(told.output('history.html')).not.toContain('<script>alert');
  });
});

describe('what cannot be told', () => {
  test('a project that is not there', async () => {
    await opened({}, '1.0.14');
    const told = await run({ bamboo_ecs_project: 'hid-generatr' });
    expect(told.exitCode).toBe(3);
    expect(told.log).toContain('Did you mean the project hid-generator?');
  });

  test('a repository that is not there, or not set', async () => {
    await opened({}, '1.0.14');
    rmSync(path.join(shop.world.folder, 'repository'), { recursive: true });
    expect((await history()).exitCode).toBe(3);
    const unset = await run({ bamboo_ecs_repository: '' });
    expect(unset.exitCode).toBe(2);
    expect(unset.log).toContain('no repository is set');
  });

  test('a limit that is none', async () => {
    await opened({});
    for (const limit of ['0', '-1', 'many', '1e9', '99999'])
      expect({ limit, exitCode: (await history(`--limit=${limit}`)).exitCode }).toEqual({
        limit,
        exitCode: 2,
      });
  });
});
