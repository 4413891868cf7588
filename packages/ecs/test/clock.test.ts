// This machine's clock and AWS's: what the SDK mends by itself, what is told, and what a refusal says.
import { describe, expect, test } from '@jest/globals';
import { startOtherClock } from '../../../test/docker/other-clock.ts';
import { portTo } from './scripted-server.ts';

const minute = 60_000;

describe.each([
  ['behind', 12 * minute, /The clock of this agent is 12 minutes behind AWS's\. Set the clock of the agent/u],
  ['ahead of', -20 * minute, /The clock of this agent is 20 minutes ahead of AWS's\. Set the clock/u],
])('%s', (_name, ahead, words) => {
  test('the first read is refused once, then everything is signed by the time of AWS; it is told once', async () => {
    await using server = await startOtherClock({ ahead, service: 'ecs' });
    const told: number[] = [];
    const { port, client } = portTo(server, { onClockOffset: (offset) => told.push(offset) });
    await port.describeServices('qa', ['web']);
    await port.describeServices('qa', ['web']);
    client.destroy();
    expect(server.seen).toEqual(['refused', 'taken', 'taken']);
    expect(told.map((offset) => Math.round(offset / minute))).toEqual([ahead / minute]);
  });

  test('a write that comes first is sent again: it was surely not carried out', async () => {
    await using server = await startOtherClock({ ahead, service: 'ecs' });
    const { port, client } = portTo(server);
    await port.updateService({ cluster: 'qa', service: 'web' }).catch(() => undefined);
    client.destroy();
    expect(server.seen).toEqual(['refused', 'taken']);
  });

  test('what asks once, and the clients of other services, sign by what the first read has learnt', async () => {
    await using server = await startOtherClock({ ahead, service: 'ecs' });
    const { port, client } = portTo(server);
    await port.describeServices('qa', ['web']);
    await port.describeCluster('qa').catch(() => undefined);
    await port.updateService({ cluster: 'qa', service: 'web' }).catch(() => undefined);
    await client.scaling('qa', 'web').catch(() => undefined);
    client.destroy();
    expect(server.seen).toEqual(['refused', 'taken', 'taken', 'taken', 'taken']);
    expect(Math.round((client.neighbour().systemClockOffset ?? 0) / minute)).toBe(ahead / minute);
  });

  test('an answer without a Date cannot be mended: how far it is off is read from the words', async () => {
    await using server = await startOtherClock({ ahead, service: 'ecs', date: false });
    const { port, client } = portTo(server);
    const refused = port.describeServices('qa', ['web']);
    await expect(refused).rejects.toMatchObject({ kind: 'credentials', hint: expect.stringMatching(words) });
    client.destroy();
  });
});

test('less than AWS minds is not told', async () => {
  await using server = await startOtherClock({ ahead: 4 * minute, service: 'ecs' });
  const told: number[] = [];
  const { port, client } = portTo(server, { onClockOffset: (offset) => told.push(offset) });
  await port.describeServices('qa', ['web']);
  client.destroy();
  expect([server.seen, told]).toEqual([['taken'], []]);
});
