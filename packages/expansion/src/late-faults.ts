// What can be wrong with a late variable at its installation, in words.
import type { ManifestDescriptor, Problem } from '@bamboo-ecs/release';
import type { HoleAt } from './hole-paths.ts';
import type { Tag, Tags } from './tags.ts';
import { bambooVariable, environmentVariable, lateName } from './template-name.ts';
import type { Page } from './template-source.ts';
import { shorten } from './value-faults.ts';
import type { TemplateVariable } from './variables.ts';

export function missingLate(page: Page, { hole, type }: HoleAt, path: string): Problem {
  const variable = environmentVariable(hole.name);
  return {
    severity: 'error',
    code: 'late-missing',
    message: `\${${hole.name}} has no value: the deployment environment has no Bamboo variable ${bambooVariable(hole.name)} (environment variable ${variable}); a ${type === 'string' ? 'text' : type} is wanted`,
    place: page.place(hole.start, { path, variable }),
    hint: `Set ${bambooVariable(hole.name)} in the deployment environment and hand it to the container.`,
  };
}

export function notAScalar(page: Page, offset: number, variable: TemplateVariable, reason: string): Problem {
  const shown = variable.secret || variable.value.trim() === '' ? '' : ` is ${shorten(variable.value)} and`;
  return {
    severity: 'error',
    code: 'late-type',
    message: `the Bamboo variable ${bambooVariable(variable.name)}${shown} does not fit its place, which takes a number, true or false: ${reason}`,
    place: page.place(offset, { variable: environmentVariable(variable.name) }),
    hint: `Correct ${bambooVariable(variable.name)} in the deployment environment.`,
  };
}

export function empty(page: Page, offset: number, variable: TemplateVariable): Problem {
  return {
    severity: 'warning',
    code: 'value-empty',
    message: `\${${variable.name}} is empty: the Bamboo variable ${bambooVariable(variable.name)} is there, but has no text`,
    place: page.place(offset, { variable: environmentVariable(variable.name) }),
    hint: 'Give it a value in the deployment environment.',
  };
}

/** The content must be in late form, with just the placeholders that the manifest lists. */
export function formProblems(
  page: Page,
  descriptor: ManifestDescriptor,
  { tags, comments, problems }: Tags,
): Problem[] {
  const foreign = tags.find((tag) => tag.type !== 'name' || lateName(tag.name) === undefined);
  const offset = foreign?.start ?? comments[0]?.[0];
  if (problems.length > 0 || offset !== undefined) {
    const place = offset === undefined ? (problems[0]?.place ?? {}) : page.place(offset);
    return [
      notLateForm(
        'the content is not in late form: there is a placeholder that the expander does not leave',
        { file: descriptor.name, ...place },
      ),
    ];
  }
  const found = namesOf(tags);
  if (found.join() === [...descriptor.late].sort().join()) return [];
  const listed = descriptor.late.join(', ');
  return [
    notLateForm(
      `${descriptor.name} has the late variables ${found.join(', ') || '(none)'}, its manifest lists ${listed}`,
      {},
    ),
  ];
}

function namesOf(tags: readonly Tag[]): string[] {
  return [...new Set(tags.flatMap((tag) => lateName(tag.name) ?? []))].sort();
}

function notLateForm(message: string, place: Problem['place'] & object): Problem {
  return {
    severity: 'error',
    code: 'late-form',
    message,
    place,
    hint: 'The release was not made by the expander, or was changed since: publish it again.',
  };
}
