// The suite that every adapter passes: the port's own promises, then the protocol of publication over it.
import type { RepositoryPort } from '../port.ts';
import type { ConformanceGlobals, MakePort } from './globals.ts';
import { portConformance } from './port-conformance.ts';
import { releaseConformance } from './release-conformance.ts';

/** Call it in a test file with the runner's own functions: `repositoryConformance('file:', make, { describe, test, expect })`. */
export function repositoryConformance(name: string, makePort: MakePort, globals: ConformanceGlobals): void {
  const withPort = (body: (port: RepositoryPort) => Promise<void>) => async () => {
    const { port, close } = await makePort();
    try {
      await body(port);
    } finally {
      await close();
    }
  };
  globals.describe(`${name}: files`, () => portConformance(globals, withPort));
  globals.describe(`${name}: releases`, () => releaseConformance(globals, withPort));
}
