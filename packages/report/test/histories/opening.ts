// How every installation begins: settings, fetch, verify, plan.
import type { RunEvent } from '../../src/index.ts';
import type { History } from './recorder.ts';
import { cluster, revision, service } from './service.ts';

export const secret = 'correct/horse battery';

export function opening(version: string, before: string, revisionBefore: number): History {
  const image = (tag: string): string => `registry.example.com/hid-generator:${tag}`;
  const plan: RunEvent = {
    kind: 'plan',
    plan: {
      action: 'update',
      reason: `${before} runs, ${version} is wanted`,
      cluster,
      service,
      differences: [
        { path: 'containerDefinitions.hid-generator.image', from: image(before), to: image(version) },
        { path: 'containerDefinitions.hid-generator.dockerLabels.release', from: before, to: version },
        { path: 'containerDefinitions.hid-generator.memory', from: 256, to: 512 },
        { path: 'containerDefinitions.hid-generator.environment.GREETING', to: 'hello' },
      ],
      notes: ['host port 1234 is fixed: at most one task fits on each instance'],
      rollbackTo: revision(revisionBefore),
      versionBefore: before,
      version,
    },
  };
  return [
    [0, { kind: 'start', program: 'installer', command: 'install', version: '0.1.0' }],
    [
      0,
      {
        kind: 'settings',
        settings: [
          {
            name: 'repository',
            value: 'https://artifactory.example.com/artifactory/descriptors-{tag}-local',
            origin: 'bamboo_ecs_repository',
          },
          { name: 'artifactory-user', value: 'deployer', origin: 'bamboo_ecs_artifactory_user' },
          { name: 'artifactory-password', value: secret, origin: 'bamboo_ecs_artifactory_password' },
          { name: 'environment', value: 'QA', origin: 'bamboo_deploy_environment' },
          { name: 'release', value: version, origin: 'bamboo_inject_version' },
          { name: 'on-failure', value: 'rollback', origin: 'default' },
        ],
      },
    ],
    [0, { kind: 'phase', name: 'fetch', title: 'Fetch' }],
    [1, { kind: 'message', level: 'info', text: `hid-generator ${version} (from bamboo_inject_version)` }],
    [1, { kind: 'phase', name: 'verify', title: 'Verify' }],
    [
      1,
      {
        kind: 'message',
        level: 'info',
        text: 'manifest sha256 9f86d081884c…, 3 descriptors, every checksum right',
      },
    ],
    [1, { kind: 'check', suite: 'release', name: `hid-generator ${version} verified` }],
    [1, { kind: 'phase', name: 'plan', title: 'Plan' }],
    [2, plan],
    [2, { kind: 'phase', name: 'apply', title: 'Apply' }],
  ];
}
