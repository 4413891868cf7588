// The late variables of a release, from the deployment environment's Bamboo variables, and the requests they complete.
import { resolveLate } from '@bamboo-ecs/expansion';
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import type { DescriptorKind, JsonObject, Manifest } from '@bamboo-ecs/release';

/** The descriptors as final requests. Missing or unfit values are exit 2, all at once. */
export function completeDescriptors(
  context: RunContext,
  manifest: Manifest,
): ReadonlyMap<DescriptorKind, JsonObject> {
  const completed = resolveLate(manifest.descriptors, (name) => lateValue(context, name));
  if (!completed.ok) throw misconfigured('variables of the deployment environment', completed.problems);
  for (const { name } of manifest.lateVariables)
    context.say(`\${environment.${name}} from bamboo_environment_${name.replaceAll('.', '_')}`, 'detail');
  context.warn(completed.warnings ?? []);
  return completed.value;
}

/** The value of `environment.<name>`, as Bamboo hands it on; undefined when the environment has none. */
export function lateValue(context: RunContext, name: string): string | undefined {
  const variable = `bamboo_environment_${name.replaceAll('.', '_')}`;
  return Object.hasOwn(context.variables, variable) ? context.variables[variable] : undefined;
}
