// What stands at the top of the page: further down it is not said again.
import type { RunRecord } from '../record/record.ts';

/** Has this text been said above? */
export type Told = (text: string) => boolean;

export const noneTold: Told = () => false;

/** By the sentence, by what to do, or by the list of problems. */
export function toldAbove({ sentence, todo, problems }: RunRecord): Told {
  const texts = new Set([todo, ...problems.map(({ message }) => message)]);
  return (text) => text !== '' && (sentence.includes(text) || texts.has(text));
}
