// The ECS stand-in's errors and wire shapes beside those of moto, which somebody else wrote from AWS's own answers.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import type { EcsStandIn } from '@bamboo-ecs/rehearsal';
import { requires } from './requires.ts';

const program = path.join(import.meta.dirname, '../../.venv/bin/moto_server');
const how = 'python3 -m venv .venv && .venv/bin/pip install -r test/third-party/requirements.txt';

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Record<string, unknown>;
}

async function call(url: string, operation: string, request: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${operation}`,
      'content-type': 'application/x-amz-json-1.1',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDX/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify(request),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, type: response.headers.get('content-type'), body };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

/** Every path of a value with the type found there; list indexes are left out. */
function shapeOf(value: unknown, at = '$'): Map<string, string> {
  if (Array.isArray(value)) {
    const inner = value.flatMap((item) => Array.from(shapeOf(item, `${at}[]`)));
    return new Map([[at, 'list'], ...inner]);
  }
  if (typeof value !== 'object' || value === null)
    return new Map([[at, value === null ? 'null' : typeof value]]);
  const inner = Object.entries(value).flatMap(([key, item]) => Array.from(shapeOf(item, `${at}.${key}`)));
  return new Map([[at, 'object'], ...inner]);
}

/** Members that moto shows and ECS does not, or not for this service: the stand-in leaves them out. */
const onlyMoto: readonly RegExp[] = [
  // Task sets belong to the EXTERNAL deployment controller.
  /\.taskSets$/u,
  // Only services in awsvpc mode have one.
  /\.networkConfiguration$/u,
  // Only on Fargate.
  /\.platformFamily$/u,
  // Shown when it was given.
  /\.taskDefinition\.networkMode$/u,
  // moto shows tags without being asked for them.
  /^\$\.service\.tags/u,
];

const containerDefinitions = [
  { name: 'hid', image: 'hid:1', memory: 256, portMappings: [{ containerPort: 8080 }] },
];

const refused: readonly (readonly [string, unknown])[] = [
  ['UpdateService', { cluster: 'qa', service: 'nobody', desiredCount: 1 }],
  ['DeleteService', { cluster: 'qa', service: 'nobody' }],
  ['DeleteService', { cluster: 'qa', service: 'hid' }],
  ['DescribeServices', { cluster: 'nowhere', services: ['hid'] }],
  ['CreateService', { cluster: 'nowhere', serviceName: 'a', taskDefinition: 'hid', desiredCount: 1 }],
  ['ListTasks', { cluster: 'nowhere' }],
  ['DescribeTasks', { cluster: 'qa', tasks: [] }],
  ['DescribeTaskDefinition', { taskDefinition: 'nothing' }],
  ['RegisterTaskDefinition', { family: 'a', containerDefinitions: [{ name: 'a', image: 'a:1' }] }],
  ['RegisterTaskDefinition', { family: 'a', containerDefinitions: [{ image: 'a:1', memory: 9 }] }],
  ['RegisterTaskDefinition', { family: 'a', containerDefinitions: [{ name: 'a', memory: 9 }] }],
];

const answered: readonly (readonly [string, unknown])[] = [
  ['DescribeClusters', { clusters: ['qa', 'nowhere'], include: ['SETTINGS'] }],
  ['ListClusters', {}],
  ['DescribeTaskDefinition', { taskDefinition: 'hid', include: ['TAGS'] }],
  ['ListTaskDefinitions', {}],
  ['ListTaskDefinitionFamilies', {}],
  ['DescribeServices', { cluster: 'qa', services: ['hid', 'nobody'] }],
  ['ListServices', { cluster: 'qa' }],
  ['ListTasks', { cluster: 'qa' }],
  ['ListContainerInstances', { cluster: 'qa' }],
  ['UpdateService', { cluster: 'qa', service: 'hid', desiredCount: 1 }],
  [
    'TagResource',
    { resourceArn: 'arn:aws:ecs:us-east-1:123456789012:service/qa/hid', tags: [{ key: 'a', value: 'b' }] },
  ],
  ['ListTagsForResource', { resourceArn: 'arn:aws:ecs:us-east-1:123456789012:service/qa/hid' }],
];

if (requires('moto', existsSync(program), how)) {
  describe('the ECS stand-in beside moto', () => {
    let moto: ChildProcess;
    let motoUrl: string;
    let standIn: EcsStandIn;

    beforeAll(async () => {
      const port = await freePort();
      motoUrl = `http://127.0.0.1:${port}`;
      moto = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      standIn = await startEcsStandIn({ clusters: [] });
      for (let tries = 0; ; tries += 1) {
        const up = await fetch(`${motoUrl}/moto-api/data.json`).then(
          ({ ok }) => ok,
          () => false,
        );
        if (up) break;
        if (tries > 300) throw new Error('moto does not answer');
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
      for (const url of [motoUrl, standIn.url]) {
        await call(url, 'CreateCluster', { clusterName: 'qa' });
        await call(url, 'RegisterTaskDefinition', { family: 'hid', containerDefinitions });
        const service = { cluster: 'qa', serviceName: 'hid', taskDefinition: 'hid', desiredCount: 2 };
        await call(url, 'CreateService', service);
      }
    }, 60_000);

    afterAll(async () => {
      moto.kill();
      await standIn.close();
    });

    test.each(refused)('%s %j is refused with the same status, code and text', async (operation, request) => {
      const [theirs, ours] = [
        await call(motoUrl, operation, request),
        await call(standIn.url, operation, request),
      ];
      const essence = ({ status, type, body }: Answer) => [status, type, body['__type'], body['message']];
      expect(theirs.status).toBe(400);
      expect(essence(ours)).toEqual(essence(theirs));
    });

    test.each(answered)('%s %j is answered in the same shape', async (operation, request) => {
      const [theirs, ours] = [
        await call(motoUrl, operation, request),
        await call(standIn.url, operation, request),
      ];
      expect([ours.status, ours.type]).toEqual([theirs.status, theirs.type]);
      const own = shapeOf(ours.body);
      const missing = [...shapeOf(theirs.body)].filter(
        ([where, type]) => own.get(where) !== type && !onlyMoto.some((known) => known.test(where)),
      );
      expect(missing).toEqual([]);
    });

    test('what moto does otherwise than ECS', async () => {
      const again = { cluster: 'qa', serviceName: 'hid', taskDefinition: 'hid', desiredCount: 9 };
      // ECS refuses; moto overwrites the service.
      expect(await call(standIn.url, 'CreateService', again)).toMatchObject({
        status: 400,
        body: { __type: 'InvalidParameterException', message: 'Creation of service was not idempotent.' },
      });
      expect((await call(motoUrl, 'CreateService', again)).status).toBe(200);
    });
  });
}
