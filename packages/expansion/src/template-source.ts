// A template as it came from the project, and the page of text that everything is located in.
import type { DescriptorKind, Place } from '@bamboo-ecs/release';
import { LineIndex } from './line-index.ts';

export interface TemplateSource {
  readonly kind: DescriptorKind;
  /** As shown to the user: `descriptors/task-definition.json`. */
  readonly file: string;
  readonly text: string;
}

/** More than any descriptor: ECS takes task definitions of up to 64 KiB (Amazon ECS service quotas). Bytes as UTF-8. */
export const maxTemplateBytes = 1024 * 1024;

/** A template with LF line ends, and the way from an offset in it to a place that a person can open. */
export class Page {
  readonly file: string;
  readonly text: string;
  readonly #lines: LineIndex;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#lines = new LineIndex(text);
  }

  place(offset: number, more: Pick<Place, 'path' | 'variable'> = {}): Place {
    return { file: this.file, ...this.#lines.at(offset), ...more };
  }

  line(offset: number): number {
    return this.#lines.at(offset).line;
  }
}
