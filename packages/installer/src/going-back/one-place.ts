// The one place that a roll-back is about, as it is now. Several are exit 2, none is exit 4.
import { misconfigured, refused, RunStopped, type RunContext } from '@bamboo-ecs/program';
import type { Problem } from '@bamboo-ecs/release';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import {
  arnParts,
  tagKeys,
  tagValue,
  type EcsPort,
  type ServiceSnapshot,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import { findPlaces } from '../places/find-places.ts';
import type { KnownPlace } from '../places/known-places.ts';
import { some } from '../places/read-records.ts';
import type { InstallerPorts } from '../ports.ts';
import { revisionOf } from '../status/status-of.ts';

export interface PlaceNow {
  readonly place: KnownPlace;
  readonly service: ServiceSnapshot;
  /** The revision of the PRIMARY deployment; null when ECS does not know it. */
  readonly running: TaskDefinitionSnapshot | null;
  /** When it was looked at, our clock. */
  readonly at: number;
  /** The repositories that could be read; none when none could. */
  readonly stores: readonly RepositoryPort[];
}

export async function onePlace(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  environment: string | null,
): Promise<PlaceNow> {
  const found = await findPlaces(context, ports, environment);
  const [place, ...others] = found.places;
  if (!place) throw neverInstalled(found.project, environment, found.environments);
  if (others.length > 0) throw several(found.places);
  const [service] = await ecs.describeServices(place.cluster, [place.service]);
  if (!service) throw new Error(`DescribeServices gave no answer for ${place.service}`);
  const at = context.now();
  if (service.status !== 'ACTIVE') throw notThere(place, service);
  if (service.controller !== 'ECS' && service.controller !== '') throw foreignController(place, service);
  const running = await ecs.describeTaskDefinition(revisionOf(service));
  const otherwise = ofAnotherPlace(place, running);
  if (otherwise) throw otherwise;
  const known = place.environment ?? running?.tags[tagKeys.environment] ?? null;
  const full = { ...place, environment: known, project: running?.tags[tagKeys.project] ?? place.project };
  noteAll(context, full, service);
  return { place: full, service, running, at, stores: found.stores };
}

/** A record, or a setting, may name a service that was installed for something else: that is not gone back from. */
function ofAnotherPlace(
  { environment, project, cluster, service }: KnownPlace,
  running: TaskDefinitionSnapshot | null,
): RunStopped | null {
  const tag = (name: 'version' | 'project' | 'environment'): string | undefined =>
    running?.tags[tagKeys[name]];
  if (tag('version') === undefined) return null;
  const where = `${service} in ${cluster}`;
  const mismatches = [
    ...(project !== null && tag('project') !== tagValue(project)
      ? [`the project is ${project}, but ${tag('project') ?? 'none'} runs there`]
      : []),
    ...(environment !== null && tag('environment') !== tagValue(environment)
      ? [`the environment is ${environment}, but what runs was installed for ${tag('environment') ?? 'none'}`]
      : []),
  ];
  if (mismatches.length === 0) return null;
  return refusal(
    'another-place',
    `${where} is not what is meant: ${mismatches.join('; ')}.`,
    'Look at it with the command status; name the right environment and project, or cluster and service.',
  );
}

function noteAll(context: RunContext, place: KnownPlace, service: ServiceSnapshot): void {
  const parts = service.arn ? arnParts(service.arn) : null;
  context.note({
    project: place.project,
    environment: place.environment,
    cluster: place.cluster,
    services: [place.service],
    region: parts?.region ?? context.settings.text('region') ?? null,
    account: parts?.account ?? null,
  });
  context.row('Service', `${place.service} in ${place.cluster}`);
  if (place.environment) context.row('Environment', place.environment);
}

function neverInstalled(
  project: string | null,
  environment: string | null,
  environments: readonly string[],
): RunStopped {
  const where = environment === null ? '' : ` in ${environment}`;
  const others = environments.filter((name) => name !== environment);
  return new RunStopped({
    exitCode: 4,
    outcome: 'nothing to go back to',
    sentence: `${project ?? 'It'} was never installed${where}, as far as the records tell: there is nothing to go back to. Nothing was changed.`,
    todo:
      others.length > 0
        ? `There are records of ${some(others)}. Name one with --environment, or the service with --cluster and --service.`
        : 'If it runs all the same, name it with --cluster and --service.',
  });
}

function several(places: readonly KnownPlace[]): RunStopped {
  const list = places.map(
    ({ environment, cluster, service }) => `${environment ?? 'no environment'}: ${service} in ${cluster}`,
  );
  const message = `It is installed in ${places.length} places: ${some(list)}. A roll-back is of one.`;
  const hint = 'Name the environment with --environment (and the service with --service).';
  return misconfigured('settings', [
    { severity: 'error', code: 'several-places', message, place: { variable: 'environment' }, hint },
  ]);
}

function notThere({ service, cluster }: KnownPlace, { status }: ServiceSnapshot): RunStopped {
  const why =
    status === 'DRAINING'
      ? 'is being deleted (DRAINING)'
      : status === 'INACTIVE'
        ? 'was deleted (INACTIVE)'
        : 'does not exist';
  return refusal(
    'no-service',
    `The service ${service} in ${cluster} ${why}: there is nothing that could go back.`,
    'Install the release that you want: the installation creates the service again (ecs.release, with ecs.allow.downgrade=true for an older one).',
  );
}

function foreignController({ service }: KnownPlace, { controller }: ServiceSnapshot): RunStopped {
  return refusal(
    'controller',
    `The deployments of ${service} belong to the controller ${controller}; bamboo-ecs goes back only where the controller is ECS.`,
    'Go back with the tool that deploys this service.',
  );
}

/** Exit 4 with one reason. */
export function refusal(code: string, message: string, hint: string): RunStopped {
  const problem: Problem = { severity: 'error', code, message, hint };
  return refused('the roll-back', [problem]);
}
