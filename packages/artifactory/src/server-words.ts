// What the server itself said, in a form for one line of a log.
import type { Reply } from './exchange.ts';
import { headerOf } from './follow.ts';

const longest = 400;

/**
 * Artifactory's `{"errors":[{"status":…,"message":"…"}]}`; the token API's `error_description`; else the beginning of the
 * text, which proxies and Tomcat write as HTML. Empty when there is none. `hide` comes before all cutting: half a secret
 * would not be found.
 */
export function serverWords(reply: Reply, hide: (text: string) => string = (text) => text): string {
  const text = hide(reply.body.toString('utf8').replace(/^\uFEFF/, ''));
  const words = fromJson(text) ?? fromText(text, headerOf(reply, 'content-type') ?? '');
  const line = words.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest).toWellFormed()}…` : line;
}

function fromJson(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value)) return null;
  const { errors, error_description: description, error, message } = value;
  const messages = Array.isArray(errors)
    ? errors.flatMap((entry: unknown) =>
        isRecord(entry) && typeof entry['message'] === 'string' ? [entry['message']] : [],
      )
    : [];
  if (messages.length > 0) return messages.join(' ');
  return [description, message, error].find((part) => typeof part === 'string') ?? null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromText(text: string, type: string): string {
  // A page can be long; its title and first lines say enough.
  const start = text.slice(0, 4_000);
  if (!/html|xml/i.test(type) && !/^\s*</.test(start)) return start;
  return start
    .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&amp;/g, '&');
}
