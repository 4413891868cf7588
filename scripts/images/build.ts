// `make images`: both images, from the official base where it can be pulled, else from Debian's packages and npm's Node.
// BASE=… BUSYBOX=… other base images; OFFLINE=1 does not ask a registry; BUILDER=legacy; TAG=… (default: the
// version); REUSE=1 builds nothing when the images with that tag are those of these sources; NO_CACHE=1
// builds every layer again.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { digestOf, layOutContext, programNames } from './context.ts';
import { chooseBuilder, docker, local, officialBase, whyNoEngine, type Base } from './docker.ts';
import { revisionOf, sourceOf } from './revision.ts';

const root = path.join(import.meta.dirname, '../..');
const say = (line: string): unknown => process.stdout.write(`${line}\n`);

function fail(message: string): never {
  say(message);
  process.exit(1);
}

function baseImages(): Base {
  const found = process.env['OFFLINE'] === '1' ? null : officialBase();
  if (found) return found;
  say('The official base images are not here and no registry gives them: made from Debian packages instead.');
  const made = spawnSync('sh', ['scripts/images/local-base.sh'], { cwd: root, encoding: 'utf8' });
  if (made.status === 0) return local;
  fail(
    `${made.stderr.trim()}\nNeither a registry nor a Debian mirror could be used. Give base images that are here: make images BASE=… BUSYBOX=…`,
  );
}

const noEngine = whyNoEngine();
if (noEngine) fail(noEngine);
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const tag = process.env['TAG'] || version;
const revision = revisionOf(root);

mkdirSync(path.join(root, 'target/images'), { recursive: true });
const context = mkdtempSync(path.join(root, 'target/images/context-'));
process.on('exit', () => rmSync(context, { recursive: true, force: true }));
await layOutContext(context, version, revision);
const content = digestOf(context);
if (process.env['REUSE'] === '1' && programNames.every((program) => contentOf(program) === content)) {
  say(`The images with the tag ${tag} are those of these sources.`);
  process.exit(0);
}

const { base, busybox } = baseImages();
const builder = chooseBuilder();
say(`bamboo-ecs ${version}, revision ${revision}, on ${base} and ${busybox}, by ${builder.name}`);
const args = {
  BASE: base,
  BUSYBOX: busybox,
  VERSION: version,
  REVISION: revision,
  SOURCE: sourceOf(root),
  CONTENT: content,
};
const again = process.env['NO_CACHE'] === '1' ? ['--no-cache'] : [];
const buildArgs = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
for (const program of programNames) {
  const name = `bamboo-ecs/${program}:${tag}`;
  const built = docker(
    [...builder.args, ...again, '--target', program, '--tag', name, ...buildArgs, context],
    builder.env,
  );
  if (!built.ok) fail(`${built.out}\n${program}: the build failed, see above`);
  const said = docker(['run', '--rm', '--network', 'none', name, '--version']);
  if (!said.ok) fail(`${said.out}\n${program}: the image does not run`);
  const size = Number(docker(['image', 'inspect', '--format', '{{.Size}}', name]).out);
  say(`${name}: ${(size / 1e6).toFixed(1)} MB, says ${JSON.stringify(said.out)}`);
}
// What earlier builds have left without a name. Another build may be under way: what is young stays.
docker(['image', 'prune', '--force', '--filter', 'label=bamboo-ecs.content', '--filter', 'until=30m']);

function contentOf(program: string): string {
  const format = '{{index .Config.Labels "bamboo-ecs.content"}}';
  return docker(['image', 'inspect', '--format', format, `bamboo-ecs/${program}:${tag}`]).out;
}
