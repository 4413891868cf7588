// The version template of the seed: major.minor.patch.TAG.

export const tags = ['MILESTONE', 'RELEASE'] as const;
/** From the branch; MILESTONE orders before RELEASE. */
export type Tag = (typeof tags)[number];

export interface VersionNumbers {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}
export interface Version extends VersionNumbers {
  readonly tag: Tag;
}
