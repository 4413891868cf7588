// The specs of examples/bamboo-specs against key lists of our own: the public schema lets most mistakes through.
// Keys and values: Atlassian, "Bamboo YAML Specs reference" 10.0.2; Docker task: "YAML Specs does not support Docker CLI tasks", hence any-task.
import { isSecretName, settingDefinitions, variableOf } from '@bamboo-ecs/bamboo';
import { expanderCommands } from '@bamboo-ecs/expander';
import { installerCommands } from '@bamboo-ecs/installer';
import { describe, expect, test } from '@jest/globals';
import {
  dockerTask,
  environmentName,
  fieldsOf,
  invocationOf,
  listOf,
  readSpec,
  specNames,
  type Fields,
  type Task,
  type Work,
} from './spec.ts';
import { isKnownVariable, referencesIn } from './bamboo-variables.ts';

/** Required keys have a `*`. */
const taskKeys: Readonly<Record<string, readonly string[]>> = {
  checkout: ['force-clean-build', 'path', 'repository'],
  clean: [],
  script: ['interpreter', 'scripts', 'file', 'argument', 'environment', 'working-dir'],
  'any-task': ['plugin-key*', 'configuration*'],
  'inject-variables': ['file*', 'scope*', 'namespace*'],
  'test-parser': ['type*', 'test-results*', 'ignore-time'],
  'artifact-download': ['artifacts', 'destination', 'source-plan', 'custom-branch'],
};
/** The JUnit parser is a task of builds only; nothing is checked out in an environment. */
const inEnvironments = ['clean', 'script', 'any-task', 'inject-variables', 'artifact-download'];
const jobKeys = ['key*', 'tasks*', 'final-tasks', 'artifacts', 'requirements', 'docker', 'description'];
const environmentKeys = ['tasks*', 'final-tasks', 'variables', 'docker', 'requirements', 'triggers*'];
const dockerConfiguration = [
  ...[
    'commandOption*',
    'image*',
    'detach*',
    'serviceWait*',
    'serviceUrlPattern*',
    'serviceTimeout*',
    'link*',
  ],
  ...['command*', 'workDir*', 'hostDirectory_0*', 'containerDataVolume_0*', 'envVars', 'additionalArgs'],
];

function checkKeys(what: string, fields: Fields, keys: readonly string[]): string[] {
  const allowed = keys.map((key) => key.replace('*', ''));
  const required = keys.filter((key) => key.endsWith('*')).map((key) => key.replace('*', ''));
  return [
    ...Object.keys(fields)
      .filter((key) => !allowed.includes(key))
      .map((key) => `${what}: unknown key ${key}`),
    ...required.filter((key) => !Object.hasOwn(fields, key)).map((key) => `${what}: ${key} is missing`),
  ];
}

function checkTask(task: Task): string[] {
  const { kind, fields } = task;
  const keys = taskKeys[kind];
  if (!keys) return [`unknown task ${kind}`];
  const found = checkKeys(kind, fields, [...keys, 'description']);
  const say = (wrong: boolean, text: string): string[] => (wrong ? [`${kind}: ${text}`] : []);
  switch (kind) {
    case 'any-task': {
      const configuration = fieldsOf(fields['configuration'], 'configuration');
      const values = Object.entries(configuration);
      return [
        ...found,
        ...say(fields['plugin-key'] !== dockerTask, 'plugin key'),
        ...checkKeys('configuration', configuration, dockerConfiguration),
        ...values.flatMap(([key, value]) => say(typeof value !== 'string', `${key} is no text`)),
        ...['detach', 'serviceWait', 'link'].flatMap((key) =>
          say(configuration[key] !== 'false', `${key} is not 'false'`),
        ),
        ...say(configuration['commandOption'] !== 'run', 'commandOption'),
        ...say(
          !/^[^:]+\/[^:]+:\d+\.\d+\.\d+$/u.test(String(configuration['image'])),
          'image without a fixed tag',
        ),
        ...say(configuration['hostDirectory_0'] !== '${bamboo.working.directory}', 'mount'),
        ...say(
          configuration['containerDataVolume_0'] !== configuration['workDir'],
          'working directory is not the mount',
        ),
      ];
    }
    case 'script':
      return [
        ...found,
        ...say(!['SHELL', '/bin/sh'].includes(String(fields['interpreter'])), 'interpreter'),
        ...say(listOf(fields['scripts']).length === 0, 'no scripts'),
      ];
    case 'inject-variables':
      return [
        ...found,
        ...say(!['LOCAL', 'RESULT'].includes(String(fields['scope'])), 'scope'),
        ...say(!/^[a-z]+$/u.test(String(fields['namespace'])), 'namespace'),
        // "must be relative to the working directory" since Bamboo 5.14.
        ...say(!/^target\/[\w-]+\/bamboo\.properties$/u.test(String(fields['file'])), 'file'),
      ];
    case 'test-parser':
      return [
        ...found,
        ...say(fields['type'] !== 'junit', 'type'),
        ...say(typeof fields['ignore-time'] !== 'boolean', 'ignore-time'),
        ...listOf(fields['test-results']).flatMap((pattern) =>
          say(
            !/^target\/[\w-]+\/test-reports\/\*\.xml$/u.test(String(pattern)),
            `pattern ${String(pattern)}`,
          ),
        ),
      ];
    default:
      return found;
  }
}

