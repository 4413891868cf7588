// The three kinds of descriptor and their file names, as the seed has them.

export const descriptorKinds = ['task-definition', 'service-definition', 'service-update'] as const;

/** `task-definition` → RegisterTaskDefinition, `service-definition` → CreateService, `service-update` → UpdateService. */
export type DescriptorKind = (typeof descriptorKinds)[number];

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** `hid-generator-1.0.15.RELEASE-task-definition.json` */
export function descriptorFileName(project: string, version: string, kind: DescriptorKind): string {
  return `${project}-${version}-${kind}.json`;
}

/** `hid-generator-1.0.15.RELEASE-release.json` */
export function manifestFileName(project: string, version: string): string {
  return `${project}-${version}-release.json`;
}
