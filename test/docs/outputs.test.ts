// The JSON that docs promise to programs has the members that the programs write, no more and no fewer.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { notificationOf } from '@bamboo-ecs/notification';
import { run } from '../../packages/notification/test/runs.ts';
import { well } from '../../packages/report/test/histories/places.ts';
import { openShop, project, withBreaker } from '../e2e/shop.ts';

type Json = Readonly<Record<string, unknown>>;

function examples(file: string): readonly Json[] {
  const text = readFileSync(path.join(import.meta.dirname, '../../docs', file), 'utf8');
  return [...text.matchAll(/```json\n(?<json>[\s\S]*?)```/gu)].map(
    ({ groups }) => JSON.parse(groups?.['json'] ?? '') as Json,
  );
}

function exampleWith(file: string, member: string): Json {
  const found = examples(file).find((one) => Object.hasOwn(one, member));
  if (found === undefined) throw new Error(`docs/${file} has no example with ${member}`);
  return found;
}

/** Names of members, with those of the objects in them; of a list its first. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return 'value';
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, shapeOf(one)]),
  );
}

const pauses = [
  { hook: 'x', stage: null, expiresAt: null, otherwise: 'ROLLBACK', goOn: 'x', goBack: 'x' } as const,
];

describe('the JSON in docs/', () => {
  test('of status: every member of a place, a PAUSE included', () => {
    const [documented] = exampleWith('outputs.md', 'services')['services'] as readonly Json[];
    const written = { ...well, pauses, drift: ['x'] };
    expect(shapeOf(documented)).toEqual(shapeOf(written));
  });

  test('of status and history is what the commands write', async () => {
    const shop = openShop({ edit: withBreaker(true) });
    try {
      await shop.publish('1.0.14');
      await shop.install('1.0.14');
      const env = { bamboo_ecs_project: project };
      const status = await shop.world.installer(shop.world.folder, env, 'status');
      const statusFile = JSON.parse(status.output('status.json')) as Json;
      const documented = exampleWith('outputs.md', 'services');
      expect(Object.keys(statusFile)).toEqual(Object.keys(documented));
      const [place] = statusFile['services'] as readonly Json[];
      const [example] = documented['services'] as readonly Json[];
      expect(Object.keys(place ?? {}).toSorted()).toEqual(
        Object.keys(example ?? {})
          .filter((name) => name !== 'pauses')
          .toSorted(),
      );
      const history = await shop.world.installer(
        shop.world.folder,
        env,
        'history',
        '--environment=Production',
      );
      const historyFile = JSON.parse(history.output('history.json')) as Json;
      expect(shapeOf(historyFile)).toEqual(shapeOf(exampleWith('outputs.md', 'entries')));
    } finally {
      shop.world.close();
    }
  });

  test('of a notification: every member', () => {
    const notification = notificationOf(run({ services: ['web'] }), null);
    expect(shapeOf(exampleWith('notifications.md', 'kind'))).toEqual(shapeOf(notification));
  });
});
