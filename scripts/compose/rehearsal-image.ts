// bamboo-ecs/rehearsal: the stand-ins and the parts of scripts/compose/image as one file, on the expander's image.
import { build } from 'esbuild';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from '../images/context.ts';
import { chooseBuilder, docker } from '../images/docker.ts';

const root = path.join(import.meta.dirname, '../..');

/** Builds it when the image with this tag is not that of these sources. Throws with the builder's output. */
export async function buildRehearsalImage(tag: string): Promise<string> {
  const name = `bamboo-ecs/rehearsal:${tag}`;
  const system = `bamboo-ecs/expander:${tag}`;
  mkdirSync(path.join(root, 'target/compose'), { recursive: true });
  const context = mkdtempSync(path.join(root, 'target/compose/context-'));
  try {
    await layOut(context);
    // The same sources on another base are another image.
    const base = docker(['image', 'inspect', '--format', '{{.Id}}', system]).out;
    writeFileSync(path.join(context, 'base.txt'), base);
    const content = digestOf(context);
    const label = '{{index .Config.Labels "bamboo-ecs.content"}}';
    if (docker(['image', 'inspect', '--format', label, name]).out === content) return name;
    const builder = chooseBuilder();
    const args = ['--build-arg', `SYSTEM=${system}`, '--build-arg', `CONTENT=${content}`];
    const built = docker([...builder.args, '--tag', name, ...args, context], builder.env);
    if (!built.ok) throw new Error(`${built.out}\nthe image ${name} was not built, see above`);
    return name;
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

async function layOut(context: string): Promise<void> {
  cpSync(path.join(root, 'scripts/compose/image/Dockerfile'), path.join(context, 'Dockerfile'));
  const example = path.join(context, 'root/usr/share/bamboo-ecs/orders');
  for (const name of ['pom.xml', 'descriptors'])
    cpSync(path.join(root, 'examples/orders', name), path.join(example, name), { recursive: true });
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `
        import { isPart, runPart } from './scripts/compose/image/main.ts';
        const [part] = process.argv.slice(2);
        if (isPart(part)) {
          // A part that works on the agent's directory becomes its owner, as the programs do.
          await import('./images/start.ts');
          await runPart(part);
        } else await import('./packages/rehearsal/src/main.ts');
      `,
      resolveDir: root,
      sourcefile: 'rehearsal.ts',
    },
    write: false,
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    logLevel: 'warning',
  });
  const folder = path.join(context, 'root/usr/local/lib/bamboo-ecs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'rehearsal.mjs'), outputFiles[0]!.contents);
}
