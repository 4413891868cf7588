// From a JSON path to where it stands in the rendered text. Made only when there is a problem to be located.
import type { Segments } from '@bamboo-ecs/release';
import { type Node, parseTree } from 'jsonc-parser';

export interface Spot {
  /** Of the member's name, or of the value where there is none. */
  readonly offset: number;
  readonly value: { readonly start: number; readonly end: number };
}

export class PathIndex {
  readonly #text: string;
  #root: Node | undefined;
  readonly #members = new Map<Node, Map<string, Node>>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The deepest part of the path that is there. */
  find(segments: Segments): Spot {
    this.#root ??= parseTree(this.#text, [], { disallowComments: true });
    let node = this.#root;
    let offset = node?.offset ?? 0;
    for (const segment of segments) {
      const next = node && this.#step(node, segment);
      if (!next) break;
      offset = next.offset;
      node = next.value;
    }
    const start = node?.offset ?? 0;
    return { offset, value: { start, end: start + (node?.length ?? 0) } };
  }

  #step(node: Node, segment: string | number): { offset: number; value: Node } | undefined {
    if (typeof segment === 'number') {
      const entry = node.type === 'array' ? node.children?.[segment] : undefined;
      return entry && { offset: entry.offset, value: entry };
    }
    const property = node.type === 'object' ? this.#membersOf(node).get(segment) : undefined;
    const value = property?.children?.[1];
    return property && value && { offset: property.offset, value };
  }

  #membersOf(node: Node): Map<string, Node> {
    let members = this.#members.get(node);
    if (!members) {
      members = new Map(
        (node.children ?? []).map((property) => [String(property.children?.[0]?.value), property] as const),
      );
      this.#members.set(node, members);
    }
    return members;
  }
}
