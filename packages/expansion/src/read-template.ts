// One template from its text to a checked descriptor.
import { checkDescriptor, type DescriptorKind, type JsonObject, type Problem } from '@bamboo-ecs/release';
import { tooLarge } from './decode-template.ts';
import { fillStandIns, placeHoles } from './hole-paths.ts';
import { type Locate, readJson } from './json-text.ts';
import { type Located, locateProblems } from './locate-problems.ts';
import { parseTemplate } from './parse-template.ts';
import type { Piece } from './pieces.ts';
import { render } from './render.ts';
import { SourceMap } from './source-map.ts';
import { findTags, type Tag } from './tags.ts';
import { environmentVariable, lateName } from './template-name.ts';
import { maxTemplateBytes, Page, type TemplateSource } from './template-source.ts';
import { empty, notAScalar } from './value-faults.ts';
import { variableProblems } from './variable-problems.ts';
import type { TemplateVariable, TemplateVariables } from './variables.ts';

/** What could be read of a template although something may be wrong with it. */
export interface ReadTemplate {
  readonly kind: DescriptorKind;
  readonly problems: readonly Problem[];
  /** Undefined when the text is no JSON object. Unknown values are stand-ins. */
  readonly descriptor?: {
    readonly value: JsonObject;
    readonly pieces: readonly Piece[];
    readonly located: Located;
  };
}

export function readTemplate(source: TemplateSource, variables: TemplateVariables): ReadTemplate {
  const { kind, file } = source;
  const unreadable = textProblem(source);
  if (unreadable) return { kind, problems: [unreadable] };
  const page = new Page(file, source.text.replaceAll(/\r\n?/g, '\n'));
  const tags = findTags(page);
  const named = [...tags.problems, ...variableProblems(page, tags.tags, variables)];
  if (tags.problems.length > 0) return { kind, problems: named };

  const nodes = parseTemplate(page.text, tags);
  const rendered = render(page, nodes, tags.literals, {
    find: (name) => usable(name, variables),
    notAScalar,
    empty,
  });
  const problems = [...named, ...rendered.problems];
  if (rendered.cut) return { kind, problems };

  const map = new SourceMap(rendered.pieces);
  const locate: Locate = (offset, path) => page.place(map.origin(offset), path === undefined ? {} : { path });
  const json = readJson(map.text, locate, map.holes.length > 0);
  if (!json.ok) return { kind, problems: [...problems, ...json.problems] };

  const holes = placeHoles(kind, map.holes, json.tokens, locate);
  const value = fillStandIns(json.value, holes.holes);
  const located: Located = {
    page,
    map,
    holes,
    secrets: secretsOf(tags.tags, variables),
    environmentOf: (name) => {
      const known = variables.find(name);
      return known.kind === 'known' ? (known.variable.environment ?? undefined) : environmentVariable(name);
    },
  };
  const found = checkDescriptor(kind, value, { late: holes.paths });
  const all = [...problems, ...holes.problems, ...locateProblems(found, located)];
  return { kind, problems: all, descriptor: { value, pieces: rendered.pieces, located } };
}

/** A late variable has no value yet, even if the build has a variable of its name. */
function usable(name: string, variables: TemplateVariables): TemplateVariable | undefined {
  if (lateName(name) !== undefined) return undefined;
  const found = variables.find(name);
  return found.kind === 'known' ? found.variable : undefined;
}

/** A text that is not worth reading on. */
function textProblem({ file, text }: TemplateSource): Problem | undefined {
  const bytes = text.length > maxTemplateBytes ? text.length : Buffer.byteLength(text);
  if (bytes > maxTemplateBytes) return tooLarge(bytes, { file });
  if (text.trim() === '') {
    return {
      severity: 'error',
      code: 'template-empty',
      message: text === '' ? 'the template is empty' : 'the template holds nothing but white space',
      place: { file },
      hint: 'A descriptor is a JSON object: "{", its members, "}".',
    };
  }
  if (!text.isWellFormed()) {
    const offset = text.search(/\p{Surrogate}/u);
    return {
      severity: 'error',
      code: 'template-encoding',
      message: 'the template holds half a character (a lone surrogate), which cannot be written as UTF-8',
      place: new Page(file, text).place(Math.max(0, offset)),
      hint: 'Save the file as UTF-8.',
    };
  }
  return undefined;
}

function secretsOf(tags: readonly Tag[], variables: TemplateVariables): string[] {
  const values = new Set<string>();
  for (const tag of tags) {
    const found = variables.find(tag.name);
    if (found.kind === 'known' && found.variable.secret) values.add(found.variable.value);
  }
  return [...values];
}
