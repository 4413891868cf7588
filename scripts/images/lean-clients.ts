// Clients of AWS that are behind an `import()`, without what nobody uses of them. esbuild keeps a module whole that is run later,
// and the schemas of a client, all of its operations together, are one module: so each is made small by itself first.
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { createRequire } from 'node:module';
import path from 'node:path';

/** `common`: the options of the whole. `inputs` is added what went into the clients, as a metafile tells it. */
export function leanClients(common: BuildOptions, inputs: Metafile['outputs'][string]['inputs']): Plugin {
  return {
    name: 'lean-clients',
    setup(esbuild) {
      // Modules that do nothing but name what they need of a client.
      esbuild.onLoad({ filter: /\/clients\/[a-z0-9-]+\.ts$/ }, async ({ path: file }) => {
        const made = await build({
          ...common,
          entryPoints: [file],
          bundle: true,
          write: false,
          metafile: true,
          minify: false,
          format: 'esm',
          // What clients share stays shared.
          external: ['@smithy/*', '@aws-sdk/core', '@aws-sdk/core/*', '@aws-sdk/credential-provider-*'],
        });
        const [output] = Object.values(made.metafile.outputs);
        Object.assign(inputs, output?.inputs);
        const client = clientIn(Object.keys(output?.inputs ?? {}));
        const resolveDir = client === undefined ? path.dirname(file) : folderOf(client, file);
        return { contents: made.outputFiles[0]!.text, loader: 'js', resolveDir };
      });
    },
  };
}

function clientIn(inputs: readonly string[]): string | undefined {
  return inputs.map((name) => /(@aws-sdk\/client-[a-z0-9-]+)\//u.exec(name)?.[1]).find(Boolean);
}

/** Where what the client imports is found. */
function folderOf(client: string, from: string): string {
  return path.dirname(createRequire(from).resolve(client));
}
