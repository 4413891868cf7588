// In the place of the package string-width in the bundles: yargs measures its help with it, which is plain text, and the
// package compiles a Unicode property regular expression and an Intl.Segmenter at every start (30 ms).
export default function stringWidth(text: string): number {
  return Array.from(text).length;
}
