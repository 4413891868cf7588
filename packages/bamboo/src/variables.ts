// All Bamboo variables of a run: those of the environment, and of the file where the environment has none.

/**
 * Own keys only, prototype-free. An empty variable is there, and empty. Dots and dashes in a name count as `_`; of two
 * spellings the one that Bamboo itself makes, with `_`, wins.
 */
export function bambooVariables(
  env: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const variables = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(file)) variables[name] = value;
  const entries = Object.entries(env).filter(([name]) => /^bamboo[._-]./iu.test(name));
  const plain = ([name]: readonly [string, unknown]): boolean => /^\w+$/u.test(name);
  for (const [name, value] of [...entries.filter((entry) => !plain(entry)), ...entries.filter(plain)])
    if (value !== undefined) variables[name.replaceAll(/\W/gu, '_')] = value;
  return variables;
}

/** Not empty, not only blanks; trimmed. */
export function given(variables: Readonly<Record<string, string>>, name: string): string | undefined {
  const value = Object.hasOwn(variables, name) ? variables[name]?.trim() : undefined;
  return value === '' ? undefined : value;
}

/** Bamboo masks variables named password, passphrase, secret, sshkey (Atlassian: "Bamboo Specs encryption"); tokens are secrets, too. */
export function isSecretName(name: string): boolean {
  // The clientToken of ECS is a name for a request.
  return /password|passphrase|secret|sshkey|token/iu.test(name.replaceAll(/client[._-]?token/giu, ''));
}

/** Words that stand in every log: masking them would make it unreadable, and hide nothing. */
const everyday = /^(?:true|false|yes|no|on|off|none|null|\d{1,5})$/iu;
const shortest = 3;

/**
 * The values to mask in everything that is written, longest first. Left out: values of one or two characters, `true`, `no`
 * and the like, numbers of up to five digits.
 */
export function secretValues(variables: Readonly<Record<string, string>>): readonly string[] {
  const values = Object.entries(variables)
    .filter(([name]) => isSecretName(name))
    .flatMap(([, value]) => [value, value.trim()])
    .filter((value) => value.trim().length >= shortest && !everyday.test(value.trim()));
  return [...new Set(values)].sort((left, right) => right.length - left.length);
}
