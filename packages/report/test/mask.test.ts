import { describe, expect, test } from '@jest/globals';
import { createMasker, maskDeep } from '../src/index.ts';

const secret = 'correct/horse + "battery"\\é&<ü>';
const mask = createMasker([secret]);
const hidden = '********';

describe('a secret is masked in every form', () => {
  test.each([
    ['raw', secret],
    ['URI component', encodeURIComponent(secret)],
    ['URI component in lower case', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['whole URI', encodeURI(secret)],
    ['form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['JSON in ASCII', JSON.stringify(secret).slice(1, -1).replace('é', '\\u00e9').replace('ü', '\\u00fc')],
    ['JSON with escaped slashes', JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/')],
    [
      'XML',
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    ],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
  ])('%s', (_, form) => {
    expect(mask(`before ${form} after`)).toBe(`before ${hidden} after`);
  });

  test.each(['u:', 'me:', 'bob:', 'a longer user:', 'ü:'])(
    'base64 behind %j, and with something after it',
    (user) => {
      for (const rest of ['', '@', '@x', '@xy']) {
        const text = Buffer.from(`${user}${secret}${rest}`).toString('base64');
        const masked = mask(`Basic-like ${text}.`);
        expect(masked).toContain(hidden);
        const kept = masked.replace('Basic-like ', '').split(hidden);
        const before = Buffer.from(kept[0] ?? '', 'base64').toString();
        expect(user.startsWith(before) || before === user).toBe(true);
        expect((kept[1] ?? '').length).toBeLessThan(8);
      }
    },
  );

  test('with the line end that a file brings along, and without', () => {
    const fromFile = createMasker(['hunter22\n']);
    expect(fromFile('a hunter22 b')).toBe(`a ${hidden} b`);
  });

  test('each longer line of a secret with several lines', () => {
    const key = createMasker(['first line of it\r\nshort\nsecond line of it\n']);
    expect(key('x second line of it y')).toBe(`x ${hidden} y`);
    expect(key('short')).toBe('short');
  });
});

describe('what is masked how', () => {
  test('the longer of two secrets first, so that nothing of it is left', () => {
    expect(createMasker(['swordfish', 'swordfish2000'])('it is swordfish2000')).toBe(`it is ${hidden}`);
  });

  test('secrets of regular expressions are texts', () => {
    expect(createMasker(['.*', '(a|b)+$'])('abc (a|b)+$ def')).toBe(`abc ${hidden} def`);
  });

  test('too short ones, blanks and what Bamboo has masked already are left alone', () => {
    const lenient = createMasker(['', 'ab', '    ', '********', '***']);
    expect(lenient('ab    ab ******** ***')).toBe('ab    ab ******** ***');
  });

  test('masking twice changes nothing', () => {
    const text = `${secret} https://a:b@c Authorization: Bearer abc.def ${Buffer.from(`x:${secret}`).toString('base64')}`;
    expect(mask(mask(text))).toBe(mask(text));
  });

  test('a thousand secrets and a megabyte are no trouble', () => {
    const many = createMasker(Array.from({ length: 1000 }, (_, index) => `secret-number-${index}-x`));
    const text = `${'nothing to see here, '.repeat(50_000)}secret-number-777-x`;
    const before = performance.now();
    expect(many(text).endsWith(hidden)).toBe(true);
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

describe('credentials that nobody declared', () => {
  const generic = createMasker([]);

  test.each([
    ['https://me:pass@host/path', 'https://me:********@host/path'],
    ['https://me:p@ss:w@host/path?x=1', 'https://me:********@host/path?x=1'],
    ['jdbc:postgresql://:pw@db', 'jdbc:postgresql://:********@db'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic ********'],
    ['{"authorization":"Bearer abc.def-123"}', '{"authorization":"Bearer ********"}'],
    [String.raw`{\"Authorization\": \"Bearer abc\"}`, String.raw`{\"Authorization\": \"Bearer ********\"}`],
    ['sent Bearer abcdef123456 along', 'sent Bearer ******** along'],
    ['X-JFrog-Art-Api: AKCp1234', 'X-JFrog-Art-Api: ********'],
    [
      'GET /?X-Amz-Security-Token=IQoJb3%2Babc&X-Amz-Signature=0123abcd&b=c',
      'GET /?X-Amz-Security-Token=********&X-Amz-Signature=********&b=c',
    ],
    ['SignedHeaders=host, Signature=0123456789abcdef0123', 'SignedHeaders=host, Signature=********'],
    ['"SessionToken": "abc+/=="', '"SessionToken": "********"'],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7', 'AWS_SECRET_ACCESS_KEY=********'],
    ['token IQoJb3JpZ2luX2VjEJr//////////wEaCXVz', 'token ********'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt ********'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----',
      '-----BEGIN RSA PRIVATE KEY-----********-----END RSA PRIVATE KEY-----',
    ],
  ])('%j', (text, expected) => {
    expect(generic(text)).toBe(expected);
  });

  test.each([
    'Basic authentication is used; Bearer authentication when there is no user',
    'https://host:8080/a@b',
    'ssh://git@host/repository.git',
    'http://[::1]:8080/',
    'the AWS session token is missing',
    'AKIAIOSFODNN7EXAMPLE',
  ])('leaves %j', (text) => {
    expect(generic(text)).toBe(text);
  });

  test('stays quick on texts made to slow it down', () => {
    const nasty = [
      ':'.repeat(50_000),
      '://a:'.repeat(20_000),
      'Bearer '.repeat(20_000),
      '-----BEGIN PRIVATE KEY-----'.repeat(5000),
      'eyJ'.repeat(50_000),
    ];
    const before = performance.now();
    for (const text of nasty) generic(text);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

describe('maskDeep', () => {
  const deep = createMasker(['hunter2!']);

  test('masks values and keys, and keeps everything else', () => {
    const value = { a: ['x hunter2!', 1, true, null], 'hunter2!': { b: 'hunter2!' }, n: 12 };
    expect(maskDeep(value, deep)).toEqual({
      a: ['x ********', 1, true, null],
      '********': { b: '********' },
      n: 12,
    });
  });

  test('loses nothing when keys become equal', () => {
    expect(maskDeep({ 'hunter2!': 1, '********': 2 }, deep)).toEqual({ '********': 1, '******** 2': 2 });
  });

  test('keeps prototype names as keys and survives a cycle', () => {
    const parsed: unknown = JSON.parse('{"__proto__": "hunter2!", "constructor": {"toString": "hunter2!"}}');
    expect(JSON.stringify(maskDeep(parsed, deep))).toBe(
      '{"__proto__":"********","constructor":{"toString":"********"}}',
    );
    const cycle: Record<string, unknown> = { a: 'hunter2!' };
    cycle['self'] = cycle;
    expect(maskDeep(cycle, deep)).toEqual({ a: '********', self: '[circular]' });
  });
});
