// What a task of a Bamboo spec may hold, as lists of our own: the public schema lets most mistakes through.
// Keys and values: Atlassian, "Bamboo YAML Specs reference" 10.0.2; it says "YAML Specs does not support Docker CLI tasks", hence any-task.
import { textOf, dockerTask, fieldsOf, listOf, type Fields, type Task, type Work } from './spec.ts';

/** Required keys have a `*`. */
export const taskKeys: Readonly<Record<string, readonly string[]>> = {
  checkout: ['force-clean-build', 'path', 'repository'],
  clean: [],
  script: ['interpreter', 'scripts', 'file', 'argument', 'environment', 'working-dir'],
  'any-task': ['plugin-key*', 'configuration*'],
  'inject-variables': ['file*', 'scope*', 'namespace*'],
  'test-parser': ['type*', 'test-results*', 'ignore-time'],
  'artifact-download': ['artifacts', 'destination', 'source-plan', 'custom-branch'],
};
/** The JUnit parser is a task of builds only; nothing is checked out in an environment. */
export const inEnvironments = ['clean', 'script', 'any-task', 'inject-variables', 'artifact-download'];
export const jobKeys = [
  'key*',
  'tasks*',
  'final-tasks',
  'artifacts',
  'requirements',
  'docker',
  'description',
];
export const environmentKeys = ['tasks*', 'final-tasks', 'variables', 'docker', 'requirements', 'triggers*'];
const dockerConfiguration = `
  commandOption* image* detach* serviceWait* serviceUrlPattern* serviceTimeout* link*
  command* workDir* hostDirectory_0* containerDataVolume_0* envVars additionalArgs`
  .trim()
  .split(/\s+/u);

export function checkKeys(what: string, fields: Fields, keys: readonly string[]): string[] {
  const allowed = new Set(keys.map((key) => key.replace('*', '')));
  const required = keys.filter((key) => key.endsWith('*')).map((key) => key.replace('*', ''));
  return [
    ...Object.keys(fields)
      .filter((key) => !allowed.has(key))
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
          !/^[^:]+\/[^:]+:\d+\.\d+\.\d+$/u.test(textOf(configuration['image'])),
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
        ...say(!['SHELL', '/bin/sh'].includes(textOf(fields['interpreter'])), 'interpreter'),
        ...say(listOf(fields['scripts']).length === 0, 'no scripts'),
      ];
    case 'inject-variables':
      return [
        ...found,
        ...say(!['LOCAL', 'RESULT'].includes(textOf(fields['scope'])), 'scope'),
        ...say(!/^[a-z]+$/u.test(textOf(fields['namespace'])), 'namespace'),
        // "must be relative to the working directory" since Bamboo 5.14.
        ...say(!/^target\/[\w-]+\/bamboo\.properties$/u.test(textOf(fields['file'])), 'file'),
      ];
    case 'test-parser':
      return [
        ...found,
        ...say(fields['type'] !== 'junit', 'type'),
        ...say(typeof fields['ignore-time'] !== 'boolean', 'ignore-time'),
        ...listOf(fields['test-results']).flatMap((pattern) =>
          say(
            !/^target\/[\w-]+\/test-reports\/\*\.xml$/u.test(textOf(pattern)),
            `pattern ${textOf(pattern)}`,
          ),
        ),
      ];
    default:
      return found;
  }
}

export function checkWork(work: Work, keys: readonly string[], kinds: readonly string[]): string[] {
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
