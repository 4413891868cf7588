// Why a manifest is not there: a mistyped name, a publication that broke off, another repository.
import { compareVersions, formatVersion, nearest, parseVersion } from '@bamboo-ecs/release';
import type { Version } from '@bamboo-ecs/release';
import { manifestFileName } from '@bamboo-ecs/release';
import { copyNames, releaseFolder } from '../layout.ts';
import { RepositoryError } from '../port.ts';
import type { RepositoryPort } from '../port.ts';
import { listVersions } from './list-versions.ts';

export async function explainMissing(
  port: RepositoryPort,
  project: string,
  version: string,
): Promise<RepositoryError> {
  const names = await port.list(releaseFolder(project, version));
  if (copyNames(project, version).some((name) => names.includes(name))) {
    return new RepositoryError(
      'not-found',
      `${project} ${version} in ${port.address} is incomplete: its publication broke off before the manifest (${manifestFileName(project, version)}) was written.`,
      'Run the build of this version again: it completes the publication.',
    );
  }
  const versions = await listVersions({ port, project });
  if (versions.length > 0) {
    return new RepositoryError(
      'not-found',
      `There is no ${project} ${version} in ${port.address}. ${around(versions, version)}`,
      'Publish it first (run its build), or name one of those that are there.',
    );
  }
  const projects = await port.list('');
  if (projects.length === 0) {
    return new RepositoryError(
      'not-found',
      `There is no ${project} ${version}: ${port.address} is empty.`,
      'Look whether the setting "repository" (and {tag} in it) is the same as in the build that publishes.',
    );
  }
  const meant = nearest(project, projects);
  return new RepositoryError(
    'not-found',
    `There is no project ${project} in ${port.address}, and so no version ${version} of it.`,
    meant === null || meant === project
      ? 'Look at the settings "project" and "repository", or publish the project first.'
      : `Did you mean the project ${meant}?`,
  );
}

const most = 6;

/** The versions next to the one that was asked for, with how many more there are. */
function around(versions: readonly Version[], wanted: string): string {
  const parsed = parseVersion(wanted);
  const at = parsed.ok
    ? versions.filter((version) => compareVersions(version, parsed.value) < 0).length
    : versions.length;
  const start = Math.max(0, Math.min(at - most / 2, versions.length - most));
  const shown = versions.slice(start, start + most).map(formatVersion);
  const more = versions.length - shown.length;
  return `${more > 0 ? 'The nearest are' : 'There are'} ${shown.join(', ')}${more > 0 ? ` (${more} more)` : ''}.`;
}
