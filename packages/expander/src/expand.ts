// Templates and values to descriptors: the phase that refuses everything that ECS would refuse, before anything is published.
import { buildContext } from '@bamboo-ecs/bamboo';
import {
  buildTemplateVariables,
  derivedVariables,
  expandRelease,
  type Expansion,
} from '@bamboo-ecs/expansion';
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import { descriptorFileName } from '@bamboo-ecs/release';
import path from 'node:path';
import type { FoundVersion } from './find-version.ts';
import { loadTemplates } from './load-templates.ts';

type Known = Extract<FoundVersion, { kind: 'version' }>;

/** The descriptors of this version, checked; every problem of all templates at once otherwise. */
export async function expand(context: RunContext, found: Known): Promise<Expansion> {
  const templates = await loadTemplates(context);
  const build = buildContext(context.variables);
  const variables = buildTemplateVariables({
    bamboo: context.variables,
    derived: derivedVariables({
      project: found.project,
      version: found.version,
      branch: found.branch,
      revision: build.revision ?? '',
      buildNumber: build.buildNumber ?? '',
    }),
    allow: context.settings.list('allow-variables'),
  });
  const expansion = expandRelease({ project: found.project, version: found.version, templates, variables });
  const errors = expansion.problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0) throw misconfigured('descriptors', expansion.problems);
  context.warn(expansion.problems);
  for (const { kind } of expansion.descriptors)
    context.emit({ kind: 'check', suite: 'descriptors', name: kind });
  return expansion;
}

/** Writes the descriptors under `<out>/descriptors`; what an earlier run left there goes first. */
export async function writeDescriptors(
  context: RunContext,
  found: Known,
  expansion: Expansion,
): Promise<void> {
  const folder = path.join(context.out, 'descriptors');
  await context.files.remove(folder);
  for (const { kind, content, late } of expansion.descriptors) {
    const name = descriptorFileName(found.project, found.version, kind);
    await context.files.write(path.join(folder, name), content);
    const open =
      late.length > 0
        ? ` (${late.map((variable) => `\${environment.${variable}}`).join(', ')} at deployment)`
        : '';
    context.say(`${path.join(folder, name)}${open}`);
  }
}
