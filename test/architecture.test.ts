// The import table of the design, as a test: which package may import which.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = path.join(import.meta.dirname, '..');
const adapters = ['network', 'artifactory', 's3', 'registry', 'ecs', 'neighbours', 'notification'];

const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/release': [],
  'packages/expansion': ['release'],
  'packages/rollout': ['release'],
  'packages/bamboo': [],
  'packages/report': ['release', 'rollout'],
  'packages/repository': ['release'],
  'packages/network': [],
  'packages/artifactory': ['release', 'repository', 'network'],
  'packages/s3': ['release', 'repository', 'network'],
  'packages/registry': ['release', 'network'],
  'packages/ecs': ['release', 'rollout', 'network'],
  'packages/neighbours': ['release', 'rollout', 'ecs'],
  'packages/notification': ['release', 'report', 'ecs', 'network'],
  'packages/program': ['release', 'report', 'bamboo'],
  'packages/wiring': ['release', 'repository', 'rollout', 'program', ...adapters],
  'packages/expander': ['release', 'expansion', 'report', 'bamboo', 'repository', 'registry', 'program'],
  'packages/installer': ['release', 'expansion', 'rollout', 'report', 'bamboo', 'repository', 'program'],
  'packages/rehearsal': ['rollout'],
  'images/expander': ['expander', 'program', 'wiring'],
  'images/installer': ['installer', 'program', 'wiring'],
};
/** Libraries that may be imported only by their adapter. */
const owners: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^@aws-sdk\/client-s3/u, ['packages/s3']],
  [/^@(aws-sdk|smithy)\//u, ['packages/ecs', 'packages/s3', 'packages/neighbours', 'packages/notification']],
  [/^got$/u, ['packages/artifactory', 'packages/registry', 'packages/notification']],
  [/^yargs/u, ['packages/program', 'packages/rehearsal']],
];

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    if (['node_modules', 'test', 'scripts'].includes(name)) return [];
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) return sourceFiles(file);
    return file.endsWith('.ts') ? [file] : [];
  });
}

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Imports and re-exports, static and dynamic. */
export function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'/gmu))
    found.push({ specifier: match[2]!, typeOnly: match[1] !== undefined });
  for (const match of text.matchAll(/^\s*import\s+'([^']+)'/gmu))
    found.push({ specifier: match[1]!, typeOnly: false });
  for (const match of text.matchAll(/\bimport\(\s*'([^']+)'/gu))
    found.push({ specifier: match[1]!, typeOnly: false });
  return found;
}

/** What a file imports against the table, as sentences that name the offender. */
export function violations(workspace: string, file: string, text: string): string[] {
  const allowed = mayImport[workspace];
  if (!allowed) return [`${workspace} is not in the import table`];
  return importsOf(text).flatMap(({ specifier, typeOnly }) => {
    const own = /^@bamboo-ecs\/([^/]+)/u.exec(specifier)?.[1];
    if (own)
      return allowed.includes(own) ? [] : [`${file} imports ${specifier}, which the table does not allow`];
    if (specifier.startsWith('.')) {
      const target = path.resolve(root, path.dirname(file), specifier);
      const inside = target.startsWith(path.join(root, workspace) + path.sep);
      return inside ? [] : [`${file} imports ${specifier}, which leaves its package`];
    }
    const owner = owners.find(([pattern]) => pattern.test(specifier));
    if (!owner || typeOnly || owner[1].includes(workspace)) return [];
    return [`${file} imports ${specifier}, which only ${owner[1].join(', ')} may`];
  });
}

const workspaces = ['packages', 'images'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`),
);

describe('the import table', () => {
  test.each(workspaces)('%s imports only what it may', (workspace) => {
    const found = sourceFiles(path.join(root, workspace)).flatMap((file) =>
      violations(workspace, path.relative(root, file), readFileSync(file, 'utf8')),
    );
    expect(found).toEqual([]);
  });

  test('an offender is named', () => {
    expect(
      violations(
        'packages/release',
        'packages/release/src/x.ts',
        "import { a } from '@bamboo-ecs/rollout';\n",
      ),
    ).toEqual(['packages/release/src/x.ts imports @bamboo-ecs/rollout, which the table does not allow']);
    expect(
      violations(
        'packages/installer',
        'packages/installer/src/x.ts',
        "import { ECSClient } from '@aws-sdk/client-ecs';\n",
      ),
    ).toHaveLength(1);
    expect(
      violations(
        'packages/release',
        'packages/release/src/x.ts',
        "export * from '../../rollout/src/plan.ts';\n",
      ),
    ).toHaveLength(1);
  });

  test('no source file passes 250 lines', () => {
    const long = workspaces
      .flatMap((workspace) => sourceFiles(path.join(root, workspace)))
      .map((file) => [path.relative(root, file), readFileSync(file, 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 250);
    expect(long).toEqual([]);
  });
});
