// Lays out what `docker build` gets to see: the programs as files of their images, and what makes the rest there.
import { expanderCommands } from '@bamboo-ecs/expander';
import { installerCommands } from '@bamboo-ecs/installer';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle, bundledPackages } from './bundle.ts';
import { noticesOf } from './notices.ts';
import { sbomOf } from './sbom.ts';

const root = path.join(import.meta.dirname, '../..');
const images = path.join(root, 'images');

const programs = { expander: expanderCommands, installer: installerCommands } as const;
export const programNames = ['expander', 'installer'] as const;

/** Of the run that fills the code cache: the seed's project, as a build of its master branch. */
const sample = {
  bamboo_planRepository_branchName: 'master',
  bamboo_clusterName: 'production',
  bamboo_serviceName: 'hid-generator',
  bamboo_family: 'hid-generator',
  bamboo_loadBalancerName: 'hid-generator-lb',
  bamboo_containerName: 'hid-generator',
  bamboo_desiredCount: '2',
  bamboo_ecsInstanceRole: 'ecsServiceRole',
  bamboo_registry: 'registry.example.com',
  bamboo_imageName: 'hid-generator',
};

/** Replaces `folder`. The same sources give the same files. */
export async function layOutContext(folder: string, version: string, revision: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['Dockerfile', 'base.cjs', 'make-system.cjs', 'make-programs.cjs', 'make-cache.cjs'])
    cpSync(path.join(images, name), path.join(folder, name));
  cpSync(path.join(root, 'examples/hid-generator'), path.join(folder, 'sample'), { recursive: true });
  writeFileSync(path.join(folder, 'sample.json'), JSON.stringify(sample, null, 2));
  for (const program of programNames)
    await layOutProgram(path.join(folder, program), program, version, revision);
}

async function layOutProgram(
  folder: string,
  program: (typeof programNames)[number],
  version: string,
  revision: string,
): Promise<void> {
  const put = (name: string, text: string): void => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const { text, metafile } = await bundle({ program, version, revision });
  const packages = bundledPackages(metafile);
  const commands = programs[program].map(({ name }) => name).join(' | ');
  const entrypoint = readFileSync(path.join(images, 'entrypoint.sh'), 'utf8')
    .replaceAll('@PROGRAM@', program)
    .replaceAll('@COMMANDS@', commands);
  put('usr/local/bin/entrypoint', entrypoint);
  put(`usr/local/bin/${program}`, readFileSync(path.join(images, 'loader.cjs'), 'utf8'));
  put(`usr/local/lib/bamboo-ecs/${program}.cjs`, text);
  put('usr/share/doc/bamboo-ecs/NOTICES.txt', noticesOf(packages));
  put('usr/share/doc/bamboo-ecs/sbom.cdx.json', JSON.stringify(sbomOf(program, version, packages), null, 1));
}

/** SHA-256 over names and contents of all files of a folder. */
export function digestOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort())
    hash
      .update(`${path.relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}
