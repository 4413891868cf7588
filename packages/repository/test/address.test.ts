import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '@bamboo-ecs/release';
import { parseRepositoryAddress, redactAddress } from '../src/index.ts';

function problemsOf(text: string): string {
  const result = parseRepositoryAddress(text, 'RELEASE');
  if (result.ok) throw new Error(`${text} was accepted: ${JSON.stringify(result.value)}`);
  return result.problems.map(formatProblem).join('\n');
}

describe('addresses that are right', () => {
  test.each([
    [
      'https://repo.example.com/artifactory/ecs-local',
      'https://repo.example.com/artifactory',
      'ecs-local',
      '',
    ],
    [
      'https://repo.example.com/artifactory/ecs-local/',
      'https://repo.example.com/artifactory',
      'ecs-local',
      '',
    ],
    ['http://HOST:8082/artifactory/r/a/b c', 'http://host:8082/artifactory', 'r', 'a/b c'],
    ['https://host/tools/artifactory/r/a%20b', 'https://host/tools/artifactory', 'r', 'a b'],
    ['https://host/artifactory/r/team/artifactory', 'https://host/artifactory', 'r', 'team/artifactory'],
    ['  https://[::1]:8081/artifactory/r\n', 'http', 'r', ''],
    [
      'https://host/artifactory/descriptors-{tag}-local/{tag}',
      'https://host/artifactory',
      'descriptors-release-local',
      'release',
    ],
  ])('%s', (text, base, repository, prefix) => {
    const result = parseRepositoryAddress(text, 'RELEASE');
    expect(result).toMatchObject({ ok: true, value: { kind: 'artifactory', repository, prefix } });
    expect(result.ok && result.value.kind === 'artifactory' && result.value.base).toContain(base);
  });

  test('{tag} is the tag in lower case', () => {
    expect(parseRepositoryAddress('s3://releases-{tag}/x', 'MILESTONE')).toMatchObject({
      ok: true,
      value: { kind: 's3', bucket: 'releases-milestone', prefix: 'x', shown: 's3://releases-milestone/x' },
    });
  });

  test.each([
    ['file:/var/releases', '/var/releases'],
    ['file:///var/releases/', '/var/releases'],
    ['FILE://localhost/var//releases', '/var/releases'],
    ['file:/with space/é', '/with space/é'],
    ['file:/with%20space/50%25', '/with space/50%'],
    ['file:/home/ann@work/r', '/home/ann@work/r'],
    ['file:/r-{tag}', '/r-release'],
  ])('%s', (text, directory) => {
    expect(parseRepositoryAddress(text, 'RELEASE')).toMatchObject({
      ok: true,
      value: { kind: 'file', directory },
    });
  });
});

