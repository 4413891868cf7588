// What is wrong with a spec of ours, all at once: keys, names, triggers, artifacts, commands, variables, secrets.
import { isSecretName, settingDefinitions, variableOf } from '@bamboo-ecs/bamboo';
import { expanderCommands } from '@bamboo-ecs/expander';
import { installerCommands } from '@bamboo-ecs/installer';
import { isKnownVariable, referencesIn } from './bamboo-variables.ts';
import { checkKeys, checkWork, environmentKeys, inEnvironments, jobKeys, taskKeys } from './check-tasks.ts';
import { textOf, environmentName, fieldsOf, invocationOf, listOf, type Spec, type Task } from './spec.ts';

export function checkSpec(spec: Spec): string[] {
  const { jobs, environments } = spec;
  return [
    ...checkPlan(spec),
    ...jobs.flatMap((job) => checkWork(job, jobKeys, Object.keys(taskKeys))),
    ...environments.flatMap((each) => checkWork(each, environmentKeys, inEnvironments)),
    ...checkDeployment(spec),
    ...checkArtifacts(spec),
    ...tasksOf(spec).flatMap(checkInvocation),
    ...checkVariables(spec),
    ...checkPasswords(spec),
  ];
}

function say(wrong: boolean, text: string): string[] {
  return wrong ? [text] : [];
}

function tasksOf({ jobs, environments }: Spec): Task[] {
  return [...jobs, ...environments].flatMap((work) => [...work.tasks, ...work.finalTasks]);
}

function twice(names: readonly unknown[]): string[] {
  return names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `${textOf(name)} is there twice`);
}

function checkPlan({ plan, jobs }: Spec): string[] {
  const header = fieldsOf(plan['plan'], 'plan');
  const known = ['version*', 'plan*', 'stages*', 'variables', 'triggers*', 'branches*', 'branch-overrides'];
  const keys = [header['project-key'], header['key'], ...jobs.map((job) => job.fields['key'])];
  const stages = listOf(plan['stages']).flatMap((stage) => Object.entries(fieldsOf(stage, 'stage')));
  const { create, delete: gone } = fieldsOf(plan['branches'], 'branches');
  const branches = create === 'manually' || JSON.stringify(create) === '{"for-new-branch":"development"}';
  return [
    ...checkKeys('plan', plan, [...known, ...jobs.map((job) => job.name)]),
    ...checkKeys('plan', header, ['project-key*', 'key*', 'name*', 'description']),
    ...say(plan['version'] !== 2, 'the version of the plan is not 2'),
    ...keys.flatMap((key) => say(!/^[A-Z][A-Z0-9]+$/u.test(textOf(key)), `${textOf(key)} is no key`)),
    ...twice(keys.slice(2)),
    ...stages.flatMap(([title, fields]) =>
      checkKeys(title, fieldsOf(fields, title), ['manual*', 'final*', 'jobs*']),
    ),
    ...say(JSON.stringify(plan['triggers']) !== '[{"polling":180}]', 'triggers'),
    ...say(!branches || gone !== 'never', 'branches'),
  ];
}

function checkDeployment({ plan, deployment, environments }: Spec): string[] {
  const known = ['version*', 'deployment*', 'release-naming*', 'environments*'];
  const header = fieldsOf(plan['plan'], 'plan');
  const project = fieldsOf(deployment['deployment'], 'deployment');
  const naming = fieldsOf(deployment['release-naming'], 'release-naming');
  const [qa, production] = environments.map((each) => JSON.stringify(each.fields['triggers']));
  const second = '{"build-success":{"branch":"development"}}';
  const fitting = [`["build-success",${second}]`, '["build-success"]', `[${second}]`];
  const guards = environments.flatMap((each) => {
    const variables = fieldsOf(each.fields['variables'], 'variables');
    const expected = {
      'ecs.environments': 'QA=MILESTONE|RELEASE,Production=RELEASE',
      'ecs.account': '123456789012',
      'ecs.region': 'eu-west-1',
      'ecs.cluster': each.name.toLowerCase(),
    };
    return Object.entries(expected).flatMap(([name, value]) =>
      say(variables[name] !== value, `${each.name}: ${name}`),
    );
  });
  return [
    ...checkKeys('deployment', deployment, [...known, ...environments.map((each) => each.name)]),
    ...checkKeys('deployment', project, ['name*', 'source-plan*']),
    ...checkKeys('release-naming', naming, ['next-version-name*', 'applies-to-branches*', 'auto-increment*']),
    ...say(deployment['version'] !== 2, 'the version of the deployment is not 2'),
    ...say(
      project['source-plan'] !== `${textOf(header['project-key'])}-${textOf(header['key'])}`,
      'source-plan',
    ),
    // A name is given once in a deployment project, and a MILESTONE is built many times under one version.
    ...say(
      !textOf(naming['next-version-name']).includes('${bamboo.buildNumber}'),
      'release names are not unique',
    ),
    ...say(environments.map((each) => each.name).join() !== 'QA,Production', 'environments'),
    ...say(!fitting.includes(qa ?? ''), 'triggers of QA'),
    ...say(production !== '[]', 'production is triggered'),
    ...guards,
  ];
}

