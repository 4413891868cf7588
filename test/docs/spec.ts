// Bamboo specs (YAML, version 2) as values: examples/bamboo-specs.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

export type Fields = Readonly<Record<string, unknown>>;

const specsFolder = path.join(import.meta.dirname, '../../examples/bamboo-specs');
export const specNames: readonly string[] = readdirSync(specsFolder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

export interface Task {
  /** `any-task`, `script`, `clean` */
  readonly kind: string;
  /** Empty for a task that is a bare word. */
  readonly fields: Fields;
}

/** A job of a plan, or an environment of a deployment project. */
export interface Work {
  readonly name: string;
  readonly fields: Fields;
  readonly tasks: readonly Task[];
  readonly finalTasks: readonly Task[];
}

export interface Spec {
  readonly text: string;
  readonly plan: Fields;
  /** In the order of the stages. */
  readonly jobs: readonly Work[];
  readonly deployment: Fields;
  readonly environments: readonly Work[];
}

export function specText(name: string): string {
  return readFileSync(path.join(specsFolder, name), 'utf8');
}

export function readSpec(name: string): Spec {
  return parseSpec(specText(name), name);
}

/** Throws where the text is no YAML, or no plan and deployment project. */
export function parseSpec(text: string, name: string): Spec {
  const documents = parseAllDocuments(text, { strict: true, uniqueKeys: true });
  const values = documents.map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return fieldsOf(document.toJS(), name);
  });
  const [plan, deployment, more] = values;
  if (!plan || !deployment || more) throw new Error(`${name} is not a plan and a deployment`);
  const jobNames = listOf(plan['stages']).flatMap((stage) =>
    Object.values(fieldsOf(stage, 'stage')).flatMap((fields) => listOf(fieldsOf(fields, 'stage')['jobs'])),
  );
  return {
    text,
    plan,
    jobs: jobNames.map((job) => workOf(plan, textOf(job))),
    deployment,
    environments: listOf(deployment['environments']).map((each) => workOf(deployment, textOf(each))),
  };
}

function workOf(document: Fields, name: string): Work {
  const fields = fieldsOf(document[name], name);
  return {
    name,
    fields,
    tasks: listOf(fields['tasks']).map(taskOf),
    finalTasks: listOf(fields['final-tasks']).map(taskOf),
  };
}

function taskOf(value: unknown): Task {
  if (typeof value === 'string') return { kind: value, fields: {} };
  const [entry, more] = Object.entries(fieldsOf(value, 'task'));
  if (!entry || more) throw new Error(`a task has one key: ${JSON.stringify(value)}`);
  return { kind: entry[0], fields: fieldsOf(entry[1], entry[0]) };
}

export function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new Error(`${what} is no map: ${JSON.stringify(value)}`);
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as unknown[];
  throw new Error(`not a list: ${JSON.stringify(value)}`);
}

/** A text as it is, nothing as nothing, anything else as JSON. */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A variable as the environment spells it: `bamboo_ecs_cluster` for `ecs.cluster`. */
export function environmentName(variable: string): string {
  return `bamboo_${variable.replaceAll(/[^A-Za-z0-9]/gu, '_')}`;
}

export const dockerTask = 'com.atlassian.bamboo.plugins.bamboo-docker-plugin:task.docker.cli';

/** Program and arguments of a Docker task with one of our images, or of a script under Docker Runner. */
export function invocationOf(task: Task): { program: 'expander' | 'installer'; args: string[] } | null {
  if (task.kind === 'any-task') {
    const { image, command } = fieldsOf(task.fields['configuration'], 'configuration');
    const program = /\/bamboo-ecs\/(expander|installer):/u.exec(textOf(image))?.[1];
    return program ? { program: program as 'expander', args: textOf(command).split(' ') } : null;
  }
  if (task.kind !== 'script') return null;
  const [program = '', ...args] = textOf(listOf(task.fields['scripts'])[0]).split(' ');
  return program === 'expander' || program === 'installer' ? { program, args } : null;
}
