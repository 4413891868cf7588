// Output made fit to be shown, and where it goes.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import { logPlace, logTail, runningTargets, tailLimits, tailTargets } from '../../src/index.ts';
import type { LogAnswer } from '../../src/index.ts';
import { task, unstarted } from '../builders.ts';

const id = '0123456789abcdef0123456789abcdef';
const arn = `arn:aws:ecs:eu-west-1:123456789012:task/qa/${id}`;

function shown(answer: LogAnswer, mask = (text: string): string => text) {
  return logTail({ container: 'web', task: arn, where: 'x', answer, mask });
}
const lines = (...texts: readonly string[]): LogAnswer => ({
  kind: 'lines',
  more: false,
  lines: texts.map((text, index) => ({ text, at: index })),
});

describe('a log tail', () => {
  test('has no escape sequences, control characters or lines written over', () => {
    const { lines: all } = shown(
      lines(
        '\u001b[1;31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007',
        ' 10 %\r 50 %\r100 %\r',
        'a\u0000b\u0008c\u202e\ud800d',
        'tab\there',
        '   ',
      ),
    );
    expect(all.map(({ text }) => text)).toEqual(['red link', '100 %', 'abc\ufffdd', 'tab  here']);
  });

  test('has of a stack trace its first places, so that what was said before it shows', () => {
    const frames = Array.from(
      { length: 40 },
      (_, index) => `\tat com.example.Some.method(Some.java:${index})`,
    );
    const texts = shown(
      lines('ERROR no setting', ...frames, 'Caused by: x', ...frames.slice(0, 4), 'end'),
    ).lines.map(({ text }) => text.trim());
    expect(texts).toEqual([
      'ERROR no setting',
      ...frames.slice(0, 3).map((frame) => frame.trim()),
      '… 37 more lines of the stack trace',
      'Caused by: x',
      ...frames.slice(0, 4).map((frame) => frame.trim()),
      'end',
    ]);
  });

  test('has the words that FireLens has wrapped', () => {
    const wrapped = JSON.stringify({
      container_id: 'cafe',
      container_name: '/web',
      log: 'Error: no\u001b[0m',
      source: 'stderr',
    });
    expect(
      shown(lines(wrapped, '{"container_id" broken', '{"container_id":1,"log":"x"}')).lines.map(
        ({ text }) => text,
      ),
    ).toEqual(['Error: no', '{"container_id" broken', '{"container_id":1,"log":"x"}']);
  });

  test('is masked as a whole, so that a secret of several lines is hidden, too', () => {
    const key = ['-----BEGIN PRIVATE KEY-----', 'MIIEvQ', '-----END PRIVATE KEY-----'];
    const mask = (text: string): string => text.replace(key.join('\n'), '********');
    expect(shown(lines('before', ...key, 'after'), mask).lines).toEqual([
      { text: 'before' },
      { text: '********' },
      { text: 'after' },
    ]);
    expect(shown(lines('a secret'), (text) => text.replace('secret', '********')).lines).toEqual([
      { text: 'a ********', at: 0 },
    ]);
  });

  test('is bounded: the last lines, each cut, all together', () => {
    const many = shown(lines(...Array.from({ length: 500 }, (_, index) => `line ${index}`)));
    expect(many.lines).toHaveLength(tailLimits.lines);
    expect(many.lines.at(-1)?.text).toBe('line 499');
    expect(many.cut).toBe(true);
    const wide = shown(lines(...Array.from({ length: 30 }, () => '😀'.repeat(100_000))));
    expect(wide.lines.map(({ text }) => text).join('\n').length).toBeLessThanOrEqual(tailLimits.characters);
    expect(wide.lines.length).toBeGreaterThan(3);
    expect(wide.lines[0]?.text.endsWith('…')).toBe(true);
    expect(shown(lines('a')).cut).toBeUndefined();
    expect(shown({ kind: 'lines', lines: [{ text: 'a' }], more: true }).cut).toBe(true);
  });

  test('says why there are no lines', () => {
    expect(shown(lines())).toEqual({
      container: 'web',
      task: id,
      where: 'x',
      lines: [],
      note: 'The container wrote nothing before it ended.',
    });
    expect(shown({ kind: 'none', why: 'denied', note: 'No.' }).note).toBe('No.');
  });
});

