// Short ways to expand one template in a test.
import { formatProblem, type DescriptorKind, type JsonObject, type Problem } from '@bamboo-ecs/release';
import {
  buildTemplateVariables,
  derivedVariables,
  expandRelease,
  type Expansion,
  type TemplateSource,
} from '../src/index.ts';

export const project = 'hid-generator';
export const version = '1.0.15.RELEASE';

export interface Setting {
  /** Names without the prefix. */
  readonly bamboo?: Readonly<Record<string, string>>;
  readonly allow?: readonly string[];
  /** Bamboo says nothing of branch, revision and build. */
  readonly silent?: boolean;
}

export function expandAll(
  templates: readonly TemplateSource[],
  { bamboo = {}, allow = [], silent = false }: Setting = {},
): Expansion {
  const derived = derivedVariables({
    project,
    version,
    branch: silent ? null : 'master',
    revision: silent ? null : 'a1b2c3',
    buildNumber: silent ? null : '7',
  });
  const environment = Object.fromEntries(
    Object.entries(bamboo).map(([name, value]) => [`bamboo_${name}`, value]),
  );
  const variables = buildTemplateVariables({ bamboo: environment, derived, allow });
  return expandRelease({ project, version, templates, variables });
}

export function template(kind: DescriptorKind, text: string): TemplateSource {
  return { kind, file: `${kind}.json`, text };
}

export function expandTask(text: string, setting: Setting = {}): Expansion {
  return expandAll([template('task-definition', text)], setting);
}

/** A task definition whose one container has these further members: `"hostname": "${x}"`. */
export function taskWith(members: string): string {
  return `{
  "family": "web",
  "containerDefinitions": [
    {
      "name": "web", "image": "r.example.com/web:1.0.15.RELEASE", "memory": 64,
      ${members}
    }
  ]
}
`;
}

/** The first container of the expanded task definition. */
export function container(expansion: Expansion): JsonObject {
  const content = expansion.descriptors[0]?.content;
  if (content === undefined) throw new Error(`no descriptor:\n${shown(expansion.problems)}`);
  return (JSON.parse(content) as { containerDefinitions: JsonObject[] }).containerDefinitions[0] ?? {};
}

export function shown(problems: readonly Problem[]): string {
  return problems.map(formatProblem).join('\n');
}

/** `error variable-missing task-definition.json:2:3 $.path VARIABLE` for each. */
export function places(problems: readonly Problem[]): string[] {
  return problems.map(({ severity, code, place }) =>
    [severity, code, `${place?.line ?? '-'}:${place?.column ?? '-'}`, place?.path, place?.variable]
      .filter(Boolean)
      .join(' '),
  );
}
