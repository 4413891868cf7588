// Ids that look like AWS's and are the same in every run: a hash over seed, kind and number.
import { createHash } from 'node:crypto';
import type { World } from './world.ts';

type IdKind =
  | 'task'
  | 'deployment'
  | 'event'
  | 'instance'
  | 'container'
  | 'service-deployment'
  | 'target-group'
  | 'hook';

/** 64 hexadecimal digits. */
function next(world: World, kind: IdKind): string {
  const number = (world.state.counters.get(kind) ?? 0) + 1;
  world.state.counters.set(kind, number);
  return createHash('sha256').update(`${world.settings.seed}/${kind}/${number}`).digest('hex');
}

/** `834a5628bef14f2dbb81c7bc0b272160` */
export function hexId(world: World, kind: IdKind, length = 32): string {
  return next(world, kind).slice(0, length);
}

/** `79c3149d-688c-4f91-bdb6-f9f9a9d4b143` */
export function uuid(world: World, kind: IdKind): string {
  return next(world, kind).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/u, '$1-$2-$3-$4-$5');
}

/** The number in `ecs-svc/8709920713604280865`: 19 digits. */
export function deploymentNumber(world: World): string {
  const span = 8_000_000_000_000_000_000n;
  return String(1_000_000_000_000_000_000n + (BigInt(`0x${next(world, 'deployment')}`) % span));
}

/** The last part of a service deployment's ARN: 21 letters and digits. */
export function serviceDeploymentId(world: World): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bytes = Buffer.from(next(world, 'service-deployment'), 'hex').subarray(0, 21);
  return Array.from(bytes, (byte) => letters[byte % 64] ?? 'A').join('');
}

/** `arn:aws:ecs:eu-west-1:123456789012:task/cluster/id` */
export function arnOf(world: World, resource: string, service = 'ecs'): string {
  const { region, account } = world.settings;
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
