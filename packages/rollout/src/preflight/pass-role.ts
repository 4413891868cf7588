// May the role of the installation hand the roles to ECS? IAM's simulator says it, where it may be asked.
import type { Finding } from '../finding.ts';
import type { Answer, Answers } from './answer.ts';
import { placesOf } from './place.ts';
import type { RoleFact, RoleUse } from './roles.ts';
import { finding } from './words.ts';

export interface PassQuestion {
  /** ARN of a role that exists. */
  readonly arn: string;
  readonly principal: string;
}

/** `allowed`, `implicitDeny`, `explicitDeny`, by `passKey` ("SimulatePrincipalPolicy", IAM API Reference). */
export type PassFact = ReadonlyMap<string, string>;

export function passKey({ arn, principal }: PassQuestion): string {
  return `${arn} ${principal}`;
}

/** Only roles that are there: the simulator decides on ARNs. */
export function passQuestions(uses: readonly RoleUse[], roles: Answers<RoleFact>): readonly PassQuestion[] {
  return uses.flatMap(({ role, principal }) => {
    const answer = roles.get(role);
    return answer?.known === true && answer.value !== null ? [{ arn: answer.value.arn, principal }] : [];
  });
}

/**
 * A warning at most: the simulator knows neither the policies of the organisation nor those of a session.
 */
export function passFindings(
  uses: readonly RoleUse[],
  roles: Answers<RoleFact>,
  answer: Answer<PassFact>,
): Finding[] {
  if (!answer.known)
    return answer.reason === ''
      ? []
      : [
          finding(
            'pass-role',
            'note',
            `Whether the roles may be passed could not be looked at: ${answer.reason}`,
            answer.hint,
          ),
        ];
  return uses.flatMap((use) => {
    const role = roles.get(use.role);
    if (role?.known !== true || role.value === null) return [];
    const { arn } = role.value;
    const decision = answer.value.get(passKey({ arn, principal: use.principal }));
    if (decision !== 'implicitDeny' && decision !== 'explicitDeny') return [];
    return [
      finding(
        'pass-role',
        'warning',
        `By IAM's policy simulator the installation may not pass the role ${arn} (${placesOf(use.places)}) to ${use.principal} (${decision}): ECS would refuse the request.`,
        `Allow iam:PassRole on ${arn}, with iam:PassedToService ${use.principal}.`,
      ),
    ];
  });
}
