// The wire itself: codes, texts, types, and what goes wrong on demand.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  CreateServiceCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  RegisterTaskDefinitionCommand,
  StopServiceDeploymentCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { handleEcsRequest, startEcsStandIn } from '../../src/index.ts';
import type { EcsStandIn } from '../../src/index.ts';
import { credentials, httpClient, inProcess, seedService, taskDefinition, twoZones } from './fixtures.ts';

const target = (operation: string): string => `AmazonEC2ContainerServiceV20141113.${operation}`;

function ask(operation: string, request: unknown, simulation = new EcsSimulation({ clusters: twoZones })) {
  const body = typeof request === 'string' ? request : JSON.stringify(request);
  const answer = handleEcsRequest(simulation, target(operation), body);
  return { status: answer.status, ...(JSON.parse(answer.body) as { __type?: string; message?: string }) };
}

describe('refusals', () => {
  test.each([
    [
      'DescribeServices',
      { cluster: 'nowhere', services: ['a'] },
      'ClusterNotFoundException',
      'Cluster not found.',
    ],
    ['DescribeServices', { cluster: 'qa' }, 'InvalidParameterException', 'Services cannot be empty.'],
    [
      'DescribeServices',
      { cluster: 'qa', services: 'a' },
      'SerializationException',
      'services must be a list.',
    ],
    ['DescribeServices', '{', 'SerializationException', 'The request is not valid JSON.'],
    ['DescribeServices', '[]', 'SerializationException', 'The request must be an object.'],
    ['UpdateService', { cluster: 'qa', service: 'a' }, 'ServiceNotFoundException', 'Service not found.'],
    [
      'UpdateService',
      { service: 'a', desiredCount: '2' },
      'SerializationException',
      'desiredCount must be a whole number.',
    ],
    [
      'DescribeTaskDefinition',
      { taskDefinition: 'a' },
      'ClientException',
      'Unable to describe task definition.',
    ],
    [
      'DescribeTaskDefinition',
      { taskDefinition: '__proto__' },
      'ClientException',
      'Unable to describe task definition.',
    ],
    ['RegisterTaskDefinition', {}, 'ClientException', 'Family should not be null or empty.'],
    [
      'RegisterTaskDefinition',
      { family: 'a', containerDefinitions: [] },
      'ClientException',
      'Container list cannot be empty.',
    ],
    [
      'RegisterTaskDefinition',
      { family: 'a', containerDefinitions: [{ name: 'a', image: 'a:1' }] },
      'ClientException',
      "Invalid setting for container 'a'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
    [
      'RegisterTaskDefinition',
      { family: 'a', containerDefinitions: [{ name: 'a', image: 'a:1', memory: '256' }] },
      'SerializationException',
      'containerDefinitions[0].memory must be a whole number.',
    ],
    [
      'RegisterTaskDefinition',
      {
        family: 'a',
        networkMode: 'awsvpc',
        containerDefinitions: [
          { name: 'a', image: 'a', memory: 9, portMappings: [{ containerPort: 80, hostPort: 81 }] },
        ],
      },
      'ClientException',
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
    [
      'StopTask',
      { cluster: 'qa', task: 'a' },
      'InvalidParameterException',
      'The referenced task was not found.',
    ],
    ['ListTasks', { cluster: 'qa', serviceName: 'a' }, 'ServiceNotFoundException', 'Service not found.'],
    ['TagResource', { resourceArn: 'x', tags: [] }, 'InvalidParameterException', 'Invalid ARN: x'],
  ])('%s %j: %s', (operation, request, code, message) => {
    expect(ask(operation, request)).toEqual({ status: 400, __type: code, message });
  });

  test.each([['ExplodeService'], ['toString'], ['__proto__'], ['']])(
    'operation %j is unknown',
    (operation) => {
      expect(ask(operation, {})).toMatchObject({ status: 400, __type: 'UnknownOperationException' });
    },
  );

  test('members that ECS does not know are ignored, null is absent, times are numbers of seconds', () => {
    const simulation = new EcsSimulation({ clusters: twoZones, startMs: 1_790_000_000_123 });
    const registered = ask(
      'RegisterTaskDefinition',
      { ...taskDefinition('1'), taskRoleArn: null, imaginary: 1 },
      simulation,
    );
    expect(registered).toMatchObject({ status: 200, taskDefinition: { registeredAt: 1_790_000_000.123 } });
    expect(JSON.stringify(registered)).not.toMatch(/imaginary|taskRoleArn/u);
  });
});

describe('faults', () => {
  test.each([
    [
      { kind: 'deny' },
      'AccessDeniedException',
      /^User: arn:aws:iam::123456789012:user\/AKIDREHEARSAL is not authorized to perform: ecs:DescribeServices/u,
    ],
    [{ kind: 'throttle' }, 'ThrottlingException', /^Rate exceeded$/u],
    [{ kind: 'expired-token' }, 'ExpiredTokenException', /expired/u],
    [{ kind: 'error-500' }, 'ServerException', /try again later/u],
    [{ kind: 'error', code: 'PlatformUnknownException', message: 'x' }, 'PlatformUnknownException', /^x$/u],
  ])('%j', async (fault, name, message) => {
    const { client, handler } = inProcess();
    handler.faults.set([{ operation: 'DescribeServices', times: 1, ...fault }]);
    const ask = () => client.send(new DescribeServicesCommand({ cluster: 'qa', services: ['a'] }));
    await expect(ask()).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    await expect(ask()).resolves.toMatchObject({ services: [] });
    await expect(client.send(new DescribeClustersCommand({}))).resolves.toBeDefined();
  });

  test('a page instead of JSON', async () => {
    const { client, handler } = inProcess();
    handler.faults.set([{ operation: '*', kind: 'html-500' }]);
    await expect(client.send(new DescribeClustersCommand({}))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
    });
  });

  test('a lost answer: the operation was carried out; a lost request: it was not', async () => {
    const { client, handler, simulation } = inProcess();
    const register = (tag: string) => client.send(new RegisterTaskDefinitionCommand(taskDefinition(tag)));
    handler.faults.set([
      { operation: 'RegisterTaskDefinition', kind: 'drop-before', times: 1 },
      { operation: 'RegisterTaskDefinition', kind: 'drop-after', skip: 1, times: 1 },
    ]);
    await expect(register('1')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulation.state.taskDefinitions.size).toBe(0);
    await expect(register('2')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(simulation.state.taskDefinitions.get('hid-generator')).toHaveLength(1);
    await expect(register('3')).resolves.toMatchObject({ taskDefinition: { revision: 2 } });
    expect(handler.requests.map(({ status }) => status)).toEqual([null, null, 200]);
  });

  test('nonsense is refused, every mistake named', () => {
    const { handler } = inProcess();
    expect(() => handler.faults.set({})).toThrow('must be a list');
    expect(() => handler.faults.set([{ operation: '', kind: 'x', times: -1, y: 1 }, 7])).toThrow(
      /\[0\]\.operation.*\n\[0\]\.kind.*\n\[0\]\.times.*\n\[0\]\.y: unknown\n\[1\]: must be an object/u,
    );
  });
});

describe('credentials and quotas', () => {
  test('unknown access keys are refused when the keys are named', async () => {
    const other = inProcess({}, { auth: { accessKeyIds: ['AKIDOTHER'] } });
    await expect(other.client.send(new DescribeClustersCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
    const known = inProcess({}, { auth: { accessKeyIds: [credentials.accessKeyId] } });
    await expect(known.client.send(new DescribeClustersCommand({}))).resolves.toBeDefined();
  });

  test("AWS's documented quotas, on the simulation's clock", async () => {
    const { client, simulation } = inProcess({}, { throttling: true });
    const register = () => client.send(new RegisterTaskDefinitionCommand(taskDefinition('1')));
    for (let number = 0; number < 20; number += 1) await register();
    await expect(register()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    simulation.advance(1000);
    await register();
  });
});

describe('the server', () => {
  let standIn: EcsStandIn;
  const lines: string[] = [];
  const control = async (method: string, name: string, body?: unknown) => {
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${standIn.url}/_rehearsal/${name}`, init);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  beforeAll(async () => {
    standIn = await startEcsStandIn({ clusters: twoZones, speed: 0, log: (line) => lines.push(line) });
  });
  beforeEach(() => control('POST', 'reset'));
  afterAll(() => standIn.close());

  test('health, time, scenario, faults, requests', async () => {
    expect(await control('GET', 'health')).toMatchObject({
      status: 200,
      body: { status: 'up', service: 'ecs', speed: 0 },
    });
    const scenario = { rules: [{ match: 'x', outcome: { kind: 'runs' } }], images: {} };
    expect(await control('PUT', 'scenario', scenario)).toEqual({ status: 200, body: scenario });
    expect(await control('GET', 'scenario')).toEqual({ status: 200, body: scenario });
    expect(await control('PUT', 'scenario', { rules: 1 })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('$.rules: must be a list') },
    });
    expect(await control('PUT', 'faults', [{ operation: '*', kind: 'deny' }])).toMatchObject({ status: 200 });
    const client = httpClient(standIn.url);
    await expect(client.send(new DescribeClustersCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await control('DELETE', 'faults');
    await client.send(new DescribeClustersCommand({}));
    expect((await control('GET', 'requests?operation=DescribeClusters')).body).toMatchObject([
      { operation: 'DescribeClusters', status: 400, error: 'AccessDeniedException' },
      { operation: 'DescribeClusters', status: 200 },
    ]);
    expect((await control('GET', 'counts')).body).toEqual({ DescribeClusters: 2 });
    const before = (await control('GET', 'time')).body['nowMs'] as number;
    expect((await control('PUT', 'time', { skipMs: 60_000 })).body).toEqual({
      nowMs: before + 60_000,
      speed: 0,
    });
    expect(await control('PUT', 'time', { speed: -1 })).toMatchObject({ status: 400 });
    expect(await control('PUT', 'faults', 'x')).toMatchObject({ status: 400 });
    expect(await control('GET', 'nothing')).toMatchObject({ status: 404 });
    expect(lines.at(-1)).toMatch(/Z ecs DescribeClusters 200$/u);
    client.destroy();
  });

  test('a dropped connection after the operation, and a late answer', async () => {
    const client = httpClient(standIn.url);
    await control('PUT', 'faults', [{ operation: 'RegisterTaskDefinition', kind: 'drop-after' }]);
    await expect(client.send(new RegisterTaskDefinitionCommand(taskDefinition('1')))).rejects.toThrow();
    expect(standIn.simulation.state.taskDefinitions.size).toBe(1);
    await control('PUT', 'faults', [{ operation: 'DescribeClusters', kind: 'latency', ms: 60 }]);
    const before = performance.now();
    await client.send(new DescribeClustersCommand({}));
    expect(performance.now() - before).toBeGreaterThan(50);
    client.destroy();
  });

  test('the load balancer: round robin over healthy tasks, by path and by host name; 503 when there is none', async () => {
    const client = httpClient(standIn.url);
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.14.RELEASE')));
    await client.send(new CreateServiceCommand(seedService));
    const get = async (url: string) => {
      const response = await fetch(url);
      return { status: response.status, ...((await response.json()) as object) };
    };
    const url = standIn.loadBalancerUrl('hid-lb');
    expect(await get(url)).toEqual({ status: 503, message: 'No healthy task is registered with hid-lb.' });
    await control('PUT', 'time', { skipMs: 20_000 });
    const answers = [await get(url), await get(`${url}some/path?q=1`), await get(url)];
    expect(answers[0]).toMatchObject({
      status: 200,
      service: 'hid-generator',
      version: '1.0.14.RELEASE',
      image: 'registry.example/hid-generator:1.0.14.RELEASE',
      task: expect.stringMatching(/^[0-9a-f]{32}$/u),
      zone: 'us-east-1a',
    });
    expect(answers[1]).toMatchObject({ zone: 'us-east-1b' });
    expect(answers[2]).toEqual(answers[0]);
    expect(await get(standIn.loadBalancerUrl('other'))).toMatchObject({ status: 404 });
    const [balancer] = standIn.simulation.state.loadBalancers.values();
    const { port } = new URL(standIn.url);
    const { request } = await import('node:http');
    const byHost = await new Promise<string>((resolve, reject) => {
      request({ port, host: '127.0.0.1', headers: { host: balancer?.dnsName ?? '' } }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve(text));
      })
        .on('error', reject)
        .end();
    });
    expect(JSON.parse(byHost)).toMatchObject({ version: '1.0.14.RELEASE' });
    client.destroy();
  });

  test('STS, Application Auto Scaling and load balancers on the same port', async () => {
    const query = async (form: Record<string, string>) => {
      const response = await fetch(standIn.url, {
        method: 'POST',
        headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDX/20260101/us-east-1/sts/aws4_request' },
        body: new URLSearchParams(form),
      });
      return { status: response.status, text: await response.text() };
    };
    expect((await query({ Action: 'GetCallerIdentity' })).text).toContain('<Account>123456789012</Account>');
    expect((await query({ Action: 'GetCallerIdentity' })).text).toContain('user/AKIDX</Arn>');
    const group = (await query({ Action: 'CreateTargetGroup', Name: 'web', Port: '80' })).text;
    const groupArn = /<TargetGroupArn>([^<]+)</u.exec(group)?.[1] ?? '';
    const balancer = (await query({ Action: 'CreateLoadBalancer', Name: 'web-lb' })).text;
    const arn = /<LoadBalancerArn>([^<]+)</u.exec(balancer)?.[1] ?? '';
    const listener = {
      'DefaultActions.member.1.Type': 'forward',
      'DefaultActions.member.1.TargetGroupArn': groupArn,
    };
    expect(
      (await query({ Action: 'CreateListener', LoadBalancerArn: arn, Port: '80', ...listener })).status,
    ).toBe(200);
    expect((await query({ Action: 'DescribeTargetGroups', 'Names.member.1': 'web' })).text).toContain(
      `<member>${arn}</member>`,
    );
    expect(await query({ Action: 'DescribeTargetHealth', TargetGroupArn: 'x' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('<Code>TargetGroupNotFound</Code>'),
    });
    expect((await query({ Action: '<x>' })).text).toContain('<Code>InvalidAction</Code>');

    const client = httpClient(standIn.url);
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('2')));
    const behind = [{ targetGroupArn: groupArn, containerName: 'hid-generator', containerPort: 8080 }];
    const { role: _role, ...service } = seedService;
    await client.send(new CreateServiceCommand({ ...service, loadBalancers: behind }));
    await control('PUT', 'time', { skipMs: 20_000 });
    const health = (await query({ Action: 'DescribeTargetHealth', TargetGroupArn: groupArn })).text;
    expect(health.match(/<State>healthy<\/State>/gu)).toHaveLength(2);
    expect(health).toContain('<Port>1234</Port>');
    expect(await (await fetch(standIn.loadBalancerUrl('web-lb'))).json()).toMatchObject({ version: '2' });
    expect(await (await fetch(standIn.loadBalancerUrl('web'))).json()).toMatchObject({ version: '2' });

    const targets = async (request: object) => {
      const response = await fetch(standIn.url, {
        method: 'POST',
        headers: { 'x-amz-target': 'AnyScaleFrontendService.DescribeScalableTargets' },
        body: JSON.stringify(request),
      });
      return response.json();
    };
    expect(await targets({ ServiceNamespace: 'ecs' })).toEqual({ ScalableTargets: [] });
    await control('PUT', 'scalable-targets', [
      { resourceId: 'service/qa/hid-generator', min: 1, max: 4, suspended: true },
    ]);
    expect(
      await targets({ ServiceNamespace: 'ecs', ResourceIds: ['service/qa/hid-generator'] }),
    ).toMatchObject({
      ScalableTargets: [
        {
          MinCapacity: 1,
          MaxCapacity: 4,
          ScalableDimension: 'ecs:service:DesiredCount',
          SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true },
        },
      ],
    });
    expect(await targets({ ServiceNamespace: 'ecs', ResourceIds: ['service/qa/other'] })).toEqual({
      ScalableTargets: [],
    });
    expect(await targets({})).toMatchObject({ __type: 'ValidationException' });
    client.destroy();
  });

  test('what is no request of AWS gets an answer all the same', async () => {
    const post = async (headers: Record<string, string>, body: string) =>
      (await fetch(standIn.url, { method: 'POST', headers, body })).status;
    expect(await post({}, '')).toBe(400);
    expect(await post({ 'x-amz-target': 'x' }, '\u0000')).toBe(400);
    expect(await post({ 'x-amz-target': target('ListClusters') }, `"${'x'.repeat(17 * 1024 * 1024)}"`)).toBe(
      413,
    );
    expect((await fetch(standIn.loadBalancerUrl('%'))).status).toBe(404);
    expect((await fetch(`${standIn.url}/_lb/%`)).status).toBe(404);
  });
});

describe('kept in a folder', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'ecs stand-in '));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('a stand-in that is started again goes on; a spoilt file is named', async () => {
    const first = await startEcsStandIn({ clusters: twoZones, dir, speed: 100 });
    const client = httpClient(first.url);
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1')));
    await client.send(new CreateServiceCommand(seedService));
    const deployed = first.simulation.state.services.get('qa/hid-generator')?.deployments[0]?.id;
    client.destroy();
    await first.close();

    const second = await startEcsStandIn({ dir, speed: 100 });
    const again = httpClient(second.url);
    const { services } = await again.send(
      new DescribeServicesCommand({ cluster: 'qa', services: ['hid-generator'] }),
    );
    expect(services?.[0]?.deployments?.[0]?.id).toBe(deployed);
    again.destroy();
    await second.close();

    writeFileSync(path.join(dir, 'ecs.json'), '{"version":');
    await expect(startEcsStandIn({ dir })).rejects.toThrow(/ecs\.json is not a saved state/u);
  });
});

test('a port that is taken rejects', async () => {
  const first = await startEcsStandIn();
  await expect(startEcsStandIn({ port: Number(new URL(first.url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  await first.close();
});

test('an unknown service deployment has the error that the SDK knows', async () => {
  const { client } = inProcess();
  const arn = 'arn:aws:ecs:us-east-1:123456789012:service-deployment/qa/a/b';
  await expect(
    client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn })),
  ).rejects.toMatchObject({
    name: 'ServiceDeploymentNotFoundException',
  });
  await expect(client.send(new UpdateServiceCommand({ service: 'x' }))).rejects.toMatchObject({
    name: 'ClusterNotFoundException',
  });
});
