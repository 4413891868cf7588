import { describe, expect, test } from '@jest/globals';
import { type Answer, awsError, portTo, startScriptedServer } from './scripted-server.ts';

const service = {
  serviceName: 'web',
  serviceArn: 'arn:aws:ecs:eu-west-1:1:service/qa/web',
  status: 'ACTIVE',
};
const definition = {
  taskDefinitionArn: 'arn:aws:ecs:eu-west-1:1:task-definition/web:7',
  family: 'web',
  revision: 7,
};

const writes = [
  {
    operation: 'RegisterTaskDefinition',
    good: { taskDefinition: definition },
    send: (port: ReturnType<typeof portTo>['port']) => port.registerTaskDefinition({ family: 'web' }, {}),
  },
  {
    operation: 'CreateService',
    good: { service },
    send: (port: ReturnType<typeof portTo>['port']) =>
      port.createService({ cluster: 'qa', serviceName: 'web' }),
  },
  {
    operation: 'UpdateService',
    good: { service },
    send: (port: ReturnType<typeof portTo>['port']) => port.updateService({ cluster: 'qa', service: 'web' }),
  },
];

const lost: { name: string; answer: Answer }[] = [
  {
    name: 'a 500 in JSON',
    answer: awsError('ServerException', 'Service Unavailable. Please try again later.', 500),
  },
  { name: 'an empty 500', answer: { status: 500, body: '' } },
  { name: 'a page with 502', answer: { status: 502, type: 'text/html', body: '<html>Bad gateway</html>' } },
  { name: 'a dropped connection', answer: { trouble: 'drop' } },
  { name: 'half an answer', answer: { trouble: 'half', body: '{"service":{' } },
  { name: 'an unreadable answer with 200', answer: { body: '{"service":{"serv' } },
  { name: 'an empty answer with 200', answer: { body: '' } },
];

describe.each(writes)('$operation', ({ operation, good, send }) => {
  test.each(lost)('goes out once when $name comes back', async ({ answer }) => {
    await using server = await startScriptedServer([answer, { body: good }]);
    const { port, clock } = portTo(server);
    await expect(send(port)).rejects.toMatchObject({ name: 'EcsError', kind: 'unreachable', operation });
    expect(server.asked.map((each) => each.operation)).toEqual([operation]);
    expect(clock.slept).toEqual([]);
  });

  test('is not sent again after silence', async () => {
    await using server = await startScriptedServer([{ trouble: 'silence' }]);
    const { port } = portTo(server, { limits: { connect: 300, request: 150, call: 5000 } });
    await expect(send(port)).rejects.toMatchObject({ kind: 'unreachable', operation });
    expect(server.asked).toHaveLength(1);
  });

  test('is not sent again when it is refused', async () => {
    await using server = await startScriptedServer([
      awsError('InvalidParameterException', 'Invalid revision number.'),
    ]);
    const { port } = portTo(server);
    await expect(send(port)).rejects.toMatchObject({ kind: 'refused', code: 'InvalidParameterException' });
    expect(server.asked).toHaveLength(1);
  });

  test('is sent again after throttling, with growing waits on the clock', async () => {
    const throttled = awsError('ThrottlingException', 'Rate exceeded');
    await using server = await startScriptedServer([throttled, throttled, throttled, { body: good }]);
    const { port, clock } = portTo(server);
    await expect(send(port)).resolves.toMatchObject({ arn: expect.stringContaining('web') });
    expect(server.asked).toHaveLength(4);
    expect(clock.slept).toEqual([250, 500, 1000]);
  });

  test('gives up throttling in the end', async () => {
    await using server = await startScriptedServer([awsError('ThrottlingException', 'Rate exceeded')]);
    const { port, clock } = portTo(server);
    await expect(send(port)).rejects.toMatchObject({
      kind: 'throttled',
      message: expect.stringContaining('Rate exceeded'),
    });
    expect(server.asked).toHaveLength(8);
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(60_000);
  });
});

test('two builds that register one family at once do not fail each other', async () => {
  const busy = awsError(
    'ClientException',
    'Too many concurrent attempts to create a new revision of the specified family.',
  );
  await using server = await startScriptedServer([busy, { body: { taskDefinition: definition } }]);
  const { port } = portTo(server);
  await expect(port.registerTaskDefinition({ family: 'web' }, {})).resolves.toMatchObject({ revision: 7 });
  expect(server.asked).toHaveLength(2);
});

test('the waits of two colliding builds differ by chance', async () => {
  const throttled = awsError('ThrottlingException', 'Rate exceeded');
  await using server = await startScriptedServer([throttled, { body: { service } }]);
  const { port, clock } = portTo(server, {}, { random: () => 0.5 });
  await port.updateService({ service: 'web' });
  expect(clock.slept).toEqual([375]);
});

test('a wrong clock is corrected by the answer of AWS and the write sent again', async () => {
  const skewed: Answer = {
    status: 403,
    headers: { date: new Date(Date.now() + 3_600_000).toUTCString() },
    body: { __type: 'InvalidSignatureException', message: 'Signature expired: 1 is now earlier than 2' },
  };
  await using server = await startScriptedServer([skewed, { body: { service } }]);
  const { port } = portTo(server);
  await expect(port.updateService({ service: 'web' })).resolves.toMatchObject({ name: 'web' });
  const dates = server.asked.map((each) => each.headers['x-amz-date']);
  expect(dates[0]).not.toBe(dates[1]);
});

test('what is sent is the request as it was given', async () => {
  await using server = await startScriptedServer([{ body: { service } }]);
  const { port } = portTo(server);
  const request = {
    cluster: 'qa',
    serviceName: 'web',
    taskDefinition: 'web:7',
    desiredCount: 0,
    clientToken: 'token',
    loadBalancers: [],
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 25 },
  };
  await port.createService(request);
  expect(server.asked[0]?.body).toEqual(request);
});

test('tags of the request stay, ours win, and characters that AWS refuses are replaced', async () => {
  await using server = await startScriptedServer([{ body: { taskDefinition: definition } }]);
  const { port } = portTo(server);
  const request = {
    family: 'web',
    tags: [
      { key: 'team', value: 'a' },
      { key: 'bamboo-ecs:version', value: 'old' },
    ],
  };
  const snapshot = await port.registerTaskDefinition(request, {
    'bamboo-ecs:version': '1.0.15.RELEASE',
    'bamboo-ecs:build-key': 'HID-"GEN"\n<7>',
    'bamboo-ecs:environment': 'Prüfung 東京 🚀',
    'aws:reserved': 'x',
    long: 'é'.repeat(300),
  });
  expect(server.asked[0]?.body['tags']).toEqual([
    { key: 'team', value: 'a' },
    { key: 'bamboo-ecs:version', value: '1.0.15.RELEASE' },
    { key: 'bamboo-ecs:build-key', value: 'HID-_GEN___7_' },
    { key: 'bamboo-ecs:environment', value: 'Prüfung 東京 _' },
    { key: 'long', value: 'é'.repeat(256) },
  ]);
  expect(snapshot.tags['team']).toBe('a');
});
