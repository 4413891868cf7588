// The cluster query language, as far as placement constraints use it (AWS: "Create expressions to define container
// instances for Amazon ECS tasks").
import { EcsSimulationError } from './simulation-error.ts';

export type Attributes = Readonly<Record<string, string>>;

type Test = (attributes: Attributes) => boolean;

const tokenPattern =
  /\s*(?:(?<symbol>==|!=|=~|!~|>=|<=|>|<|&&|\|\||!|\(|\)|\[|\]|,)|"(?<quoted>[^"]*)"|(?<word>[\w.:*/+?^$|\\-]+))/uy;

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < expression.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const groups = tokenPattern.exec(expression)?.groups;
    if (groups === undefined) throw bad(expression, at);
    const quoted = groups['quoted'] !== undefined;
    tokens.push({ text: groups['symbol'] ?? groups['quoted'] ?? groups['word'] ?? '', quoted });
  }
  return tokens;
}

function bad(expression: string, at?: number): EcsSimulationError {
  const where = at === undefined ? '' : ` at position ${at}`;
  return new EcsSimulationError('InvalidParameterException', `Invalid expression${where}: ${expression}`);
}

/** Throws InvalidParameterException when the expression cannot be read. */
export function parseConstraint(expression: string): Test {
  const tokens = tokensOf(expression);
  let at = 0;
  const peek = (text: string): boolean => tokens[at]?.quoted === false && tokens[at]?.text === text;
  const accept = (...texts: readonly string[]): boolean => {
    if (!texts.some(peek)) return false;
    at += 1;
    return true;
  };
  const take = (): string => {
    const token = tokens[at];
    if (token === undefined) throw bad(expression);
    at += 1;
    return token.text;
  };
  const either = (): Test => {
    let left = both();
    while (accept('or', '||')) {
      const [first, second] = [left, both()];
      left = (attributes) => first(attributes) || second(attributes);
    }
    return left;
  };
  const both = (): Test => {
    let left = one();
    while (accept('and', '&&')) {
      const [first, second] = [left, one()];
      left = (attributes) => first(attributes) && second(attributes);
    }
    return left;
  };
  const one = (): Test => {
    if (accept('not', '!')) {
      const inner = one();
      return (attributes) => !inner(attributes);
    }
    if (accept('(')) {
      const inner = either();
      if (!accept(')')) throw bad(expression);
      return inner;
    }
    const name = take().replace(/^attribute:/u, '');
    return comparison(name, take());
  };
  const list = (): readonly string[] => {
    const values: string[] = [];
    if (!accept('[')) throw bad(expression);
    while (!accept(']')) {
      values.push(take());
      accept(',');
    }
    return values;
  };
  const comparison = (name: string, operator: string): Test => {
    const value = (attributes: Attributes): string | undefined =>
      Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (operator === 'exists') return (attributes) => value(attributes) !== undefined;
    if (operator === '!exists' || (operator === '!' && accept('exists'))) {
      return (attributes) => value(attributes) === undefined;
    }
    if (operator === 'in') {
      const values = list();
      return (attributes) => values.includes(value(attributes) ?? '\0');
    }
    if (operator === 'not_in' || operator === '!in') {
      const values = list();
      return (attributes) => !values.includes(value(attributes) ?? '\0');
    }
    if (operator === '==' || operator === 'equals') {
      const wanted = take();
      return (attributes) => value(attributes) === wanted;
    }
    if (operator === '!=' || operator === 'not_equals') {
      const wanted = take();
      return (attributes) => value(attributes) !== wanted;
    }
    if (operator === '=~' || operator === 'matches' || operator === '!~' || operator === 'not_matches') {
      const pattern = regexOf(take(), expression);
      const wanted = operator === '=~' || operator === 'matches';
      return (attributes) => pattern.test(value(attributes) ?? '') === wanted;
    }
    throw bad(expression);
  };
  const test = either();
  if (at !== tokens.length) throw bad(expression);
  return test;
}

function regexOf(text: string, expression: string): RegExp {
  try {
    // `t2.*` has a wildcard in AWS's own examples; as a regular expression it means the same.
    return new RegExp(`^(?:${text})$`, 'u');
  } catch {
    throw bad(expression);
  }
}
