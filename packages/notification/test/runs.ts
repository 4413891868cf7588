// Records to be told of.
import { buildRecord, type RunRecord } from '@bamboo-ecs/report';
import { notificationOf, type Notification } from '../src/index.ts';

export function run(more: Partial<RunRecord> = {}): RunRecord {
  const record = buildRecord([], {
    program: 'installer',
    programVersion: '0.1.0',
    command: 'install',
    startedAt: Date.UTC(2026, 10, 24, 2, 0, 0),
    finishedAt: Date.UTC(2026, 10, 24, 2, 0, 56),
    project: 'hid-generator',
    version: '1.0.16.RELEASE',
    environment: 'QA',
    cluster: 'qa',
    build: { key: 'HID-GEN-15', url: 'https://bamboo.example.com/browse/HID-GEN-15' },
    deployment: { resultsUrl: 'https://bamboo.example.com/deploy/42' },
    releaseUrl: 's3://releases/hid-generator/1.0.16.RELEASE',
  });
  return {
    ...record,
    exitCode: 5,
    outcome: 'failed',
    sentence: 'hid-generator 1.0.16.RELEASE did not come up in QA.',
    todo: 'Read the log.',
    diagnoses: [
      { service: 'web', cause: 'crash-loop', sentence: 'It exits with code 1.', advice: '', evidence: [] },
    ],
    ...more,
  };
}

export const record = 'https://artifactory.example.com/records/x.html';

export function notification(more: Partial<RunRecord> = {}): Notification {
  return notificationOf(run(more), record);
}
