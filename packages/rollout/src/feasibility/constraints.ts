// Which expressions of the cluster query language a forecast may rely on.
import { parseConstraint } from '../simulation/constraint.ts';

/** What stands before an operator, outside of quotation marks. */
const subject =
  /([^\s()[\],!&|=<>~]+)\s*(?:==|!=|=~|!~|>=?|<=?|\b(?:!?in|not_in|!?exists|not_equals|equals|not_matches|matches|greater_than(?:_equal)?|less_than(?:_equal)?)\b|!in\b|!exists\b)/gu;

/**
 * Only expressions about attributes, which DescribeContainerInstances lists whole. Tasks (`task:group`), running tasks, the agent's
 * version and the time of registration are of a moment or not known here ("Create expressions to define container instances for Amazon
 * ECS tasks").
 */
export function canEvaluate(expression: string): boolean {
  if (expression.length > 1000) return false;
  try {
    parseConstraint(expression);
  } catch {
    return false;
  }
  if (!isQuick(expression)) return false;
  const bare = expression.replace(/"[^"]*"/gu, '""');
  const subjects = [...bare.matchAll(subject)].map((match) => match[1] ?? '');
  return subjects.length > 0 && subjects.every((name) => name.startsWith('attribute:'));
}

/**
 * A pattern of a template must not hold a plan up: no groups or counts, which may take for ever to be seen not to match, and few
 * places that repeat. Values of attributes have up to 128 characters.
 */
function isQuick(expression: string): boolean {
  if (!/=~|!~|matches/u.test(expression)) return true;
  const quoted = [...expression.matchAll(/"([^"]*)"/gu)].map(([, text]) => text ?? '');
  const words = expression.replace(/"[^"]*"/gu, ' ').split(/[\s()[\],]+/u);
  return [...quoted, ...words].every(
    (pattern) => !/[({]/u.test(pattern) && (pattern.match(/[*+?]/gu) ?? []).length <= 3,
  );
}
