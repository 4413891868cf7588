// This machine's clock and that of S3.
import { expect, test } from '@jest/globals';
import { parseRepositoryAddress, RepositoryError } from '@bamboo-ecs/repository';
import { startOtherClock } from '../../../test/docker/other-clock.ts';
import { createS3Repository, type S3Options } from '../src/index.ts';

const minute = 60_000;

function openPort(endpoint: string, options: Partial<S3Options> = {}) {
  const address = parseRepositoryAddress('s3://bucket/team', 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError('address');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return createS3Repository({
    address: address.value,
    endpoint,
    region: 'eu-west-1',
    credentials,
    ...options,
  });
}

test('reads, looks and writes are signed by the time of S3 after the first refusal; it is told once', async () => {
  await using server = await startOtherClock({ ahead: 40 * minute, service: 's3' });
  const told: number[] = [];
  const port = openPort(server.url, { onClockOffset: (offset) => told.push(offset) });
  await port.stat('p/x');
  await port.read('p/x', 10);
  await port.write('p/x', Buffer.from('x'), { properties: {} });
  expect(server.seen).toEqual(['refused', 'taken', 'taken', 'taken']);
  expect(told.map((offset) => Math.round(offset / minute))).toEqual([40]);
});

test.each([
  [40 * minute, true, "The clock of this agent is 40 minutes behind AWS's. So AWS refuses its signature."],
  [-40 * minute, true, "The clock of this agent is 40 minutes ahead of AWS's."],
  [40 * minute, false, "The clock of this agent differs from AWS's by more than 15 minutes"],
])('%d ms, with a Date: %s: what a refusal says', async (ahead, date, words) => {
  await using server = await startOtherClock({ ahead, service: 's3', date });
  // One attempt: otherwise the SDK mends what it can.
  const refused = openPort(server.url, { attempts: 1 }).read('p/x', 10);
  const error: unknown = await refused.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RepositoryError);
  expect(error).toMatchObject({ kind: 'unauthenticated', hint: expect.stringContaining('NTP') });
  expect(String(error)).toContain(words);
});
