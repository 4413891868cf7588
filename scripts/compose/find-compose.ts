// Which docker compose this machine has: v2 as a plugin of the docker command or as a program, or v1 (1.29, written in Python).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Compose {
  /** As it calls itself: `docker compose 2.26.1`. */
  readonly name: string;
  /** The program and its first arguments. */
  readonly command: readonly [string, ...string[]];
}

const howToGet =
  'Debian: apt-get install --no-install-recommends docker-compose (1.29 in bookworm, v2 from trixie on); elsewhere the plugin docker-compose-plugin';

/**
 * The one that is asked for (COMPOSE=…, a command with its first arguments), else the first that answers; a string says what
 * is missing. Compose before 1.29 knows no `service_completed_successfully`.
 */
export function findCompose(asked = process.env['COMPOSE'] ?? ''): Compose | string {
  // A program's path may have spaces in it.
  const words = existsSync(asked) ? [asked] : asked.split(' ').filter(Boolean);
  const wanted = words.length > 0 ? [words] : [['docker', 'compose'], ['docker-compose']];
  const tooOld: string[] = [];
  for (const [program = '', ...first] of wanted) {
    const version = versionOf(program, first);
    if (version === null) continue;
    const name = [program, ...first, version].join(' ');
    if (isRecent(version)) return { name, command: [program, ...first] };
    tooOld.push(name);
  }
  if (tooOld.length > 0)
    return `${tooOld.join(', ')} is too old: 1.29 or a later version is needed. ${howToGet}`;
  return words.length > 0
    ? `COMPOSE=${asked} is no docker compose: it does not say its version.`
    : `Docker Compose is not installed. ${howToGet}`;
}

function versionOf(program: string, first: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, [...first, 'version', '--short'], { encoding: 'utf8' });
  const found = /\d+\.\d+\.\d+/u.exec(stdout ?? '')?.[0];
  return status === 0 && found !== undefined ? found : null;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 1 || (major === 1 && minor >= 29);
}
