// The installer as its image runs it: one file, and V8's code cache of a run.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../../scripts/images/bundle.ts';

const loader = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const file = __dirname + '/installer.cjs';
const cache = file + '.cache';
const cached = existsSync(cache);
const script = new Script(readFileSync(file, 'latin1'), { filename: file, ...(cached && { cachedData: readFileSync(cache) }) });
script.runInThisContext()(exports, require, module, file, __dirname);
if (!cached) process.on('exit', () => writeFileSync(cache, script.createCachedData()));
`;

/** Writes it to a folder; returns the script to run. */
export async function installerBundle(folder: string): Promise<string> {
  const { text } = await bundle({ program: 'installer', version: 'bench', revision: 'bench' });
  writeFileSync(path.join(folder, 'installer.cjs'), text);
  const script = path.join(folder, 'loader.cjs');
  writeFileSync(script, loader);
  execFileSync(process.execPath, [script, '--version'], { cwd: folder });
  return script;
}
