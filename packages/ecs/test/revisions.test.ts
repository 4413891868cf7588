// The revisions of a family: listed, deregistered, and who runs them.
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { describe, expect, test } from '@jest/globals';
import { awsError, portTo, startScriptedServer } from './scripted-server.ts';

const arn = (family: string, revision: number) =>
  `arn:aws:ecs:eu-west-1:1:task-definition/${family}:${revision}`;

describe('listTaskDefinitions', () => {
  test('newest first, over pages, of exactly this family, whatever order and others a server gives', async () => {
    await using server = await startScriptedServer([
      { body: { taskDefinitionArns: [arn('web', 9), arn('web', 10), arn('web-2', 3)], nextToken: 'more' } },
      { body: { taskDefinitionArns: [arn('web', 2), arn('web', 10), 'nonsense', ''] } },
    ]);
    const { port } = portTo(server);
    await expect(port.listTaskDefinitions('web', 50)).resolves.toEqual([10, 9, 2].map((n) => arn('web', n)));
    expect(server.asked.map(({ body }) => body)).toEqual([
      { familyPrefix: 'web', status: 'ACTIVE', sort: 'DESC', maxResults: 100 },
      { familyPrefix: 'web', status: 'ACTIVE', sort: 'DESC', maxResults: 100, nextToken: 'more' },
    ]);
  });

  test('no more than the limit', async () => {
    await using server = await startScriptedServer([
      { body: { taskDefinitionArns: [3, 2, 1].map((n) => arn('web', n)), nextToken: 'more' } },
    ]);
    const { port } = portTo(server);
    await expect(port.listTaskDefinitions('web', 2)).resolves.toEqual([arn('web', 3), arn('web', 2)]);
    expect(server.asked).toHaveLength(1);
  });

  test('a token that never changes ends the search; no answer is no revision', async () => {
    await using server = await startScriptedServer([
      { body: { taskDefinitionArns: [arn('web', 1)], nextToken: 'same' } },
      { body: { taskDefinitionArns: [arn('web', 1)], nextToken: 'same' } },
      { body: {} },
    ]);
    const { port } = portTo(server);
    await expect(port.listTaskDefinitions('web', 50)).resolves.toEqual([arn('web', 1)]);
    await expect(port.listTaskDefinitions('web', 50)).resolves.toEqual([]);
  });

  test('refused is the error of the port', async () => {
    await using server = await startScriptedServer([awsError('AccessDeniedException', 'not authorized')]);
    const { port } = portTo(server);
    await expect(port.listTaskDefinitions('web', 5)).rejects.toMatchObject({
      name: 'EcsError',
      kind: 'access-denied',
      operation: 'ListTaskDefinitions',
    });
  });
});

test('listFamilyTasks asks for what is meant to run, and leaves out what is of other families', async () => {
  await using server = await startScriptedServer([
    { body: { taskArns: ['a', 'b', 'c'] } },
    {
      body: {
        tasks: [
          { taskArn: 'a', taskDefinitionArn: arn('web', 7), group: 'service:other' },
          { taskArn: 'b', taskDefinitionArn: arn('web-2', 7) },
          { taskArn: 'c' },
        ],
      },
    },
  ]);
  const { port } = portTo(server);
  const tasks = await port.listFamilyTasks('qa', 'web', 10);
  expect(tasks.map(({ arn: task, taskDefinition }) => [task, taskDefinition])).toEqual([
    ['a', arn('web', 7)],
  ]);
  expect(server.asked[0]?.body).toMatchObject({ cluster: 'qa', family: 'web', desiredStatus: 'RUNNING' });
});

test('against the stand-in: what is deregistered is no longer listed, and can be described', async () => {
  const server = await startEcsStandIn({ region: 'eu-west-1', clusters: [{ name: 'qa' }], speed: 200 });
  try {
    const { port } = portTo(server);
    const register = async (family: string) =>
      port.registerTaskDefinition(
        { family, containerDefinitions: [{ name: 'web', image: 'web:1', memory: 128 }] },
        { 'bamboo-ecs:version': '1.0.0.RELEASE' },
      );
    const [first, second] = [await register('web'), await register('web')];
    await register('web-other');
    await expect(port.listTaskDefinitions('web', 10)).resolves.toEqual([second.arn, first.arn]);
    await port.deregisterTaskDefinition(first.arn);
    await port.deregisterTaskDefinition(first.arn);
    await expect(port.listTaskDefinitions('web', 10)).resolves.toEqual([second.arn]);
    await expect(port.describeTaskDefinition('web:1')).resolves.toMatchObject({
      status: 'INACTIVE',
      tags: { 'bamboo-ecs:version': '1.0.0.RELEASE' },
    });
    await expect(port.listFamilyTasks('qa', 'web', 10)).resolves.toEqual([]);
    await expect(port.deregisterTaskDefinition('web:99')).rejects.toMatchObject({ name: 'EcsError' });
  } finally {
    await server.close();
  }
});
