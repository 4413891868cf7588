import { describe, expect, test } from '@jest/globals';
import { parseImageReference, withDigest } from '../src/index.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('an image reference', () => {
  test.each([
    ['nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['nginx:1', 'registry-1.docker.io', 'library/nginx', '1'],
    ['team/web:1.0.15.RELEASE', 'registry-1.docker.io', 'team/web', '1.0.15.RELEASE'],
    ['docker.io/nginx:1', 'registry-1.docker.io', 'library/nginx', '1'],
    ['index.docker.io/team/web:1', 'registry-1.docker.io', 'team/web', '1'],
    ['docker.io/library/nginx', 'registry-1.docker.io', 'library/nginx', 'latest'],
    ['localhost/web:1', 'localhost', 'web', '1'],
    ['localhost:5000/web', 'localhost:5000', 'web', 'latest'],
    ['registry.example.com/web:1', 'registry.example.com', 'web', '1'],
    [
      'registry.example.com:5000/team/sub/web:1_2.3-4',
      'registry.example.com:5000',
      'team/sub/web',
      '1_2.3-4',
    ],
    ['Registry/web:1', 'Registry', 'web', '1'],
    ['[::1]:5000/web:1', '[::1]:5000', 'web', '1'],
    ['a__b/c-d--e/f.g_h:1', 'registry-1.docker.io', 'a__b/c-d--e/f.g_h', '1'],
  ])('%s', (text, host, name, tag) => {
    expect(parseImageReference(text)).toMatchObject({
      ok: true,
      value: { text, host, name, tag, digest: null },
    });
  });

  test('keeps the repository as it was written', () => {
    const written = ['nginx:1', 'localhost:5000/web:2', 'docker.io/team/web'].map((text) =>
      parseImageReference(text),
    );
    expect(written.map((result) => result.ok && result.value.repository)).toEqual([
      'nginx',
      'localhost:5000/web',
      'docker.io/team/web',
    ]);
  });

  test('with a digest has no tag unless one is given', () => {
    expect(parseImageReference(`web@${digest}`)).toMatchObject({ ok: true, value: { tag: null, digest } });
    expect(parseImageReference(`localhost:5000/web:1@${digest}`)).toMatchObject({
      ok: true,
      value: { tag: '1', digest, repository: 'localhost:5000/web' },
    });
  });

  test.each([
    ['', 'it is empty'],
    [' ', 'it is empty'],
    ['web:1 ', 'white space'],
    ['web\n:1', 'white space'],
    ['https://registry.example.com/web:1', 'web address'],
    ['Web:1', '"Web" cannot be a part'],
    ['registry.example.com/Team/web:1', '"Team" cannot be a part'],
    ['registry.example.com//web:1', 'a part of its name is empty'],
    ['/web:1', 'a part of its name is empty'],
    ['registry.example.com/', 'a part of its name is empty'],
    ['web:', '"" cannot be a tag'],
    ['web:-1', '"-1" cannot be a tag'],
    [`web:${'x'.repeat(129)}`, 'cannot be a tag'],
    ['web:1:2', '"1:2" cannot be a tag'],
    ['registry.example.com:99999/web', 'no port 99999'],
    ['registry.example.com:0/web', 'no port 0'],
    ['registry.example.com:http/web', 'cannot be the name of a host'],
    ['user:pass@registry.example.com/web', 'not sha256'],
    ['web@sha256:abc', 'not sha256'],
    [`web@${digest.toUpperCase()}`, 'not sha256'],
    [`web@${digest}@${digest}`, 'more than one "@"'],
    ['${registry}/web:1', 'cannot be a part'],
    ['a'.repeat(256), 'more than 255'],
    ['a/'.repeat(400), 'more than 512'],
    ['grüße/web:1', 'cannot be a part'],
    ['../../etc:1', 'cannot be'],
    ['registry.example.com/../web:1', 'cannot be a part'],
    ['__proto__', 'cannot be a part'],
  ])('%j is refused: %s', (text, why) => {
    const result = parseImageReference(text);
    expect(result.ok).toBe(false);
    expect(!result.ok && result.problems[0]?.message).toContain(why);
    expect(!result.ok && result.problems[0]?.hint).toBeTruthy();
  });

  test('a very long text is refused at once', () => {
    const result = parseImageReference('a-'.repeat(5_000_000));
    expect(result.ok).toBe(false);
  });
});

test.each([
  ['web:1', `web@${digest}`],
  ['web', `web@${digest}`],
  ['localhost:5000/web', `localhost:5000/web@${digest}`],
  ['localhost:5000/team/web:1.0.15.RELEASE', `localhost:5000/team/web@${digest}`],
  [`web:1@sha256:${'f'.repeat(64)}`, `web@${digest}`],
])('%s pinned', (reference, pinned) => {
  expect(withDigest(reference, digest)).toBe(pinned);
});
