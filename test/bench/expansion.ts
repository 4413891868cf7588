// How long a large shop's templates take: 1,000 projects of three descriptors each, expanded and checked in one process.
// Run: node test/bench/expansion.ts
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildTemplateVariables,
  derivedVariables,
  expandRelease,
  type Expansion,
  type TemplateSource,
} from '@bamboo-ecs/expansion';
import { descriptorKinds } from '@bamboo-ecs/release';

const projects = 1000;
const limitSeconds = 10;
const folder = path.join(import.meta.dirname, '../../packages/expansion/test/fixtures/seed');
const seed: readonly TemplateSource[] = descriptorKinds.map((kind) => ({
  kind,
  file: `descriptors/${kind}.json`,
  text: readFileSync(path.join(folder, `${kind}.json`), 'utf8'),
}));

/** Each project has templates of its own, so that nothing can be read once for all. */
function expandOne(index: number): Expansion {
  const project = `project-${index}`;
  const version = `1.0.${index}.RELEASE`;
  const templates = seed.map(({ kind, file, text }) => ({ kind, file, text: `\${! ${project} }\n${text}` }));
  const derived = derivedVariables({
    project,
    version,
    branch: 'master',
    revision: 'f'.repeat(40),
    buildNumber: String(index),
  });
  const bamboo = {
    bamboo_clusterName: 'QA',
    bamboo_serviceName: project,
    bamboo_family: project,
    bamboo_loadBalancerName: `${project}-lb`,
    bamboo_containerName: project,
    bamboo_desiredCount: String(1 + (index % 5)),
    bamboo_ecsInstanceRole: 'ecsServiceRole',
    bamboo_registry: 'registry.example.com',
    bamboo_imageName: project,
  };
  const variables = buildTemplateVariables({ bamboo, derived, allow: [] });
  return expandRelease({ project, version, templates, variables });
}

const started = process.hrtime.bigint();
let descriptors = 0;
let bytes = 0;
for (let index = 0; index < projects; index++) {
  const expansion = expandOne(index);
  descriptors += expansion.descriptors.length;
  bytes += expansion.descriptors.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
}
const seconds = Number(process.hrtime.bigint() - started) / 1e9;

const milliseconds = (seconds * 1000) / descriptors;
process.stdout.write(
  `${projects} projects, ${descriptors} descriptors, ${bytes.toLocaleString('en')} bytes: ` +
    `${seconds.toFixed(2)} s, ${milliseconds.toFixed(3)} ms a descriptor\n`,
);
if (descriptors !== projects * descriptorKinds.length) throw new Error('Not every descriptor was expanded');
if (seconds > limitSeconds) throw new Error(`More than ${limitSeconds} s`);
