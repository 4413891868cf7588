// Who may do what: the real installer against moto with its checks of credentials and policies switched on.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ecsCall, iamCall } from './aws-calls.ts';
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts';
import { type Emulator, moto } from './emulators.ts';
import { type Built, openShop, type Ran, type Shop } from './installer-shop.ts';
import { requires } from './requires.ts';

const patience = 90_000;
const soon = { bamboo_ecs_timeout: '2s' };

if (requires(moto.name, moto.isHere, 'make third-party')) {
  describe('moto with its checks of access', () => {
    let emulator: Emulator;
    let proxy: CountingProxy;
    let shop: Shop;
    let built: Built;
    const key = { id: '', secret: '' };

    beforeAll(async () => {
      emulator = await moto.start({ MOTO_ECS_SERVICE_RUNNING: '2' });
      proxy = await startCountingProxy(emulator.url);
      shop = openShop({ url: proxy.url });
      built = await shop.publish('1.0.14');
      await iamCall(emulator.url, { Action: 'CreateUser', UserName: 'bamboo' });
      const made = await iamCall(emulator.url, { Action: 'CreateAccessKey', UserName: 'bamboo' });
      key.id = /<AccessKeyId>(.+?)</u.exec(made)?.[1] ?? '';
      key.secret = /<SecretAccessKey>(.+?)</u.exec(made)?.[1] ?? '';
    }, 60_000);
    afterAll(async () => {
      shop[Symbol.dispose]();
      await proxy[Symbol.asyncDispose]();
      await emulator[Symbol.asyncDispose]();
    });

    /** From how many more requests on moto checks signatures and policies. */
    async function check(from: '0' | 'inf'): Promise<void> {
      const answer = await fetch(`${emulator.url}/moto-api/reset-auth`, { method: 'POST', body: from });
      expect(answer.status).toBe(200);
    }

    /** One installation with the user's key (or other credentials), in an empty account where it may do this much. */
    async function install(actions: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
      await check('inf');
      await emptyEcs();
      const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
      await iamCall(emulator.url, {
        Action: 'PutUserPolicy',
        UserName: 'bamboo',
        PolicyName: 'deploy',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      });
      await check('0');
      proxy.take();
      const own = { AWS_ACCESS_KEY_ID: key.id, AWS_SECRET_ACCESS_KEY: key.secret };
      const ran = await shop.installer(built, { ...soon, ...own, ...env });
      await check('inf');
      expect(ran.log).not.toContain(key.secret);
      return ran;
    }

    async function emptyEcs(): Promise<void> {
      await ecsCall(emulator.url, 'CreateCluster', { clusterName: 'production' });
      const family = { familyPrefix: 'hid-generator-production' };
      const { taskDefinitionArns } = await ecsCall(emulator.url, 'ListTaskDefinitions', family);
      for (const taskDefinition of taskDefinitionArns as string[])
        await ecsCall(emulator.url, 'DeregisterTaskDefinition', { taskDefinition });
      const { serviceArns } = await ecsCall(emulator.url, 'ListServices', { cluster: 'production' });
      for (const service of serviceArns as string[])
        await ecsCall(emulator.url, 'DeleteService', { cluster: 'production', service, force: true });
    }

    test.each([
      [
        'a key that AWS does not know',
        { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN', AWS_SECRET_ACCESS_KEY: 'secret-of-nobody' },
        'InvalidClientTokenId',
        'check the access key id',
      ],
      [
        'a wrong secret',
        { AWS_SECRET_ACCESS_KEY: 'secret-of-nobody' },
        'SignatureDoesNotMatch',
        'The secret access key does not belong to the access key id',
      ],
      [
        'no credentials',
        { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
        'CredentialsProviderError',
        'Give credentials',
      ],
    ])(
      '%s: exit code 4',
      async (_, env, code, advice) => {
        const ran = await install(['ecs:*'], env);
        expect(ran.log).toContain(code);
        expect(ran.log).toContain(advice);
        expect(ran.log).toContain('Nothing was changed');
        expect(ran.log).not.toContain('secret-of-nobody');
        expect(ran.exitCode).toBe(4);
        expect(proxy.take().filter((call) => !call.startsWith('DescribeServices'))).toEqual([]);
      },
      patience,
    );

    test.each([
      ['DescribeServices', ['ecs:DescribeTaskDefinition'], 'Nothing was changed'],
      ['RegisterTaskDefinition', ['ecs:Describe*'], 'Nothing was registered'],
      ['CreateService', ['ecs:Describe*', 'ecs:RegisterTaskDefinition', 'ecs:TagResource'], 'is registered'],
    ])(
      'a role that lacks ecs:%s: exit code 4, and the action is named',
      async (action, actions, changed) => {
        const ran = await install(actions);
        expect(ran.log).toContain(`Allow the action ecs:${action} to arn:aws:iam::123456789012:user/bamboo`);
        expect(ran.log).toContain(changed);
        expect(ran.exitCode).toBe(4);
        const calls = proxy.take();
        expect(calls.at(-1)).toBe(`${action} 403`);
        expect(calls.filter((call) => call === `${action} 403`)).toHaveLength(1);
      },
      patience,
    );

    test(
      'what the guard does not depend on may be missing',
      async () => {
        const actions = [
          'ecs:DescribeServices',
          'ecs:DescribeTaskDefinition',
          'ecs:RegisterTaskDefinition',
          'ecs:CreateService',
        ];
        const ran = await install(actions);
        expect(ran.exitCode).toBe(0);
        expect(proxy.take()).toContain('DescribeClusters 403');
      },
      patience,
    );
  });
}
