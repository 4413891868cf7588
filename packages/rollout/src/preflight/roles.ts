// IAM roles: are they there, and do they trust who is to take them?
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';
import { arnParts } from '../arn.ts';
import type { Finding } from '../finding.ts';
import { isList, isObject, member, textOf } from '../json.ts';
import type { Answers } from './answer.ts';
import { byId, placeOf, placesOf, type Place } from './place.ts';
import type { Subject } from './subject.ts';
import { eachKnown, finding } from './words.ts';

export interface RoleUse {
  /** Name or ARN, as the descriptor gives it. */
  readonly role: string;
  /** Without its path. */
  readonly name: string;
  /** Who takes the role: `ecs-tasks.amazonaws.com`, `ecs.amazonaws.com`. */
  readonly principal: string;
  readonly places: readonly Place[];
}

/** Null: IAM knows no role of this name. */
export type RoleFact = {
  readonly arn: string;
  /** The trust policy, parsed; null when it could not be read. */
  readonly trust: JsonObject | null;
} | null;

/** "Amazon ECS task IAM role", "Amazon ECS task execution IAM role" and `role` of CreateService. A service's role is handed over when it is created only. */
export function roleUses(subject: Subject): readonly RoleUse[] {
  const { wanted, creates } = subject;
  const named = [
    ['task-definition', 'executionRoleArn', wanted.taskDefinition, 'ecs-tasks.amazonaws.com'],
    ['task-definition', 'taskRoleArn', wanted.taskDefinition, 'ecs-tasks.amazonaws.com'],
    ...(creates
      ? ([['service-definition', 'role', wanted.serviceDefinition, 'ecs.amazonaws.com']] as const)
      : []),
  ] as const;
  const uses = named.flatMap(([source, name, json, principal]): RoleUse[] => {
    const role = textOf(json, name);
    if (!role) return [];
    return [{ role, name: roleName(role), principal, places: [placeOf(source, name)] }];
  });
  return byId(uses, ({ role, principal }) => `${role} ${principal}`);
}

function roleName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

export function roleFindings(
  uses: readonly RoleUse[],
  answers: Answers<RoleFact>,
  account: string | null,
): Finding[] {
  return eachKnown(
    'role',
    'role',
    uses,
    ({ role }) => answers.get(role),
    (use, fact) => {
      const at = placesOf(use.places);
      const asked = arnParts(use.role);
      if (asked && account !== null && asked.account !== account)
        return [
          finding(
            'role',
            'warning',
            `The role ${use.role} (${at}) is in the account ${asked.account}, this is ${account}: a role cannot be passed across accounts.`,
            'Name a role of this account, or check the account that is installed to.',
          ),
        ];
      if (fact === null)
        return [
          finding(
            'role',
            'error',
            `The role ${use.role} (${at}) does not exist: IAM has no role ${use.name}, so ${use.principal.startsWith('ecs-tasks') ? 'no task' : 'no service'} could be started with it.`,
            `Create the role, or correct ${at}.`,
          ),
        ];
      const there = arnParts(fact.arn);
      if (asked && there && asked.resource !== there.resource)
        return [
          finding(
            'role',
            'error',
            `The role ${use.role} (${at}) does not exist: the role ${use.name} has the ARN ${fact.arn}, its path belongs to it.`,
            `Write ${fact.arn}.`,
          ),
        ];
      return trustFindings(use, fact.trust, at);
    },
  );
}

function trustFindings(use: RoleUse, trust: JsonObject | null, at: string): Finding[] {
  if (trust === null) return [];
  const { trusts, others } = readTrust(trust, use.principal);
  if (trusts) return [];
  const whom = others.length > 0 ? others.slice(0, 3).join(', ') : 'no service';
  return [
    finding(
      'role',
      'error',
      `The role ${use.role} (${at}) trusts ${whom}, and not ${use.principal}, which has to assume it.`,
      `Let its trust policy allow sts:AssumeRole to {"Service": "${use.principal}"}.`,
    ),
  ];
}

/**
 * Whether a trust policy lets the service in. Where it says something that is not understood here it is taken to: only a policy
 * that plainly leaves the service out is told ("IAM JSON policy elements", IAM User Guide).
 */
export function readTrust(
  policy: JsonObject,
  principal: string,
): { readonly trusts: boolean; readonly others: readonly string[] } {
  const statements = listOf(member(policy, 'Statement'));
  const others: string[] = [];
  for (const statement of statements) {
    if (!isObject(statement)) return { trusts: true, others: [] };
    if (textOf(statement, 'Effect') !== 'Allow') continue;
    if (member(statement, 'NotPrincipal') !== undefined || member(statement, 'NotAction') !== undefined)
      return { trusts: true, others: [] };
    const actions = listOf(member(statement, 'Action')).filter((action) => typeof action === 'string');
    if (!actions.some(mayAssume)) continue;
    const principals = principalsOf(member(statement, 'Principal'));
    if (principals.some((one) => one === '*' || isPrincipal(one, principal)))
      return { trusts: true, others: [] };
    others.push(...principals);
  }
  return { trusts: statements.length === 0, others };
}

/** `sts:AssumeRole`, also by a pattern: `*` stands for any characters, `?` for one. */
function mayAssume(action: string): boolean {
  const pattern = action.replace(/[.+^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll('?', '.');
  return new RegExp(`^${pattern.replace(/\*+/gu, '.*')}$`, 'iu').test('sts:AssumeRole');
}

/** In China and in isolated regions the name may end otherwise, and a region may stand in it. */
function isPrincipal(given: string, wanted: string): boolean {
  const [service, ...rest] = given.toLowerCase().split('.');
  return rest.length > 0 && service === wanted.split('.')[0];
}

function principalsOf(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (!isObject(value)) return [];
  return Object.values(value).flatMap((one) => listOf(one).filter((text) => typeof text === 'string'));
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
