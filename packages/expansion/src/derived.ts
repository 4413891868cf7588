// The variables that the expander offers by itself, next to Bamboo's.
import { createHash } from 'node:crypto';

export interface DerivedFrom {
  readonly project: string;
  /** `1.0.15.RELEASE` */
  readonly version: string;
  /** Null or empty where Bamboo did not say; the variable is then not offered. */
  readonly branch: string | null;
  readonly revision: string | null;
  readonly buildNumber: string | null;
}

/** `project`, `version`, `imageTag` (= version), `clientToken`, and `branch`, `revision`, `buildNumber` where known. */
export function derivedVariables(from: DerivedFrom): Readonly<Record<string, string>> {
  const { project, version, branch, revision, buildNumber } = from;
  return {
    project,
    version,
    imageTag: version,
    clientToken: clientToken(project, version),
    ...(branch ? { branch } : {}),
    ...(revision ? { revision } : {}),
    ...(buildNumber ? { buildNumber } : {}),
  };
}

const maxTokenLength = 36;
/** "Up to 36 ASCII characters in the range of 33-126" (Amazon ECS API Reference, CreateService, clientToken). */
const tokenPattern = /^[\x21-\x7e]+$/;

/**
 * Readable where it fits (`hid-generator-1.0.15.RELEASE`), a digest otherwise. Of project and version only: the same
 * release built again must give the same descriptors.
 */
function clientToken(project: string, version: string): string {
  const readable = `${project}-${version}`;
  if (readable.length <= maxTokenLength && tokenPattern.test(readable)) return readable;
  const digest = createHash('sha256')
    .update(JSON.stringify([project, version]))
    .digest('hex');
  return digest.slice(0, maxTokenLength);
}
