import { describe, expect, test } from '@jest/globals';
import {
  messageBody,
  notificationOf,
  plainMessage,
  publishRequest,
  subjectLine,
  wantsNotification,
  type NotifyOn,
} from '../src/index.ts';
import { notification, run } from './runs.ts';

describe('wantsNotification', () => {
  const table: readonly (readonly [string, number | null, string, readonly NotifyOn[]])[] = [
    ['install', 0, 'steady', ['always', 'change']],
    ['install', 0, 'unchanged', ['always']],
    ['install', 0, 'paused', ['always', 'change']],
    ['install', 5, 'failed', ['always', 'change', 'failure']],
    ['install', 4, 'refused', ['always', 'change', 'failure']],
    ['install', 75, 'stopped', ['always', 'change', 'failure']],
    ['install', null, 'broken off', ['always', 'change', 'failure']],
    ['rollback', 0, 'steady', ['always', 'change']],
    ['continue', 0, 'steady', ['always', 'change']],
    ['plan', 10, 'planned', ['always']],
    ['plan', 0, 'planned', ['always']],
    ['plan', 4, 'refused', ['always', 'failure']],
    ['status', 10, 'drifted', []],
    ['history', 0, 'listed', []],
    ['', 2, 'misconfigured', []],
  ];
  test.each(table)('%s with %s, %s', (command, exitCode, outcome, expected) => {
    const told = (['always', 'change', 'failure'] as const).filter((on) =>
      wantsNotification(on, { command, exitCode, outcome }),
    );
    expect(told).toEqual(expected);
  });
});

describe('the JSON message', () => {
  test('has what docs/notifications.md promises', () => {
    expect(JSON.parse(messageBody('json', notification()))).toEqual({
      schema: 1,
      kind: 'bamboo-ecs.run',
      id: expect.stringMatching(/^[0-9a-f]{32}$/u),
      tone: 'careful',
      status: 'Failed, the version before is back',
      outcome: 'failed',
      exitCode: 5,
      sentence: 'hid-generator 1.0.16.RELEASE did not come up in QA.',
      todo: 'Read the log.',
      rollback: null,
      leftRunning: null,
      cause: { code: 'crash-loop', sentence: 'It exits with code 1.' },
      program: 'installer',
      command: 'install',
      project: 'hid-generator',
      version: '1.0.16.RELEASE',
      versionBefore: null,
      environment: 'QA',
      cluster: 'qa',
      region: null,
      account: null,
      services: [],
      build: {
        key: 'HID-GEN-15',
        number: null,
        url: 'https://bamboo.example.com/browse/HID-GEN-15',
        revision: null,
        branch: null,
      },
      startedAt: '2026-11-24T02:00:00.000Z',
      finishedAt: '2026-11-24T02:00:56.000Z',
      seconds: 56,
      links: {
        record: 'https://artifactory.example.com/records/x.html',
        release: 's3://releases/hid-generator/1.0.16.RELEASE',
        deployment: 'https://bamboo.example.com/deploy/42',
        build: 'https://bamboo.example.com/browse/HID-GEN-15',
        service: null,
      },
    });
  });

  test('its id is that of the run', () => {
    expect(notification().id).toBe(notification().id);
    expect(notification({ version: '1.0.17.RELEASE' }).id).not.toBe(notification().id);
  });
});

describe('the message for Slack', () => {
  const slack = (more = {}) =>
    JSON.parse(messageBody('slack', notification(more))) as {
      text: string;
      attachments?: { color: string; text: string; fallback: string }[];
    };

  test('says it once in one line, then why and what to do, then links to http addresses only', () => {
    const { text, attachments = [] } = slack();
    expect(text).toBe(
      ':leftwards_arrow_with_hook: *hid-generator 1.0.16.RELEASE in QA*: Failed, the version before is back. hid-generator 1.0.16.RELEASE did not come up in QA.',
    );
    // Mattermost and Rocket.Chat show nothing of blocks.
    expect(attachments).toEqual([
      {
        color: '#b57500',
        fallback: 'Likely cause: It exits with code 1. What to do: Read the log.',
        text: [
          'Likely cause: It exits with code 1.',
          'What to do: Read the log.',
          '<https://artifactory.example.com/records/x.html|Record> · <https://bamboo.example.com/deploy/42|Deployment> · <https://bamboo.example.com/browse/HID-GEN-15|Build>',
        ].join('\n'),
        mrkdwn_in: ['text'],
      },
    ]);
    expect(JSON.stringify(slack()).split('did not come up')).toHaveLength(2);
  });

  test('of a run that was stopped says what is left running, unless the sentence says it', () => {
    const stopped = { exitCode: 75, leftRunning: 'ecs-svc/2 of web is under way.' };
    expect(slack(stopped).attachments?.[0]?.text).toContain('Left running: ecs-svc/2 of web is under way.');
    const said = { ...stopped, sentence: 'Stopped. ecs-svc/2 of web is under way.' };
    expect(JSON.stringify(slack(said)).split('under way')).toHaveLength(2);
  });

  test('of which there is nothing more to say has no attachment', () => {
    const bare = notificationOf(
      run({
        exitCode: 0,
        outcome: 'steady',
        sentence: 'It is installed.',
        todo: null,
        diagnoses: [],
        build: { key: null, number: null, url: null, revision: null, branch: null },
        deployment: { environment: null, resultsUrl: null },
        releaseUrl: null,
      }),
      null,
    );
    expect(JSON.parse(messageBody('slack', bare))).toEqual({
      text: ':white_check_mark: *hid-generator 1.0.16.RELEASE in QA*: Installed and steady. It is installed.',
    });
  });

  test('back and not back differ', () => {
    expect(slack({ exitCode: 6 }).text).toMatch(/^:x: .*NOT back/u);
    expect(slack({ exitCode: 6 }).attachments?.[0]?.color).not.toBe(slack().attachments?.[0]?.color);
  });

  test('a text of others mentions nobody and links nowhere', () => {
    const { text, attachments } = slack({
      sentence: '<!channel> <https://evil.example.com|click> & <@U1>',
      build: { key: 'x', number: null, url: 'javascript:alert(1)', revision: null, branch: null },
    });
    expect(text).toContain('&lt;!channel&gt; &lt;https://evil.example.com|click&gt; &amp; &lt;@U1&gt;');
    expect(JSON.stringify(attachments)).not.toMatch(/<[!@]|<https:\/\/evil|javascript/u);
  });

  test('a text without end is cut, never within an escape', () => {
    const { text, attachments = [] } = slack({ sentence: '&'.repeat(100_000), todo: '<'.repeat(100_000) });
    expect(text.length).toBeLessThan(3000);
    expect(text).toMatch(/&amp;…$/u);
    expect(attachments[0]?.text).toMatch(/&lt;…$/mu);
    expect(attachments[0]?.text.length).toBeLessThan(6500);
  });
});

