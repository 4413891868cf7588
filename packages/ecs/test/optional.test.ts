import { describe, expect, test } from '@jest/globals';
import { type Answer, awsError, portTo, startScriptedServer } from './scripted-server.ts';

const revision = (id: string) => `arn:aws:ecs:eu-west-1:1:service-revision/qa/web/${id}`;
const deployment = (id: string, status = 'IN_PROGRESS') => ({
  serviceDeploymentArn: `arn:aws:ecs:eu-west-1:1:service-deployment/qa/web/d${id}`,
  targetServiceRevisionArn: revision(id),
  status,
});

describe('stopDeployment', () => {
  const stop = async (script: readonly Answer[], id = 'ecs-svc/17') => {
    await using server = await startScriptedServer(script);
    const { port } = portTo(server);
    const result = await port.stopDeployment('qa', 'web', id);
    return { result, asked: server.asked };
  };

  test('asks ECS to roll back exactly the deployment of this id', async () => {
    const { result, asked } = await stop([
      { body: { serviceDeployments: [deployment('117'), deployment('1')], nextToken: 'more' } },
      { body: { serviceDeployments: [deployment('170'), deployment('17')] } },
      { body: { serviceDeploymentArn: 'x' } },
    ]);
    expect(result).toBe(true);
    expect(asked[1]?.body).toMatchObject({ service: 'web', cluster: 'qa', nextToken: 'more' });
    expect(asked[2]).toMatchObject({
      operation: 'StopServiceDeployment',
      body: { serviceDeploymentArn: deployment('17').serviceDeploymentArn, stopType: 'ROLLBACK' },
    });
  });

  test('one that is being rolled back already is left to it', async () => {
    const { result, asked } = await stop([
      { body: { serviceDeployments: [deployment('17', 'ROLLBACK_IN_PROGRESS')] } },
    ]);
    expect(result).toBe(true);
    expect(asked).toHaveLength(1);
  });

  test.each<[string, readonly Answer[]]>([
    ['no deployments', [{ body: { serviceDeployments: [] } }]],
    ['an empty answer', [{ body: {} }]],
    ['others only', [{ body: { serviceDeployments: [deployment('117'), deployment('7')] } }]],
    ['a page with 500', [{ status: 500, type: 'text/html', body: '<html>not here</html>' }]],
    ['an unknown operation', [awsError('UnknownOperationException', '')]],
    ['no right to list', [awsError('AccessDeniedException', 'no')]],
    [
      'no right to stop',
      [{ body: { serviceDeployments: [deployment('17')] } }, awsError('AccessDeniedException', 'no')],
    ],
    [
      'over in between',
      [{ body: { serviceDeployments: [deployment('17')] } }, awsError('ConflictException', 'over')],
    ],
    [
      'gone in between',
      [
        { body: { serviceDeployments: [deployment('17')] } },
        awsError('ServiceDeploymentNotFoundException', 'gone'),
      ],
    ],
    ['pages without end', [{ body: { serviceDeployments: [], nextToken: 'again' } }]],
  ])('%s: false', async (_, script) => {
    expect((await stop(script)).result).toBe(false);
  });

  test('a lost connection is an error: ECS may be rolling back', async () => {
    await using server = await startScriptedServer([
      { body: { serviceDeployments: [deployment('17')] } },
      { trouble: 'drop' },
    ]);
    const { port } = portTo(server);
    await expect(port.stopDeployment('qa', 'web', 'ecs-svc/17')).rejects.toMatchObject({
      kind: 'unreachable',
      operation: 'StopServiceDeployment',
    });
    expect(server.asked).toHaveLength(2);
  });
});

describe('hasScalableTarget', () => {
  const ask = async (answer: Answer, cluster = 'qa', service = 'web') => {
    await using server = await startScriptedServer([answer]);
    const { port } = portTo(server, { limits: { request: 200, connect: 200, call: 1000 } });
    return { result: await port.hasScalableTarget(cluster, service), asked: server.asked };
  };

  test('there is one', async () => {
    const { result, asked } = await ask({ body: { ScalableTargets: [{ ResourceId: 'service/qa/web' }] } });
    expect(result).toBe(true);
    expect(asked[0]?.body).toEqual({
      ServiceNamespace: 'ecs',
      ResourceIds: ['service/qa/web'],
      ScalableDimension: 'ecs:service:DesiredCount',
    });
  });

  test('ARNs are taken apart', async () => {
    const { asked } = await ask({ body: {} }, 'arn:aws:ecs:r:1:cluster/qa', 'arn:aws:ecs:r:1:service/qa/web');
    expect(asked[0]?.body['ResourceIds']).toEqual(['service/qa/web']);
  });

  test('there is none', async () => {
    expect((await ask({ body: { ScalableTargets: [] } })).result).toBe(false);
  });

  test.each<[string, Answer]>([
    ['denied', awsError('AccessDeniedException', 'no')],
    ['an unparsable error', { status: 400, body: '<error/>' }],
    ['a 500', { status: 500, body: '' }],
    ['a lost connection', { trouble: 'drop' }],
    ['silence', { trouble: 'silence' }],
  ])('%s: it cannot be told, and is asked once', async (_, answer) => {
    const { result, asked } = await ask(answer);
    expect(result).toBeNull();
    expect(asked).toHaveLength(1);
  });

  test('another look-up can be put in', async () => {
    await using server = await startScriptedServer([{}]);
    const { port } = portTo(
      server,
      {},
      {
        scaling: async (cluster, service) =>
          `${cluster}/${service}` === 'qa/web' ? { minimum: 1, maximum: 4, suspended: [] } : 'none',
      },
    );
    await expect(port.hasScalableTarget('qa', 'web')).resolves.toBe(true);
    await expect(port.hasScalableTarget('qa', 'other')).resolves.toBe(false);
    expect(server.asked).toEqual([]);
  });
});
