// The flow of the expander: Version → Expand → Images → Publish. Nothing outside is changed before the last phase.
import { buildContext } from '@bamboo-ecs/bamboo';
import { misconfigured, type Ending, type RunContext } from '@bamboo-ecs/program';
import { expand, writeDescriptors } from './expand.ts';
import { findVersion } from './find-version.ts';
import { pinImages } from './pin-images.ts';
import type { ExpanderPorts } from './ports.ts';
import { writeProperties, type HandedOn } from './properties.ts';
import { manifestOf, publish } from './publish.ts';

export const expanderCommands = [
  { name: 'publish', describe: 'version, expand, check, publish' },
  { name: 'expand', describe: 'the same without publishing: the descriptors under <out>/descriptors' },
  { name: 'version', describe: 'the version that this branch and project give; the first step of a build' },
] as const;

/** Runs one command to its ending. Refusals are thrown as `RunStopped`; repository errors pass through. */
export async function runExpander(context: RunContext, ports: ExpanderPorts): Promise<Ending> {
  let handedOn: HandedOn = {
    version: '',
    project: '',
    tag: '',
    branch: '',
    published: false,
    outcome: 'failed',
  };
  try {
    context.requireSettings();
    await requireWritableOutputs(context);
    const { ending, result } = await runCommand(context, ports, (known) => {
      handedOn = { ...handedOn, ...known };
    });
    handedOn = { ...handedOn, ...result };
    return ending;
  } finally {
    await writeProperties(context, handedOn).catch((error: unknown) => {
      context.say(`bamboo.properties could not be written: ${String(error)}`, 'warning');
    });
  }
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
      hint: 'Mount the working directory writable for the user of the container, or set out to a folder that is.',
    },
  ]);
}

async function runCommand(
  context: RunContext,
  ports: ExpanderPorts,
  learnt: (known: Partial<HandedOn>) => void,
): Promise<{ ending: Ending; result: Partial<HandedOn> }> {
  context.phase('version', 'Version');
  noteBuild(context);
  const found = await findVersion(context);
  if (found.kind === 'ignored') {
    learnt({ branch: found.branch });
    const sentence = `ignored: ${found.reason}; nothing is published`;
    context.say(sentence);
    context.row('Published', 'no');
    return { ending: { exitCode: 0, outcome: 'ignored', sentence }, result: { outcome: 'ignored' } };
  }
  const { project, version, tag, branch } = found;
  learnt({ project, version, tag, branch });
  context.note({ project, version });
  context.emit({ kind: 'check', suite: 'version', name: `${project} ${version}` });
  context.say(`${project} ${version} (branch ${branch} → ${tag})`);
  context.row('Project', project);
  context.row('Version', version);
  if (context.command === 'version') {
    const sentence = `the version is ${version}`;
    return { ending: { exitCode: 0, outcome: 'version', sentence }, result: { outcome: 'version' } };
  }

  context.phase('expand', 'Expand');
  const expansion = await expand(context, found);
  await writeDescriptors(context, found, expansion);
  if (context.command === 'expand') {
    const sentence = `${expansion.descriptors.length} descriptors of ${project} ${version} are written and checked; nothing is published`;
    return { ending: { exitCode: 0, outcome: 'expanded', sentence }, result: { outcome: 'expanded' } };
  }
  const port = await ports.openRepository(context, tag);

  context.phase('images', 'Images');
  const images = await pinImages(context, ports.openRegistry, expansion.images, version);
  const manifest = manifestOf(context, found, expansion, images);
  context.note({ identity: manifest.identity });

  context.phase('publish', 'Publish');
  context.say(`to ${port.address}`);
  const { publication, sentence } = await publish(context, port, manifest);
  context.note({ manifestSha256: publication.manifestSha256 });
  context.emit({ kind: 'check', suite: 'publication', name: publication.manifestPath });
  context.row('Published', `${publication.outcome}, ${port.address}/${publication.manifestPath}`);
  context.row('Identity', manifest.identity.slice(0, 12));
  return {
    ending: { exitCode: 0, outcome: publication.outcome, sentence },
    result: {
      published: true,
      outcome: publication.outcome,
      identity: manifest.identity,
      manifestSha256: publication.manifestSha256,
    },
  };
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
