// Records over all versions of a project: their order, their environments, and what is none.
import { describe, expect, test } from '@jest/globals';
import {
  findRecords,
  inParallel,
  mayBeRecordOf,
  recordPart,
  recordSuffix,
  RepositoryError,
} from '../src/index.ts';
import { MemoryPort } from './memory-port.ts';

const project = 'hid-generator';
const write = async (port: MemoryPort, path: string): Promise<void> =>
  port.write(`${project}/${path}`, Buffer.from('{}'), { properties: {} });

describe('findRecords', () => {
  test('newest first over all versions; pages and other files do not count', async () => {
    const port = new MemoryPort();
    await write(port, '1.0.2.RELEASE/records/2026-11-24T02-00-00-000Z-QA.json');
    await write(port, '1.0.2.RELEASE/records/2026-11-24T02-00-00-000Z-QA.html');
    await write(port, '1.0.1.RELEASE/records/2026-11-24T03-00-00-000Z-QA.json');
    await write(port, '1.0.10.MILESTONE/records/2026-11-24T01-00-00Z-Production.json');
    await write(port, '1.0.10.MILESTONE/records/readme.json');
    await write(port, 'not-a-version/records/2026-11-24T09-00-00-000Z-QA.json');
    const found = await findRecords({ port, project });
    expect(found.records.map(({ version, name }) => [version, name])).toEqual([
      ['1.0.1.RELEASE', '2026-11-24T03-00-00-000Z-QA'],
      ['1.0.2.RELEASE', '2026-11-24T02-00-00-000Z-QA'],
      ['1.0.10.MILESTONE', '2026-11-24T01-00-00Z-Production'],
    ]);
    expect(found.versions).toBe(3);
    expect(found.foreign).toEqual([
      'hid-generator/1.0.10.MILESTONE/records/readme.json: not the name of a record',
    ]);
  });

  test('none of a project that is not there', async () => {
    await expect(findRecords({ port: new MemoryPort(), project })).resolves.toEqual({
      records: [],
      versions: 0,
      foreign: [],
    });
  });

  test.each([
    ['forbidden', 'is passed over'],
    ['unreachable', 'ends it'],
  ] as const)('a folder that is %s %s', async (kind, _so) => {
    const port = new MemoryPort();
    await write(port, '1.0.1.RELEASE/records/2026-11-24T03-00-00-000Z-QA.json');
    await write(port, '1.0.2.RELEASE/records/2026-11-24T02-00-00-000Z-QA.json');
    const list = port.list.bind(port);
    port.list = async (folder) => {
      if (folder.includes('1.0.2')) throw new RepositoryError(kind, 'no', 'ask');
      return list(folder);
    };
    const finding = findRecords({ port, project });
    if (kind === 'unreachable') {
      await expect(finding).rejects.toMatchObject({ kind });
      return;
    }
    await expect(finding).resolves.toMatchObject({
      versions: 2,
      records: [{ version: '1.0.1.RELEASE' }],
      foreign: ['hid-generator/1.0.2.RELEASE/records: no'],
    });
  });
});

test.each([
  ['QA', 'QA', true],
  ['QA', 'QA-2', true],
  ['QA', 'QA-22', false],
  ['QA', 'QAS', false],
  ['QA 1', 'QA-1', true],
  ['Prüfung', 'Pr-fung', true],
  ['', 'QA', false],
])('may %j be the environment of a record for %j: %j', (environment, suffix, expected) => {
  const name = `2026-11-24T02-00-00-000Z-${suffix}`;
  expect(recordSuffix(name)).toBe(suffix);
  expect(mayBeRecordOf(name, environment)).toBe(expected);
});

test('a part of a name holds only what a name may', () => {
  expect(recordPart('QA / Süd: 1.0')).toMatch(/^[\w-]+$/u);
});

test('inParallel keeps the order and the bound', async () => {
  let underWay = 0;
  let most = 0;
  const answers = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return item * 2;
  });
  expect(answers).toEqual([10, 2, 8, 4, 6]);
  expect(most).toBe(2);
  await expect(inParallel([], 3, async () => 1)).resolves.toEqual([]);
});
