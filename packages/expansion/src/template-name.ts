// What a name in a template may be, and which of them are late.

/** Placeholders of this prefix are left for the installer. */
export const latePrefix = 'environment.';

/** A variable name as Bamboo has them: letters, digits, `_`, with dots and hyphens between. */
const namePattern = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u;
const maxNameLength = 255;

export function isTemplateName(text: string): boolean {
  return text.length <= maxNameLength && namePattern.test(text);
}

/** `environment.desiredCount` → `desiredCount`; undefined for a name that is not late. */
export function lateName(name: string): string | undefined {
  return name.startsWith(latePrefix) && name.length > latePrefix.length
    ? name.slice(latePrefix.length)
    : undefined;
}

/** Bamboo turns the dots of a variable (and other odd characters) into underscores when it hands it on as environment variable. */
export function environmentSpelling(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '_');
}

/** `clusterName` → `bamboo_clusterName` */
export function environmentVariable(name: string): string {
  return `bamboo_${environmentSpelling(name)}`;
}

/** `clusterName` → `bamboo.clusterName`, as it is written in Bamboo. */
export function bambooVariable(name: string): string {
  return `bamboo.${name}`;
}
