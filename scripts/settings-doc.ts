// docs/settings.md from the one table of settings. `node scripts/settings-doc.ts` writes it; test/docs/settings.test.ts compares.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { settingDefinitions, variableOf, type SettingDefinition } from '@bamboo-ecs/bamboo';

const head = `# Settings

Made from the table in \`packages/bamboo/src/setting-definitions.ts\` by \`node scripts/settings-doc.ts\`: change it there.

A setting \`artifactory-user\` is looked for in this order, and the first one counts:

1. the option \`--artifactory-user\` (refused for secrets: Bamboo logs command lines);
2. the environment variable \`bamboo_ecs_artifactory_user\`, which is how the Bamboo variable \`ecs.artifactory.user\` arrives
   (in capitals it will do, too);
3. a line \`bamboo_ecs_artifactory_user=…\` of the variables file;
4. the default.

Empty counts as not set. An unknown option or an unknown \`bamboo_ecs_…\` variable is an error with a "did you mean"; what only the other
program knows is let through, so both images may share their variables. The log says first which settings were used and from where.
How the variables get into the container: [bamboo.md](bamboo.md#how-values-reach-the-container).
`;

export function settingsDocument(): string {
  const programs = [
    { name: 'expander', title: 'The expander' },
    { name: 'installer', title: 'The installer' },
  ] as const;
  const sections = programs.map(({ name, title }) => {
    const rows = settingDefinitions.filter((definition) => definition.programs.includes(name)).map(rowOf);
    return [
      `\n## ${title}\n`,
      '| setting | variable | meaning | default | secret |',
      '|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
  });
  return [head, ...sections].join('');
}

function rowOf(definition: SettingDefinition): string {
  const { name, describe, choices, secret } = definition;
  const meaning = choices ? `${describe}: ${choices.map((choice) => code(choice)).join(', ')}` : describe;
  const cells = [
    code(name),
    code(variableOf(name)),
    // Outside of code, `<repo>` would be a tag.
    meaning.replaceAll('<', '&lt;'),
    defaultOf(definition),
    secret ? 'yes' : 'no',
  ];
  return `| ${cells.map((cell) => cell.replaceAll(/(?<!\\)\|/gu, String.raw`\|`)).join(' | ')} |`;
}

function defaultOf({ kind, ...definition }: SettingDefinition): string {
  if (definition.default !== undefined) return code(definition.default);
  return definition.defaultText ?? (kind === 'flag' ? 'off' : 'none');
}

function code(text: string): string {
  return `\`${text}\``;
}

if (import.meta.main) {
  const file = path.join(import.meta.dirname, '..', 'docs', 'settings.md');
  writeFileSync(file, settingsDocument());
}
