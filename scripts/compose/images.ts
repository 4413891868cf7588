// The images of the rehearsal: ours from these sources; those of others from their registry, or made here where none answers.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { docker } from '../images/docker.ts';
import { buildRehearsalImage } from './rehearsal-image.ts';

const root = path.join(import.meta.dirname, '../..');

export interface OtherImages {
  readonly registry: string;
  readonly aws: string;
}

/** The version that the tests are run against, too. */
export function ministackVersion(): string {
  const text = readFileSync(path.join(root, 'test/third-party/requirements.txt'), 'utf8');
  const version = /^ministack==(\S+)$/mu.exec(text)?.[1];
  if (version === undefined) throw new Error('test/third-party/requirements.txt names no ministack');
  return version;
}

/** `TAG` and `OFFLINE` count as for `make images`. Throws with what to do. */
export async function makeImages(tag: string, say: (line: string) => void): Promise<OtherImages> {
  const built = spawnSync(process.execPath, ['scripts/images/build.ts'], {
    cwd: root,
    env: { ...process.env, TAG: tag, REUSE: '1' },
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`.trim());
  say(built.stdout.trim());
  say(`${await buildRehearsalImage(tag)} (stand-ins, load balancer)`);
  return {
    registry: otherImage('registry', 'registry:2', 'bamboo-ecs/registry:local', say),
    aws: otherImage('aws', `ministackorg/ministack:${ministackVersion()}`, 'bamboo-ecs/ministack:local', say),
  };
}

function otherImage(what: string, official: string, local: string, say: (line: string) => void): string {
  if (docker(['image', 'inspect', official]).ok) return told(official, 'here', say);
  if (process.env['OFFLINE'] !== '1' && docker(['pull', '--quiet', official]).ok)
    return told(official, 'pulled', say);
  const made = spawnSync('sh', ['scripts/compose/local-images.sh', what], { cwd: root, encoding: 'utf8' });
  if (made.status === 0) return told(local, `made here from packages: no registry gives ${official}`, say);
  throw new Error(
    `${made.stderr.trim()}\nThe image ${official} is not here, no registry gives it, and it could not be made from packages (see above).`,
  );
}

function told(image: string, how: string, say: (line: string) => void): string {
  say(`${image} (${how})`);
  return image;
}
