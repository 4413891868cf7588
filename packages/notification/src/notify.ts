// Everybody who is to be told of a run, at the same time.
import type { RunRecord } from '@bamboo-ecs/report';
import { messageBody, type NotifyFormat } from './messages.ts';
import { notificationOf } from './notification.ts';
import { publishToTopic, type TopicSettings } from './topic.ts';
import { wantsNotification, type NotifyOn } from './wants.ts';
import { postWebhook, type WebhookSettings } from './webhook.ts';

export interface NotifySettings {
  readonly on: NotifyOn;
  readonly format: NotifyFormat;
  readonly webhook?: WebhookSettings;
  readonly topic?: TopicSettings;
}

/** What came of it. Nothing in it is a reason to fail: `troubles` are for the log. */
export interface Notified {
  /** `the webhook`, `SNS` */
  readonly told: readonly string[];
  /** One or two sentences each. */
  readonly troubles: readonly string[];
}

/** Tells everybody named in the settings, if the run is worth it. Never rejects. */
export async function notify(
  settings: NotifySettings,
  record: RunRecord,
  recordAddress: string | null,
): Promise<Notified> {
  if (!wantsNotification(settings.on, record)) return { told: [], troubles: [] };
  const notification = notificationOf(record, recordAddress);
  const { webhook, topic, format } = settings;
  const answers = await Promise.all([
    ...(webhook === undefined
      ? []
      : [told('the webhook', postWebhook(webhook, messageBody(format, notification)))]),
    ...(topic === undefined ? [] : [told('SNS', publishToTopic(topic, notification))]),
  ]);
  return {
    told: answers.flatMap(({ name, trouble }) => (trouble === null ? [name] : [])),
    troubles: answers.flatMap(({ trouble }) => trouble ?? []),
  };
}

async function told(name: string, answer: Promise<string | null>) {
  return { name, trouble: await answer };
}
