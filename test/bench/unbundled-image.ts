// The same code as an image in the usual way, to compare with: the sources run by type stripping, and the packages that
// `npm install --omit=dev` would bring, on the same base.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { mustDocker } from '../docker/engine.ts';

const root = path.join(import.meta.dirname, '../..');
const programs = ['images/expander', 'images/installer'];

/** Folders under the root of all packages that the programs depend on, their own dependencies included. */
function dependencies(): { readonly workspaces: readonly string[]; readonly packages: readonly string[] } {
  const seen = new Set<string>();
  const ahead = [...programs];
  for (let folder = ahead.pop(); folder !== undefined; folder = ahead.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    const { dependencies: wanted = {} } = JSON.parse(
      readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
    ) as { dependencies?: Record<string, string> };
    for (const name of Object.keys(wanted)) ahead.push(resolve(folder, name));
  }
  const all = [...seen].sort();
  return {
    workspaces: all.filter((folder) => !folder.includes('node_modules')),
    packages: all.filter((folder) => folder.includes('node_modules')),
  };
}

/** Where Node would find a package, seen from a folder. */
function resolve(from: string, name: string): string {
  if (name.startsWith('@bamboo-ecs/')) return `packages/${name.slice('@bamboo-ecs/'.length)}`;
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(root, found))) return found;
    if (folder === '.') throw new Error(`${name}, needed by ${from}, is not installed`);
  }
}

/** Builds `bamboo-ecs/unbundled:bench` on `base`. */
export async function buildUnbundled(base: string): Promise<string> {
  const context = path.join(root, 'target/images/unbundled');
  rmSync(context, { recursive: true, force: true });
  const app = path.join(context, 'app');
  const { workspaces, packages } = dependencies();
  const skipNested = (source: string): boolean =>
    !source.includes('/node_modules/', root.length + 'node_modules/'.length + 1);
  for (const folder of packages)
    cpSync(path.join(root, folder), path.join(app, folder), {
      recursive: true,
      filter: (source) => skipNested(source) || folder.includes('/node_modules/'),
    });
  mkdirSync(path.join(app, 'node_modules/@bamboo-ecs'), { recursive: true });
  for (const folder of workspaces) {
    for (const name of readdirSync(path.join(root, folder)).filter((file) =>
      /^(src|main\.ts|package\.json)$/u.test(file),
    ))
      cpSync(path.join(root, folder, name), path.join(app, folder, name), { recursive: true });
    if (folder.startsWith('packages/'))
      symlinkSync(`../../${folder}`, path.join(app, 'node_modules/@bamboo-ecs', path.basename(folder)));
  }
  cpSync(path.join(root, 'package.json'), path.join(app, 'package.json'));
  writeFileSync(
    path.join(context, 'Dockerfile'),
    `FROM ${base}\nCOPY app/ /app/\nENTRYPOINT ["/usr/local/bin/node", "/app/images/expander/main.ts"]\n`,
  );
  const image = 'bamboo-ecs/unbundled:bench';
  await mustDocker('build', '--quiet', '--tag', image, context);
  return image;
}
