// Where in a JSON text we are, character by character: inside a string or not, and how deep.

/** Deeper than any descriptor; a parser that calls itself would not come back from much more. */
export const maxDepth = 100;

export class JsonState {
  inString = false;
  /** The next character belongs to a backslash before it. */
  escaped = false;
  depth = 0;

  /** Returns the offset in `text` at which the nesting became too deep, or -1. */
  advance(text: string, start = 0, end = text.length): number {
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (code === backslash) this.escaped = true;
        // A line break ends a string that was left open: the next line is read afresh.
        else if (code === quote || code === newline) this.inString = false;
      } else if (code === quote) this.inString = true;
      else if (code === openBrace || code === openBracket) {
        this.depth++;
        if (this.depth > maxDepth) return at;
      } else if (code === closeBrace || code === closeBracket) this.depth--;
    }
    return -1;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
