// A release with everything in it: late variables, two images, characters of several bytes.
import type { ManifestInput } from '../src/index.ts';

export const manifestInput: ManifestInput = {
  project: 'hid-generator',
  version: { major: 1, minor: 0, patch: 15, tag: 'RELEASE' },
  descriptors: [
    {
      kind: 'service-update',
      content: '{"service":"hid","desiredCount":${environment.desiredCount}}',
      late: ['desiredCount'],
    },
    {
      kind: 'task-definition',
      content: '{"family":"hïd 💥","level":"${environment.logLevel}"}',
      late: ['logLevel', '__proto__', 'logLevel'],
    },
    {
      kind: 'service-definition',
      content: '{"serviceName":"hid","desiredCount":${environment.desiredCount}}',
      late: ['desiredCount'],
    },
  ],
  images: [
    { reference: 'r.example/log:2', digest: null },
    { reference: 'r.example/hid:1.0.15.RELEASE', digest: `sha256:${'a'.repeat(64)}` },
  ],
  lateVariables: [
    { name: 'logLevel', type: 'string', descriptors: [] },
    { name: 'desiredCount', type: 'number', descriptors: [] },
    { name: '__proto__', type: 'string', descriptors: [] },
  ],
  provenance: {
    revision: '4f2a',
    branch: 'master',
    buildKey: 'HID-MAIN-JOB1',
    buildNumber: '7',
    buildUrl: 'https://bamboo.example/browse/HID-MAIN-JOB1-7',
    createdAt: '2026-11-23T22:00:00.000Z',
  },
};
