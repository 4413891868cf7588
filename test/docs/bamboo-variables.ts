// The variables that Bamboo gives by itself, and those that docs/bamboo.md asks to be set for all plans.
// Atlassian: "Bamboo variables", "Variables for deployment environments", "Inject Bamboo variables".

const always = `
  working.directory build.working.directory agentId agentWorkingDirectory
  buildKey buildNumber buildResultKey buildResultsUrl resultsUrl buildTimeStamp
  planKey planName planRepository.branch planRepository.branchName planRepository.revision
  deploy.environment deploy.project deploy.release deploy.version deploy.rollback`
  .trim()
  .split(/\s+/u);
/** docs/bamboo.md, "Once for the whole shop". */
const global = ['ecs.repository', 'ecs.artifactory.user', 'ecs.artifactory.password', 'registry'];
/** docs/outputs.md, "bamboo.properties". */
const handedOn = [
  'version',
  'project',
  'tag',
  'branch',
  'published',
  'outcome',
  'identity',
  'manifest.sha256',
];

/** In either spelling, without the prefix; `namespaces` of the inject tasks. */
export function isKnownVariable(variable: string, namespaces: readonly string[]): boolean {
  const injected = namespaces.flatMap((namespace) => handedOn.map((key) => `${namespace}.${key}`));
  return [...always, ...global, ...injected].some((known) => plain(known) === plain(variable));
}

function plain(name: string): string {
  return name.replaceAll('.', '_');
}

/** `x.y` of `${bamboo.x.y}`, and `x_y` of `$bamboo_x_y` and `${bamboo_x_y:-}`. */
export function referencesIn(text: string): string[] {
  const fields = [...text.matchAll(/\$\{bamboo\.([^}]+)\}/gu)].map((match) => match[1] ?? '');
  const environment = [...text.matchAll(/\$\{?bamboo_(\w+)/gu)].map((match) => match[1] ?? '');
  return [...new Set([...fields, ...environment])];
}
