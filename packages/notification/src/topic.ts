// A topic of Amazon SNS: one Publish, repeated once by the SDK, a few seconds at most.
import { call, EcsCallError, type EcsClient } from '@bamboo-ecs/ecs';
import { plainMessage, shortMessage, subjectLine } from './messages.ts';
import type { Notification } from './notification.ts';

export interface TopicSettings {
  /** `arn:aws:sns:eu-west-1:123456789012:deployments`; its region need not be that of ECS. */
  readonly arn: string;
  readonly client: Pick<EcsClient, 'neighbour'>;
  /** For everything together, milliseconds. */
  readonly limitMs?: number;
}

const defaultLimitMs = 5000;

/** Null when SNS took it, else one or two sentences: why not and what to do. Never rejects. */
export async function publishToTopic(
  { arn, client, limitMs = defaultLimitMs }: TopicSettings,
  notification: Notification,
): Promise<string | null> {
  try {
    const { SNSClient, PublishCommand } = await import('./clients/sns.ts');
    const sns = new SNSClient({ ...client.neighbour(arn.split(':')[3]), maxAttempts: 2 });
    try {
      await call({ operation: 'Publish', subject: arn, mode: 'optional' }, limitMs, async (options) =>
        sns.send(new PublishCommand(publishRequest(arn, notification)), options),
      );
      return null;
    } finally {
      sns.destroy();
    }
  } catch (error) {
    return explain(error);
  }
}

/**
 * "Publish", SNS API Reference. People get text, programs get JSON; the attributes are for filter policies. The JSON stands
 * in it once, as what every other protocol gets: all forms together must not have more than 262,144 bytes.
 */
export function publishRequest(arn: string, notification: Notification) {
  return {
    TopicArn: arn,
    Subject: subjectLine(notification),
    MessageStructure: 'json',
    Message: JSON.stringify({
      default: JSON.stringify(notification),
      email: plainMessage(notification),
      sms: shortMessage(notification),
    }),
    MessageAttributes: attributes(notification),
    ...(arn.endsWith('.fifo') && {
      MessageGroupId: groupOf(notification),
      MessageDeduplicationId: notification.id,
    }),
  };
}

type Attributes = Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;

function attributes({ outcome, exitCode, project, version, environment }: Notification): Attributes {
  const texts = { outcome, project, version, environment };
  const given = Object.entries(texts).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [[name, { DataType: 'String', StringValue: value }] as const],
  );
  const code =
    exitCode === null ? [] : [['exitCode', { DataType: 'Number', StringValue: String(exitCode) }] as const];
  return Object.fromEntries([...given, ...code]);
}

/** Messages about one project in one environment keep their order. */
function groupOf({ project, environment }: Notification): string {
  const name = `${project ?? 'bamboo-ecs'}-${environment ?? 'none'}`;
  return name.replaceAll(/[^A-Za-z0-9_-]/gu, '-').slice(0, 128);
}

function explain(error: unknown): string {
  if (!(error instanceof EcsCallError))
    return `SNS was not told: ${error instanceof Error ? error.message : String(error)}.`;
  const { kind, message, hint } = error;
  const advice =
    kind === 'access-denied' ? 'Allow sns:Publish on the topic to the role of the installation.' : hint;
  return `SNS was not told: ${message.replace(/\.$/u, '')}.${advice === undefined ? '' : ` ${advice}`}`;
}
