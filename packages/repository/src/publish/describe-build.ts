import type { Provenance } from '@bamboo-ecs/release';

/** `build HID-GEN-42 of revision 1a2b3c (branch master, 2026-11-24T08:00:00Z)`, the parts that are known. */
export function describeBuild(provenance: Provenance): string {
  const { buildKey, buildNumber, revision, branch, createdAt } = provenance;
  const number =
    buildNumber !== null && !buildKey?.endsWith(`-${buildNumber}`) ? ` number ${buildNumber}` : '';
  const build = buildKey === null ? `a build without a key${number}` : `build ${buildKey}${number}`;
  const of = revision === null ? '' : ` of revision ${revision}`;
  const details = [branch === null ? null : `branch ${branch}`, createdAt].filter((part) => part !== null);
  return `${build}${of} (${details.join(', ')})`;
}
