// The tags of a template: found, and refused where they are not of the plain kind, before mustache reads them.
// mustache stops at the first fault, names it by offset only, and takes time that grows with the square of long runs
// of blanks; this scan goes over the text once and finds every fault.
import type { Problem } from '@bamboo-ecs/release';
import { isTemplateName } from './template-name.ts';
import type { Page } from './template-source.ts';
import * as faults from './tag-faults.ts';

/** `#` opens a section, `^` an inverted one, `/` closes either; comments are not listed. */
export interface Tag {
  readonly type: 'name' | '#' | '^' | '/';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface Tags {
  readonly tags: readonly Tag[];
  /** Offsets of the `$${` that stand for a literal `${`. */
  readonly literals: readonly number[];
  /** Where comments begin and end. */
  readonly comments: readonly (readonly [start: number, end: number])[];
  readonly problems: readonly Problem[];
}

export function findTags(page: Page): Tags {
  const { text } = page;
  const tags: Tag[] = [];
  const literals: number[] = [];
  const comments: [number, number][] = [];
  const problems: Problem[] = [];
  let from = 0;
  let close = -1;
  for (;;) {
    const start = text.indexOf('${', from);
    if (start === -1) break;
    if (start > from && text[start - 1] === '$') {
      literals.push(start - 1);
      from = start + 2;
      continue;
    }
    if (close < start + 2) close = text.indexOf('}', start + 2);
    if (close === -1) {
      problems.push(faults.unclosed(page, start));
      break;
    }
    const body = text.slice(start + 2, close);
    const mark = body.trimStart()[0];
    if (mark === '!') {
      comments.push([start, close + 1]);
    } else if (/["\n]|\$\{/.test(body)) {
      problems.push(faults.unclosed(page, start));
      from = start + 2;
      continue;
    } else {
      const tag = readTag(page, body, start, close + 1);
      if ('severity' in tag) problems.push(tag);
      else tags.push(tag);
    }
    from = close + 1;
  }
  return { tags, literals, comments, problems: [...problems, ...sectionProblems(page, tags)] };
}

function readTag(page: Page, body: string, start: number, end: number): Tag | Problem {
  const trimmed = body.trim();
  const mark = trimmed[0] ?? '';
  if ('>{&='.includes(mark) && mark !== '') return faults.unsupported(page, start, mark);
  const type = mark === '#' || mark === '^' || mark === '/' ? mark : 'name';
  const name = type === 'name' ? trimmed : trimmed.slice(1).trim();
  if (!isTemplateName(name)) return faults.notAName(page, start, name);
  return { type, name, start, end };
}

/** Each open section must be closed by its own name, the last opened first. */
function sectionProblems(page: Page, tags: readonly Tag[]): Problem[] {
  const problems: Problem[] = [];
  const open: Tag[] = [];
  const openByName = new Map<string, number>();
  const forget = (tag: Tag): void => void openByName.set(tag.name, (openByName.get(tag.name) ?? 1) - 1);
  for (const tag of tags) {
    if (tag.type === '#' || tag.type === '^') {
      open.push(tag);
      openByName.set(tag.name, (openByName.get(tag.name) ?? 0) + 1);
    } else if (tag.type === '/') {
      if (!openByName.get(tag.name)) {
        problems.push(faults.unopened(page, tag));
        continue;
      }
      for (let last = open.pop(); last; last = open.pop()) {
        forget(last);
        if (last.name === tag.name) break;
        problems.push(faults.sectionNotClosed(page, last, tag));
      }
    }
  }
  for (const tag of open) problems.push(faults.sectionNotClosed(page, tag));
  return problems;
}
