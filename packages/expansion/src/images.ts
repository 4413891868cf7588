// The images that the task definition names.
import { carriesVersion, formatPath, type Problem, type Segments } from '@bamboo-ecs/release';
import { locateProblems } from './locate-problems.ts';
import type { ReadTemplate } from './read-template.ts';

interface NamedImage {
  readonly reference: string;
  readonly path: Segments;
  /** Something in it is not known: a late variable, or (an error of its own) a missing one. */
  readonly open: boolean;
  readonly late: boolean;
}

/** Distinct, in the order of the containers, without those that are not known yet. */
export function imagesOf(read: readonly ReadTemplate[]): string[] {
  const known = read.flatMap(namedImages).filter(({ open }) => !open);
  return [...new Set(known.map(({ reference }) => reference))];
}

/** Warnings: images that cannot be looked up, and a release that would run the same image whatever its version. */
export function imageProblems(read: readonly ReadTemplate[], version: string): Problem[] {
  return read.flatMap((template) => {
    const { descriptor } = template;
    const images = namedImages(template);
    if (!descriptor || images.length === 0) return [];
    const problems = images.filter(({ late }) => late).map(lateImage);
    if (!images.some(({ reference, open }) => open || carriesVersion(reference, version)))
      problems.push(noVersion(version));
    return locateProblems(problems, descriptor.located);
  });
}

function namedImages({ kind, descriptor }: ReadTemplate): NamedImage[] {
  if (kind !== 'task-definition' || !descriptor) return [];
  const containers: unknown = descriptor.value['containerDefinitions'];
  if (!Array.isArray(containers)) return [];
  const { paths, holes } = descriptor.located.holes;
  const latePaths = new Set(
    holes.filter(({ hole }) => hole.late !== undefined).map((hole) => formatPath(hole.path)),
  );
  return containers.flatMap((container: unknown, index): NamedImage[] => {
    const isObject = typeof container === 'object' && container !== null && Object.hasOwn(container, 'image');
    const reference = isObject ? (container as { image: unknown }).image : undefined;
    if (typeof reference !== 'string') return [];
    const path = ['containerDefinitions', index, 'image'];
    const shown = formatPath(path);
    return [{ reference, path, open: paths.has(shown), late: latePaths.has(shown) }];
  });
}

function lateImage({ path }: NamedImage): Problem {
  return {
    severity: 'warning',
    code: 'image-late',
    message: 'the image has a late variable in it: its digest cannot be asked for when the release is built',
    place: { path: formatPath(path), segments: path },
    hint: 'Use a variable of the build, so that the installed image is the one that was tested.',
  };
}

function noVersion(version: string): Problem {
  const path = ['containerDefinitions'];
  return {
    severity: 'warning',
    code: 'image-without-version',
    message: `no image carries the version ${version}: each release runs whatever its tag points to then`,
    place: { path: formatPath(path), segments: path },
    hint: 'Write `:${imageTag}` after the name of the image that this build makes.',
  };
}
