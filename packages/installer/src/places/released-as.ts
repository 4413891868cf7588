// The release behind a revision that runs or ran: its descriptors as they were applied, out of the repository.
import { resolveLate } from '@bamboo-ecs/expansion';
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import { parseVersion } from '@bamboo-ecs/release';
import { readRelease, RepositoryError, type RepositoryPort } from '@bamboo-ecs/repository';
import {
  appliedHash,
  revisionName,
  tagKeys,
  wantedService,
  type TaskDefinitionSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import { lateValue } from '../late-values.ts';
import type { InstallerPorts } from '../ports.ts';
import { some } from './read-records.ts';

export type ReleasedAs =
  | {
      readonly kind: 'known';
      readonly wanted: WantedService;
      /** Exactly what was applied then; else the values of the deployment environment are others now. */
      readonly exact: boolean;
    }
  /** One sentence. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Reads, and never fails the command: what cannot be known is told by the caller. `stores`: those that could be read before. */
export async function releasedAs(
  context: RunContext,
  ports: InstallerPorts,
  revision: TaskDefinitionSnapshot,
  stores: readonly RepositoryPort[],
): Promise<ReleasedAs> {
  const tag = (name: keyof typeof tagKeys): string | undefined => revision.tags[tagKeys[name]];
  const unknown = (why: string): ReleasedAs => ({ kind: 'unknown', why });
  const version = parseVersion(tag('version') ?? '');
  const project = tag('project');
  if (!version.ok || project === undefined)
    return unknown(`${revisionName(revision.arn)} does not say which release it is of.`);
  if (context.settings.text('repository') === undefined) return unknown('No repository is set.');
  // It did not answer before: that is not waited for twice, with a service that is down.
  if (stores.length === 0) return unknown('The repository could not be read.');
  const label = `${project} ${tag('version')}`;
  try {
    const port = await ports.openRepository(context, version.value.tag);
    const { manifest } = await readRelease({ port, project, version: tag('version') ?? '' });
    if (manifest.identity !== tag('identity'))
      return unknown(
        `The repository has another build of ${label} than the one of ${revisionName(revision.arn)}.`,
      );
    const late = resolveLate(manifest.descriptors, (name) => lateValue(context, name));
    if (!late.ok) {
      const names = manifest.lateVariables.map(({ name }) => `environment.${name}`);
      const why = names.length > 0 ? ` (it uses ${some(names)})` : '';
      return unknown(
        `The descriptors of ${label} cannot be completed without the variables of the deployment environment${why}.`,
      );
    }
    const wanted = wantedService({
      manifest,
      descriptors: late.value,
      environment: tag('environment') ?? null,
    });
    if (!wanted.ok) return unknown(wanted.problems.map(({ message }) => message).join(' '));
    return { kind: 'known', wanted: wanted.value, exact: appliedHash(wanted.value) === tag('applied') };
  } catch (error) {
    if (!(error instanceof RepositoryError) && !(error instanceof RunStopped)) throw error;
    context.stopIfAsked();
    return unknown(error.message);
  }
}
