// What a receiver can take: SNS 256 KB for all forms together, Slack 40,000 characters. Longer texts are cut, longer addresses left away.

/** Characters. Of what AWS, a registry or a program said the beginning is enough; the record has the whole. */
export const longest = { text: 2000, name: 300, address: 2000, services: 50 } as const;

/** Characters that a receiver's parser may refuse: all control characters but for tabs and line ends. */
const controls = /(?![\t\n])\p{Cc}/gu;

export function boundedText(text: string): string {
  return cut(text.toWellFormed().replace(controls, ''), longest.text);
}

export function boundedName(name: string): string;
export function boundedName(name: string | null): string | null;
export function boundedName(name: string | null): string | null {
  return name === null ? null : cut(name.toWellFormed().replace(/\p{Cc}/gu, ' '), longest.name);
}

/** An address that is cut leads elsewhere: one that is too long is none. */
export function boundedAddress(address: string | null): string | null {
  return address === null || address.length > longest.address ? null : address;
}

/** Neither half a character nor half an escape (`&amp;`) at the end. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most).replace(/[\ud800-\udbff]$|&[a-z]{0,3}$/u, '')}…`;
}
