// The Distribution project's own registry, as Debian ships it, for images that the engine pushes and pulls for real.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { diesWithUs } from '../third-party/emulators.ts';
import { freePort, until } from './stage.ts';

export const registryIsHere = spawnSync('docker-registry', ['--version']).status === 0;
export const howToGetRegistry = 'apt-get install -y --no-install-recommends docker-registry';

export interface Registry extends AsyncDisposable {
  /** `127.0.0.1:5000`: an engine speaks plain HTTP to loopback addresses. */
  readonly host: string;
  /** As the registry says it; null when it has no such tag. */
  readonly digest: (repository: string, tag: string) => Promise<string | null>;
}

const accept =
  'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';

export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = path.join(folder, 'config.yml');
  writeFileSync(
    config,
    `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${JSON.stringify(path.join(folder, 'data'))}}}
http: {addr: "${host}"}
`,
  );
  const child = spawn(...diesWithUs('docker-registry', ['serve', config]), { stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill()) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
      return fetch(`http://${host}/v2/`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host,
    async digest(repository, tag) {
      const url = `http://${host}/v2/${repository}/manifests/${tag}`;
      const answer = await fetch(url, { method: 'HEAD', headers: { accept } });
      return answer.ok ? answer.headers.get('docker-content-digest') : null;
    },
    [Symbol.asyncDispose]: stop,
  };
}
