// Settings of who is told of an installation, and when.
import type { SettingDefinition } from './setting-definition.ts';

const installer = ['installer'] as const;

export const notificationSettings: readonly SettingDefinition[] = [
  {
    name: 'notify-topic-arn',
    group: 'Notifications',
    kind: 'text',
    programs: installer,
    defaultText: 'none',
    describe: 'topic of Amazon SNS that is told how it ended',
    check: (text) =>
      /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/u.test(text)
        ? null
        : 'a topic looks like arn:aws:sns:eu-west-1:123456789012:deployments',
  },
  {
    name: 'notify-secret-url',
    group: 'Notifications',
    kind: 'text',
    programs: installer,
    secret: true,
    defaultText: 'none',
    describe: 'address of a webhook that is told how it ended',
    check: (text) => (isWebAddress(text.trim()) ? null : 'a webhook is an http or https address'),
  },
  {
    name: 'notify-format',
    group: 'Notifications',
    kind: 'choice',
    choices: ['json', 'slack'],
    default: 'json',
    programs: installer,
    describe: 'what the webhook gets: our JSON (docs/notifications.md) or a message of Slack',
  },
  {
    name: 'notify-on',
    group: 'Notifications',
    kind: 'choice',
    choices: ['change', 'failure', 'always'],
    default: 'change',
    programs: installer,
    describe: 'which runs are told of: change is all but those that found nothing to do, and plans',
  },
];

function isWebAddress(text: string): boolean {
  return /^https?:\/\//iu.test(text) && URL.canParse(text);
}
