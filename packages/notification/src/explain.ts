// Why a webhook did not take a message, in words that give its address away to nobody.
import { explainProxyAnswer, explainProxyFailure, type Proxies } from '@bamboo-ecs/network';
import type { Mask } from '@bamboo-ecs/report';
import type { Answer } from './post.ts';

/** Null when it was taken. */
export function explain(url: string, proxies: Proxies, answer: Answer, mask: Mask): string | null {
  const { host } = new URL(url);
  if (answer.kind === 'failure') {
    const { code, message } = answer;
    const proxy = explainProxyFailure(proxies, { url, code, message });
    if (proxy !== null) return mask(`The webhook was not called. ${proxy.lead} ${proxy.hint}`);
    return mask(`The webhook on ${host} could not be called: ${failureText(code, message)}`);
  }
  const { status, headers, body } = answer;
  if (status >= 200 && status < 300) return null;
  const proxy = explainProxyAnswer(proxies, { url, status, headers }, false);
  if (proxy !== null) return mask(`The webhook was not called. ${proxy.lead} ${proxy.hint}`);
  const said = words(body);
  return mask(
    `The webhook on ${host} answered ${status}${said === '' ? '' : ` (${said})`}. ${advice(status)}`,
  );
}

function advice(status: number): string {
  if (status >= 300 && status < 400)
    return 'Redirects are not followed, because the message may not be for whoever is there: set notify-secret-url to the address in its place.';
  if ([401, 403, 404, 410].includes(status))
    return 'Look whether the webhook still exists, and whether notify-secret-url is its whole address.';
  if (status === 400 || status === 415 || status === 422)
    return 'Look whether notify-format (json or slack) is what the receiver takes.';
  return 'The receiver is in trouble: look at it, when it goes on.';
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/u;

function failureText(code: string, message: string): string {
  if (code === 'ETIMEDOUT')
    return 'there was no answer in time. Look whether it may be reached from this agent.';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return 'the name of its host is not known. Look at notify-secret-url, and whether a proxy is needed (HTTPS_PROXY).';
  if (code === 'ECONNREFUSED') return 'nothing listens there. Look at notify-secret-url.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'its certificate is for another host. Look at notify-secret-url.';
  if (certificateCodes.test(code))
    return `its certificate is not trusted (${code}). If it is from an authority of your own, set ca-file.`;
  return `${words(message)}${code === '' ? '' : ` (${code})`}.`;
}

/** One short line of what somebody else wrote. */
function words(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/<[^>]*>/gu, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line.length <= 160 ? line : `${line.slice(0, 160)}…`;
}

/** Everything of an address that makes it a secret: it whole, its path and parts, its query, and a user with a password. */
export function secretsOf(url: string): readonly string[] {
  const { pathname, search, searchParams, username, password } = new URL(url);
  // A receiver tells what it has read: parts and values, decoded.
  const read = [...pathname.split('/').flatMap((part) => [part, decoded(part)]), ...searchParams.values()];
  const parts = read.filter((part) => part.length >= 6);
  const secrets = [
    url,
    url.trim(),
    `${pathname}${search}`,
    pathname,
    search.slice(1),
    ...parts,
    username,
    decoded(username),
    password,
    decoded(password),
  ];
  return [...new Set(secrets)].filter((secret) => secret.length >= 4);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
