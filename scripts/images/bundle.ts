// One program with all that it needs as one file of CommonJS, which the image's loader runs from V8's code cache.
import { build, type BuildOptions, type Metafile } from 'esbuild';
import path from 'node:path';
import { leanClients } from './lean-clients.ts';

const root = path.join(import.meta.dirname, '../..');

export interface BundleInput {
  readonly program: 'expander' | 'installer';
  readonly version: string;
  readonly revision: string;
}

export interface Bundle {
  /** A function expression of `(exports, require, module, __filename, __dirname)`, ASCII. */
  readonly text: string;
  readonly metafile: Metafile;
}

/** The same sources give the same text. Modules behind `import()` are in it, and are run only when they are asked for. */
export async function bundle({ program, version, revision }: BundleInput): Promise<Bundle> {
  const common: BuildOptions = {
    absWorkingDir: root,
    platform: 'node',
    target: 'node24',
    // The AWS SDK's ES modules are smaller and start faster than its CommonJS.
    mainFields: ['module', 'main'],
    legalComments: 'none', // the licence texts are in NOTICES.txt
    logLevel: 'warning',
  };
  const ofClients: Metafile['outputs'][string]['inputs'] = {};
  const result = await build({
    ...common,
    plugins: [leanClients(common, ofClients)],
    stdin: {
      contents: `import './images/start.ts';\nimport './images/${program}/main.ts';\n`,
      resolveDir: root,
      sourcefile: `${program}.ts`,
    },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    format: 'cjs',
    // A true import() does not work in a script that is run from a code cache.
    supported: { 'dynamic-import': false },
    define: {
      'import.meta.url': 'bundleUrl',
      'import.meta.dirname': '__dirname',
      BAMBOO_ECS_BUILD: JSON.stringify({ version, revision }),
    },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
    alias: { 'string-width': path.join(root, 'scripts/images/string-width.ts') },
  });
  const code = result.outputFiles[0]!.text;
  for (const output of Object.values(result.metafile.outputs)) Object.assign(output.inputs, ofClients);
  return {
    // The directive is esbuild's own, which its banner has pushed away from the beginning.
    text: `(function (exports, require, module, __filename, __dirname) {"use strict";${code}\n})`,
    metafile: result.metafile,
  };
}

/** Files that run at every start: those that no `import()` stands before. */
export function eagerInputs(metafile: Metafile): ReadonlySet<string> {
  const [entry] = Object.values(metafile.outputs).map((output) => output.entryPoint);
  const eager = new Set<string>();
  const ahead = entry === undefined ? [] : [entry];
  for (let file = ahead.pop(); file !== undefined; file = ahead.pop()) {
    if (eager.has(file)) continue;
    eager.add(file);
    for (const imported of metafile.inputs[file]?.imports ?? [])
      if (imported.kind !== 'dynamic-import' && !imported.external) ahead.push(imported.path);
  }
  return eager;
}

/** The packages whose code is in the bundle: folder of each under node_modules, sorted. */
export function bundledPackages(metafile: Metafile): readonly string[] {
  const folders = new Set<string>();
  for (const output of Object.values(metafile.outputs))
    for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  return [...folders].sort();
}
