/** `hid-generator:14` of `arn:aws:ecs:…:task-definition/hid-generator:14`; anything else stays as it is. */
export function shortRevision(reference: string): string {
  return /^arn:[^/]*:task-definition\/(?<name>.+)$/u.exec(reference)?.groups?.['name'] ?? reference;
}
