// All Bamboo variables of a run: those of the environment, and of the file where the environment has none.

/** Own keys only, prototype-free. An empty variable is there, and empty. */
export function bambooVariables(
  env: Readonly<Record<string, string | undefined>>,
  file: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const variables = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(file)) variables[name] = value;
  for (const [name, value] of Object.entries(env))
    if (/^bamboo_/iu.test(name) && value !== undefined) variables[name] = value;
  return variables;
}

/** Not empty, not only blanks; trimmed. */
export function given(variables: Readonly<Record<string, string>>, name: string): string | undefined {
  const value = Object.hasOwn(variables, name) ? variables[name]?.trim() : undefined;
  return value === '' ? undefined : value;
}

/** Bamboo masks variables named password, passphrase, secret, sshkey (Atlassian: "Bamboo Specs encryption"); tokens are secrets, too. */
export function isSecretName(name: string): boolean {
  return /password|passphrase|secret|sshkey|token/iu.test(name) && !/client[._-]?token/iu.test(name);
}

/** The values to mask in everything that is written. */
export function secretValues(variables: Readonly<Record<string, string>>): readonly string[] {
  const values = Object.entries(variables)
    .filter(([name, value]) => isSecretName(name) && value.trim() !== '')
    .flatMap(([, value]) => [value, value.trim()]);
  return [...new Set(values)];
}
