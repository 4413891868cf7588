// The names that may stand in a path. One rule for all places, so that a release can be copied from one to another.
import { RepositoryError } from './port.ts';

/** What Artifactory refuses in a name (docs.jfrog.com, "repository naming rules"), plus `;`, which begins its properties. */
const refused = '\\:|?*"<>;';
const longest = 200;

/** Why `segment` cannot be a name in a path, or null. */
export function segmentFault(segment: string): string | null {
  if (segment === '') return 'is empty';
  if (segment.startsWith('.')) return 'begins with a dot, which is reserved';
  if (segment.includes('/')) return 'contains "/"';
  if (segment.trim() !== segment) return 'begins or ends with white space';
  if (!segment.isWellFormed()) return 'is not valid Unicode';
  if (/[\p{Cc}\u2028\u2029]/u.test(segment)) return 'contains a control character';
  const bad = Array.from(segment).find((character) => refused.includes(character));
  if (bad !== undefined) return `contains ${JSON.stringify(bad)}`;
  if (Buffer.byteLength(segment) > longest) return `is longer than ${longest} bytes`;
  return null;
}

/** The segments of a path of the port; refuses what could leave the repository's folder. The empty path is its root. */
export function pathSegments(path: string): readonly string[] {
  if (path === '') return [];
  const segments = path.split('/');
  for (const segment of segments) {
    const fault = segmentFault(segment);
    if (fault) {
      throw new RepositoryError(
        'foreign',
        `The path ${JSON.stringify(path)} is refused: the name ${JSON.stringify(segment)} ${fault}.`,
        'Names of projects, versions and files are plain: letters, digits, "-", "_", "." and no folders in them.',
      );
    }
  }
  return segments;
}

/** `pathSegments` for a path that must name a file. */
export function fileSegments(path: string): readonly string[] {
  const segments = pathSegments(path);
  if (segments.length > 0) return segments;
  throw new RepositoryError('foreign', 'An empty path names no file.', 'Name a file inside the repository.');
}
