import { describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { makeCredentials } from '../src/credentials.ts';
import { errorOf, openPort } from './open-port.ts';
import { answer, startServer } from './small-server.ts';

describe('what is sent', () => {
  test.each([
    [{ user: 'ann', password: 'pw' }, { authorization: `Basic ${Buffer.from('ann:pw').toString('base64')}` }],
    [
      { user: 'ann', password: 'pä:x' },
      { authorization: `Basic ${Buffer.from('ann:pä:x').toString('base64')}` },
    ],
    [{ password: 'eyJ.a.b' }, { authorization: 'Bearer eyJ.a.b' }],
    [{ password: 'AKCp8abc' }, { 'x-jfrog-art-api': 'AKCp8abc' }],
    [{ password: 'pw', auth: 'api-key' }, { 'x-jfrog-art-api': 'pw' }],
    [{ user: 'ann', password: 'pw', auth: 'bearer' }, { authorization: 'Bearer pw' }],
    [{}, {}],
    [{ user: '', password: '' }, {}],
  ] as const)('%j', async (who, expected) => {
    await using server = await startServer((_asked, response) => answer(response, 404));
    await openPort(server.url, { user: '', password: '', ...who }).read('p/x.json', 10);
    const { authorization, 'x-jfrog-art-api': key } = server.requests[0]?.headers ?? {};
    expect(
      Object.fromEntries(
        Object.entries({ authorization, 'x-jfrog-art-api': key }).filter(([, value]) => value),
      ),
    ).toEqual(expected);
  });
});

describe('what cannot be sent is told before any request, without the secret', () => {
  test.each([
    [{ user: 'ann' }, 'without a password'],
    [{ auth: 'basic', password: 's3cr3t' }, 'needs a user'],
    [{ auth: 'bearer' }, 'needs a password'],
    [{ password: 's3cr3t\n' }, 'line break'],
    [{ password: 's3cr3tä' }, 'outside ASCII'],
    [{ user: 'ann', password: 's3cr3t\n' }, 'line break'],
    [{ user: 'a:b', password: 's3cr3t' }, 'colon'],
  ] as const)('%j', async (who, expected) => {
    const error = await errorOf(
      (async () => openPort('http://127.0.0.1:1', { user: '', password: '', ...who }))(),
    );
    expect(error.kind).toBe('misconfigured');
    expect(error.message).toContain(expected);
    expect(inspect(error)).not.toContain('s3cr3t');
  });

  test('with everything else that is wrong', async () => {
    const proxyEnv = { HTTPS_PROXY: 'proxy:3128', http_proxy: 'socks5://u:s3cr3t@proxy' };
    const open = async () =>
      openPort('http://127.0.0.1:1', { user: 'ann', password: '', ca: 'no certificate', proxyEnv });
    const { message } = await errorOf(open());
    expect(message).toContain('without a password');
    expect(message).toContain('HTTPS_PROXY is not the address');
    expect(message).toContain('http_proxy is not the address');
    expect(message).toContain('ca-file');
    expect(message).not.toContain('s3cr3t');
  });
});

test('every form in which a secret travels is known', () => {
  const credentials = makeCredentials({ user: 'ann', password: 'a/b"c' });
  const expected = [
    'a/b"c',
    'a%2Fb%22c',
    String.raw`a/b\"c`,
    Buffer.from('a/b"c').toString('base64'),
    Buffer.from('ann:a/b"c').toString('base64'),
  ];
  expect('secrets' in credentials && credentials.secrets).toEqual(expect.arrayContaining(expected));
});
