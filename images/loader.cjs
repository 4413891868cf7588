#!/usr/local/bin/node --max-semi-space-size=4
// A small young generation: a watch of a thousand services needs 140 MB instead of 240, at no cost (test/bench/thousand-services.ts).
// Runs the bundle of the program that this file is called after, with the V8 code cache that was made when the image was
// built: a start takes a fraction of the time. Where the cache does not fit, V8 compiles the bundle as ever.
const { readFileSync } = require('node:fs');
const { basename } = require('node:path');
const { Script } = require('node:vm');

// PID 1 loses signals that nobody listens to: from here on they wait until the program's own listeners are there.
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']) process.on(name, () => {});

const folder = '/usr/local/lib/bamboo-ecs';
const bundle = `${folder}/${basename(__filename)}.cjs`;
const script = new Script(readFileSync(bundle, 'latin1'), {
  filename: bundle,
  cachedData: readFileSync(`${bundle}.cache`),
});
script.runInThisContext()(exports, require, module, bundle, folder);
