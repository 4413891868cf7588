// Fetch and Verify: from the variables to one service that is wanted, without asking AWS anything.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import { misconfigured, refused, type RunContext } from '@bamboo-ecs/program';
import { formatVersion } from '@bamboo-ecs/release';
import { checkTag, wantedService, type WantedService } from '@bamboo-ecs/rollout';
import { fetchRelease } from './fetch-release.ts';
import { completeDescriptors } from './late-values.ts';
import type { InstallerPorts } from './ports.ts';
import { resolveRelease, wantedText, type WantedRelease } from './resolve-release.ts';

/** Fetch, verify and the guard of the tag, which needs no AWS. */
export async function fetchPhase(
  context: RunContext,
  ports: InstallerPorts,
  named?: WantedRelease,
): Promise<WantedService> {
  context.phase('fetch', 'Fetch');
  const release = named ?? resolveRelease(context);
  context.say(`${release.project} ${wantedText(release)} (from ${release.origin})`);
  const environment = deploymentContext(context.variables).environment ?? null;
  const chosen = context.settings.text('environment') ?? environment;
  context.note({ project: release.project });
  context.row('Release', `${release.project} ${wantedText(release)}`);
  if (chosen) context.row('Environment', chosen);
  const guard = checkTag(release.tag, chosen, context.settings.text('environments') ?? null);
  if (guard.length > 0) throw refused('the guards', guard);
  const port = await ports.openRepository(context, release.tag);
  context.say(`from ${port.address}`);
  const fetched = await fetchRelease(context, port, release);
  const version = formatVersion(fetched.version);
  context.note({ releaseUrl: `${port.address}/${release.project}/${version}` });
  if (release.wanted.kind === 'range') context.row('Version', version);

  context.phase('verify', 'Verify');
  const { manifest } = fetched;
  const { provenance } = manifest;
  context.say(
    `manifest sha256 ${fetched.manifestSha256.slice(0, 12)}…, identity ${manifest.identity.slice(0, 12)}…, ${manifest.descriptors.length} descriptors, every checksum right`,
  );
  const from = [provenance.buildKey, provenance.branch, provenance.revision?.slice(0, 10)]
    .filter(Boolean)
    .join(', ');
  context.say(`built ${provenance.createdAt}${from ? ` by ${from}` : ''}`);
  for (const image of manifest.images)
    context.say(`image ${image.reference}${image.digest ? ` @ ${image.digest}` : ' (digest unknown)'}`);
  context.note({
    build: {
      key: provenance.buildKey,
      number: provenance.buildNumber,
      url: provenance.buildUrl,
      revision: provenance.revision,
      branch: provenance.branch,
    },
  });
  context.emit({
    kind: 'check',
    suite: 'release',
    name: `${manifest.project} ${version} verified`,
  });
  const wanted = wantedService({
    manifest,
    descriptors: completeDescriptors(context, manifest),
    environment: chosen,
    account: context.settings.text('account') ?? null,
    region:
      context.settings.text('region') ??
      context.env['AWS_REGION'] ??
      context.env['AWS_DEFAULT_REGION'] ??
      null,
  });
  if (!wanted.ok) throw misconfigured('release', wanted.problems);
  return wanted.value;
}