describe('addresses that are wrong say what was meant', () => {
  test.each([
    ['', 'No repository is set'],
    ['https://host/ecs-local/x', 'Did you mean https://host/artifactory/ecs-local/x?'],
    ['https://host', 'Did you mean https://host/artifactory/<repo>?'],
    ['https://host/artifactory', 'names a server and no repository'],
    ['https://host/artifactory/', 'https://host/artifactory/<repo>'],
    ['https://host/Artifactory/r', 'Did you mean https://host/artifactory/r?'],
    ['https://host/artifactory/artifactory/r', 'Did you mean https://host/artifactory/r?'],
    ['https://host/ui/repos/tree/General/r/x', 'Did you mean https://host/artifactory/r/x?'],
    ['https://host/ui/native/r', 'Did you mean https://host/artifactory/r?'],
    ['https://host/artifactory/webapp/#/artifacts/browse/tree/General/r', 'user interface or API'],
    ['https://host/artifactory/api/storage/r/x', 'Did you mean https://host/artifactory/r/x?'],
    ['https://host/artifactory/r/../x', 'refused'],
    ['https://host/artifactory/r/%2e%2e/x', 'refused'],
    ['https://host/artifactory/r/a%2Fb', 'contains "/"'],
    ['https://host/artifactory/r/x;a=b', 'contains ";"'],
    ['https://host/artifactory/r//x', '"//"'],
    ['https://host/artifactory/r/%zz', 'begins no character'],
    ['https://host/artifactory/r?x=1', 'after "?" or "#"'],
    ['https://host/artifactory/r#x', 'after "?" or "#"'],
    ['https://host:99999/artifactory/r', 'not an http address'],
    ['https:/host/artifactory/r', 'not an http address'],
    ['https://', 'not an http address'],
    ['host.example:8082/artifactory/r', 'Did you mean https://host.example:8082/artifactory/r?'],
    ['htps://host/artifactory/r', 'Did you mean https://host/artifactory/r?'],
    ['s3a://bucket/x', 'Did you mean s3://bucket/x?'],
    ['s3:bucket/x', 'Did you mean s3://bucket/x?'],
    ['s3://', 'names no bucket'],
    ['s3://Bucket_1/x', 'no name of a bucket'],
    ['arn:aws:s3:::bucket/x', 'Did you mean s3://bucket/x?'],
    ['https://bucket.s3.eu-west-1.amazonaws.com/x', 'Did you mean s3://bucket/x?'],
    ['https://s3.amazonaws.com/bucket/x', 'Did you mean s3://bucket/x?'],
    ['/var/releases', 'Did you mean file:/var/releases?'],
    ['./releases', 'file:/ with the whole path'],
    ['file:releases', 'not an absolute path'],
    ['file://releases/x', 'Did you mean file:/releases/x?'],
    ['file:/', 'root of the file system'],
    ['file:/a/../b', '".."'],
    ['file:/a#b', '%23'],
    ['ftp://host/x', 'Write https://host/artifactory'],
    ['https://host/artifactory/r-{branch}', 'unknown placeholder {branch}'],
    ['https://host/artifactory/r-{TAG}', 'Did you mean {tag}?'],
    ['https://host/artifactory/r-${tag}', 'Did you mean {tag}?'],
    ['https://host/artifactory/r-{tag', 'brace without its partner'],
    ['https://host/artifactory/r\nx', 'line break'],
  ])('%j', (text, expected) => {
    expect(problemsOf(text)).toContain(expected);
  });

  test('several problems come at once', () => {
    expect(problemsOf('https://host/r//x?y=1').split('→')).toHaveLength(4);
  });
});

describe('credentials in an address are refused and never echoed', () => {
  test.each([
    'https://ann:s3cr3t@host/artifactory/r',
    'https://s3cr3t@host/artifactory/r',
    'https://ann:pa/s3cr3t@host/artifactory/r',
    'https://ann:s3cr3t?@host/artifactory/r',
    'https://ann:s3cr3t#@host/artifactory/r',
    'https:ann:s3cr3t@host/artifactory/r',
    'https:/ann:s3cr3t@host/artifactory/r',
    'https:\\\\ann:s3cr3t@host/artifactory/r',
    'ann:s3cr3t@host/artifactory/r',
    's3://AKIA:s3cr3t@bucket/x',
    'htps://ann:s3cr3t@host/x',
    'https://ann:{s3cr3t}@host/artifactory/r',
    'https://ann:s3cr3t@{tag}/artifactory/r',
    'file://ann:s3cr3t@host/x',
    'https://ann:s3\ncr3t s3cr3t@host/artifactory/r',
  ])('%j', (text) => {
    const said = problemsOf(text);
    expect(said).not.toContain('cr3t');
    expect(said).toContain('artifactory-password');
  });

  test('a query is not echoed either: it may be a token', () => {
    expect(problemsOf('https://host/artifactory/r?token=s3cr3t')).not.toContain('s3cr3t');
    expect(problemsOf('https://host/artifactory/r#s3cr3t')).not.toContain('s3cr3t');
  });
});

test('redactAddress keeps what is not secret', () => {
  expect(redactAddress('https://host:8082/artifactory/r/x.json')).toBe(
    'https://host:8082/artifactory/r/x.json',
  );
  expect(redactAddress('https://a:b@host/x?sig=1#y')).toBe('https://***@host/x?***');
  expect(redactAddress('no url at all')).toBe('no url at all');
});
