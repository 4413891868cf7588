// A publication that is told to stop does so between two files, and the record says how far it came.
import type { RunContext } from '@bamboo-ecs/program';
import type { Manifest } from '@bamboo-ecs/release';
import { RepositoryError, type RepositoryPort } from '@bamboo-ecs/repository';

/** Once the manifest is being written, the rest is a few reads and is not broken off. */
export function stoppable(context: RunContext, port: RepositoryPort, manifest: Manifest): RepositoryPort {
  const release = `${manifest.project} ${manifest.version}`;
  let sent = false;
  const stopIfAsked = (): void => {
    if (!sent) context.stopIfAsked();
  };
  return {
    address: port.address,
    async read(path, maxBytes) {
      stopIfAsked();
      return port.read(path, maxBytes);
    },
    async stat(path) {
      stopIfAsked();
      return port.stat(path);
    },
    async list(folder) {
      stopIfAsked();
      return port.list(folder);
    },
    async write(path, bytes, options) {
      stopIfAsked();
      const before = context.facts;
      const isManifest = path.endsWith('-release.json');
      sent ||= isManifest;
      context.note({
        leftRunning: isManifest
          ? `The manifest of ${release} may be written already: readers see the whole release or what was there before.`
          : `Files of ${release} may be written already, but not its manifest: readers see what was there before.`,
      });
      try {
        await port.write(path, bytes, options);
      } catch (error) {
        // A refused file was not written: it is as before.
        if (isRefusal(error)) context.facts = before;
        throw error;
      }
      if (isManifest) context.note({ leftRunning: `${release} is published.` });
    },
  };
}

/** Only what surely happened before anything was stored. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof RepositoryError && ['unauthenticated', 'forbidden', 'not-found'].includes(error.kind)
  );
}
