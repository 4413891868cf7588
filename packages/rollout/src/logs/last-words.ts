// The one line of a log tail that tells most, and what it means.
import type { LogTail } from '../diagnosis.ts';
import { saidRules } from './said-rules.ts';

export interface LastWords {
  /** Key of the rule, or null when none knows the line. */
  readonly key: string | null;
  /** As the program said it, shortened. */
  readonly line: string;
  /** Goes on after "because"; absent when no rule knows the line. */
  readonly because?: string;
  readonly advice?: string;
  readonly container: string;
  readonly task: string;
}

/** Lines of a stack trace and of its frame say where, not what. */
const frame =
  /^\s*(?:at |\u2026 \d+ more |\.\.\. \d+ |File "|from \/|\d+: 0x|#\d+ |goroutine \d+|\^|~+\^|\[?<?[\da-fx]+>?\]?$)|^\s*(?:Node\.js v\d|npm (?:ERR!|error)|Traceback|During handling|stack backtrace)|^[\s{}()[\],;^~]*$/iu;
const complains =
  /error|exception|fatal|panic|fail|cannot|can't|could not|unable|denied|refused|missing|invalid|not found|abort|killed/iu;
const longest = 200;

/** Of the newest tail that says something; null when none does. */
export function lastWords(tails: readonly LogTail[]): LastWords | null {
  const words = tails.map(wordsOf).filter((one) => one !== null);
  return words.find(({ key }) => key !== null) ?? words[0] ?? null;
}

function wordsOf({ lines, container, task }: LogTail): LastWords | null {
  const said = lines.map(({ text }) => messageOf(text)).filter((text) => !frame.test(text));
  const from = { container, task };
  for (const line of said.toReversed()) {
    for (const rule of saidRules) {
      const match = rule.find.exec(line);
      if (match)
        return {
          ...from,
          key: rule.key,
          line: short(line),
          because: rule.because(line, match),
          advice: typeof rule.advice === 'string' ? rule.advice : rule.advice(match),
        };
    }
  }
  const line = said.findLast((text) => complains.test(text)) ?? said.at(-1);
  return line === undefined ? null : { ...from, key: null, line: short(line) };
}

/** The members in which loggers that write JSON put what they say, the first that is a text. */
const messages = ['message', 'msg', '@message', 'log', 'error', 'err', 'exception', 'textPayload'];

/** What a line of JSON says; any other line as it is. */
function messageOf(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const line = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const found = messages
      .map((name) => (Object.hasOwn(line, name) ? wordsIn(line[name]) : ''))
      .filter(Boolean);
    // `{"msg":"query failed","err":{"message":"connect ECONNREFUSED"}}`: the error says more than the message.
    return found.length > 0 ? [...new Set(found)].join(': ') : text;
  } catch {
    return text;
  }
}

function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null || !('message' in value)) return '';
  return typeof value.message === 'string' ? value.message.trim() : '';
}

function short(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
}
