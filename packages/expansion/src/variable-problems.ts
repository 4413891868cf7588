// Every name of a template is looked up, in sections that are not shown, too: a misspelt name must not wait for the
// day on which its section is switched on.
import { nearest, type Problem } from '@bamboo-ecs/release';
import { looksSecret } from './secret-name.ts';
import type { Tag } from './tags.ts';
import { lateName } from './template-name.ts';
import type { Page } from './template-source.ts';
import type { Lookup, TemplateVariables } from './variables.ts';
import * as faults from './variable-faults.ts';

/** One problem for each name, at its first place. */
export function variableProblems(page: Page, tags: readonly Tag[], variables: TemplateVariables): Problem[] {
  const uses = new Map<string, Tag[]>();
  for (const tag of tags) {
    if (tag.type === '/') continue;
    const known = uses.get(tag.name);
    if (known) known.push(tag);
    else uses.set(tag.name, [tag]);
  }
  const problems: Problem[] = [];
  const suggest = suggestions(variables);
  for (const [name, places] of uses) {
    const late = lateName(name);
    if (late !== undefined) {
      const section = places.find((tag) => tag.type !== 'name');
      if (section) problems.push(faults.lateSection(page, section));
      if (looksSecret(late) && !variables.allows(name)) problems.push(faults.lateSecret(page, places, name));
      continue;
    }
    const found = variables.find(name);
    if (found.kind === 'unknown') problems.push(faults.missing(page, places, name, suggest(name)));
    else if (found.kind === 'withheld') problems.push(faults.withheld(page, places, name, found));
    else problems.push(...remarks(page, places, found));
  }
  return problems;
}

function remarks(
  page: Page,
  places: readonly Tag[],
  { variable }: Extract<Lookup, { kind: 'known' }>,
): Problem[] {
  const problems: Problem[] = [];
  if (variable.hides !== undefined) problems.push(faults.hidden(page, places, variable, variable.hides));
  const section = places.find((tag) => tag.type !== 'name');
  if (section && /^(?:false|no|off|0|null)$/i.test(variable.value.trim())) {
    problems.push(faults.falseSection(page, section, variable));
  }
  return problems;
}

/** Comparing names takes time; a text with thousands of unknown names is not a template with a few slips. */
const mostSuggestions = 50;

function suggestions(variables: TemplateVariables): (name: string) => string | undefined {
  let asked = 0;
  return (name) => (asked++ < mostSuggestions ? (nearest(name, variables.names) ?? undefined) : undefined);
}
