import { describe, expect, test } from '@jest/globals';
import { repositoryConformance } from '@bamboo-ecs/repository';
import { realClock } from '../src/options.ts';
import { openPort } from './open-port.ts';
import { originOf, startStandIn } from './stand-in.ts';

// No test of the suite needs a pause; a time limit that is kept shows one that waits all the same.
const timeouts = { total: 10_000 };

for (const edition of ['oss', 'pro'] as const) {
  const makePort = async () => {
    const standIn = await startStandIn({ edition });
    const port = openPort(originOf(standIn), { clock: realClock, timeouts });
    return { port, close: () => standIn.close() };
  };
  repositoryConformance(`Artifactory (stand-in, ${edition})`, makePort, { describe, test, expect });
}
