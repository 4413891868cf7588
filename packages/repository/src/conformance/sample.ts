// Releases to publish in the suite.
import { buildManifest, parseVersion } from '@bamboo-ecs/release';
import type { Manifest } from '@bamboo-ecs/release';

/** `revision` goes into the provenance alone, `memory` into the task definition. */
export function sampleManifest(
  version: string,
  { memory = 256, revision = 'abc', buildNumber = '1' } = {},
): Manifest {
  const parsed = parseVersion(version);
  if (!parsed.ok) throw new TypeError(`${version} is no version.`);
  const image = `registry.example.com/hid-generator:${version}`;
  const contents = {
    'task-definition': { family: 'hid', containerDefinitions: [{ name: 'hid', image, memory }] },
    'service-definition': { serviceName: 'hid', taskDefinition: 'hid', desiredCount: 2 },
    'service-update': { service: 'hid', taskDefinition: 'hid', desiredCount: 2 },
  } as const;
  const kinds = ['task-definition', 'service-definition', 'service-update'] as const;
  return buildManifest({
    project: 'hid-generator',
    version: parsed.value,
    descriptors: kinds.map((kind) => ({
      kind,
      content: `${JSON.stringify(contents[kind], null, 2)}\n`,
      late: [],
    })),
    images: [{ reference: image, digest: `sha256:${'0'.repeat(64)}` }],
    lateVariables: [],
    provenance: {
      revision,
      branch: 'master',
      buildKey: `HID-GEN-${buildNumber}`,
      buildNumber,
      buildUrl: null,
      createdAt: '2026-11-24T08:00:00.000Z',
    },
  });
}
