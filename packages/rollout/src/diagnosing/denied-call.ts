// Who was denied what: IAM's own sentence, taken apart.

export interface DeniedCall {
  /** `ecsTaskExecutionRole` of an assumed role; the whole ARN of anything else. */
  readonly who: string;
  /** `secretsmanager:GetSecretValue` */
  readonly action: string;
  /** Absent where IAM does not say it. */
  readonly resource?: string;
}

/** "Troubleshoot access denied error messages" (IAM User Guide): `User: … is not authorized to perform: … on resource: … because …`. */
const sentence =
  /User: (\S{1,300}) is not authorized to perform: ([\w-]+:[\w*]+)(?: on (?:the )?resource: "?([^\s"]{1,500}))?/u;

/** Reasons are a few hundred characters. */
const longest = 5000;

export function deniedCall(text: string): DeniedCall | null {
  const [, user, action, resource] = sentence.exec(text.slice(0, longest).replace(/\s+/gu, ' ')) ?? [];
  if (user === undefined || action === undefined) return null;
  const who = /:assumed-role\/([^/]+)\//u.exec(user)?.[1] ?? user;
  const what = resource?.replace(/[.,;]+$/u, '');
  return { who, action, ...(what ? { resource: what } : {}) };
}
