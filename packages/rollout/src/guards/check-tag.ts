// May a version with this tag go into this environment?
import type { Problem, Tag } from '@bamboo-ecs/release';
import { parseEnvironments } from './environments.ts';
import type { EnvironmentMap } from './environments.ts';

const variable = 'bamboo_ecs_environments';

/**
 * `environments` is the setting as written, or parsed; null: every tag may go everywhere. An environment that the setting
 * does not name is refused: a misspelt name must not open the gate.
 */
export function checkTag(
  tag: Tag,
  environment: string | null,
  environments: string | EnvironmentMap | null,
): readonly Problem[] {
  if (environments === null) return [];
  const { map, unreadable } =
    typeof environments === 'string'
      ? parseEnvironments(environments)
      : { map: environments, unreadable: [] };
  if (unreadable.length > 0) return unreadable.map(unreadableEntry);
  const allowed = environment === null ? undefined : map.get(environment);
  if (allowed?.includes(tag)) return [];
  const known = [...map].map(([name, tags]) => `${name}=${tags.join('|')}`).join(', ') || 'nothing';
  const todo = allowed
    ? 'Install a version that it allows, or change the setting.'
    : 'Name the environment there as Bamboo does.';
  return [
    {
      severity: 'error',
      code: 'tag-not-allowed',
      message: `A ${tag} may not be installed ${whyNot(environment, allowed)}.`,
      place: { variable },
      hint: `The setting environments says ${known}. ${todo}`,
    },
  ];
}

function unreadableEntry(entry: string): Problem {
  return {
    severity: 'error',
    code: 'environments-unreadable',
    message: `The setting environments has the entry ${JSON.stringify(entry)}, which is not NAME=TAG or NAME=TAG|TAG with each name once.`,
    place: { variable },
    hint: 'Write it like QA=MILESTONE|RELEASE,Production=RELEASE.',
  };
}

function whyNot(environment: string | null, allowed: readonly string[] | undefined): string {
  if (environment === null)
    return 'here: the environment has no name, so the setting environments cannot allow it';
  const name = JSON.stringify(environment);
  return allowed
    ? `in the environment ${name}: only ${allowed.join(' and ') || 'nothing'} may go there`
    : `in the environment ${name}: the setting environments does not name it`;
}
