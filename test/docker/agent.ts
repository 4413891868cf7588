// A Bamboo agent's working directory: owned by the agent's user, written with umask 0027, as Bamboo does it.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** The build of the seed's project: what the templates ask for, beside what Bamboo always gives. */
export const buildVariables: Readonly<Record<string, string>> = {
  bamboo_planRepository_branchName: 'master',
  bamboo_planRepository_revision: '0123456789abcdef0123456789abcdef01234567',
  bamboo_buildKey: 'HID-GEN-JOB1',
  bamboo_buildResultKey: 'HID-GEN-JOB1-7',
  bamboo_buildNumber: '7',
  bamboo_clusterName: 'production',
  bamboo_serviceName: 'hid-generator',
  bamboo_family: 'hid-generator',
  bamboo_containerName: 'hid-generator',
  bamboo_imageName: 'hid-generator',
  bamboo_registry: 'registry.example.com',
  bamboo_desiredCount: '2',
  bamboo_ecsInstanceRole: 'ecsServiceRole',
  bamboo_loadBalancerName: 'hid-generator-lb',
  bamboo_ecs_image_digest: 'off',
};

export interface Checkout extends Disposable {
  readonly folder: string;
  /** `docker run` arguments of the Docker task: the mount and the working directory. */
  readonly mount: readonly string[];
  readonly read: (name: string) => string;
  /** Owner and group of everything under the folder, each once: `1234:1234`. */
  readonly owners: () => readonly string[];
}

/** A checkout of the example `hid-generator`, of `user` (uid and gid); only this user and group can read it. */
export function checkOut(user: number): Checkout {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'agent checkout '));
  cpSync(path.join(root, 'examples/hid-generator'), folder, { recursive: true });
  execFileSync('chmod', ['-R', 'u=rwX,g=rX,o=', folder]);
  execFileSync('chown', ['-R', `${user}:${user}`, folder]);
  const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');
  return {
    folder,
    mount: ['--volume', `${folder}:/data`, '--workdir', '/data'],
    read,
    owners() {
      // Node's recursive readdir would follow links.
      const owners = execFileSync('find', [folder, '-printf', '%U:%G\n'], { encoding: 'utf8' });
      return [...new Set(owners.trim().split('\n'))].sort();
    },
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same folder, open to everybody and of `user`. */
export function openToAll(checkout: Checkout, user: number): void {
  chmodSync(checkout.folder, 0o777);
  chownSync(checkout.folder, user, user);
}

/** `-e name=value` for each. */
export function asOptions(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
}
