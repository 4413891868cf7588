// A thousand services watched to their verdicts in one process, against the simulation in another: calls against the account's
// quotas, memory, the longest time for which the event loop stood still, and whether each verdict is right.
// Run: node test/bench/thousand-services.ts [number of services]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-thousand-'));
const here = path.join(import.meta.dirname, 'thousand');
// Bundled, as the images' programs are: what sources cost that are compiled at the start is no part of it.
const watcher = path.join(folder, 'watcher.mjs');
await build({
  entryPoints: [path.join(here, 'watcher.ts')],
  outfile: watcher,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  logLevel: 'warning',
});
const simulator = spawn(process.execPath, [path.join(here, 'simulator.ts'), process.argv[2] ?? '1000'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
process.on('exit', () => {
  simulator.kill();
  rmSync(folder, { recursive: true, force: true });
});
const prepared = await new Promise<string>((resolve) => {
  createInterface({ input: simulator.stdout }).once('line', resolve);
});
// With the option of images/loader.cjs.
const measured = spawn(process.execPath, ['--max-semi-space-size=4', watcher], {
  stdio: ['pipe', 'inherit', 'inherit'],
});
measured.stdin.end(prepared);
process.exitCode = await new Promise<number>((resolve) => {
  measured.on('close', (code) => resolve(code ?? 1));
});
process.exit();
