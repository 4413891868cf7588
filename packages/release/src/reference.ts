// The several ways in which ECS lets one name the same thing: by name, with a revision, as an ARN.

/** The name at the end of an ARN of this kind; anything else as it is. */
function lastPart(reference: string, resource: string): string {
  const groups = new RegExp(`^arn:[^:]*:[^:]*:[^:]*:[^:]*:${resource}/(?<name>.+)$`, 'u').exec(
    reference,
  )?.groups;
  return groups?.['name'] ?? reference;
}

/** `hid-generator`, `hid-generator:3` and `arn:aws:ecs:…:task-definition/hid-generator:3` → `hid-generator`. */
export function familyOf(taskDefinition: string): string {
  return lastPart(taskDefinition, 'task-definition').replace(/:\d+$/u, '');
}

/** The revision of a task definition that is named with one. */
export function revisionOf(taskDefinition: string): number | undefined {
  const groups = /:(?<revision>\d+)$/u.exec(lastPart(taskDefinition, 'task-definition'))?.groups;
  return groups && Number(groups['revision']);
}

/** `qa` and `arn:aws:ecs:…:cluster/qa` → `qa`; none is `default`, as for ECS. */
export function clusterNameOf(cluster: string | undefined): string {
  return cluster === undefined || cluster === '' ? 'default' : lastPart(cluster, 'cluster');
}

/** `web`, `arn:aws:ecs:…:service/web` and `arn:aws:ecs:…:service/qa/web` → `web`. */
export function serviceNameOf(service: string): string {
  return lastPart(service, 'service').replace(/^.*\//u, '');
}

/** `/team/ecsRole`, `team/ecsRole` and `arn:aws:iam::1:role/team/ecsRole` → `team/ecsRole`. */
export function roleNameOf(role: string): string {
  return lastPart(role, 'role').replace(/^\//u, '');
}

export function isArn(reference: string): boolean {
  return reference.startsWith('arn:');
}
