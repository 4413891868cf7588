// What is in the images, and what they say about themselves.
import { describe, expect, test } from '@jest/globals';
import { requires } from '../third-party/requires.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine, mustDocker } from './engine.ts';

if (requires('docker', engineIsHere, howToGetAnEngine)) describeContent();

interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

function describeContent(): void {
  const images = buildImages();
  const runNode = (image: string, code: string): Promise<string> =>
    mustDocker('run', '--rm', '--network', 'none', '--entrypoint', 'node', image, '-e', code);

  describe.each(['expander', 'installer'] as const)('%s', (program) => {
    const image = images[program];

    test('--version says version, revision and Node', async () => {
      const { stdout, exitCode } = await docker('run', '--rm', image, '--version');
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(
        new RegExp(
          `^${program} \\d+\\.\\d+\\.\\d+ \\(revision [0-9a-z-]+, Node v24\\.\\d+\\.\\d+\\)\\n$`,
          'u',
        ),
      );
    });

    test('the labels of OCI', async () => {
      const format = '{{json .Config.Labels}}';
      const labels = JSON.parse(await mustDocker('image', 'inspect', '--format', format, image)) as Record<
        string,
        string
      >;
      expect(labels).toMatchObject({
        'org.opencontainers.image.title': `bamboo-ecs ${program}`,
        'org.opencontainers.image.version': expect.stringMatching(/^\d+\.\d+\.\d+$/u),
        'org.opencontainers.image.revision': expect.stringMatching(/./u),
        'org.opencontainers.image.licenses': 'Apache-2.0',
      });
      expect(Object.keys(labels)).toContain('org.opencontainers.image.source');
    });

    test('a bill of materials with the packages, Node and the libraries; and the licences of all of them', async () => {
      const folder = '/usr/share/doc/bamboo-ecs';
      const sbom = JSON.parse(
        await mustDocker('run', '--rm', image, 'cat', `${folder}/sbom.cdx.json`),
      ) as Sbom;
      expect([sbom.bomFormat, sbom.metadata.component.name]).toEqual(['CycloneDX', `bamboo-ecs-${program}`]);
      const names = sbom.components.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['yargs', 'semver', 'node', 'libc6']));
      expect(names).not.toContain('jest');
      const notices = await mustDocker('run', '--rm', image, 'cat', `${folder}/NOTICES.txt`);
      for (const { name, version } of sbom.components.filter(({ name }) => !/^(node|lib.*)$/u.test(name)))
        expect(notices).toContain(`${name.split('/').at(-1)} ${version}`);
    });

    test('the code cache fits the Node that reads it', async () => {
      const code = `const { readFileSync } = require('fs');
        const file = '/usr/local/lib/bamboo-ecs/${program}.cjs';
        const cachedData = readFileSync(file + '.cache');
        const script = new (require('vm').Script)(readFileSync(file, 'latin1'), { filename: file, cachedData });
        console.log(script.cachedDataRejected, /[^\\x00-\\x7f]/.test(readFileSync(file, 'latin1')));`;
      expect(await runNode(image, code)).toBe('false false');
    });

    test('nothing that gives rights away: no setuid program, no file that others may change', async () => {
      const find = 'find / -xdev ( -perm -4000 -o -perm -2000 -o -type f -perm -0002 )';
      expect(await mustDocker('run', '--rm', '--network', 'none', image, ...find.split(' '))).toBe('');
    });

    test('every command of busybox that is linked is in it', async () => {
      const check = `for file in /bin/*; do name=\${file##*/}; [ $name = busybox ] || /bin/busybox --list | grep -qxF "$name" || echo "$name"; done`;
      expect(await mustDocker('run', '--rm', '--network', 'none', image, 'sh', '-c', check)).toBe('');
      for (const name of ['sh', 'tail', 'chown', 'chmod', 'env'])
        await mustDocker('run', '--rm', '--network', 'none', image, 'test', '-x', `/bin/${name}`);
    });

    test('knows time zones and verifies certificates of public authorities', async () => {
      const zone = `new Date(0).toLocaleString('en-GB', { timeZone: 'Europe/Berlin' })`;
      const code = `console.log(${zone}, require('tls').getCACertificates('system').length > 100)`;
      expect(await runNode(image, code)).toBe('01/01/1970, 01:00:00 true');
    });
  });

  const layers = async (image: string): Promise<string[]> =>
    JSON.parse(
      await mustDocker('image', 'inspect', '--format', '{{json .RootFS.Layers}}', image),
    ) as string[];

  test('the same sources give the same layers', async () => {
    const again = buildImages('tests-again', 'again');
    try {
      for (const program of ['expander', 'installer'] as const)
        expect(await layers(again[program])).toEqual(await layers(images[program]));
    } finally {
      await docker('rmi', '--force', again.expander, again.installer);
    }
  }, 120_000);

  test('both images share their large layer', async () => {
    const [one, other] = [await layers(images.expander), await layers(images.installer)];
    // BuildKit makes an empty layer of WORKDIR, the legacy builder none.
    expect(one.length).toBeGreaterThan(1);
    expect(one.slice(0, -1)).toEqual(other.slice(0, -1));
    expect(one.at(-1)).not.toBe(other.at(-1));
  });
}
