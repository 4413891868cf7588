import type { RecordFacts } from '../../src/index.ts';
import { start } from './recorder.ts';

/** What the installer knows besides the events. */
export function installerFacts(version: string, seconds: number): RecordFacts {
  return {
    program: 'installer',
    programVersion: '0.1.0',
    command: 'install',
    startedAt: start,
    finishedAt: start + seconds * 1000,
    project: 'hid-generator',
    version,
    identity: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
    manifestSha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    environment: 'QA',
    cluster: 'qa',
    region: 'eu-west-1',
    account: '123456789012',
    services: ['hid-generator'],
    build: {
      key: 'HID-GEN-15',
      number: '15',
      url: 'https://bamboo.example.com/browse/HID-GEN-15',
      revision: '4f2c9d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d',
      branch: 'master',
    },
    deployment: {
      environment: 'QA',
      resultsUrl: 'https://bamboo.example.com/deploy/viewDeploymentResult.action?deploymentResultId=42',
    },
  };
}
