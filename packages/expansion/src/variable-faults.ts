// What can be wrong with a name in a template, in words.
import type { Place, Problem } from '@bamboo-ecs/release';
import { looksSecret } from './secret-name.ts';
import type { Tag } from './tags.ts';
import { bambooVariable, environmentVariable } from './template-name.ts';
import type { Page } from './template-source.ts';
import type { Lookup, TemplateVariable } from './variables.ts';

export function missing(
  page: Page,
  places: readonly Tag[],
  name: string,
  nearest: string | undefined,
): Problem {
  const variable = environmentVariable(name);
  return {
    severity: 'error',
    code: 'variable-missing',
    message: `\${${name}} has no value: there is no Bamboo variable ${bambooVariable(name)} (environment variable ${variable})${also(page, places)}`,
    place: place(page, places, variable),
    hint: missingHint(name, nearest),
  };
}

/** Where the variables come from that are derived from what Bamboo says of the build. */
const derivedFrom: ReadonlyMap<string, string> = new Map([
  ['branch', 'bamboo_planRepository_branchName'],
  ['revision', 'bamboo_planRepository_revision'],
  ['buildNumber', 'bamboo_buildNumber'],
]);

function missingHint(name: string, nearest: string | undefined): string {
  const source = derivedFrom.get(name);
  if (source !== undefined)
    return `Hand ${source}, in which Bamboo says it, to the container: \${${name}} is taken from it.`;
  if (/^bamboo[._]/.test(name))
    return `Variables are written without the prefix: \${${name.slice('bamboo.'.length)}}.`;
  // Capitals are how the variables of a shell look, in a command or a health check.
  if (/^[A-Z][A-Z0-9_]*$/.test(name))
    return `Write \`$\${${name}}\` if the text itself is meant; otherwise set ${bambooVariable(name)}.`;
  // Told at once: otherwise the next run would say that its name looks like a secret.
  const allow = looksSecret(name)
    ? ` Its name looks like a secret: allow-variables must name it, too, and its value then stands in the descriptor.`
    : '';
  const supply = `et ${bambooVariable(name)} in Bamboo and hand it to the container.${allow}`;
  return nearest === undefined ? `S${supply}` : `Did you mean \${${nearest}}? Otherwise s${supply}`;
}

export function withheld(
  page: Page,
  places: readonly Tag[],
  name: string,
  { reason, environment }: Extract<Lookup, { kind: 'withheld' }>,
): Problem {
  const why =
    reason === 'secret'
      ? 'its name looks like a secret, and descriptors are stored and shown in many places'
      : 'variables of this prefix are settings of the programs or capabilities of the agent';
  return {
    severity: 'error',
    code: 'variable-withheld',
    message: `\${${name}} does not enter a template: ${why}${also(page, places)}`,
    place: place(page, places, environment),
    hint:
      reason === 'secret'
        ? `Keep secrets in the "secrets" of the container definition (Secrets Manager, Parameter Store); if it is none, name it in \`allow-variables\`: ${name}.`
        : 'They cannot be allowed; give the value to a variable of another name.',
  };
}

export function lateSecret(page: Page, places: readonly Tag[], name: string): Problem {
  return {
    severity: 'error',
    code: 'variable-withheld',
    message: `\${${name}} does not enter a template: its name looks like a secret, and descriptors are stored and shown in many places${also(page, places)}`,
    place: place(page, places, environmentVariable(name)),
    hint: `Keep secrets in the "secrets" of the container definition; if it is none, name it in \`allow-variables\`: ${name}.`,
  };
}

export function lateSection(page: Page, tag: Tag): Problem {
  return {
    severity: 'error',
    code: 'late-section',
    message: `\${${tag.type}${tag.name}}: a late variable cannot open a section, because its value is known only at the installation and the descriptor's shape must be checked now`,
    place: page.place(tag.start),
    hint: 'Use a variable of the build for the section, and the late one for values inside it.',
  };
}

export function hidden(
  page: Page,
  places: readonly Tag[],
  variable: TemplateVariable,
  hides: string,
): Problem {
  return {
    severity: 'warning',
    code: 'variable-hidden',
    message: `\${${variable.name}} is the derived variable; the Bamboo variable ${hides} of the same name has another value and is not used${also(page, places)}`,
    place: place(page, places, hides),
    hint: `Give the Bamboo variable another name if its value is wanted.`,
  };
}

export function falseSection(page: Page, tag: Tag, variable: TemplateVariable): Problem {
  return {
    severity: 'warning',
    code: 'section-on-false',
    message: `\${${tag.type}${tag.name}}: the variable has the text "${variable.value.trim()}", and any text at all counts as set`,
    place: page.place(tag.start, variable.environment === null ? {} : { variable: variable.environment }),
    hint: 'Leave the variable empty to switch the section off.',
  };
}

function place(page: Page, places: readonly Tag[], variable: string): Place {
  return page.place(places[0]?.start ?? 0, { variable });
}

/** Further lines with the same name, so that one look corrects them all. */
function also(page: Page, places: readonly Tag[]): string {
  const first = page.line(places[0]?.start ?? 0);
  const lines = [...new Set(places.slice(1, 100).map((tag) => page.line(tag.start)))].filter(
    (line) => line !== first,
  );
  if (lines.length === 0) return '';
  const more = lines.length > 5 ? ', …' : '';
  return `; also in line${lines.length > 1 ? 's' : ''} ${lines.slice(0, 5).join(', ')}${more}`;
}
