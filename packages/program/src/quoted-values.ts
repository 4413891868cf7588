// `docker run --env-file` takes every line as it stands, so that quotes become part of a value; then the branch is called
// "master", with the quotes, and the run would end green without having published anything.
import { isSecretName } from '@bamboo-ecs/bamboo';
import type { Problem } from '@bamboo-ecs/release';

/** What Bamboo makes itself and no quote can be in, and our settings. */
const never =
  /^bamboo_(?:planRepository_(?:\d+_)?(?:branch|branchName|revision)|repository_(?:git_branch|branch_name|revision_number)|build(?:Key|Number|ResultKey)|planKey|inject_\w+|ecs_\w+)$/iu;

/** One problem with all names whose whole value stands in quotes. */
export function quotedValues(env: Readonly<Record<string, string | undefined>>): readonly Problem[] {
  const names = Object.entries(env)
    .filter(([name, value]) => never.test(name) && !isSecretName(name) && isQuoted(value ?? ''))
    .map(([name]) => name);
  if (names.length === 0) return [];
  return [
    {
      severity: 'error',
      code: 'quoted-value',
      message: `quotes are part of the value of ${names.join(', ')}: docker's --env-file takes every line as it stands`,
      place: { variable: names[0]! },
      hint: 'Write NAME=value without quotes into the file of --env-file, or mount the file and name it in variables-file, where a value may be a JSON string.',
    },
  ];
}

function isQuoted(value: string): boolean {
  const text = value.trim();
  return text.length > 1 && (text[0] === '"' || text[0] === "'") && text.at(-1) === text[0];
}