function checkWork(work: Work, keys: readonly string[], kinds: readonly string[]): string[] {
  const { fields, tasks, finalTasks } = work;
  const all = [...tasks, ...finalTasks];
  const docker = fields['docker'];
  return [
    ...checkKeys(work.name, fields, keys),
    ...all.flatMap(checkTask),
    ...all.filter(({ kind }) => !kinds.includes(kind)).map(({ kind }) => `no task ${kind} here`),
    ...(docker === undefined
      ? []
      : checkKeys('docker', fieldsOf(docker, 'docker'), [
          'image*',
          'use-default-volumes',
          'volumes',
          'docker-run-arguments',
        ])),
  ].map((text) => `${work.name}: ${text}`);
}

function checkVariables(where: string, variables: unknown): string[] {
  return Object.entries(variables === undefined ? {} : fieldsOf(variables, where)).flatMap(
    ([name, value]) => [
      ...(typeof value === 'string' ? [] : [`${where}: ${name} is no text`]),
      ...(/^[A-Za-z][\w.]*$/u.test(name) ? [] : [`${where}: ${name} is no name of a variable`]),
      ...(isSecretName(name) && !/^BAMSCRT@/u.test(String(value))
        ? [`${where}: ${name} stands in clear`]
        : []),
    ],
  );
}

const settingVariables = new Set(settingDefinitions.map(({ name }) => variableOf(name)));

