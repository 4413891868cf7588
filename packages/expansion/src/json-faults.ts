// What the JSON parser found, in words for the writer of the template.

interface Fault {
  readonly message: string;
  readonly hint?: string;
  /** The rest of the text can still be read sensibly after it. */
  readonly goesOn?: boolean;
  /** It is rather the comma before this place that is wrong, if there is one. */
  readonly blamesComma?: boolean;
}

/** `code`: a name of jsonc-parser's ParseErrorCode; `found`: the text at which it stopped. */
export function describeFault(code: string, found: string): Fault {
  const closer = found === '}' || found === ']';
  switch (code) {
    case 'CommaExpected':
      return closer
        ? {
            message: `"${found}" closes something else than what is open here`,
            hint: 'A bracket or brace is missing before it.',
          }
        : { message: 'a comma is missing before this', goesOn: true };
    case 'PropertyNameExpected':
    case 'ValueExpected':
      if (found === '') return { message: 'the text ends where a value is expected' };
      if (closer)
        return {
          message: `a value is missing before "${found}", or the comma before it is one too many`,
          goesOn: true,
          blamesComma: true,
        };
      if (found === ',')
        return {
          message: 'a value is missing before this comma, or the comma is one too many',
          goesOn: true,
        };
      return code === 'ValueExpected'
        ? { message: 'a value is expected here' }
        : { message: 'the name of a member is expected here, in double quotes' };
    case 'ColonExpected':
      return { message: 'a colon is missing before this' };
    case 'CloseBraceExpected':
      return { message: 'the text ends before an object is closed', hint: 'A "}" is missing.' };
    case 'CloseBracketExpected':
      return { message: 'the text ends before a list is closed', hint: 'A "]" is missing.' };
    case 'EndOfFileExpected':
      return { message: 'there is more text after the end of the JSON object' };
    case 'InvalidCommentToken':
      return {
        message: 'JSON has no comments',
        hint: 'Write `${! a comment }`; it is left out of the descriptor.',
        goesOn: true,
      };
    case 'UnexpectedEndOfString':
      return { message: 'the text that begins here has no closing quote on its line' };
    case 'UnexpectedEndOfNumber':
      return { message: 'this is no complete JSON number' };
    case 'InvalidNumberFormat':
      return { message: 'this is no JSON number' };
    case 'InvalidUnicode':
      return { message: 'after \\u four hexadecimal digits are expected', goesOn: true };
    case 'InvalidEscapeCharacter':
      return {
        message: 'JSON does not know this escape',
        hint: 'A backslash itself is written `\\\\`.',
        goesOn: true,
      };
    case 'InvalidCharacter':
      return { message: 'the text holds a control character', hint: 'Write a tab as `\\t`.', goesOn: true };
    case 'InvalidSymbol':
      return { message: symbol(found), hint: 'Texts stand in double quotes.' };
    default:
      return { message: 'this is no JSON' };
  }
}

function symbol(found: string): string {
  const shown = JSON.stringify(found.length > 30 ? `${found.slice(0, 30)}…` : found);
  return /^\s*$/.test(found) ? 'a blank that JSON does not know' : `${shown} is no JSON value`;
}
