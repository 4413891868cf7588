// What policies are made of: statements, and names of resources in them.
import type { Shop } from './iam-shop.ts';

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Policy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export function ecs({ partition, region, account }: Shop, rest: string): string {
  return `arn:${partition}:ecs:${region}:${account}:${rest}`;
}

export function role({ partition, account }: Shop, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}
