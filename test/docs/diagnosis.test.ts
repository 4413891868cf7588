// docs/diagnosis.md has every cause that a diagnosis can name, and no other.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { healthCauses } from '../../packages/rollout/src/diagnosing/say-health.ts';
import { serviceCauses } from '../../packages/rollout/src/diagnosing/say-service.ts';
import { taskCauses } from '../../packages/rollout/src/diagnosing/say-task.ts';

const text = readFileSync(path.join(import.meta.dirname, '../../docs/diagnosis.md'), 'utf8');
const [, table = ''] = text.split('## The causes');
const documented = [...table.matchAll(/^\| (`[^|]+) \|/gmu)].flatMap(([, cell = '']) =>
  [...cell.matchAll(/`([\w-]+)`/gu)].map(([, name]) => name),
);

test('every cause is documented, once', () => {
  const causes = Object.keys({ ...healthCauses, ...serviceCauses, ...taskCauses });
  expect(causes.length).toBeGreaterThan(45);
  expect(documented).toHaveLength(causes.length);
  expect(new Set(documented)).toEqual(new Set(causes));
});
