// The adapters to logs and health against a scripted server: what they ask, and what they make of every kind of answer.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEcsClient } from '@bamboo-ecs/ecs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createHealthPort, createLogsPort } from '../src/index.ts';

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string;
}
type Script = (request: { readonly operation: string; readonly body: string }) => Answer | 'silence';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serving(script: Script) {
  const asked: string[] = [];
  const bodies: string[] = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const target =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const operation = target || (new URLSearchParams(body).get('Action') ?? '');
      asked.push(operation);
      bodies.push(body);
      const answer = script({ operation, body });
      if (answer === 'silence') return;
      response.writeHead(answer.status ?? 200, {
        'content-type': answer.type ?? 'application/x-amz-json-1.1',
      });
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server?.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = createEcsClient({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return { client, asked, bodies };
}

const json = (value: unknown, status = 200): Answer => ({ status, body: JSON.stringify(value) });
const stream = { group: '/ecs/web', stream: 'web/web/1' };

describe('the last lines of a stream', () => {
  test('empty pages before the last are gone through; the same token again is the end', async () => {
    let page = 0;
    const { client, asked, bodies } = await serving(() => {
      page += 1;
      const events = page < 3 ? [] : [{ message: 'a', timestamp: 1 }, { message: 'b' }, {}];
      return json({ events, nextBackwardToken: `b/${page}` });
    });
    const answer = await createLogsPort(client).lastLines(stream, 2);
    expect(answer).toEqual({ kind: 'lines', more: true, lines: [{ text: 'b' }, { text: '' }] });
    expect(asked).toHaveLength(3);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      limit: 3,
      startFromHead: false,
      logGroupName: '/ecs/web',
    });
    expect(JSON.parse(bodies[1] ?? '')).toMatchObject({ nextToken: 'b/1' });
  });

  test('a server that gives empty pages for ever is asked three times', async () => {
    let page = 0;
    const { client, asked } = await serving(() =>
      json({ events: [], nextBackwardToken: `b/${(page += 1)}` }),
    );
    expect(await createLogsPort(client).lastLines(stream, 30)).toEqual({
      kind: 'lines',
      lines: [],
      more: false,
    });
    expect(asked).toHaveLength(3);
  });

  test.each([
    [
      'missing',
      json({ __type: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' }, 400),
      /no stream web\/web\/1/u,
    ],
    [
      'missing',
      json({ __type: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }, 400),
      /group \/ecs\/web does not exist/u,
    ],
    [
      'denied',
      json(
        {
          __type: 'AccessDeniedException',
          message: 'User: arn:x is not authorized to perform: logs:GetLogEvents',
        },
        400,
      ),
      /Allow logs:GetLogEvents/u,
    ],
    ['failed', json({ __type: 'ThrottlingException', message: 'Rate exceeded' }, 400), /Rate exceeded/u],
    ['failed', { status: 500, type: 'text/html', body: '<html><title>500</title>' }, /GetLogEvents/u],
    ['failed', { status: 400, body: '<x' }, /GetLogEvents/u],
    ['failed', { status: 200, body: 'not json' }, /GetLogEvents/u],
  ] as const)('%s (%#)', async (why, answer, note) => {
    const { client, asked } = await serving(() => answer);
    const got = await createLogsPort(client).lastLines(stream, 30);
    expect(got).toMatchObject({ kind: 'none', why, note: expect.stringMatching(note) });
    expect(asked).toHaveLength(1);
  });

  test('nobody answers: two seconds, not more', async () => {
    const { client } = await serving(() => 'silence');
    const from = performance.now();
    expect(await createLogsPort(client).lastLines(stream, 30)).toMatchObject({
      kind: 'none',
      why: 'failed',
      note: expect.stringContaining('no answer within 2 s'),
    });
    expect(performance.now() - from).toBeLessThan(4000);
  });
});

const xml = (action: string, inner: string): Answer => ({
  type: 'text/xml',
  body: `<${action}Response xmlns="http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"><${action}Result>${inner}</${action}Result></${action}Response>`,
});
const groupArn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1';

describe('the health of targets', () => {
  const described = (targets: readonly string[]): string =>
    `<TargetHealthDescriptions>${targets.map((one) => `<member>${one}</member>`).join('')}</TargetHealthDescriptions>`;

  test('a target group: states, reasons, descriptions; draining is no trouble', async () => {
    const { client, asked } = await serving(({ operation }) =>
      operation === 'DescribeTargetHealth'
        ? xml(
            operation,
            described([
              '<Target><Id>10.0.0.7</Id><Port>8080</Port></Target><TargetHealth><State>unhealthy</State><Reason>Target.ResponseCodeMismatch</Reason><Description>Health checks failed with these codes: [503]</Description></TargetHealth>',
              '<Target><Id>i-1</Id><Port>32768</Port></Target><TargetHealth><State>unhealthy.draining</State></TargetHealth>',
              '<Target><Id>arn:aws:lambda:x</Id></Target>',
            ]),
          )
        : xml(
            operation,
            '<TargetGroups><member><HealthCheckProtocol>HTTPS</HealthCheckProtocol><HealthCheckPath>/up</HealthCheckPath><HealthCheckPort>8443</HealthCheckPort><Matcher><HttpCode>200-299</HttpCode></Matcher><HealthCheckIntervalSeconds>10</HealthCheckIntervalSeconds><HealthCheckTimeoutSeconds>4</HealthCheckTimeoutSeconds><UnhealthyThresholdCount>3</UnhealthyThresholdCount></member></TargetGroups>',
          ),
    );
    const port = createHealthPort(client);
    const source = { kind: 'target-group', id: groupArn } as const;
    const { groups, notes } = await port.healthOf([source], { checks: true });
    expect(notes).toEqual([]);
    expect(groups).toEqual([
      {
        ...source,
        check: 'HTTPS GET /up on port 8443, expects 200-299, every 10 s, time-out 4 s, unhealthy after 3',
        targets: [
          {
            id: '10.0.0.7:8080',
            state: 'unhealthy',
            reason: 'Target.ResponseCodeMismatch',
            description: 'Health checks failed with these codes: [503]',
          },
          { id: 'i-1:32768', state: 'draining' },
          { id: 'arn:aws:lambda:x', state: '' },
        ],
      },
    ]);
    asked.length = 0;
    await port.healthOf([source]);
    expect(asked).toEqual(['DescribeTargetHealth']);
  });

  test('classic: in service, out of service, registering, unknown', async () => {
    const state = (id: string, name: string, reason: string, text: string): string =>
      `<member><InstanceId>${id}</InstanceId><State>${name}</State><ReasonCode>${reason}</ReasonCode><Description>${text}</Description></member>`;
    const states = [
      state('i-1', 'InService', 'N/A', 'N/A'),
      state(
        'i-2',
        'OutOfService',
        'Instance',
        'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
      ),
      state('i-3', 'OutOfService', 'ELB', 'Instance registration is still in progress.'),
      state('i-4', 'Unknown', 'ELB', 'A transient error occurred. Please try again later.'),
    ].join('');
    const { client } = await serving(({ operation }) =>
      xml(operation, `<InstanceStates>${states}</InstanceStates>`),
    );
    const { groups } = await createHealthPort(client).healthOf([{ kind: 'load-balancer', id: 'web' }]);
    expect(groups[0]?.targets.map((target) => target.state)).toEqual([
      'healthy',
      'unhealthy',
      'initial',
      'unavailable',
    ]);
    expect(groups[0]?.targets[0]).toEqual({ id: 'i-1', state: 'healthy' });
  });

  test('Cloud Map', async () => {
    const { client, bodies } = await serving(() =>
      json({ Status: { a: 'HEALTHY', b: 'UNHEALTHY', c: 'UNKNOWN', d: 'NEW' } }),
    );
    const id = 'arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1';
    const { groups } = await createHealthPort(client).healthOf([{ kind: 'service-registry', id }]);
    expect(groups[0]?.targets.map(({ state }) => state)).toEqual([
      'healthy',
      'unhealthy',
      'initial',
      'unavailable',
    ]);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ ServiceId: 'srv-1' });
  });

  test('one that is refused is a note beside those that answer; without the check the health stands alone', async () => {
    const denied =
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>User is not authorized</Message></Error></ErrorResponse>';
    const { client } = await serving(({ operation, body }) =>
      operation === 'DescribeTargetHealth' && body.includes('web')
        ? xml(operation, described([]))
        : { status: 403, type: 'text/xml', body: denied },
    );
    const answer = await createHealthPort(client).healthOf(
      [
        { kind: 'target-group', id: groupArn },
        { kind: 'load-balancer', id: 'old' },
      ],
      { checks: true },
    );
    expect(answer.groups).toEqual([{ kind: 'target-group', id: groupArn, targets: [] }]);
    expect(answer.notes).toEqual([
      expect.stringMatching(/load balancer old.*Allow elasticloadbalancing:DescribeInstanceHealth/u),
    ]);
  });

  test('no source, no call', async () => {
    const { client, asked } = await serving(() => json({}));
    expect(await createHealthPort(client).healthOf([])).toEqual({ groups: [], notes: [] });
    expect(asked).toEqual([]);
  });
});
