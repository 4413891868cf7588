// IAM: roles with their trust policies, and the simulator of policies.
import type { EvaluationResult } from '@aws-sdk/client-iam';
import type { JsonObject } from '@bamboo-ecs/release';
import {
  known,
  passKey,
  unknown,
  type Answer,
  type Answers,
  type Identity,
  type PassFact,
  type PassQuestion,
  type RoleFact,
  type RoleUse,
} from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { answerOf, type Around, gather, late, unanswered } from './gather.ts';

export async function roles(around: Around, uses: readonly RoleUse[]): Promise<Answers<RoleFact>> {
  const { IAMClient, GetRoleCommand } = await import('../clients/iam.ts');
  const client = new IAMClient(around.aws.neighbour());
  try {
    return await gather(
      around,
      uses,
      ({ role }) => role,
      async ({ name }) => {
        const asked = await ask(
          {
            operation: 'GetRole',
            subject: `role ${name}`,
            limitMs: around.limits.call,
            action: 'iam:GetRole',
          },
          (options) => client.send(new GetRoleCommand({ RoleName: name }), options),
        );
        if (asked.ok && !asked.value.Role?.Arn) return unknown(`GetRole (role ${name}): an empty answer`);
        return answerOf(asked, ['NoSuchEntityException', 'NoSuchEntity'], ({ Role }) => ({
          arn: Role?.Arn ?? '',
          trust: policyOf(Role?.AssumeRolePolicyDocument),
        }));
      },
    );
  } finally {
    client.destroy();
  }
}

/** "URL-encoded compliant with RFC 3986" (Role, IAM API Reference); some servers leave that out. */
function policyOf(text: string | undefined): JsonObject | null {
  for (const read of [decodeURIComponent, (plain: string) => plain]) {
    try {
      const value: unknown = JSON.parse(read(text ?? ''));
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
    } catch {
      // Then it is written the other way, or is no policy at all.
    }
  }
  return null;
}

/** One call for each principal. */
export async function passRoles(
  around: Around,
  questions: readonly PassQuestion[],
  who: Identity,
): Promise<Answer<PassFact>> {
  const source = policySource(who);
  if (source === null) return unknown(`the policies of ${who.arn} cannot be simulated`);
  const { IAMClient, SimulatePrincipalPolicyCommand } = await import('../clients/iam.ts');
  const client = new IAMClient(around.aws.neighbour());
  const simulate = async (principal: string): Promise<Answer<PassFact>> => {
    const arns = questions.filter((one) => one.principal === principal).map(({ arn }) => arn);
    const asked = await ask(
      {
        operation: 'SimulatePrincipalPolicy',
        subject: `may ${source} pass roles to ${principal}?`,
        limitMs: around.limits.call,
        action: 'iam:SimulatePrincipalPolicy',
      },
      (options) =>
        client.send(
          new SimulatePrincipalPolicyCommand({
            PolicySourceArn: source,
            ActionNames: ['iam:PassRole'],
            ResourceArns: arns,
            ContextEntries: [
              {
                ContextKeyName: 'iam:PassedToService',
                ContextKeyType: 'string',
                ContextKeyValues: [principal],
              },
            ],
          }),
          options,
        ),
    );
    if (!asked.ok) return unanswered(asked);
    if (asked.value.EvaluationResults === undefined)
      return unanswered({ message: 'SimulatePrincipalPolicy: an empty answer' });
    const decisions = asked.value.EvaluationResults.flatMap(decisionsIn).flatMap(([arn, decision]) =>
      arn && decision ? [[passKey({ arn, principal }), decision] as const] : [],
    );
    return known(new Map(decisions));
  };
  try {
    const principals = [...new Set(questions.map(({ principal }) => principal))];
    const answers = await around.inTime(Promise.all(principals.map(simulate)), [late]);
    const failure = answers.find((answer) => !answer.known);
    if (failure) return failure;
    return known(new Map(answers.flatMap((answer) => (answer.known ? [...answer.value] : []))));
  } finally {
    client.destroy();
  }
}

/**
 * By resource. AWS decides on all of them together and tells what holds for each beside it; some servers have a result for each
 * ("EvaluationResult", IAM API Reference).
 */
function decisionsIn(result: EvaluationResult): (readonly [string | undefined, string | undefined])[] {
  const each = result.ResourceSpecificResults ?? [];
  return [
    [result.EvalResourceName, result.EvalDecision],
    ...each.map((one) => [one.EvalResourceName, one.EvalResourceDecision] as const),
  ];
}

/** The role behind a session: its name is in the session's ARN, its path is not. Null for those who may everything. */
function policySource({ arn }: Identity): string | null {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//u.exec(arn);
  if (session) return `arn:${session[1]}:iam::${session[2]}:role/${session[3]}`;
  return /^arn:[^:]+:iam::\d{12}:(?:user|role)\//u.test(arn) ? arn : null;
}
