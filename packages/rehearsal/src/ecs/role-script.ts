// What the control API says of an IAM role.
import type { RoleState } from '@bamboo-ecs/rollout/simulation';

const decisions = ['allowed', 'implicitDeny', 'explicitDeny'] as const;
const memberNames = ['exists', 'trusts', 'path', 'pass'];

/** `{exists?, trusts?, path?, pass?}`; what is left out is as usual. Throws TypeError for what cannot be. */
export function roleFrom(name: string, script: unknown): RoleState {
  if (typeof script !== 'object' || script === null || Array.isArray(script))
    throw new TypeError(`${name}: must be an object.`);
  const unknown = Object.keys(script).find((member) => !memberNames.includes(member));
  if (unknown !== undefined)
    throw new TypeError(`${name}.${unknown}: unknown; known are ${memberNames.join(', ')}.`);
  const { exists = true, trusts = null, path = null, pass = 'allowed' } = script as Record<string, unknown>;
  if (typeof exists !== 'boolean') throw new TypeError(`${name}.exists: must be true or false.`);
  const decision = decisions.find((one) => one === pass);
  if (decision === undefined) throw new TypeError(`${name}.pass: must be one of ${decisions.join(', ')}.`);
  return { exists, trusts: servicesIn(name, trusts), path: pathIn(name, path), pass: decision };
}

function servicesIn(name: string, trusts: unknown): readonly string[] | null {
  if (trusts === null) return null;
  if (Array.isArray(trusts) && trusts.every((one) => typeof one === 'string')) return [...trusts];
  throw new TypeError(`${name}.trusts: must be a list of services, like ["ec2.amazonaws.com"].`);
}

/** "Path" (Role, IAM API Reference). */
function pathIn(name: string, path: unknown): string | null {
  if (path === null) return null;
  if (typeof path === 'string' && /^\/(?:[!-~]{1,510}\/)?$/u.test(path)) return path;
  throw new TypeError(`${name}.path: must begin and end with a slash.`);
}
