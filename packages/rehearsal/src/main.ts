#!/usr/bin/env node
// `npx rehearsal`: the process around the stand-ins.
import { runRehearsal } from './cli/run-rehearsal.ts';

const stop = new AbortController();
// The first signal stops in order; a second one finds no handler any more and ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

process.exitCode = await runRehearsal({
  argv: process.argv.slice(2),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  stop: stop.signal,
  env: process.env,
});
