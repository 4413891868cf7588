// Output that nobody but its receiver can read: which receiver, and how to look there.
import type { JsonObject } from '@bamboo-ecs/release';
import { textOf } from '../json.ts';

export interface LogElsewhere {
  readonly kind: 'elsewhere';
  /** `Splunk at https://splunk.example.com:8088` */
  readonly where: string;
  /** One sentence: why its lines are not here, and where to read them. */
  readonly note: string;
}

export interface ElsewhereInput {
  readonly driver: string | undefined;
  readonly options: JsonObject | undefined;
  readonly runtimeId: string | undefined;
  readonly fargate: boolean;
}

export function elsewhere(input: ElsewhereInput): LogElsewhere {
  const { where, note } = placeOf(input);
  return { kind: 'elsewhere', where, note };
}

function placeOf({ driver, options, runtimeId, fargate }: ElsewhereInput): {
  readonly where: string;
  readonly note: string;
} {
  // Of an address only what is before its path: tokens may stand behind it.
  const option = (name: string): string => address(textOf(options, name));
  const container = runtimeId === undefined ? 'the container' : runtimeId.slice(0, 12);
  switch (driver) {
    case undefined:
      return fargate
        ? {
            where: 'nowhere',
            note: 'The task definition names no log driver, so on Fargate its output is kept nowhere: add a logConfiguration with awslogs.',
          }
        : {
            where: 'the instance',
            note: `The task definition names no log driver: its output is on its instance only (docker logs ${container}), until the agent removes it. With awslogs it would stand here.`,
          };
    case 'json-file':
    case 'local':
      return {
        where: 'the instance',
        note: `The log driver ${driver} keeps its output on its instance (docker logs ${container}), until the agent removes it. With awslogs it would stand here.`,
      };
    case 'journald':
      return {
        where: 'the journal of the instance',
        note: `The log driver journald writes into the journal of its instance: journalctl CONTAINER_ID=${container}.`,
      };
    case 'none':
      return { where: 'nowhere', note: 'The log driver is none: what the program says is kept nowhere.' };
    case 'awslogs':
      return textOf(options, 'awslogs-group')
        ? {
            where: `log group ${textOf(options, 'awslogs-group')}`,
            note: `Its output is in the log group ${textOf(options, 'awslogs-group')}, in a stream with the name that Docker gave the container: the latest one, or set awslogs-stream-prefix and it can be found by the task.`,
          }
        : { where: 'CloudWatch Logs', note: 'The log driver awslogs names no awslogs-group.' };
    case 'splunk':
      return {
        where: `Splunk${option('splunk-url')}`,
        note: `The log driver splunk sends its output to Splunk${option('splunk-url')}${named(options, 'splunk-index', 'index')}${named(options, 'splunk-source', 'source')}: search there.`,
      };
    case 'awsfirelens': {
      const plugin =
        textOf(options, 'Name') ?? textOf(options, '@type') ?? 'a plugin of its own configuration';
      const host = option('Host') || option('host') || option('endpoint');
      return {
        where: `FireLens (${plugin}${host})`,
        note: `FireLens sends its output on with ${plugin}${host}: look there; what was not sent yet is in the output of the log router.`,
      };
    }
    default:
      break;
  }
  const receiver = option(`${driver}-address`);
  return {
    where: `${driver}${receiver}`,
    note: `The log driver ${driver} sends its output away${receiver}: look there.`,
  };
}

/** ` at tcp://logs.example.com:514`, without user, password and path; empty when there is none. */
function address(value: string | undefined): string {
  if (!value) return '';
  const parts = /^((?:[a-z][a-z0-9+.-]*:\/\/)?)(?:[^@/]*@)?([^/?#\s]*)/iu.exec(value);
  const host = `${parts?.[1] ?? ''}${parts?.[2] ?? ''}`;
  return host === '' ? '' : ` at ${host}`;
}

function named(options: JsonObject | undefined, option: string, word: string): string {
  const value = textOf(options, option);
  return value ? `, ${word} ${value}` : '';
}
