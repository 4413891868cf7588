// The last words of a container, made fit to be shown: masked, without control characters, bounded.
import type { LogTail } from '../diagnosis.ts';
import type { LogAnswer, LogLine } from '../logs-port.ts';

/** So much of one container is asked for, and shown: what was said before a long stack trace tells more than its frames. */
export const tailLimits = { asked: 200, lines: 30, characters: 8 * 1024, line: 500 } as const;

export interface LogTailInput {
  readonly container: string;
  /** ARN of the task. */
  readonly task: string;
  readonly where: string;
  readonly answer: LogAnswer;
  /** Hides secrets. It gets all lines as one text, because some secrets have several lines. */
  readonly mask: (text: string) => string;
}

export function logTail({ container, task, where, answer, mask }: LogTailInput): LogTail {
  const base = { container, task: task.slice(task.lastIndexOf('/') + 1), where };
  if (answer.kind === 'none') return { ...base, lines: [], note: answer.note };
  if (answer.lines.length === 0)
    return { ...base, lines: [], note: 'The container wrote nothing before it ended.' };
  const all = folded(maskedLines(answer.lines, mask));
  const lines = lastOf(all);
  return { ...base, lines, ...(answer.more || lines.length < all.length ? { cut: true } : {}) };
}

/** ESC [ … letter (colours, cursor), ESC ] … BEL or ST (titles, links), and two-character escapes: ECMA-48. */
const escapes =
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_=>()#][0-9A-B]?)/gu;
const controls =
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** A line without what would steer a terminal or break a document. Of a line that was written over, what stood there last. */
export function cleanLine(text: string): string {
  const written = text.toWellFormed().replace(escapes, '').trimEnd().split('\r');
  return (written.findLast((part) => part.trim() !== '') ?? '')
    .replaceAll('\t', '  ')
    .replace(controls, '')
    .trimEnd();
}

/** FireLens hands on what a container says as JSON with its id ("Firelens message format", Fluent Bit): its words are in `log`. */
function unwrapped(text: string): string {
  if (!text.startsWith('{') || !text.includes('"container_id"')) return text;
  try {
    const record = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const log = Object.hasOwn(record, 'log') ? record['log'] : undefined;
    return typeof log === 'string' && typeof record['container_id'] === 'string' ? log : text;
  } catch {
    return text;
  }
}

function maskedLines(lines: readonly LogLine[], mask: (text: string) => string): readonly LogLine[] {
  const single = lines.flatMap(({ at, text }) =>
    unwrapped(text)
      .split(/\r?\n/u)
      .map((part) => (at === undefined ? { text: cleanLine(part) } : { at, text: cleanLine(part) })),
  );
  const masked = mask(single.map(({ text }) => text).join('\n')).split('\n');
  // Hidden as one, several lines became fewer: then their times are not known any more.
  const kept = masked.length === single.length;
  return masked
    .map((text, index): LogLine => {
      const at = kept ? single[index]?.at : undefined;
      return at === undefined ? { text } : { at, text };
    })
    .filter(({ text }) => text !== '');
}

/** A place in the program: Java, JavaScript, .NET; Python; Go. */
const frame = /^\s*(?:at .+|File ".+", line \d+.*|\/\S+\.go:\d+.*)$/u;
const framesShown = 3;

/** Of each stack trace the first places, and how many there were. */
function folded(lines: readonly LogLine[]): readonly LogLine[] {
  const kept: LogLine[] = [];
  let frames: LogLine[] = [];
  const flush = (): void => {
    kept.push(...frames.slice(0, framesShown));
    const more = frames.length - framesShown;
    const last = frames.at(-1);
    if (more === 1 && last) kept.push(last);
    else if (more > 1 && last) kept.push({ ...last, text: `  … ${more} more lines of the stack trace` });
    frames = [];
  };
  for (const line of lines) {
    if (frame.test(line.text)) frames.push(line);
    else {
      flush();
      kept.push(line);
    }
  }
  flush();
  return kept;
}

function lastOf(lines: readonly LogLine[]): readonly LogLine[] {
  const shown: LogLine[] = [];
  let room: number = tailLimits.characters;
  for (const line of lines.slice(-tailLimits.lines).toReversed()) {
    const characters = Array.from(line.text.slice(0, tailLimits.line * 2 + 2));
    const text =
      characters.length > tailLimits.line
        ? `${characters.slice(0, tailLimits.line - 1).join('')}…`
        : line.text;
    room -= text.length + 1;
    if (room < 0) break;
    shown.unshift({ ...line, text });
  }
  return shown;
}
