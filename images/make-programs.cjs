// Runs in the build, on the base image: lays out each program under /programs/<name>, with the code cache of its bundle,
// made by the very Node that will read it.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { debianPackages } = require('./base.cjs');

const epoch = Number(process.env.SOURCE_DATE_EPOCH);
const sample = '/build/sample';
const repository = { bamboo_ecs_repository: 'file:/tmp/releases', bamboo_ecs_image_digest: 'off' };
/** What fills each cache, in this order, and how it ends. */
const runs = {
  expander: { command: 'publish', environment: repository, exitCode: 0 },
  // AWS does not answer here: the client is loaded and asks, that is what takes the time.
  installer: {
    command: 'plan',
    environment: {
      ...repository,
      bamboo_ecs_project: 'hid-generator',
      bamboo_ecs_release: '1.0.15.RELEASE',
      bamboo_deploy_environment: 'Production',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
    },
    exitCode: 4,
  },
};

for (const [program, run] of Object.entries(runs)) {
  const root = `/programs/${program}`;
  const bundle = `/usr/local/lib/bamboo-ecs/${program}.cjs`;
  // The build context keeps no owner and may keep no mode: both are set here.
  fs.cpSync(`/build/${program}`, root, { recursive: true });
  setModes(root);
  // A shell without PATH looks in /bin and /usr/bin only.
  fs.mkdirSync(`${root}/usr/bin`, { recursive: true });
  fs.symlinkSync(`/usr/local/bin/${program}`, `${root}/usr/bin/${program}`);
  completeSbom(`${root}/usr/share/doc/bamboo-ecs/sbom.cdx.json`);
  fs.mkdirSync(path.dirname(bundle), { recursive: true });
  fs.copyFileSync(root + bundle, bundle);
  const made = spawnSync(
    process.execPath,
    ['--predictable', '/build/make-cache.cjs', bundle, `${root}${bundle}.cache`, run.command],
    {
      cwd: sample,
      env: { ...JSON.parse(fs.readFileSync('/build/sample.json', 'utf8')), ...run.environment },
      encoding: 'utf8',
    },
  );
  if (made.status !== run.exitCode || !fs.existsSync(`${root}${bundle}.cache`)) {
    process.stdout.write(`${made.stdout}\n${made.stderr}\nno code cache was made for ${program}\n`);
    process.exit(1);
  }
  process.stdout.write(made.stdout);
  fs.chmodSync(`${root}${bundle}.cache`, 0o644);
  setTimes(root);
}

/** Adds what only the base knows: Node and the libraries under it. */
function completeSbom(file) {
  const sbom = JSON.parse(fs.readFileSync(file, 'utf8'));
  const part = (type, name, version, purl) => ({ 'bom-ref': purl, type, name, version, purl });
  sbom.components.push(
    part('application', 'node', process.versions.node, `pkg:generic/node@${process.versions.node}`),
    ...debianPackages().map(({ name, version }) =>
      part(
        'library',
        name,
        version,
        `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}`,
      ),
    ),
  );
  fs.writeFileSync(file, `${JSON.stringify(sbom, null, 1)}\n`);
}

function setModes(folder) {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) setModes(file);
    else fs.chmodSync(file, folder.endsWith('/bin') ? 0o755 : 0o644);
  }
}

function setTimes(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) setTimes(file);
    else fs.lutimesSync(file, epoch, epoch);
  }
  fs.utimesSync(folder, epoch, epoch);
}