function checkArtifacts(spec: Spec): string[] {
  const artifacts = spec.jobs
    .flatMap((job) => listOf(job.fields['artifacts']))
    .map((each) => fieldsOf(each, 'artifact'));
  const shared = new Set(artifacts.filter((each) => each['shared'] === true).map((each) => each['name']));
  const wanted = tasksOf(spec)
    .filter(({ kind }) => kind === 'artifact-download')
    .flatMap(({ fields }) => listOf(fields['artifacts']))
    .map((each) => fieldsOf(each, 'artifact'));
  const keys = ['name*', 'location*', 'pattern*', 'required*', 'shared*'];
  return [
    ...artifacts.flatMap((each) => checkKeys('artifact', each, keys)),
    ...twice(artifacts.map((each) => each['name'])),
    ...wanted.flatMap((each) => checkKeys('artifact', each, ['name*', 'destination*'])),
    ...wanted.flatMap((each) => say(!shared.has(each['name']), `no shared artifact ${textOf(each['name'])}`)),
  ];
}

function checkInvocation(task: Task): string[] {
  const invocation = invocationOf(task);
  if (!invocation) return say(task.kind === 'any-task', 'a Docker task with an image that is not ours');
  const { program, args } = invocation;
  const commands: readonly { readonly name: string }[] =
    program === 'expander' ? expanderCommands : installerCommands;
  const own = settingDefinitions.filter((each) => each.programs.includes(program) && !each.secret);
  const options = args.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
  return [
    ...say(!commands.some((each) => each.name === args[0]), `${program} has no command ${args[0] ?? ''}`),
    ...options.flatMap((option) =>
      say(!own.some((each) => each.name === option), `${program} has no --${option}`),
    ),
  ];
}

function checkVariables(spec: Spec): string[] {
  const overrides = listOf(spec.plan['branch-overrides'])
    .flatMap((each) => Object.values(fieldsOf(each, 'branch-overrides')))
    .map((each) => fieldsOf(each, 'branch-overrides')['variables']);
  const entries = [
    spec.plan['variables'],
    ...overrides,
    ...spec.environments.map((each) => each.fields['variables']),
  ]
    .filter((each) => each !== undefined)
    .flatMap((each) => Object.entries(fieldsOf(each, 'variables')));
  const declared = new Set(entries.map(([name]) => environmentName(name)));
  const settings = new Set(settingDefinitions.map(({ name }) => variableOf(name)));
  const namespaces = tasksOf(spec)
    .filter(({ kind }) => kind === 'inject-variables')
    .map(({ fields }) => textOf(fields['namespace']));
  return [
    ...entries.flatMap(([name, value]) => [
      ...say(typeof value !== 'string', `${name} is no text`),
      ...say(!/^[A-Za-z][\w.]*$/u.test(name), `${name} is no name of a variable`),
      ...say(isSecretName(name) && !textOf(value).startsWith('BAMSCRT@'), `${name} stands in clear`),
      ...say(name.startsWith('ecs.') && !settings.has(environmentName(name)), `${name} is no setting`),
    ]),
    ...referencesIn(spec.text).flatMap((name) =>
      say(!declared.has(environmentName(name)) && !isKnownVariable(name, namespaces), `nobody sets ${name}`),
    ),
    ...say(/\b(?:AKIA|ASIA)[A-Z0-9]{12}|:\/\/[^/\s]*@/u.test(spec.text), 'credentials'),
  ];
}

/** The variables file: never beside an image that is built, and never left behind. */
function checkPasswords({ jobs, environments }: Spec): string[] {
  return [...jobs, ...environments].flatMap((work) => {
    const scripts = work.tasks.map((task) => listOf(task.fields['scripts']).join('\n'));
    if (!scripts.some((script) => script.includes('bamboo-variables.sh'))) return [];
    const build = scripts.find((script) => script.includes('docker build')) ?? '';
    const removed = build.indexOf('rm -f bamboo-variables.env\n');
    const last = work.finalTasks.flatMap((task) => listOf(task.fields['scripts']));
    return [
      ...say(
        build !== '' && (removed < 0 || removed > build.indexOf('docker build')),
        `${work.name}: passwords in the image`,
      ),
      ...say(
        !last.includes('rm -f bamboo-variables.env bamboo-variables.env.part'),
        `${work.name}: passwords stay`,
      ),
    ];
  });
}
