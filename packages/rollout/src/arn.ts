// Names and ARNs of ECS.

export interface ArnParts {
  /** `aws`, `aws-cn`, `aws-us-gov` */
  readonly partition: string;
  /** `ecs` */
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account: `service/cluster/name`, `task-definition/family:7`. */
  readonly resource: string;
}

/** The parts of an ARN, or null when the text is not one ("Amazon Resource Names (ARNs)", IAM User Guide). */
export function arnParts(arn: string): ArnParts | null {
  const match = /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/su.exec(arn);
  if (!match) return null;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

/** The plain name of a cluster or service that may be given as an ARN: its last segment. */
export function plainName(reference: string): string {
  const resource = arnParts(reference)?.resource;
  return resource === undefined ? reference : (resource.split('/').at(-1) ?? reference);
}

/** `family:revision` of a task definition that may be given as an ARN. */
export function revisionName(reference: string): string {
  return plainName(reference);
}

/** Whether two references, ARN or `family:revision`, name the same revision. */
export function sameRevision(left: string, right: string): boolean {
  if (left === '' || right === '') return false;
  if (arnParts(left) && arnParts(right)) return left === right;
  return revisionName(left) === revisionName(right);
}

/**
 * Services of before 2021 may still have the short ARN `…:service/name` without the cluster; ECS refuses to tag them
 * ("Amazon Resource Names and IDs", ECS Developer Guide).
 */
export function isShortServiceArn(arn: string): boolean {
  return arnParts(arn)?.resource.split('/').length === 2;
}
