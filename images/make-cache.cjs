// Makes the code cache of a bundle from a real run of it, so that it holds the functions that a run needs.
// node --predictable make-cache.cjs <bundle> <cache> [argument of the program]...   (--predictable: the same bytes each time)
const { readFileSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const [bundle, cache] = process.argv.splice(2, 2);
const script = new Script(readFileSync(bundle, 'latin1'), { filename: bundle });
process.on('exit', () => writeFileSync(cache, script.createCachedData()));
script.runInThisContext()(exports, require, module, bundle, dirname(bundle));
