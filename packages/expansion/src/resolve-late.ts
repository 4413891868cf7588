// The installer's half: the late variables of a release get their values, and everything is checked once more.
import {
  checkDescriptor,
  type DescriptorKind,
  formatPath,
  type JsonObject,
  type ManifestDescriptor,
  type Problem,
  type Result,
} from '@bamboo-ecs/release';
import { crossProblems } from './cross-problems.ts';
import { fillStandIns, placeHoles } from './hole-paths.ts';
import { type Locate, readJson } from './json-text.ts';
import * as faults from './late-faults.ts';
import { limitProblems } from './limit-problems.ts';
import { type Located, locateProblems } from './locate-problems.ts';
import type { Node } from './parse-template.ts';
import { render } from './render.ts';
import { looksSecret } from './secret-name.ts';
import { SourceMap } from './source-map.ts';
import { findTags, type Tags } from './tags.ts';
import { environmentVariable, lateName } from './template-name.ts';
import { Page } from './template-source.ts';
import type { TemplateVariable } from './variables.ts';

/** The value of a late variable by its name without `environment.`; undefined when the environment has none. */
export type LateValues = (name: string) => string | undefined;

interface Resolved {
  readonly kind: DescriptorKind;
  readonly problems: readonly Problem[];
  readonly descriptor?: { readonly value: JsonObject; readonly located: Located };
}

/**
 * The requests that a release makes in one environment. A missing variable, one that does not fit its place, and whatever
 * the checks of a descriptor find with the values filled in: all at once, each with the Bamboo variable
 * (`bamboo_environment_x`) that it comes from. Lines and columns are those of the published descriptor.
 */
export function resolveLate(
  descriptors: readonly ManifestDescriptor[],
  values: LateValues,
): Result<ReadonlyMap<DescriptorKind, JsonObject>> {
  const missing = new Set<string>();
  const resolved = descriptors.map((descriptor) => resolve(descriptor, values, missing));
  const problems = [
    ...twice(descriptors),
    ...resolved.flatMap((each) => limitProblems(each.problems)),
    ...crossProblems(resolved),
  ];
  if (problems.some(({ severity }) => severity === 'error')) return { ok: false, problems };
  const value = new Map(
    resolved.flatMap(({ kind, descriptor }) => (descriptor ? [[kind, descriptor.value] as const] : [])),
  );
  return problems.length > 0 ? { ok: true, value, warnings: problems } : { ok: true, value };
}

/** `missing`: names that were reported already. */
function resolve(descriptor: ManifestDescriptor, values: LateValues, missing: Set<string>): Resolved {
  const { kind, name, content } = descriptor;
  const page = new Page(name, content);
  const late = descriptor.late.length > 0;
  const tags = late ? findTags(page) : noTags;
  const form = late ? faults.formProblems(page, descriptor, tags) : [];
  if (form.length > 0) return { kind, problems: form };

  const used = new Map<string, TemplateVariable>();
  const find = (placeholder: string): TemplateVariable | undefined => {
    const known = used.get(placeholder) ?? lateVariable(placeholder, values);
    if (known) used.set(placeholder, known);
    return known;
  };
  const {
    pieces,
    problems: found,
    cut,
  } = render(page, nodesOf(page, tags), tags.literals, {
    find,
    notAScalar: faults.notAScalar,
    empty: faults.empty,
  });
  const problems = [...found];
  if (cut) return { kind, problems };

  const map = new SourceMap(pieces);
  const locate: Locate = (offset, path) => page.place(map.origin(offset), path === undefined ? {} : { path });
  const json = readJson(map.text, locate, map.holes.length > 0);
  if (!json.ok) return { kind, problems: [...problems, ...json.problems] };
  const holes = placeHoles(kind, map.holes, json.tokens, locate);
  for (const hole of holes.holes) {
    if (find(hole.hole.name) || missing.has(hole.hole.name)) continue;
    missing.add(hole.hole.name);
    problems.push(faults.missingLate(page, hole, formatPath(hole.path)));
  }
  const value = fillStandIns(json.value, holes.holes);
  const secrets = [...used.values()].filter(({ secret }) => secret).map((variable) => variable.value);
  const located: Located = { page, map, holes, secrets, environmentOf: environmentVariable };
  const checked = locateProblems(checkDescriptor(kind, value, { late: holes.paths }), located);
  return { kind, problems: [...problems, ...holes.problems, ...checked], descriptor: { value, located } };
}

const noTags: Tags = { tags: [], literals: [], comments: [], problems: [] };

function lateVariable(placeholder: string, values: LateValues): TemplateVariable | undefined {
  const name = lateName(placeholder);
  const value = name === undefined ? undefined : values(name);
  if (value === undefined) return undefined;
  const environment = environmentVariable(placeholder);
  return { name: placeholder, value, origin: 'bamboo', environment, secret: looksSecret(placeholder) };
}

/** Text and placeholders in turn: late form has no sections. */
function nodesOf(page: Page, { tags }: Tags): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const { name, start, end } of tags) {
    if (start > from) nodes.push({ type: 'text', start: from, end: start });
    nodes.push({ type: 'name', name, start });
    from = end;
  }
  if (from < page.text.length) nodes.push({ type: 'text', start: from, end: page.text.length });
  return nodes;
}

function twice(descriptors: readonly ManifestDescriptor[]): Problem[] {
  return descriptors
    .filter(({ kind }, index) => descriptors.findIndex((other) => other.kind === kind) !== index)
    .map(({ kind, name }) => ({
      severity: 'error',
      code: 'descriptor-twice',
      message: `the release has more than one ${kind}`,
      place: { file: name },
      hint: 'Publish the release again.',
    }));
}
