// All templates of a release at once: its descriptors, or everything that is wrong with them.
import { type DescriptorKind, descriptorKinds, type LateVariable, type Problem } from '@bamboo-ecs/release';
import { crossProblems } from './cross-problems.ts';
import { descriptorContent } from './late-form.ts';
import { limitProblems } from './limit-problems.ts';
import { readTemplate } from './read-template.ts';
import { imageProblems, imagesOf } from './images.ts';
import { collectLateVariables, lateNamesOf } from './late-variables.ts';
import type { TemplateSource } from './template-source.ts';
import type { TemplateVariables } from './variables.ts';

export interface ReleaseTemplates {
  readonly project: string;
  /** `1.0.15.RELEASE` */
  readonly version: string;
  /** At most one of each kind. */
  readonly templates: readonly TemplateSource[];
  readonly variables: TemplateVariables;
}

export interface ExpandedDescriptor {
  readonly kind: DescriptorKind;
  /** The rendered text: LF line ends, a line break at the end; final JSON, or late form when `late` is not empty. */
  readonly content: string;
  /** Names of the late variables in it, without `environment.`, sorted. */
  readonly late: readonly string[];
}

export interface Expansion {
  /** In the order of their kinds; empty when there is an error among the problems. */
  readonly descriptors: readonly ExpandedDescriptor[];
  readonly lateVariables: readonly LateVariable[];
  /** Distinct, as the container definitions name them; without those that have a late variable in them. */
  readonly images: readonly string[];
  readonly problems: readonly Problem[];
}

/** Pure: the same templates and variables give the same bytes. */
export function expandRelease(release: ReleaseTemplates): Expansion {
  const templates = release.templates.toSorted(
    (a, b) => descriptorKinds.indexOf(a.kind) - descriptorKinds.indexOf(b.kind),
  );
  const read = templates.map((template) => readTemplate(template, release.variables));
  const late = collectLateVariables(read);
  const problems = [
    ...countProblems(release),
    ...read.flatMap((template) => limitProblems(template.problems)),
    ...crossProblems(read),
    ...limitProblems(late.problems),
    ...imageProblems(read, release.version),
  ];
  if (problems.some(({ severity }) => severity === 'error')) {
    return { descriptors: [], lateVariables: [], images: [], problems };
  }
  const descriptors = read.flatMap(({ kind, descriptor }) =>
    descriptor
      ? [{ kind, content: descriptorContent(descriptor.pieces), late: lateNamesOf(descriptor.located.holes) }]
      : [],
  );
  return { descriptors, lateVariables: late.variables, images: imagesOf(read), problems };
}

function countProblems({ project, templates }: ReleaseTemplates): Problem[] {
  if (templates.length === 0) {
    const message = `${project} has no templates`;
    return [
      {
        severity: 'error',
        code: 'template-missing',
        message,
        hint: `Give it ${descriptorKinds.join('.json, ')}.json.`,
      },
    ];
  }
  const files = new Map<DescriptorKind, string>();
  return templates.flatMap(({ kind, file }): Problem[] => {
    const first = files.get(kind);
    if (first === undefined) {
      files.set(kind, file);
      return [];
    }
    return [
      {
        severity: 'error',
        code: 'template-twice',
        message: `there is a ${kind} already: ${first}`,
        place: { file },
      },
    ];
  });
}
