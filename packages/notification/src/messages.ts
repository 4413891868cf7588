// The notification in the forms that receivers take: JSON, Slack's, and plain text.
import { subjectOf, type Notification } from './notification.ts';

export type NotifyFormat = 'json' | 'slack';

export function messageBody(format: NotifyFormat, notification: Notification): string {
  return JSON.stringify(format === 'slack' ? slackMessage(notification) : notification);
}

const colours: Readonly<Record<Notification['tone'], string>> = {
  good: '#11663a',
  neutral: '#1d4f91',
  careful: '#b57500',
  bad: '#a81c1b',
};

const emoji: Readonly<Record<Notification['tone'], string>> = {
  good: ':white_check_mark:',
  neutral: ':information_source:',
  careful: ':leftwards_arrow_with_hook:',
  bad: ':x:',
};

/** "Reference: Layout blocks" of Slack: a text block holds 3,000 characters. */
const longestBlock = 2900;

/** Slack's incoming webhook: `text` for the notification on a phone, the rest as an attachment with the outcome's colour. */
function slackMessage(notification: Notification): object {
  const { tone, status, sentence, cause, todo } = notification;
  const sign = notification.exitCode === 5 ? emoji.careful : tone === 'careful' ? ':warning:' : emoji[tone];
  const title = `${sign} *${slackText(subjectOf(notification))}*: ${slackText(status)}`;
  const texts = [
    sentence,
    ...(cause === null || sentence.includes(cause.sentence) ? [] : [`Likely cause: ${cause.sentence}`]),
    ...(todo === null ? [] : [`What to do: ${todo}`]),
  ];
  const links = slackLinks(notification);
  return {
    text: cut(`${title}. ${slackText(sentence)}`, longestBlock),
    attachments: [
      {
        color: colours[tone],
        fallback: cut(slackText(sentence), longestBlock),
        blocks: [
          ...texts.map((text) => ({
            type: 'section',
            text: { type: 'mrkdwn', text: cut(slackText(text), longestBlock) },
          })),
          ...(links === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: links }] }]),
        ],
      },
    ],
  };
}

/** Slack's three control characters; with `<` goes every mention and every link that a text of others might hold. */
function slackText(text: string): string {
  return text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function slackLinks({ links }: Notification): string {
  const named = [
    ['Record', links.record],
    ['Deployment', links.deployment],
    ['Build', links.build],
    ['Release', links.release],
    ['Service in AWS', links.service],
  ] as const;
  return named
    .flatMap(([name, address]) => {
      const safe = webAddress(address);
      return safe === null || safe.length > 1000 ? [] : [`<${slackText(safe)}|${name}>`];
    })
    .join(' · ');
}

function webAddress(address: string | null): string | null {
  if (address === null || /[\s\p{Cc}]/u.test(address) || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? href.replaceAll('|', '%7C') : null;
}

/** For an e-mail: the sentence, what to do, the addresses. */
export function plainMessage(notification: Notification): string {
  const { status, sentence, cause, todo, leftRunning, links, build, seconds } = notification;
  const rows: readonly (readonly [string, string | null])[] = [
    ['Likely cause', cause === null || sentence.includes(cause.sentence) ? null : cause.sentence],
    ['What to do', todo],
    ['Left running', leftRunning],
    ['Cluster', notification.cluster],
    ['Version before', notification.versionBefore],
    ['Build', build.key ?? build.number],
    ['Took', `${seconds} s`],
    ['Record', links.record],
    ['Deployment', links.deployment],
    ['Service', links.service],
  ];
  const lines = rows.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return cut([`${subjectOf(notification)}: ${status}`, '', sentence, '', ...lines].join('\n'), 8000);
}

/** "Publish", SNS API Reference: at most 100 ASCII characters that begin with a letter, number or punctuation, in one line. */
export function subjectLine(notification: Notification): string {
  const text = `${notification.status}: ${subjectOf(notification)}`
    .replace(/[^\u0020-\u007e]+/gu, '?')
    .trim();
  return cutPlain(text === '' ? 'bamboo-ecs' : text, 100);
}

function cutPlain(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // Neither half a character nor half an escape at the end.
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$|&[a-z]{0,3}$/u, '')}…`;
}
