// What must be hidden in the output of somebody else's program: the secrets that its task definition gives it, and what looks like one.
import { createMasker } from '@bamboo-ecs/report';
import type { JsonObject } from '@bamboo-ecs/release';
import { secretValues } from './secret-values.ts';

const hidden = '********';

/**
 * `password=hunter2`, `"apiKey": "…"`, `password%3D…`, as programs print their settings. The name stays readable; its length has a bound,
 * because each place that it may begin at is tried (a line of a megabyte of `tokentoken…` would take minutes).
 */
const name = String.raw`(?:pass(?:word|wd|phrase)|pass(?![a-z])|pwd|secret(?!smanager)|token(?!iz)|api[_-]?key|access[_-]?key|private[_-]?key)[\w-]{0,60}`;
const between = String.raw`(?:\\?["']|%22)?\s{0,20}(?:=>|->|[:=]|%3[AaDd])\s{0,20}`;
/** Words that are no secrets, whatever comes before them. */
const harmless = String.raw`(?!\*{3}|(?:null|true|false|none|undefined|expected|unexpected|invalid|expired|missing|required|unknown|wrong|empty|not|is|must|has|was)\b)`;

/** In quotation marks: to their end, blanks and commas with it. */
const quotedValue = new RegExp(
  String.raw`(${name}${between})(\\?["'])${harmless}(?:(?!\2)[^\n\\]|\\(?!["'])[^\n]|(?!\2)\\["'])+(?=\2|\n|$)`,
  'giu',
);
/** Bare: to a blank, or to a comma with the next setting behind it. */
const bareValue = new RegExp(
  String.raw`(${name}${between}(?:%22)?)${harmless}[^\s"',;&<>\\]+(?:[,;](?![\w.-]{1,60}[=:])[^\s"',;&<>\\]+)*`,
  'giu',
);

/** `arn:aws:secretsmanager:eu-west-1:123456789012:` before `secret:db`: where it is, not what it is. */
const arnBefore = /\barn:[\w:*/.-]*$/u;

/** `--password hunter2`, `Cookie: session=…` */
const option =
  /(--(?:[\w-]{0,40}-)?(?:pass(?:word|wd|phrase)?|secret|token|api-?key)\s{1,5})(?![-*])[^\s"'\\]+/giu;
const cookies = /\b((?:set-)?cookie\\?["']?:\s{0,5}\\?["']?[\w.-]{1,60}=)[^\s;"'\\]+/giu;

/** Keys that are known by their shape: GitHub, GitLab, Slack, Stripe and others, npm, Google, SendGrid. */
const shapes =
  /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|sk[-_](?:live|test|proj|ant)[-_][\w-]{10,}|rk_live_\w{10,}|npm_[A-Za-z0-9]{30,}|AIza[\w-]{30,}|SG\.[\w-]{16,}\.[\w-]{16,})|(?<=hooks\.slack\.com\/services\/)[\w/]{10,}/gu;

/** A private key of which only the beginning or only the end is there: the rest was cut off, or lies before what was read. */
const keyHead = /(-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----\n)(?:[A-Za-z0-9+/=: ,-]{8,}(?:\n|$))+/gu;
const keyEnd = /^-----END [A-Z ]{0,40}PRIVATE KEY-----/u;
const keyLine = /^[A-Za-z0-9+/=]{40,80}$/u;
const keyEnding = /^[A-Za-z0-9+/=]{1,80}$/u;

/** Lines are joined where one ends in the middle of a secret: shorter ones would be found by chance. */
const shortestSplit = 12;

export function programMask(taskDefinition: JsonObject | null): (text: string) => string {
  const secrets = secretValues(taskDefinition);
  const mask = createMasker(secrets);
  const long = secrets.filter((secret) => secret.length >= shortestSplit && !/\s/u.test(secret));
  return (text) => {
    return withoutKeyTails(mask(acrossLines(text, long)))
      .replace(quotedValue, `$1$2${hidden}`)
      .replace(bareValue, (whole: string, head: string, at: number, all: string) =>
        arnBefore.test(all.slice(Math.max(0, at - 200), at)) ? whole : `${head}${hidden}`,
      )
      .replace(option, `$1${hidden}`)
      .replace(cookies, `$1${hidden}`)
      .replace(shapes, hidden)
      .replace(keyHead, `$1${hidden}\n`);
  };
}

/** What is left of a private key before its last line becomes one line. */
function withoutKeyTails(text: string): string {
  if (!text.includes('-----END ')) return text;
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (keyEnd.test(line)) {
      const last = kept.length - 1;
      const isBody = (one: string, at: number): boolean => (at === last ? keyEnding : keyLine).test(one);
      const body = last - kept.findLastIndex((one, at) => !isBody(one, at));
      if (body > 0) kept.splice(-body, body, hidden);
    }
    kept.push(line);
  }
  return kept.join('\n');
}

/** A secret that a program, or its log driver, has broken into two lines or more. The lines stay lines. */
function acrossLines(text: string, secrets: readonly string[]): string {
  if (!text.includes('\n')) return text;
  const joined = text.replaceAll('\n', '');
  const present = secrets.filter((secret) => joined.includes(secret) && !text.includes(secret));
  return present.reduce((rest, secret) => hideBroken(rest, secret), text);
}

function hideBroken(text: string, secret: string): string {
  const joined = text.replaceAll('\n', '');
  // Where each character of the joined text stands in the whole one.
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (text[at] !== '\n') places.push(at);
  let result = '';
  let done = 0;
  for (let at = joined.indexOf(secret); at !== -1; at = joined.indexOf(secret, at + secret.length)) {
    const from = places[at] ?? 0;
    const to = (places[at + secret.length - 1] ?? from) + 1;
    const breaks = text.slice(from, to).split('\n').length - 1;
    result += `${text.slice(done, from)}${hidden}${`\n${hidden}`.repeat(breaks)}`;
    done = to;
  }
  return result + text.slice(done);
}
