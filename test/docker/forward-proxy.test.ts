// Both images behind a real forward proxy, in a network from which nothing but the proxy can be reached.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ArtifactoryStandIn,
  type EcsStandIn,
  startArtifactoryStandIn,
  startEcsStandIn,
} from '@bamboo-ecs/rehearsal';
import { requires } from '../third-party/requires.ts';
import { asOptions, buildVariables, checkOut, type Checkout } from './agent.ts';
import { buildImages, docker, engineIsHere, type Ended, howToGetAnEngine } from './engine.ts';
import {
  type ForwardProxy,
  howToGetTinyproxy,
  openShutNetwork,
  serverHost,
  type Shut,
  tinyproxyIsHere,
} from './forward-proxy.ts';
import { certifiedName, startTlsFront, type TlsFront, withAuthority } from './tls-front.ts';

const agent = 4321;
const isRoot = process.getuid?.() === 0;
if (
  requires('docker', engineIsHere, howToGetAnEngine) &&
  requires('tinyproxy', tinyproxyIsHere, howToGetTinyproxy) &&
  requires('root, for files of other users', isRoot, 'run the tests as root')
)
  describeProxies();

function describeProxies(): void {
  const { expander, installer } = buildImages();
  const opened = new AsyncDisposableStack();
  let shut: Shut;
  let artifactory: ArtifactoryStandIn;
  let ecs: EcsStandIn;
  let fronts: { readonly artifactory: TlsFront; readonly ecs: TlsFront };
  /** A release that is there without any server, for installations. */
  let released: { readonly checkout: Checkout; readonly env: Readonly<Record<string, string>> };
  const proxies: Record<'open' | 'withUser' | 'strict', ForwardProxy> = Object.create(null);

  beforeAll(async () => {
    shut = opened.use(await openShutNetwork(certifiedName));
    const host = serverHost;
    const users = [{ name: 'bamboo', password: 'p4ss-of-bamboo', canDelete: true }];
    artifactory = await startArtifactoryStandIn({ host, users, repositories: ['descriptors'] });
    opened.defer(() => artifactory.close());
    // The seed's templates take port 1234 of their instance, and each case has a service of its own.
    const instances = Array.from({ length: 12 }, (_, index) => ({ zone: `eu-west-1${'ab'[index % 2]}` }));
    ecs = await startEcsStandIn({ host, clusters: [{ name: 'production', instances }] });
    opened.defer(() => ecs.close());
    fronts = {
      artifactory: opened.use(await startTlsFront(artifactory.url, host)),
      ecs: opened.use(await startTlsFront(ecs.url, host)),
    };
    proxies.open = await shut.proxy();
    proxies.withUser = await shut.proxy('BasicAuth joe s3cr3t');
    // Takes requests of nobody here.
    proxies.strict = await shut.proxy('Allow 192.0.2.1');
    const checkout = opened.use(checkOut(agent));
    released = { checkout, env: { bamboo_ecs_repository: 'file:/data/releases' } };
    const published = await run(expander, 'publish', checkout, shut.inside, released.env);
    if (published.exitCode !== 0) throw new Error(published.stdout);
  }, 120_000);
  afterAll(() => opened.disposeAsync(), 60_000);

  type Scheme = 'http' | 'https';
  const addressOf = (server: 'artifactory' | 'ecs', scheme: Scheme): string => {
    const standIn = server === 'ecs' ? ecs.url : artifactory.url;
    const port = scheme === 'https' ? fronts[server].port : new URL(standIn).port;
    return `${scheme}://${certifiedName}:${port}`;
  };
  const repositoryOf = (scheme: Scheme): string =>
    `${addressOf('artifactory', scheme)}/artifactory/descriptors`;

  /** `docker run --rm` of one of the images; `where`: its network. */
  function run(
    image: string,
    command: string,
    checkout: Checkout,
    where: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const variables = {
      ...buildVariables,
      bamboo_ecs_artifactory_user: 'bamboo',
      bamboo_ecs_artifactory_password: 'p4ss-of-bamboo',
      bamboo_ecs_project: 'hid-generator',
      bamboo_ecs_release: '1.0.15.RELEASE',
      bamboo_deploy_environment: 'Production',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test-secret-key',
      ...env,
    };
    const options = [...where, ...checkout.mount, ...withAuthority, ...asOptions(variables)];
    return docker('run', '--rm', ...options, image, command);
  }

  /** What a proxy is asked for while something runs. */
  async function during<T>(
    proxy: ForwardProxy,
    act: () => Promise<T>,
  ): Promise<readonly [T, readonly string[]]> {
    const before = await proxy.requests();
    const result = await act();
    return [result, (await proxy.requests()).slice(before.length)];
  }

  const both = (proxy: string): Record<string, string> => ({
    HTTP_PROXY: `http://${proxy}`,
    HTTPS_PROXY: `http://${proxy}`,
  });

  describe.each(['http', 'https'] as const)('%s', (scheme) => {
    test.each(['open', 'withUser'] as const)(
      'release and installation go through the proxy: %s',
      async (which) => {
        using checkout = checkOut(agent);
        const proxy = proxies[which];
        const login = which === 'open' ? '' : 'joe:s3cr3t@';
        const project = `hid-${scheme}-${which.toLowerCase()}`;
        const env = {
          bamboo_ecs_project: project,
          bamboo_serviceName: project,
          ...both(`${login}${proxy.address}`),
          bamboo_ecs_repository: repositoryOf(scheme),
          AWS_ENDPOINT_URL: addressOf('ecs', scheme),
          // The image's registry does not exist; everything else that the preflight asks goes through the proxy, too.
          bamboo_ecs_skip_checks: 'image',
        };
        const [published, asked] = await during(proxy, () =>
          run(expander, 'publish', checkout, shut.inside, env),
        );
        expect([published.exitCode, published.stderr]).toEqual([0, '']);
        const store = new URL(env.bamboo_ecs_repository).host;
        const manifest = `${project}-1.0.15.RELEASE-release.json`;
        if (scheme === 'http')
          expect(asked.join('\n')).toMatch(new RegExp(`PUT http://${store}/\\S+/${manifest}`, 'u'));
        // Only tunnels: the proxy reads nothing of what goes through them.
        else expect(new Set(asked)).toEqual(new Set([`CONNECT ${store} HTTP/1.1`]));

        const [installed, calls] = await during(proxy, () =>
          run(installer, 'install', checkout, shut.inside, env),
        );
        expect(installed.stdout).toContain('STEADY');
        expect([installed.exitCode, installed.stderr]).toEqual([0, '']);
        const aws = new URL(env.AWS_ENDPOINT_URL).host;
        if (scheme === 'http') expect(calls).toContain(`POST http://${aws}/ HTTP/1.1`);
        else
          expect(new Set(calls)).toEqual(new Set([`CONNECT ${store} HTTP/1.1`, `CONNECT ${aws} HTTP/1.1`]));
        // No connection was lost and made again: each attempt that fails is told.
        for (const log of [published.stdout, installed.stdout]) {
          expect(log).not.toContain('no answer');
          expect(log).not.toContain('s3cr3t');
        }
      },
      60_000,
    );

    test('without the proxy nothing is reached', async () => {
      const address = addressOf('ecs', scheme);
      const env = { ...released.env, AWS_ENDPOINT_URL: address };
      // Not for want of a name: neither here nor on this machine as the network sees it.
      for (const at of [serverHost, shut.nobody.split(':')[0]]) {
        const named = [...shut.inside, '--add-host', `${certifiedName}:${at}`];
        const noWay = await run(installer, 'plan', released.checkout, named, env);
        expect(noWay.stdout).toContain(`ECONNREFUSED ${at}:${new URL(address).port}`);
        expect(noWay.exitCode).toBe(4);
      }
    }, 60_000);

    test('NO_PROXY=example.test, where the server can be reached: the proxy is not asked', async () => {
      using checkout = checkOut(agent);
      const env = { ...both(proxies.open.address), bamboo_ecs_repository: repositoryOf(scheme) };
      const [direct, none] = await during(proxies.open, () =>
        run(expander, 'publish', checkout, shut.outside, { ...env, NO_PROXY: 'example.test' }),
      );
      expect([direct.exitCode, none]).toEqual([0, []]);
      // The same container with another list: the proxy is there and is used.
      const [through, some] = await during(proxies.open, () =>
        run(expander, 'publish', checkout, shut.outside, { ...env, NO_PROXY: 'other.test' }),
      );
      expect(through.exitCode).toBe(0);
      expect(some.length).toBeGreaterThan(0);
    }, 60_000);

    describe.each([
      [
        'does not let us through',
        (): string => `joe:s3cr3t@${proxies.strict.address}`,
        /does not let us through/u,
        true,
      ],
      [
        'asks for a user',
        (): string => proxies.withUser.address,
        /asks for credentials, and HTTPS?_PROXY has none/u,
        true,
      ],
      [
        'knows another password',
        (): string => `joe:wr0ng-one@${proxies.withUser.address}`,
        /does not accept the user/u,
        true,
      ],
      ['is down', (): string => `joe:s3cr3t@${shut.nobody}`, /cannot be reached/u, false],
    ] as const)('a proxy that %s', (_name, proxy, words, isQuick) => {
      const check = (ended: Ended, exitCode: number, address: string): void => {
        const { host } = new URL(`http://${address}`);
        const variable = scheme === 'http' ? 'HTTP_PROXY' : 'HTTPS_PROXY';
        const summary = ended.stdout.slice(ended.stdout.indexOf('== Summary'));
        expect(summary).toMatch(words);
        expect(summary).toContain(`roxy http://${host} (${variable})`);
        expect(summary).toContain('NO_PROXY');
        expect(ended.exitCode).toBe(exitCode);
        for (const secret of ['s3cr3t', 'wr0ng-one', 'p4ss-of-bamboo'])
          expect(ended.stdout + ended.stderr).not.toContain(secret);
      };

      test('on the way to AWS: exit code 4, nothing was changed', async () => {
        const env = { ...released.env, ...both(proxy()), AWS_ENDPOINT_URL: addressOf('ecs', scheme) };
        check(await run(installer, 'install', released.checkout, shut.inside, env), 4, proxy());
      }, 60_000);

      // What may pass is tried for 12 s there: once is enough.
      if (isQuick || scheme === 'http')
        test('on the way to the repository: exit code 3', async () => {
          using checkout = checkOut(agent);
          const env = { ...both(proxy()), bamboo_ecs_repository: repositoryOf(scheme) };
          check(await run(expander, 'publish', checkout, shut.inside, env), 3, proxy());
        }, 60_000);
    });
  });
}
