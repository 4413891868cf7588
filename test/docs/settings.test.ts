// docs/settings.md is what the table of settings says.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { settingDefinitions, variableOf } from '@bamboo-ecs/bamboo';
import { describe, expect, test } from '@jest/globals';
import { settingsDocument } from '../../scripts/settings-doc.ts';

const written = readFileSync(path.join(import.meta.dirname, '../../docs/settings.md'), 'utf8');

describe('docs/settings.md', () => {
  test('is up to date (node scripts/settings-doc.ts writes it)', () => {
    expect(written).toBe(settingsDocument());
  });

  test('has one row for each setting of each program, with five cells', () => {
    const rows = written.split('\n').filter((line) => line.startsWith('| `'));
    const cells = rows.map((row) =>
      row
        .split(/(?<!\\)\|/u)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(cells.filter((row) => row.length !== 5)).toEqual([]);
    const expected = settingDefinitions.flatMap(({ name, programs }) =>
      programs.map(() => `\`${variableOf(name)}\``),
    );
    expect(cells.map((row) => row[1] ?? '').sort()).toEqual(expected.sort());
    const secrets = new Set(cells.filter((row) => row[4] === 'yes').map((row) => row[0]));
    expect(secrets).toEqual(
      new Set(['`artifactory-password`', '`notify-secret-url`', '`registry-password`']),
    );
  });
});
