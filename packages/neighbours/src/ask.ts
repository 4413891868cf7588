// One question to a neighbour of ECS: bounded in time, never repeated, and never more than a note when it is not answered.
import { call } from '@bamboo-ecs/ecs';
import { isEcsError, type EcsErrorKind } from '@bamboo-ecs/rollout';

export interface Unanswered {
  readonly ok: false;
  readonly kind: EcsErrorKind;
  /** AWS's error code, `ResourceNotFoundException`. */
  readonly code?: string;
  /** `DescribeTargetHealth (target group web): …`, without a full stop. */
  readonly message: string;
  /** What to do, where something is known. */
  readonly hint?: string;
}

export type Asked<T> = { readonly ok: true; readonly value: T } | Unanswered;

export interface Question {
  /** `DescribeTargetHealth` */
  readonly operation: string;
  /** `target group web` */
  readonly subject: string;
  /** Milliseconds, the search for credentials included. */
  readonly limitMs: number;
  /** The action that a role must be allowed: `elasticloadbalancing:DescribeTargetHealth`. */
  readonly action: string;
}

/** Errors of AWS and of the network become an answer; a mistake of ours is thrown. */
export async function ask<T>(
  { operation, subject, limitMs, action }: Question,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<Asked<T>> {
  try {
    const value = await call({ operation, subject, mode: 'optional' }, limitMs, send);
    return { ok: true, value };
  } catch (error) {
    if (!isEcsError(error)) throw error;
    const { kind, code, message } = error;
    const hint = kind === 'access-denied' ? `Allow ${action} to the role of the installation.` : error.hint;
    return {
      ok: false,
      kind,
      message,
      ...(code === undefined ? {} : { code }),
      ...(hint === undefined ? {} : { hint }),
    };
  }
}

/** A sentence or two for the log. */
export function noteOf({ message, hint }: Unanswered): string {
  return `${message.replace(/\.$/u, '')}.${hint === undefined ? '' : ` ${hint}`}`;
}
