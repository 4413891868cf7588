// The notification in the forms that receivers take: JSON, Slack's, and plain text.
import { cut } from './bounded.ts';
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

/** "Truncating content" of Slack's pages on messages: an attachment's text may be much longer, but nobody reads it. */
const longestText = 2900;

/**
 * Slack's incoming webhook: `text` is what a phone shows, too; why and what to do stand in an attachment with the outcome's
 * colour. Its text is `text`, not blocks: Mattermost and Rocket.Chat, which take Slack's form, show nothing of blocks.
 */
function slackMessage(notification: Notification): object {
  const { tone, status, sentence, cause, todo, leftRunning } = notification;
  const sign = notification.exitCode === 5 ? emoji.careful : tone === 'careful' ? ':warning:' : emoji[tone];
  const title = `${sign} *${slackText(subjectOf(notification))}*: ${slackText(status)}`;
  const rest = [
    ...(cause === null || sentence.includes(cause.sentence) ? [] : [`Likely cause: ${cause.sentence}`]),
    ...(todo === null ? [] : [`What to do: ${todo}`]),
    ...(leftRunning === null || sentence.includes(leftRunning) ? [] : [`Left running: ${leftRunning}`]),
  ].map((text) => cut(slackText(text), longestText));
  const links = slackLinks(notification);
  const lines = [...rest, ...(links === '' ? [] : [links])];
  return {
    text: cut(`${title}. ${slackText(sentence)}`, longestText),
    ...(lines.length > 0 && {
      attachments: [
        {
          color: colours[tone],
          fallback: cut(rest.length > 0 ? rest.join(' ') : slackText(status), longestText),
          text: lines.join('\n'),
          mrkdwn_in: ['text'],
        },
      ],
    }),
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

/** For a text message on a phone: "Publish" allows 140 ASCII characters in one. */
export function shortMessage(notification: Notification): string {
  return cutPlain(asciiLine(`${subjectOf(notification)}: ${notification.status}`), 140);
}

/** "Publish", SNS API Reference: at most 100 ASCII characters that begin with a letter, number or punctuation, in one line. */
export function subjectLine(notification: Notification): string {
  return cutPlain(asciiLine(`${notification.status}: ${subjectOf(notification)}`), 100);
}

function asciiLine(text: string): string {
  const line = text.replace(/[^\u0020-\u007e]+/gu, '?').trim();
  return line === '' ? 'bamboo-ecs' : line;
}

function cutPlain(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 3)}...`;
}
