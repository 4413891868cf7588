// Nodes and variables to pieces, with every value made fit for its place.
import type { Problem } from '@bamboo-ecs/release';
import { escapeForString, jsonScalar } from './json-scalar.ts';
import { JsonState, maxDepth } from './json-state.ts';
import type { Node } from './parse-template.ts';
import type { Hole, Piece } from './pieces.ts';
import { lateName } from './template-name.ts';
import type { Page } from './template-source.ts';
import type { TemplateVariable } from './variables.ts';
import * as faults from './text-faults.ts';

/** Characters; a rendered descriptor beyond this is no descriptor. */
const maxRendered = 4 * 1024 * 1024;

export interface Values {
  /** Undefined where there is no value to be had (that is said elsewhere): its place becomes a hole. */
  find(name: string): TemplateVariable | undefined;
  /** The value is no JSON number, true, false or null, and stands outside of quotes. */
  notAScalar(page: Page, offset: number, variable: TemplateVariable, reason: string): Problem;
  empty(page: Page, offset: number, variable: TemplateVariable): Problem;
}

export interface Rendered {
  readonly pieces: readonly Piece[];
  readonly problems: readonly Problem[];
  /** The text ends early: too long, or nested too deep. */
  readonly cut: boolean;
}

export function render(
  page: Page,
  nodes: readonly Node[],
  literals: readonly number[],
  values: Values,
): Rendered {
  const pieces: Piece[] = [];
  const problems: Problem[] = [];
  const state = new JsonState();
  const warned = new Set<string>();
  const escaped = new Map<TemplateVariable, string>();
  let nextLiteral = 0;
  let length = 0;

  const add = (piece: Piece): void => {
    pieces.push(piece);
    length += piece.kind === 'hole' ? piece.name.length : piece.text.length;
  };

  /** Returns false when the nesting became too deep. */
  const addText = (start: number, end: number): boolean => {
    const deep = state.advance(page.text, start, end);
    if (deep !== -1) problems.push(faults.tooDeep(page, deep, maxDepth));
    let from = start;
    while ((literals[nextLiteral] ?? Infinity) < start) nextLiteral++;
    for (let at = literals[nextLiteral] ?? Infinity; at < end; at = literals[++nextLiteral] ?? Infinity) {
      if (at > from) add({ kind: 'text', text: page.text.slice(from, at), start: from });
      add({ kind: 'value', text: '${', start: at });
      from = at + 3;
    }
    if (end > from) add({ kind: 'text', text: page.text.slice(from, end), start: from });
    return deep === -1;
  };

  const addVariable = (name: string, start: number): void => {
    if (state.escaped) {
      problems.push(faults.backslashBefore(page, start, name));
      state.escaped = false;
    }
    const hole: Hole = { kind: 'hole', name, late: lateName(name), quoted: state.inString, start };
    const variable = values.find(name);
    if (!variable) {
      add(hole);
    } else if (state.inString) {
      if (variable.value === '' && !warned.has(name)) {
        warned.add(name);
        problems.push(values.empty(page, start, variable));
      }
      let text = escaped.get(variable);
      if (text === undefined) escaped.set(variable, (text = escapeForString(variable.value)));
      add({ kind: 'value', text, start, name });
    } else {
      const scalar = jsonScalar(variable.value);
      if ('text' in scalar) add({ kind: 'value', text: scalar.text, start, name });
      else {
        problems.push(values.notAScalar(page, start, variable, scalar.reason));
        add(hole);
      }
    }
  };

  const work: { nodes: readonly Node[]; next: number }[] = [{ nodes, next: 0 }];
  for (let level = work.at(-1); level; level = work.at(-1)) {
    const node = level.nodes[level.next++];
    if (!node) work.pop();
    else if (node.type === 'text') {
      if (!addText(node.start, node.end)) return { pieces, problems, cut: true };
    } else if (node.type === 'name') addVariable(node.name, node.start);
    else if (shows(node, values)) work.push({ nodes: node.children, next: 0 });
    if (length > maxRendered) {
      problems.push(faults.renderedTooLong(page, maxRendered));
      return { pieces, problems, cut: true };
    }
  }
  return { pieces, problems, cut: false };
}

/** A section is shown when its variable has a text, an inverted one when it has none. Bamboo has no other truth. */
function shows(node: Extract<Node, { type: '#' | '^' }>, values: Values): boolean {
  const set = (values.find(node.name)?.value ?? '') !== '';
  return node.type === '#' ? set : !set;
}
