// Templates and values to descriptors: the phase that refuses everything that ECS would refuse, before anything is published.
import { buildContext } from '@bamboo-ecs/bamboo';
import {
  buildTemplateVariables,
  derivedVariables,
  expandRelease,
  type Expansion,
} from '@bamboo-ecs/expansion';
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import { descriptorFileName, descriptorKinds, tags } from '@bamboo-ecs/release';
import path from 'node:path';
import type { KnownVersion } from './find-version.ts';
import { loadTemplates } from './load-templates.ts';

/** The descriptors of this version, checked; every problem of all templates at once otherwise. */
export async function expand(context: RunContext, found: KnownVersion): Promise<Expansion> {
  const { templates, problems: unreadable } = await loadTemplates(context);
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
  if (templates.length === 0) throw misconfigured('templates', unreadable);
  const { project, version } = found;
  const expansion = expandRelease({ project, version, templates, variables });
  const problems = [...unreadable, ...expansion.problems];
  if (context.warn(problems)) throw misconfigured('descriptors', problems);
  for (const { kind } of expansion.descriptors)
    context.emit({ kind: 'check', suite: 'descriptors', name: kind });
  return expansion;
}

/** What is wrong with the files themselves, when there is no version yet to expand them with. */
export async function checkTemplates(context: RunContext): Promise<void> {
  const { problems } = await loadTemplates(context);
  if (problems.some(({ severity }) => severity === 'error')) throw misconfigured('templates', problems);
}

const descriptorName = new RegExp(
  String.raw`-\d+\.\d+\.\d+\.(?:${tags.join('|')})-(?:${descriptorKinds.join('|')})\.json$`,
  'u',
);

/** Writes the descriptors under `<out>/descriptors`. What an earlier run left there goes first, by its names: the folder may be the templates' own. */
export async function writeDescriptors(
  context: RunContext,
  found: KnownVersion,
  expansion: Expansion,
): Promise<void> {
  const folder = path.join(context.out, 'descriptors');
  for (const name of await context.files.list(folder))
    if (descriptorName.test(name)) await context.files.remove(path.join(folder, name));
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
