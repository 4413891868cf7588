// A topic of SNS that somebody else wrote, with a queue that listens to it: what arrives, and what is said when nothing can.
import { createEcsClient, type EcsClient } from '@bamboo-ecs/ecs';
import { notificationOf, publishToTopic } from '@bamboo-ecs/notification';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../../packages/notification/test/runs.ts';
import { authorization } from './aws-calls.ts';
import { type Emulator, moto } from './emulators.ts';
import { requires } from './requires.ts';

const account = '123456789012';
const notification = notificationOf(run(), 'https://artifactory.example.com/records/x.html');

let emulator: Emulator;
let client: EcsClient;

/** The Query API, which moto understands for both services; the answer is XML. */
async function query(service: 'sns' | 'sqs', parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(emulator.url, {
    method: 'POST',
    headers: { Authorization: authorization(service), 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...parameters, Version: service === 'sns' ? '2010-03-31' : '2012-11-05' }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${parameters['Action'] ?? ''}: ${response.status} ${text}`);
  return text;
}

async function topicWithQueue(name: string, topic: Readonly<Record<string, string>> = {}): Promise<string> {
  await query('sqs', { Action: 'CreateQueue', QueueName: name.replace('.fifo', '') });
  await query('sns', { Action: 'CreateTopic', Name: name, ...topic });
  const arn = `arn:aws:sns:eu-west-1:${account}:${name}`;
  await query('sns', {
    Action: 'Subscribe',
    TopicArn: arn,
    Protocol: 'sqs',
    Endpoint: `arn:aws:sqs:eu-west-1:${account}:${name.replace('.fifo', '')}`,
    'Attributes.entry.1.key': 'RawMessageDelivery',
    'Attributes.entry.1.value': 'true',
  });
  return arn;
}

async function received(queue: string): Promise<string> {
  return query('sqs', {
    Action: 'ReceiveMessage',
    QueueUrl: `${emulator.url}/${account}/${queue}`,
    'MessageAttributeName.1': 'All',
  });
}

if (requires(moto.name, moto.isHere, 'make third-party')) {
  beforeAll(async () => {
    emulator = await moto.start();
    client = createEcsClient({
      region: 'us-east-1',
      endpoint: emulator.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret-key' },
    });
  }, 60_000);
  afterAll(async () => {
    client.destroy();
    await emulator[Symbol.asyncDispose]();
  });

  describe('a topic of SNS', () => {
    test('gets the message in the region of its own, a queue its JSON and attributes', async () => {
      const arn = await topicWithQueue('deployments');
      expect(await publishToTopic({ arn, client }, notification)).toBeNull();
      const answer = await received('deployments');
      const body = /<Body>(?<body>.*?)<\/Body>/su.exec(answer)?.groups?.['body'] ?? '';
      const json = body.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
      // moto gives every protocol the default text; AWS gives each its own.
      expect(json).toContain('hid-generator 1.0.16.RELEASE');
      expect(answer).toContain('<Name>outcome</Name>');
      expect(answer).toContain('failed');
    }, 60_000);

    test('that keeps the order takes it, too', async () => {
      const fifo = { 'Attributes.entry.1.key': 'FifoTopic', 'Attributes.entry.1.value': 'true' };
      await query('sns', { Action: 'CreateTopic', Name: 'deployments.fifo', ...fifo });
      const arn = `arn:aws:sns:eu-west-1:${account}:deployments.fifo`;
      expect(await publishToTopic({ arn, client }, notification)).toBeNull();
    }, 60_000);

    test('that is not there is told of, with the topic', async () => {
      const arn = `arn:aws:sns:eu-west-1:${account}:nowhere`;
      const trouble = await publishToTopic({ arn, client }, notification);
      expect(trouble).toMatch(/^SNS was not told: Publish \(arn:aws:sns:eu-west-1:\d+:nowhere\): /u);
      expect(trouble).toContain('not exist');
    }, 60_000);

    test('behind a closed port holds up nobody', async () => {
      const closed = createEcsClient({
        region: 'eu-west-1',
        endpoint: 'http://127.0.0.1:9',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret-key' },
      });
      const before = performance.now();
      const arn = `arn:aws:sns:eu-west-1:${account}:deployments`;
      expect(await publishToTopic({ arn, client: closed, limitMs: 3000 }, notification)).toMatch(
        /^SNS was not told: /u,
      );
      expect(performance.now() - before).toBeLessThan(5000);
      closed.destroy();
    }, 60_000);
  });
}