describe.each(specNames)('%s', (name) => {
  const spec = readSpec(name);
  const { plan, deployment, jobs, environments } = spec;
  const header = fieldsOf(plan['plan'], 'plan');
  const works = [...jobs, ...environments];
  const tasks = works.flatMap((work) => [...work.tasks, ...work.finalTasks]);

  test('plan: keys, stages and jobs', () => {
    const known = ['version*', 'plan*', 'stages*', 'variables', 'triggers*', 'branches*', 'branch-overrides'];
    expect(plan['version']).toBe(2);
    expect(checkKeys('plan', plan, [...known, ...jobs.map((job) => job.name)])).toEqual([]);
    expect(checkKeys('plan', header, ['project-key*', 'key*', 'name*', 'description'])).toEqual([]);
    for (const key of [header['project-key'], header['key'], ...jobs.map((job) => job.fields['key'])])
      expect(key).toMatch(/^[A-Z][A-Z0-9]+$/u);
    const keys = jobs.map((job) => job.fields['key']);
    expect(new Set(keys).size).toBe(keys.length);
    const stages = listOf(plan['stages']).flatMap((stage) => Object.entries(fieldsOf(stage, 'stage')));
    const wrong = stages.flatMap(([title, fields]) =>
      checkKeys(title, fieldsOf(fields, title), ['manual*', 'final*', 'jobs*']),
    );
    expect(wrong).toEqual([]);
    for (const trigger of listOf(plan['triggers'])) expect(trigger).toEqual({ polling: 180 });
    const { create, delete: gone } = fieldsOf(plan['branches'], 'branches');
    expect([create, gone]).toEqual([
      create === 'manually' ? 'manually' : { 'for-new-branch': 'development' },
      'never',
    ]);
  });

  test('jobs and environments: keys and tasks', () => {
    expect(jobs.flatMap((job) => checkWork(job, jobKeys, Object.keys(taskKeys)))).toEqual([]);
    expect(environments.flatMap((each) => checkWork(each, environmentKeys, inEnvironments))).toEqual([]);
  });

  test('deployment: keys, triggers, names', () => {
    const known = ['version*', 'deployment*', 'release-naming*', 'environments*'];
    expect(deployment['version']).toBe(2);
    expect(checkKeys('deployment', deployment, [...known, ...environments.map((each) => each.name)])).toEqual(
      [],
    );
    const { 'source-plan': source } = fieldsOf(deployment['deployment'], 'deployment');
    expect(source).toBe(`${String(header['project-key'])}-${String(header['key'])}`);
    const naming = fieldsOf(deployment['release-naming'], 'release-naming');
    const namingKeys = ['next-version-name*', 'applies-to-branches*', 'auto-increment*'];
    expect(checkKeys('release-naming', naming, namingKeys)).toEqual([]);
    // A name is given once in a deployment project, and a MILESTONE is built many times under one version.
    expect(naming['next-version-name']).toContain('${bamboo.buildNumber}');
    expect(environments.map((each) => each.name)).toEqual(['QA', 'Production']);
    const [qa, production] = environments.map((each) => listOf(each.fields['triggers']));
    const branch = { 'build-success': { branch: 'development' } };
    expect([['build-success', branch], ['build-success'], [branch]]).toContainEqual(qa);
    expect(production).toEqual([]);
  });

  test('the tag guard stands in every environment, with account, region and cluster', () => {
    for (const each of environments) {
      const variables = fieldsOf(each.fields['variables'], 'variables');
      expect(variables['ecs.environments']).toBe('QA=MILESTONE|RELEASE,Production=RELEASE');
      expect(variables).toMatchObject({ 'ecs.account': '123456789012', 'ecs.region': 'eu-west-1' });
      expect(variables['ecs.cluster']).toBe(each.name.toLowerCase());
    }
  });

  test('artifacts: names given once; those that are downloaded are shared', () => {
    const artifacts = jobs
      .flatMap((job) => listOf(job.fields['artifacts']))
      .map((each) => fieldsOf(each, 'artifact'));
    const artifactKeys = ['name*', 'location*', 'pattern*', 'required*', 'shared*'];
    expect(artifacts.flatMap((each) => checkKeys('artifact', each, artifactKeys))).toEqual([]);
    const names = artifacts.map((each) => each['name']);
    expect(new Set(names).size).toBe(names.length);
    const shared = artifacts.filter((each) => each['shared'] === true).map((each) => each['name']);
    const downloads = tasks.filter(({ kind }) => kind === 'artifact-download');
    const wanted = downloads.flatMap(({ fields }) => listOf(fields['artifacts']));
    expect(
      wanted.flatMap((each) => checkKeys('artifact', fieldsOf(each, 'artifact'), ['name*', 'destination*'])),
    ).toEqual([]);
    expect(
      wanted.map((each) => fieldsOf(each, 'artifact')['name']).filter((each) => !shared.includes(each)),
    ).toEqual([]);
  });

  test('commands and options are those of the programs, and no secret is an option', () => {
    const invocations = tasks.flatMap((task) => invocationOf(task) ?? []);
    expect(invocations.length).toBeGreaterThanOrEqual(4);
    for (const { program, args } of invocations) {
      const commands = (program === 'expander' ? expanderCommands : installerCommands).map(
        (each) => each.name,
      );
      expect(commands).toContain(args[0]);
      const options = args.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      const own = settingDefinitions.filter((each) => each.programs.includes(program) && !each.secret);
      expect(options.filter((option) => !own.some((each) => each.name === option))).toEqual([]);
    }
    expect(tasks.filter(({ kind }) => kind === 'any-task').every((task) => invocationOf(task) !== null)).toBe(
      true,
    );
  });

  const overrides = listOf(plan['branch-overrides'])
    .flatMap((each) => Object.values(fieldsOf(each, 'branch-overrides')))
    .map((each) => fieldsOf(each, 'branch-overrides')['variables']);
  const declared = [plan['variables'], ...overrides, ...environments.map((each) => each.fields['variables'])]
    .filter((each) => each !== undefined)
    .flatMap((each) => Object.keys(fieldsOf(each, 'variables')));

  test('variables: texts, no secret in clear, every setting is one', () => {
    const everywhere = [
      plan['variables'],
      ...overrides,
      ...environments.map((each) => each.fields['variables']),
    ];
    expect(everywhere.flatMap((each) => checkVariables('variables', each))).toEqual([]);
    const settings = declared.filter((each) => each.startsWith('ecs.')).map(environmentName);
    expect(settings.filter((each) => !settingVariables.has(each))).toEqual([]);
    expect(spec.text).not.toMatch(/AKIA|ASIA|:\/\/[^/\s]*@|password: /u);
  });

  test('every variable that is used is known or declared', () => {
    const namespaces = tasks
      .filter(({ kind }) => kind === 'inject-variables')
      .map(({ fields }) => String(fields['namespace']));
    const known = (variable: string): boolean =>
      declared.some((each) => environmentName(each) === environmentName(variable)) ||
      isKnownVariable(variable, namespaces);
    const used = referencesIn(spec.text);
    expect(used.length).toBeGreaterThan(2);
    expect(used.filter((variable) => !known(variable))).toEqual([]);
  });

  test('no job builds an image with the variables file beside it, and each file is removed at the end', () => {
    for (const work of works) {
      const scripts = [...work.tasks, ...work.finalTasks].map((task) =>
        String(listOf(task.fields['scripts']).join('\n')),
      );
      const writes = scripts.findIndex((script) => script.includes('bamboo-variables.sh'));
      if (writes < 0) continue;
      const builds = scripts.find((script) => script.includes('docker build'));
      if (builds !== undefined)
        expect(builds.indexOf('rm -f bamboo-variables.env')).toBeLessThan(builds.indexOf('docker build'));
      if (builds !== undefined) expect(builds).toContain('rm -f bamboo-variables.env\n');
      const last = work.finalTasks.flatMap((task) => listOf(task.fields['scripts']));
      expect(last).toEqual(['rm -f bamboo-variables.env bamboo-variables.env.part']);
    }
  });
});
