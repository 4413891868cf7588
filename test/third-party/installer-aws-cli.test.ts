// The copies of the descriptors that lie beside the manifest are for people with the aws cli: it must take them as they are.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ecsCall } from './aws-calls.ts';
import { awsCli, moto } from './emulators.ts';
import { openShop, region, testCredentials } from './installer-shop.ts';
import { requires } from './requires.ts';

const found = [
  requires(moto.name, moto.isHere, 'make third-party'),
  requires('the aws cli', awsCli.isHere, 'make third-party'),
];

if (found.every(Boolean)) {
  describe('the published descriptors and the aws cli', () => {
    test('register, create, update by hand', async () => {
      await using emulator = await moto.start();
      await ecsCall(emulator.url, 'CreateCluster', { clusterName: 'production' });
      using shop = openShop({ url: emulator.url });
      const aws = async (command: string, kind: string): Promise<Record<string, unknown>> => {
        const version = '1.0.15.RELEASE';
        const file = path.join(
          shop.folder,
          'repository/hid-generator',
          version,
          `hid-generator-${version}-${kind}.json`,
        );
        const { stdout } = await promisify(execFile)(
          awsCli.program,
          [awsCli.script, 'ecs', command, '--cli-input-json', `file://${file}`, '--output', 'json'],
          {
            env: {
              PATH: process.env['PATH'] ?? '',
              AWS_ENDPOINT_URL: emulator.url,
              AWS_DEFAULT_REGION: region,
              AWS_CONFIG_FILE: '/dev/null',
              AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
              AWS_EC2_METADATA_DISABLED: 'true',
              ...testCredentials,
            },
          },
        );
        return JSON.parse(stdout) as Record<string, unknown>;
      };
      await shop.publish('1.0.15');
      expect(await aws('register-task-definition', 'task-definition')).toMatchObject({
        taskDefinition: {
          family: 'hid-generator-production',
          revision: 1,
          containerDefinitions: [{ image: 'registry.example.com/hid-generator:1.0.15.RELEASE', memory: 256 }],
        },
      });
      const service = {
        serviceName: 'hid-generator',
        desiredCount: 2,
        taskDefinition: expect.stringMatching(/hid-generator-production:1$/u),
      };
      expect(await aws('create-service', 'service-definition')).toMatchObject({ service });
      await aws('register-task-definition', 'task-definition');
      expect(await aws('update-service', 'service-update')).toMatchObject({
        service: { ...service, taskDefinition: expect.stringMatching(/hid-generator-production(?::2)?$/u) },
      });
    }, 90_000);
  });
}
