// Whether this machine has what the tests with real containers need.
import { engineIsHere, howToGetAnEngine } from '../docker/engine.ts';
import { ministackOnDocker } from '../third-party/emulators.ts';
import { requires } from '../third-party/requires.ts';
import { busyboxIsHere, howToGetBusybox } from './task-images.ts';

/** Call it once at the top of a test file. */
export function containersAreHere(): boolean {
  return [
    requires('docker engine', engineIsHere, howToGetAnEngine),
    requires(ministackOnDocker.name, ministackOnDocker.isHere, 'make third-party'),
    requires('busybox, static', busyboxIsHere, howToGetBusybox),
  ].every(Boolean);
}
