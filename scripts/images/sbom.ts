// The bill of materials of one image: npm's own of the whole lock file, cut down to the packages whose code is in the bundle
// (npm's --omit dev leaves out packages that jest needs, too).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

interface Component {
  readonly name: string;
  readonly purl?: string;
}

interface Sbom {
  readonly components: readonly Component[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** `packages`: folders under the root. CycloneDX 1.5; no time and no random number in it, so that the same sources give the same file. */
export function sbomOf(program: string, version: string, packages: readonly string[]): Sbom {
  const options = ['--sbom-format', 'cyclonedx', '--package-lock-only'];
  const text = execFileSync('npm', ['sbom', ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const sbom = JSON.parse(text) as Sbom;
  const bundled = new Set(packages.map(purlOf));
  const components = sbom.components
    .filter((component) => bundled.delete(component.purl ?? ''))
    .sort((a, b) => (a.purl! < b.purl! ? -1 : 1));
  if (bundled.size > 0)
    throw new Error(`npm sbom does not know these packages of the bundle: ${[...bundled].join(', ')}`);
  const digest = createHash('sha256')
    .update(JSON.stringify([program, version, components]))
    .digest('hex');
  const { timestamp: _timestamp, ...metadata } = sbom.metadata;
  return {
    ...sbom,
    serialNumber: `urn:uuid:${asUuid(digest)}`,
    metadata: {
      ...metadata,
      component: {
        'bom-ref': `bamboo-ecs-${program}@${version}`,
        type: 'container',
        name: `bamboo-ecs-${program}`,
        version,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components,
    dependencies: [],
  };
}

function purlOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** A version 8 UUID (RFC 9562: the bits are ours). */
function asUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
