// The command status: what runs where, since when and by which build, is it healthy, did somebody change it by hand.
import path from 'node:path';
import type { CommandHelp, Ending, RunContext } from '@bamboo-ecs/program';
import { maskValues } from '@bamboo-ecs/report';
import { isAsItShouldBe, isEcsError, type EcsError, type ServiceStatus } from '@bamboo-ecs/rollout';
import { noteDeployment } from '../note-deployment.ts';
import { findPlaces, type FoundPlaces } from '../places/find-places.ts';
import { some } from '../places/read-records.ts';
import type { InstallerPorts } from '../ports.ts';
import { sentences } from '../sentence.ts';
import { statusOf } from './status-of.ts';

export const statusHelp: CommandHelp = {
  name: 'status',
  describe: 'what runs where, since when, by which build, is it healthy, was it changed by hand',
  details:
    'Changes nothing. The records beside the releases say where a project is installed, so no release need be named; without an environment all of them are looked at. With --exit-code it exits with 10 when something is not healthy or was changed by hand. With cluster and service named it needs no repository.',
  examples: [
    'installer status --project=hid-generator',
    'installer status --project=hid-generator --environment=Production --exit-code',
    'installer status --cluster=production --service=hid-generator',
  ],
  exitCodes: [0, 1, 2, 3, 4, 10, 75],
};

const mostPlaces = 20;
/** Of one place, in the summary's sentence. */
const mostDrift = 3;

export async function status(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  const environment = noteDeployment(context);
  // Asks nobody yet, and tells a missing region before anything is read.
  const ecs = await ports.openEcs(context);
  context.phase('status', 'Status');
  const found = await findPlaces(context, ports, environment);
  if (found.places.length === 0) return neverInstalled(context, found, environment);
  const statuses: ServiceStatus[] = [];
  const failures: EcsError[] = [];
  for (const place of found.places.slice(0, mostPlaces)) {
    context.stopIfAsked();
    try {
      const told = await statusOf(context, ports, ecs, place, found);
      context.emit({ kind: 'status', status: told });
      statuses.push(told);
    } catch (error) {
      // Environments may lie in other accounts, which these credentials do not see.
      if (!isEcsError(error)) throw error;
      failures.push(error);
      const where = `${place.environment ?? 'no environment'}: ${place.service} in ${place.cluster}`;
      context.say(`${where} could not be asked: ${sentences(error.message, error.hint)}`, 'warning');
    }
  }
  const left = found.places.length - mostPlaces;
  if (left > 0) context.say(`${left} more places are not shown: name an environment.`, 'warning');
  if (statuses.length === 0 && failures[0]) throw failures[0];
  await writeJson(context, statuses);
  context.note({
    project: found.project,
    services: statuses.map(({ service }) => service),
    cluster: statuses.length === 1 ? (statuses[0]?.cluster ?? null) : null,
  });
  return ending(context, statuses, failures.length);
}

function ending(context: RunContext, statuses: readonly ServiceStatus[], unasked: number): Ending {
  const wrong = statuses.filter((one) => !isAsItShouldBe(one));
  for (const one of statuses)
    context.row(one.environment ?? one.service, `${one.version ?? one.taskDefinition ?? '-'}, ${short(one)}`);
  const exitCode = context.settings.flag('exit-code') && wrong.length + unasked > 0 ? 10 : 0;
  const missing = unasked > 0 ? `${unasked} could not be asked` : undefined;
  if (wrong.length === 0)
    return {
      exitCode,
      outcome: unasked > 0 ? 'partly told' : 'healthy',
      sentence: sentences(
        statuses.length === 1
          ? statuses[0]?.sentence
          : `${statuses.length === 2 ? 'Both' : `All ${statuses.length}`} services are healthy`,
        missing,
      ),
    };
  const [first] = wrong;
  return {
    exitCode,
    outcome: wrong.length === 1 && first ? short(first) : `${wrong.length} not as they should be`,
    sentence: sentences(
      ...wrong.flatMap(({ environment, sentence, drift }) => [
        environment ? `${environment}: ${sentence}` : sentence,
        ...told(drift),
      ]),
      missing,
    ),
    ...todo(wrong),
  };
}

/** What was changed by hand: the first of it, the rest by number. */
function told(drift: readonly string[]): readonly string[] {
  const more = drift.length - mostDrift;
  return more > 0 ? [...drift.slice(0, mostDrift), `${more} more were changed`] : drift;
}

function short({ health, drift }: ServiceStatus): string {
  return drift.length > 0 ? `${health}, changed by hand` : health;
}

function todo(wrong: readonly ServiceStatus[]): { readonly todo?: string } {
  const changed = wrong.some(({ drift }) => drift.length > 0);
  const ill = wrong.some(({ health }) => health === 'unhealthy');
  const texts = [
    ...(changed ? ['installing the release again with force=true puts back what was changed by hand'] : []),
    ...(ill ? ['the command rollback goes back to the release that was steady before'] : []),
  ];
  return texts.length > 0 ? { todo: sentences(...texts) } : {};
}

function neverInstalled(context: RunContext, found: FoundPlaces, environment: string | null): Ending {
  const where = environment === null ? '' : ` in ${environment}`;
  const others = found.environments.filter((name) => name !== environment);
  return {
    exitCode: context.settings.flag('exit-code') ? 10 : 0,
    outcome: 'not installed',
    sentence: `${found.project ?? 'It'} was never installed${where}, as far as the records tell.`,
    todo:
      others.length > 0
        ? `There are records of ${some(others)}. Name one with --environment, or the service with --cluster and --service.`
        : 'If it runs all the same, name it with --cluster and --service.',
  };
}

/** For programs: the same as the events say, in one file. */
async function writeJson(context: RunContext, statuses: readonly ServiceStatus[]): Promise<void> {
  const services = maskValues(statuses, context.mask);
  const text = `${JSON.stringify({ schema: 1, services }, undefined, 2)}\n`;
  try {
    await context.files.write(path.join(context.out, 'status.json'), text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    context.say(`status.json could not be written: ${reason}`, 'warning');
  }
}