describe('the message for SNS', () => {
  test('people get text, programs JSON, filters attributes', () => {
    const request = publishRequest('arn:aws:sns:eu-west-1:123456789012:deployments', notification());
    const message = JSON.parse(request.Message) as Record<string, string>;
    expect(Object.keys(message)).toEqual(['default', 'email', 'sms']);
    expect(JSON.parse(message['default'] ?? '')).toEqual(notification());
    expect(message['email']).toBe(plainMessage(notification()));
    expect(message['sms']).toBe('hid-generator 1.0.16.RELEASE in QA: Failed, the version before is back');
    expect(request.MessageAttributes).toEqual({
      outcome: { DataType: 'String', StringValue: 'failed' },
      project: { DataType: 'String', StringValue: 'hid-generator' },
      version: { DataType: 'String', StringValue: '1.0.16.RELEASE' },
      environment: { DataType: 'String', StringValue: 'QA' },
      exitCode: { DataType: 'Number', StringValue: '5' },
    });
    expect(request).not.toHaveProperty('MessageGroupId');
  });

  test.each([
    ['plain', 'x'],
    ['of three bytes each', '東'],
    ['of four bytes each', '🚀'],
    ['escaped twice', '"'],
    ['control characters', '\u0001'],
    ['half characters', '\ud83d'],
  ])('with texts without end, %s, it is one that SNS takes', (_what, sign) => {
    const endless = sign.repeat(300_000);
    const address = `https://bamboo.example.com/${'x'.repeat(300_000)}`;
    const absurd = notificationOf(
      run({
        sentence: endless,
        todo: endless,
        rollback: endless,
        outcome: endless,
        leftRunning: endless,
        exitCode: 75,
        project: endless,
        version: endless,
        environment: endless,
        cluster: endless,
        services: Array.from({ length: 5000 }, () => endless.slice(0, 255)),
        build: { key: endless, number: endless, url: address, revision: endless, branch: endless },
        deployment: { environment: endless, resultsUrl: address },
        releaseUrl: address,
        diagnoses: [{ service: 'web', cause: endless, sentence: endless, advice: '', evidence: [] }],
      }),
      address,
    );
    const request = publishRequest('arn:aws:sns:eu-west-1:123456789012:deployments.fifo', absurd);
    const attributes = JSON.stringify(request.MessageAttributes);
    // "Publish", SNS API Reference: 262,144 bytes with the attributes.
    expect(Buffer.byteLength(request.Message) + Buffer.byteLength(attributes)).toBeLessThan(262_144);
    expect(request.Subject).toMatch(/^[\u0020-\u007e]{1,100}$/u);
    expect((JSON.parse(request.Message) as { sms: string }).sms).toMatch(/^[\u0020-\u007e]{1,140}$/u);
    expect(request.MessageGroupId).toMatch(/^[A-Za-z0-9_-]{1,128}$/u);
    for (const { StringValue } of Object.values(request.MessageAttributes)) {
      expect(StringValue).not.toMatch(/\p{Cc}/u);
      expect(StringValue.isWellFormed()).toBe(true);
    }
    expect(absurd.links).toMatchObject({ record: null, deployment: null, build: null, release: null });
  });

  test('a FIFO topic keeps the order of one project in one environment', () => {
    const arn = 'arn:aws:sns:eu-west-1:123456789012:deployments.fifo';
    expect(publishRequest(arn, notification({ environment: 'QA / Süd' }))).toMatchObject({
      MessageGroupId: 'hid-generator-QA---S-d',
      MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{32}$/u),
    });
  });

  test.each([
    ['plain', {}, /^Failed, the version before is back: hid-generator 1\.0\.16\.RELEASE in QA$/u],
    ['very long', { environment: 'x'.repeat(500) }, /^.{97}\.\.\.$/u],
    ['in another script', { environment: '東京\n本番' }, / in \? \?$/u],
  ])('a subject, %s, is a line of at most 100 ASCII characters', (_, more, expected) => {
    const subject = subjectLine(notification(more));
    expect(subject).toMatch(expected);
    expect(subject).toMatch(/^[\u0020-\u007e]{1,100}$/u);
  });
});
