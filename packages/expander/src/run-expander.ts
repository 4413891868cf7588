// The flow of the expander: Version → Expand → Images → Publish. Nothing outside is changed before the last phase.
import { buildContext } from '@bamboo-ecs/bamboo';
import { misconfigured, type CommandHelp, type Ending, type RunContext } from '@bamboo-ecs/program';
import { checkTemplates, expand, writeDescriptors } from './expand.ts';
import { findVersion, type FoundVersion, type KnownVersion } from './find-version.ts';
import { handOn, handOnNothing } from './hand-on.ts';
import { pinImages } from './pin-images.ts';
import type { ExpanderPorts } from './ports.ts';
import { together } from './problems.ts';
import { manifestOf, publish } from './publish.ts';

const always = ['Project and version', 'Files and log'] as const;

export const expanderCommands: readonly CommandHelp[] = [
  {
    name: 'publish',
    describe: 'version, expand, check, publish',
    details:
      'Renders the three templates with the variables of the build, checks them against the model of ECS, asks the registry for the digests of the images, and publishes descriptors and manifest. Running it again is safe: the same release is "already published".',
    exitCodes: [0, 1, 2, 3, 75],
  },
  {
    name: 'expand',
    describe: 'the same without publishing: the descriptors under <out>/descriptors',
    details: 'Asks nobody: neither a repository nor a registry is needed.',
    groups: [...always, 'Templates'],
    exitCodes: [0, 1, 2, 75],
  },
  {
    name: 'version',
    describe: 'the version that this branch and project give; the first step of a build',
    details:
      'Writes it to <out>/bamboo.properties, so that the image can be built and pushed under that tag before its descriptors are published. A branch that the map does not name is no error: published=false.',
    groups: always,
    exitCodes: [0, 1, 2, 75],
  },
];

/** Runs one command to its ending. Refusals are thrown as `RunStopped`; repository errors pass through. */
export async function runExpander(context: RunContext, ports: ExpanderPorts): Promise<Ending> {
  handOnNothing(context);
  context.requireSettings();
  context.phase('version', 'Version');
  await requireWritableOutputs(context);
  noteBuild(context);
  const found = await firstProblems(context, ports);
  if (found.kind === 'ignored') return ignored(context, found);
  known(context, found);
  const { project, version, tag } = found;
  if (context.command === 'version')
    return { exitCode: 0, outcome: 'version', sentence: `the version is ${version}` };

  context.phase('expand', 'Expand');
  const publishes = context.command === 'publish';
  const [expansion, port] = await together([
    async () => expand(context, found),
    async () => (publishes ? ports.openRepository(context, tag) : null),
  ]);
  await writeDescriptors(context, found, expansion);
  if (port === null) {
    const sentence = `${expansion.descriptors.length} descriptors of ${project} ${version} are written and checked; nothing is published`;
    return { exitCode: 0, outcome: 'expanded', sentence };
  }

  context.phase('images', 'Images');
  const images = await pinImages(context, ports.openRegistry, expansion.images, version);
  const manifest = manifestOf(context, found, expansion, images);
  context.note({ identity: manifest.identity });

  context.phase('publish', 'Publish');
  context.say(`to ${port.address}`);
  const { publication, sentence } = await publish(context, port, manifest);
  const { manifestPath, manifestSha256, identity, outcome } = publication;
  const releaseUrl = `${port.address}/${project}/${version}`;
  context.note({ manifestSha256, identity, releaseUrl });
  handOn(context, { published: true, identity, manifestSha256 });
  context.emit({ kind: 'check', suite: 'publication', name: manifestPath });
  context.row('Published', `${outcome}, ${port.address}/${manifestPath}`);
  context.row('Identity', identity.slice(0, 12));
  return { exitCode: 0, outcome, sentence };
}

/** bamboo.properties is what later stages live on: a run that cannot write it must not publish. */
async function requireWritableOutputs(context: RunContext): Promise<void> {
  const reason = await context.files.whyNotWritable(context.out);
  if (reason === null) return;
  throw misconfigured('outputs', [
    {
      severity: 'error',
      code: 'out-not-writable',
      message: `the output folder ${context.out} cannot be written: ${reason}`,
      place: { variable: 'out' },
      hint: 'Mount the working directory writable for the user of the container, remove what another user or tool has left there, or set out to another folder.',
    },
  ]);
}

/** The version; when there is none, also what is wrong with the templates and the repository, because the user mends all of it. */
async function firstProblems(context: RunContext, ports: ExpanderPorts): Promise<FoundVersion> {
  let found: FoundVersion | undefined;
  const steps = [
    async () => {
      found = await findVersion(context);
    },
    async () => {
      if (found === undefined && context.command !== 'version') await checkTemplates(context);
    },
    async () => {
      if (found === undefined && context.command === 'publish')
        await ports.openRepository(context, 'RELEASE');
    },
  ];
  await together(steps);
  if (found === undefined) throw new Error('the version is neither known nor refused');
  return found;
}

function ignored(context: RunContext, found: Extract<FoundVersion, { kind: 'ignored' }>): Ending {
  handOn(context, { branch: found.branch });
  const sentence = `${found.reason}; nothing is published`;
  context.say(`Ignored: ${sentence}`);
  context.row('Published', 'no');
  const todo = toBuildIt(found.branch, context.settings.text('branches') !== undefined);
  return { exitCode: 0, outcome: 'ignored', sentence, ...(todo ? { todo } : {}) };
}

/** The usual names of a main line: a shop that calls its master otherwise must not wonder why green builds publish nothing. */
const mainLines: Readonly<Record<string, string>> = {
  main: 'RELEASE',
  trunk: 'RELEASE',
  master: 'RELEASE',
  develop: 'MILESTONE',
  dev: 'MILESTONE',
  development: 'MILESTONE',
};

function toBuildIt(branch: string, mapIsSet: boolean): string | undefined {
  const tag = Object.hasOwn(mainLines, branch) ? mainLines[branch] : undefined;
  if (tag === undefined) return undefined;
  const map = mapIsSet
    ? `add ${branch}=${tag} to the Bamboo variable ecs.branches`
    : `set the Bamboo variable ecs.branches to master=RELEASE,development=MILESTONE,${branch}=${tag}`;
  return `If ${branch} is to be published, ${map}.`;
}

function known(context: RunContext, { project, version, tag, branch }: KnownVersion): void {
  handOn(context, { project, version, tag, branch });
  context.note({ project, version });
  context.emit({ kind: 'check', suite: 'version', name: `${project} ${version}` });
  context.say(`${project} ${version} (branch ${branch} → ${tag})`);
  context.row('Project', project);
  context.row('Version', version);
}

function noteBuild(context: RunContext): void {
  const build = buildContext(context.variables);
  context.note({
    build: {
      key: build.buildKey ?? null,
      number: build.buildNumber ?? null,
      url: build.buildUrl ?? null,
      revision: build.revision ?? null,
      branch: build.branch ?? null,
    },
  });
}
