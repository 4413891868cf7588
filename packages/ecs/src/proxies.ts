// Which proxy the environment names, in the form that Node's agents take.

type Environment = Readonly<Record<string, string | undefined>>;

const proxyNames = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'] as const;
/** Never by a proxy, which would look for them on its own side; Go's and curl's users know it so, too. */
const thisMachine = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** The variables for an agent, or the name of one that cannot be used: Node would pass over it and go out directly. */
export function proxyVariables(
  environment: Environment,
): { readonly variables: Record<string, string> } | { readonly bad: string } {
  const bad = proxyNames.find((name) => !isProxy(environment[name]?.trim() ?? ''));
  if (bad !== undefined) return { bad };
  const variables: Record<string, string> = {};
  for (const name of proxyNames) {
    const value = environment[name]?.trim();
    if (value) variables[name] = value;
  }
  const direct = environment['no_proxy']?.trim() || environment['NO_PROXY']?.trim() || '';
  variables['no_proxy'] = [...(direct === '' ? [] : [direct]), ...thisMachine].join(',');
  return { variables };
}

function isProxy(value: string): boolean {
  return value === '' || (/^https?:\/\//iu.test(value) && URL.canParse(value));
}
