// What the documents say of settings, commands, exit codes and files is so, and their links lead somewhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settingDefinitions, variableOf } from '@bamboo-ecs/bamboo';
import { expanderCommands } from '@bamboo-ecs/expander';
import { installerCommands } from '@bamboo-ecs/installer';
import { exitMeaning } from '@bamboo-ecs/report';
import { describe, expect, test } from '@jest/globals';
import { isKnownVariable } from './bamboo-variables.ts';
import { readSpec, specNames } from './spec.ts';

const root = path.join(import.meta.dirname, '../..');
const documents = [
  ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`),
  'examples/README.md',
].filter((name) => name.endsWith('.md'));

function textOf(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

/** Code in backticks, on one line, and blocks of code. */
function codeOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gmsu)].map((match) => match[1] ?? '');
  const spans = [...text.replaceAll(/^```.*?^```/gmsu, '').matchAll(/`([^`\n]+)`/gu)].map(
    (match) => match[1] ?? '',
  );
  return [...blocks, ...spans];
}

/** As GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gmu)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

const settings = new Set(settingDefinitions.map(({ name }) => variableOf(name)));

describe.each(documents)('%s', (name) => {
  const text = textOf(name);
  const code = codeOf(text);

  test('every setting that it names is one', () => {
    const variables = [...text.matchAll(/\bbamboo_ecs_[a-z0-9_]*[a-z0-9](?![a-z0-9_…*])/giu)].map(([found]) =>
      found.toLowerCase(),
    );
    const dotted = code.flatMap((span) => {
      const found = /^(?:\$\{bamboo\.)?(ecs(?:\.[a-z]+)+)(?![a-z.…*])/u.exec(span)?.[1];
      return found === undefined || found.startsWith('ecs.amazonaws')
        ? []
        : [`bamboo_${found.replaceAll('.', '_')}`];
    });
    expect([...variables, ...dotted].filter((variable) => !settings.has(variable))).toEqual([]);
  });

  test('every command of ours that it names is one', () => {
    const commands = { expander: expanderCommands, installer: installerCommands } as const;
    const named = code.flatMap((span) => [
      ...span.matchAll(/(?:^|\n|npx )(expander|installer) ([a-z]+)(?: (--[a-z-]+))*/gu),
    ]);
    for (const [whole, program, command] of named) {
      const known: readonly { readonly name: string }[] = commands[program as 'expander'];
      expect({ whole, known: known.some((each) => each.name === command) }).toEqual({ whole, known: true });
    }
  });

  test('every link leads somewhere', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/gu)].map((match) => match[1] ?? '');
    const dead = links.filter((link) => {
      if (/^https?:/u.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? name : path.join(path.dirname(name), file);
      if (!existsSync(path.join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(textOf(target)).has(anchor);
    });
    expect(dead).toEqual([]);
  });
});

describe('docs/bamboo.md', () => {
  const text = textOf('docs/bamboo.md');

  test('every variable of Bamboo in its fields is known, or said to be left alone', () => {
    const left = new Set([
      'x',
      'ManualBuildTriggerReason.userName',
      'deploy.release.previous',
      'orders.version',
    ]);
    const used = [...text.matchAll(/\$\{bamboo\.([^}]+)\}/gu)].map((match) => match[1] ?? '');
    const unknown = used.filter(
      (name) =>
        !left.has(name) &&
        !isKnownVariable(name, ['inject']) &&
        !settings.has(`bamboo_${name.replaceAll('.', '_')}`),
    );
    expect(unknown).toEqual([]);
    expect(used.length).toBeGreaterThan(5);
  });

  test('the table of troubles has every exit code', () => {
    const section = text.slice(text.indexOf('\n## Troubleshooting'));
    const rows = [...section.matchAll(/^\| ([\d, ]+)[^|]*\|/gmu)].flatMap((match) =>
      (match[1] ?? '').split(','),
    );
    const codes = new Set(rows.map(Number));
    const ours = Array.from({ length: 125 }, (_, code) => code).filter(
      (code) => exitMeaning(code) !== 'not an exit code of this program',
    );
    expect(ours.filter((code) => !codes.has(code))).toEqual([]);
    expect([...codes].filter((code) => code < 125 && !ours.includes(code))).toEqual([]);
  });

  test('its table of specs is the folder, and its script is that of the specs', () => {
    for (const name of specNames) expect(text).toContain(`[${name}](../examples/bamboo-specs/${name})`);
    const script = /^```sh\n(#!\/bin\/sh\nset -eu\n.*?)^```/msu.exec(text)?.[1];
    const inSpec = readSpec('one-project.yaml').text.replaceAll(/^ {12}/gmu, '');
    expect(inSpec).toContain(script?.replaceAll('hid-generator', 'orders'));
  });

  test('the variables for the whole shop are those that the specs count on', () => {
    const section = text.slice(text.indexOf('\n## Once for'), text.indexOf('\n## Bamboo 5.9'));
    const named = [...section.matchAll(/^\| `([\w.]+)`/gmu)].map((match) => match[1] ?? '');
    expect(named).toEqual(['ecs.repository', 'ecs.artifactory.user', 'ecs.artifactory.password', 'registry']);
    expect(named.filter((name) => !isKnownVariable(name, []))).toEqual([]);
    for (const name of specNames)
      expect(readSpec(name).text).toMatch(/ecs\.repository, ecs\.artifactory\.user/u);
  });
});

test('docs/permissions.md speaks of every action of the policies, and of every file', () => {
  const text = textOf('docs/permissions.md');
  for (const name of readdirSync(path.join(root, 'examples/iam'))) {
    expect(text).toContain(`(../examples/iam/${name})`);
    if (!/^(?:plan|install)/u.test(name)) continue;
    const actions = [...textOf(`examples/iam/${name}`).matchAll(/"([a-z-]+:[A-Z]\w+)"/gu)].map(
      (match) => match[1] ?? '',
    );
    expect(actions.filter((action) => !text.includes(`\`${action}\``))).toEqual([]);
  }
});
