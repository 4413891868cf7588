// Who is told of a run, as the settings name them: a webhook, a topic of SNS.
import type { NotifySettings } from '@bamboo-ecs/notification';
import type { Notifier, RunContext } from '@bamboo-ecs/program';
import { awsClient } from './open-ecs.ts';
import { privateCa } from './private-ca.ts';

/** Loads nothing, asks nobody and makes no client where nobody is named, or where this run is not worth a message. */
export const notify: Notifier = async (context, record, recordAddress) => {
  const { settings } = context;
  const named = ['notify-secret-url', 'notify-topic-arn'].some((name) => settings.text(name) !== undefined);
  if (!named) return { told: [], troubles: [] };
  const { notify: tell, wantsNotification } = await import('@bamboo-ecs/notification');
  const on = settings.text('notify-on');
  const when = on === 'always' || on === 'failure' ? on : 'change';
  if (!wantsNotification(when, record)) return { told: [], troubles: [] };
  const troubles: string[] = [];
  // What is wrong with one of the two must not keep the other from being told.
  const ready = async <T>(make: Promise<T>): Promise<T | undefined> =>
    make.catch((error: unknown) => {
      troubles.push(`Nobody was told there: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    });
  const [webhook, topic] = await Promise.all([ready(webhookOf(context)), ready(topicOf(context))]);
  const answer = await tell(
    {
      on: when,
      format: settings.text('notify-format') === 'slack' ? 'slack' : 'json',
      ...(webhook === undefined ? {} : { webhook }),
      ...(topic === undefined ? {} : { topic }),
    },
    record,
    recordAddress,
  );
  return { told: answer.told, troubles: [...troubles, ...answer.troubles] };
};

async function webhookOf(context: RunContext): Promise<NotifySettings['webhook']> {
  const url = context.settings.text('notify-secret-url')?.trim();
  if (url === undefined) return undefined;
  const ca = await privateCa(context);
  const userAgent = `bamboo-ecs/${context.programVersion.split(' ')[0] ?? ''}`;
  return { url, proxyEnv: context.env, userAgent, ...(ca === undefined ? {} : { ca }) };
}

async function topicOf(context: RunContext): Promise<NotifySettings['topic']> {
  const arn = context.settings.text('notify-topic-arn');
  return arn === undefined ? undefined : { arn, client: await awsClient(context) };
}
