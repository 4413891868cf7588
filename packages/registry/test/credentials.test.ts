import { describe, expect, test } from '@jest/globals';
import { findCredentials, helperFor, readDockerConfig } from '../src/credentials.ts';

const none = readDockerConfig(undefined);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('credentials', () => {
  test('are used for their own host only', () => {
    const given = [{ host: 'registry.example.com:5000', user: 'ann', password: 'x' }];
    expect(findCredentials('registry.example.com:5000', given, none)).toEqual({
      kind: 'basic',
      user: 'ann',
      password: 'x',
    });
    expect(findCredentials('registry.example.com', given, none)).toBeNull();
    expect(findCredentials('evil.example.com', given, none)).toBeNull();
    expect(findCredentials('registry.example.com:5000.evil.example.com', given, none)).toBeNull();
  });

  test('given ones go before those of the Docker configuration', () => {
    const config = readDockerConfig({ auths: { 'a.example.com': { auth: base64('bob:y') } } });
    expect(
      findCredentials('a.example.com', [{ host: 'A.example.com', user: 'ann', password: 'x' }], config),
    ).toMatchObject({ user: 'ann' });
    expect(findCredentials('a.example.com', [], config)).toEqual({
      kind: 'basic',
      user: 'bob',
      password: 'y',
    });
  });

  test.each(['https://index.docker.io/v1/', 'docker.io', 'index.docker.io', 'registry-1.docker.io'])(
    '%s is Docker Hub',
    (key) => {
      const config = readDockerConfig({ auths: { [key]: { auth: base64('ann:a:b') } } });
      expect(findCredentials('registry-1.docker.io', [], config)).toEqual({
        kind: 'basic',
        user: 'ann',
        password: 'a:b',
      });
    },
  );

  test('tokens of the Docker configuration are told apart', () => {
    const config = readDockerConfig({
      auths: {
        a: { identitytoken: 'i', auth: base64('<token>:') },
        b: { registrytoken: 'r' },
        c: { username: 'u', password: 'p' },
      },
    });
    expect(['a', 'b', 'c'].map((host) => findCredentials(host, [], config)?.kind)).toEqual([
      'identity-token',
      'registry-token',
      'basic',
    ]);
  });

  test.each([
    null,
    'text',
    [1],
    { auths: null },
    { auths: 'x', credHelpers: 3, credsStore: {} },
    {
      auths: {
        a: null,
        b: 'x',
        c: [],
        d: { auth: 5 },
        e: { auth: '%%%' },
        f: { auth: base64('nocolon') },
        g: {},
      },
    },
  ])('a configuration like %j gives none', (value) => {
    expect(readDockerConfig(value)).toEqual({ logins: [], helpers: [] });
  });

  test('helpers are known by name', () => {
    const config = readDockerConfig({ credHelpers: { 'a.example.com': 'ecr-login' }, credsStore: 'pass' });
    expect([
      helperFor('a.example.com', config),
      helperFor('b.example.com', config),
      helperFor('b', none),
    ]).toEqual(['ecr-login', 'pass', null]);
  });
});
