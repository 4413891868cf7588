// The release that is named has no revision that ECS could run any more: it is installed anew, out of the repository.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { parseVersion } from '@bamboo-ecs/release';
import type { EcsPort } from '@bamboo-ecs/rollout';
import { fetchPhase } from '../fetch-phase.ts';
import { installWanted } from '../install.ts';
import type { InstallerPorts } from '../ports.ts';
import { refusal, type PlaceNow } from './one-place.ts';

export async function installAnew(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  { place }: PlaceNow,
  version: string,
): Promise<Ending> {
  context.say(
    `${version} has no revision here that ECS could go back to: the release is installed anew from the repository`,
    'warning',
  );
  const parsed = parseVersion(version);
  if (!parsed.ok || place.project === null)
    throw refusal(
      'no-project',
      `Which project ${version} is of is not known, so it cannot be fetched.`,
      'Name it with --project.',
    );
  const wanted = await fetchPhase(context, ports, {
    project: place.project,
    tag: parsed.value.tag,
    wanted: { kind: 'exact', version: parsed.value },
    origin: context.settings.origin('to') ?? 'to',
  });
  if (wanted.service !== place.service)
    throw refusal(
      'another-service',
      `${version} is of the service ${wanted.service}, not of ${place.service}.`,
      'Install it with ecs.release if that is what is wanted.',
    );
  return installWanted(context, ports, ecs, wanted);
}
