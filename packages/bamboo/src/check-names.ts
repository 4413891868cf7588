// What may be named in `skip-checks`.
import { didYouMean } from './nearest.ts';
import { parseList } from './value.ts';

/** The checks of the preflight, and the room for the tasks: the names that findings have. */
export const checkNames: readonly string[] = [
  'capacity-provider',
  'role',
  'pass-role',
  'image',
  'secret',
  'parameter',
  'log-group',
  'target-group',
  'load-balancer',
  'subnet',
  'security-group',
  'quota',
  'room',
];

/** One sentence about the words that name no check, or null. */
export function faultOfChecks(text: string): string | null {
  const wrong = parseList(text).filter((name) => !checkNames.includes(name));
  if (wrong.length === 0) return null;
  return `no check is called ${wrong.map((name) => `${name}${didYouMean(name, checkNames)}`).join(', ')}`;
}
