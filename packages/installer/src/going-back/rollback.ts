// The command rollback: back to the release that was steady before, or to the version that is named, watched to its own verdict.
import { misconfigured, type CommandHelp, type Ending, type RunContext } from '@bamboo-ecs/program';
import { findVersion, formatVersion, parseVersion } from '@bamboo-ecs/release';
import { comingBack, tagKeys, type EcsPort, type TaskDefinitionSnapshot } from '@bamboo-ecs/rollout';
import { noteDeployment } from '../note-deployment.ts';
import type { InstallerPorts } from '../ports.ts';
import { laterThan } from '../status/others-than.ts';
import { adoptComingBack } from './adopt-coming-back.ts';
import { byVersion, steadyBefore } from './find-target.ts';
import { goBack } from './go-back.ts';
import { guardGoingBack } from './guard-going-back.ts';
import { installAnew } from './install-anew.ts';
import { onePlace, type PlaceNow } from './one-place.ts';

export const rollbackHelp: CommandHelp = {
  name: 'rollback',
  describe: 'back to the release that was steady before, or --to VERSION; watched to its own verdict',
  details:
    'Goes along what each revision says it replaced, past those that failed: never simply to the revision before. Desired count and attributes of the service become what they were. While a rollout is in flight, ECS itself is told to stop it. Running it again after it was killed is safe; running it again after it has ended goes one release further back.',
  examples: [
    'installer rollback --project=hid-generator --environment=Production',
    'installer rollback --project=hid-generator --environment=Production --to=1.0.14.RELEASE',
    'installer rollback --cluster=production --service=hid-generator',
  ],
  exitCodes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 75],
};

export async function rollback(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  const environment = noteDeployment(context);
  const to = namedVersion(context);
  const ecs = await ports.openEcs(context);
  context.phase('find', 'Find');
  const now = await onePlace(context, ports, ecs, environment);
  const version = now.running?.tags[tagKeys.version];
  context.say(
    `${now.place.service} in ${now.place.cluster} runs ${version ?? now.service.taskDefinition}, ${now.service.running} of ${now.service.desired} tasks`,
  );
  const coming = await comingBackAlready(context, ecs, now);
  if (coming !== null && (to === null || to === version))
    return adoptComingBack(context, ports, ecs, now, coming);
  if (to !== null && to === version) return adoptComingBack(context, ports, ecs, now, `${to} runs already.`);
  const found = to === null ? await steadyBefore(ecs, now) : await byVersion(context, ecs, now, to);
  if (found.revision === null) return installAnew(context, ports, ecs, now, to ?? '');
  guardGoingBack(context, now, found.revision);
  return goBack(context, ports, ecs, now, { target: found.revision, desired: found.desired });
}

/** `1.0.14.RELEASE`, or a name that contains it; null when none is named. */
function namedVersion(context: RunContext): string | null {
  const text = context.settings.text('to');
  if (text === undefined) return null;
  const exact = parseVersion(text);
  const parsed = exact.ok ? exact : findVersion(text);
  if (parsed.ok) return formatVersion(parsed.value);
  throw misconfigured(
    'settings',
    parsed.problems.map((problem) => ({
      ...problem,
      message: problem.message.replace(/^The release name/u, 'The text'),
      hint: 'Say one that was installed here (installer history), as in --to=1.0.14.RELEASE; without --to it is the one that was steady before.',
      place: { ...problem.place, variable: 'to' },
    })),
  );
}

async function comingBackAlready(context: RunContext, ecs: EcsPort, now: PlaceNow): Promise<string | null> {
  const notes: string[] = [];
  const sure = comingBack({ ...now, now: context.now(), later: [] });
  const settled = now.service.deployments.every(({ rolloutState }) => rolloutState === 'COMPLETED');
  // What failed later tells something only while a deployment is in progress; asking costs calls.
  if (sure !== null || now.running === null || settled) return sure;
  const later: readonly TaskDefinitionSnapshot[] = await laterThan(ecs, now.running, notes);
  for (const note of notes) context.say(note);
  return comingBack({ ...now, now: context.now(), later });
}