describe('where the output of a container goes', () => {
  const place = (logConfiguration: JsonObject | null, runtimeId?: string, more: JsonObject = {}) =>
    logPlace({
      taskDefinition: {
        containerDefinitions: [{ name: 'web', ...(logConfiguration && { logConfiguration }) }],
        ...more,
      },
      container: 'web',
      task: arn,
      ...(runtimeId === undefined ? {} : { runtimeId }),
    });
  const awslogs = (options: JsonObject): JsonObject => ({ logDriver: 'awslogs', options });

  test('awslogs: group and stream, in its region', () => {
    expect(
      place(
        awslogs({ 'awslogs-group': '/ecs/web', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'p' }),
      ),
    ).toEqual({
      kind: 'stream',
      stream: { group: '/ecs/web', stream: `p/web/${id}`, region: 'eu-west-1' },
      where: `log group /ecs/web, stream p/web/${id}`,
    });
    expect(
      place(awslogs({ 'awslogs-group': 'g', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'p' }))
        .where,
    ).toContain('region us-east-1');
  });

  test("awslogs without a prefix: Docker's id of the container, if ECS told it", () => {
    expect(place(awslogs({ 'awslogs-group': 'g' }), 'cafe01')).toMatchObject({
      kind: 'stream',
      stream: { group: 'g', stream: 'cafe01' },
    });
    expect(place(awslogs({ 'awslogs-group': 'g' }))).toMatchObject({
      kind: 'elsewhere',
      where: 'log group g',
    });
    expect(place(awslogs({}))).toMatchObject({ kind: 'elsewhere' });
  });

  test('FireLens to CloudWatch can be read; names made by a template cannot', () => {
    const options = {
      Name: 'cloudwatch_logs',
      region: 'eu-west-1',
      log_group_name: 'g',
      log_stream_prefix: 'from-',
    };
    expect(place({ logDriver: 'awsfirelens', options })).toMatchObject({
      kind: 'stream',
      stream: { group: 'g', stream: `from-web-firelens-${id}` },
    });
    expect(
      place({ logDriver: 'awsfirelens', options: { ...options, log_group_name: '/ecs/$(ecs_cluster)' } }),
    ).toMatchObject({ kind: 'elsewhere', where: expect.stringContaining('FireLens') });
    expect(
      place({ logDriver: 'awsfirelens', options: { Name: 'http', Host: 'logs.example.com' } }),
    ).toMatchObject({ where: 'FireLens (http at logs.example.com)' });
  });

  test.each([
    [
      'splunk',
      { 'splunk-url': 'https://u:p@splunk:8088/x?token=1', 'splunk-token': 't0ps3cret' },
      'https://splunk:8088',
    ],
    ['fluentd', { 'fluentd-address': 'fluent:24224' }, 'fluentd at fluent:24224'],
    ['gelf', { 'gelf-address': 'udp://gray:12201' }, 'gelf at udp://gray:12201'],
    ['syslog', { 'syslog-address': 'tcp://sys:514' }, 'syslog at tcp://sys:514'],
    ['journald', {}, 'journal of the instance'],
    ['json-file', {}, 'the instance'],
    ['none', {}, 'nowhere'],
    ['something-new', {}, 'something-new'],
  ])('%s: who has it, without its secrets', (logDriver, options, where) => {
    const found = place({ logDriver, options }, 'cafe01cafe01cafe01');
    expect(found.kind).toBe('elsewhere');
    expect(found.where).toContain(where);
    expect(JSON.stringify(found)).not.toMatch(/t0ps3cret|u:p|token=1/u);
    expect('note' in found && found.note).toMatch(/^[A-Z].*\.$/u);
  });

  test('no log driver: on the instance; on Fargate nowhere', () => {
    expect(place(null, 'cafe01cafe01cafe01')).toMatchObject({
      note: expect.stringContaining('docker logs cafe01cafe01)'),
    });
    expect(place(null, undefined, { requiresCompatibilities: ['FARGATE'] })).toMatchObject({
      where: 'nowhere',
    });
  });

  test('prototype keys and wrong types are nothing', () => {
    expect(logPlace({ taskDefinition: null, container: 'web', task: arn }).kind).toBe('elsewhere');
    expect(place(JSON.parse('{"logDriver":"__proto__","options":{"__proto__":1}}') as JsonObject).kind).toBe(
      'elsewhere',
    );
    expect(place({ logDriver: 'awslogs', options: { 'awslogs-group': 7 } }).kind).toBe('elsewhere');
  });
});

describe('whose last words are asked for', () => {
  test('of each cause the first and the latest task, of it the guilty container', () => {
    const crashes = Array.from({ length: 20 }, () => task());
    expect(tailTargets(crashes)).toEqual([
      { container: 'web', task: crashes[0]?.arn },
      { container: 'web', task: crashes[19]?.arn },
    ]);
  });

  test('none of containers that never ran', () => {
    expect(tailTargets([unstarted('CannotPullContainerError: not found')])).toEqual([]);
    expect(tailTargets([task({ stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' })])).toEqual(
      [],
    );
  });

  test('of running tasks those of the newest, the unhealthy container first', () => {
    const running = [
      task({ createdAt: 1 }),
      task({ createdAt: 2, containers: [{ name: 'proxy' }, { name: 'app', healthStatus: 'UNHEALTHY' }] }),
    ];
    expect(runningTargets(running).map(({ container }) => container)).toEqual(['app']);
    expect(runningTargets([])).toEqual([]);
  });
});
