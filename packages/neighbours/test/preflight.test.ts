// The port of the preflight where nobody answers, answers rubbish, or answers what was not asked.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEcsClient } from '@bamboo-ecs/ecs';
import type { Answer, PreflightPort } from '@bamboo-ecs/rollout/preflight';
import { known } from '@bamboo-ecs/rollout/preflight';
import { describe, expect, test } from '@jest/globals';
import { createPreflightPort } from '../src/index.ts';
import { ecrImage } from '../src/preflight/ecr.ts';

const places = ['a place'];
const targetGroup = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef';

interface Server extends AsyncDisposable {
  readonly port: PreflightPort;
  readonly asked: string[];
}

async function serverThat(answers: (response: http.ServerResponse, body: string) => void): Promise<Server> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      asked.push(`${String(request.headers['x-amz-target'])} ${body}`);
      answers(response, body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = {
    accessKeyId: 'AKIATEST',
    secretAccessKey: 'the-secret-of-the-key',
    sessionToken: 'the-token',
  };
  const port = createPreflightPort({
    aws: createEcsClient({ region: 'eu-west-1', endpoint, credentials }),
    env: {},
    inspect: async () => known({ there: true, platforms: null }),
  });
  return {
    port,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Every method of the port, each with one thing to ask for. */
async function askAll(port: PreflightPort): Promise<readonly Answer<unknown>[]> {
  const one = { region: null, places };
  const network = port.network(
    { subnets: ['subnet-1'], securityGroups: ['sg-1'], publicIp: false, place: (name) => name },
    false,
  );
  const maps = await Promise.all([
    port.roles([{ role: 'r', name: 'r', principal: 'ecs-tasks.amazonaws.com', places }]),
    port.secrets([{ id: 's', account: null, stage: null, ...one }]),
    port.parameters([{ name: 'p', version: null, ...one }]),
    port.logGroups([{ group: 'g', ...one }]),
    port.targetGroups([targetGroup]).then(({ groups }) => groups),
    port.loadBalancers(['b']),
    port.images([{ reference: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1', places }]),
    network.then(({ subnets }) => subnets),
    network.then(({ securityGroups }) => securityGroups),
  ]);
  const single = await Promise.all([
    port.identity(),
    port.quotas(['Tasks per service']),
    port.passRoles([{ arn: 'arn:aws:iam::123456789012:role/r', principal: 'ecs-tasks.amazonaws.com' }], {
      account: '123456789012',
      arn: 'arn:aws:sts::123456789012:assumed-role/deploy/session',
    }),
  ]);
  return [...maps.flatMap((map): Answer<unknown>[] => [...map.values()]), ...single];
}

const denied = (response: http.ServerResponse, body: string): void => {
  const query = body.startsWith('Action=') || body.includes('&Action=');
  const words = 'User: arn:aws:iam::123456789012:user/x is not authorized to perform this';
  response.writeHead(403, { 'content-type': query ? 'text/xml' : 'application/x-amz-json-1.1' });
  response.end(
    query
      ? `<ErrorResponse><Error><Code>AccessDenied</Code><Message>${words}</Message></Error></ErrorResponse>`
      : JSON.stringify({ __type: 'AccessDeniedException', message: words }),
  );
};

describe('the port of the preflight, where every server', () => {
  test.each<readonly [string, (response: http.ServerResponse, body: string) => void]>([
    ['refuses', denied],
    [
      'answers with a page',
      (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html><p>bad gateway'),
    ],
    [
      'answers with a page and 200',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><p>log in'),
    ],
    ['answers with nothing', (response) => response.writeHead(200).end()],
    ['answers with half an answer', (response) => response.writeHead(200).end('{"a": ')],
    ['hangs up', (response) => void response.destroy()],
  ])('%s, knows nothing, and says why', async (_, answers) => {
    await using server = await serverThat(answers);
    const found = await askAll(server.port);
    expect(found).toHaveLength(12);
    for (const answer of found) {
      expect(answer).toMatchObject({ known: false, reason: expect.stringMatching(/\S/u) });
      expect(JSON.stringify(answer)).not.toMatch(/the-secret-of-the-key|the-token|AKIATEST/u);
    }
    // Once each: nothing is repeated.
    expect(server.asked.length).toBeLessThanOrEqual(13);
  });

  test('is silent, gives up after seconds', async () => {
    await using server = await serverThat(() => {});
    const from = performance.now();
    const found = await askAll(server.port);
    expect(performance.now() - from).toBeLessThan(9000);
    expect(found.filter((answer) => answer.known)).toEqual([]);
  }, 20_000);

  test('refuses, names the action to allow', async () => {
    await using server = await serverThat(denied);
    const hints = (await askAll(server.port)).map((answer) => (answer.known ? '' : answer.hint));
    for (const action of [
      'iam:GetRole',
      'secretsmanager:DescribeSecret',
      'ssm:DescribeParameters',
      'logs:DescribeLogGroups',
      'elasticloadbalancing:DescribeTargetGroups',
      'ecr:BatchGetImage',
      'ec2:DescribeSubnets',
      'iam:SimulatePrincipalPolicy',
    ])
      expect(hints).toContain(`Allow ${action} to the role of the installation.`);
  });
});

test('no call asks for the value of a secret or a parameter', async () => {
  await using server = await serverThat(denied);
  await askAll(server.port);
  expect(server.asked.join('\n')).not.toMatch(/GetSecretValue|GetParameter|WithDecryption/u);
});

test('the role behind a session is what the simulator is asked about', async () => {
  await using server = await serverThat(denied);
  await askAll(server.port);
  const simulated = server.asked.find((one) => one.includes('SimulatePrincipalPolicy')) ?? '';
  const form = new URLSearchParams(simulated.replace('undefined ', ''));
  expect(form.get('PolicySourceArn')).toBe('arn:aws:iam::123456789012:role/deploy');
  expect(form.get('ContextEntries.member.1.ContextKeyValues.member.1')).toBe('ecs-tasks.amazonaws.com');
});

const passed = ['arn:aws:iam::123456789012:role/exec', 'arn:aws:iam::123456789012:role/ops/task'] as const;
/** Decisions on both of `passed`, in the form of an EvaluationResult or of a ResourceSpecificResult. */
function decided(name: string): string {
  const each = [
    [passed[0], 'allowed'],
    [passed[1], 'implicitDeny'],
  ];
  const results = each.map(
    ([arn, decision]) =>
      `<member><EvalResourceName>${arn}</EvalResourceName><${name}>${decision}</${name}></member>`,
  );
  return results.join('');
}

test.each([
  [
    'in one result, for each resource inside of it',
    '<member><EvalActionName>iam:PassRole</EvalActionName><EvalDecision>implicitDeny</EvalDecision>' +
      '<EvalResourceName>arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}</EvalResourceName>' +
      `<ResourceSpecificResults>${decided('EvalResourceDecision')}</ResourceSpecificResults></member>`,
  ],
  ['in a result for each resource', decided('EvalDecision')],
])('what the simulator decides %s', async (_, results) => {
  const action = 'SimulatePrincipalPolicy';
  await using server = await serverThat((response) => {
    const result = `<IsTruncated>false</IsTruncated><EvaluationResults>${results}</EvaluationResults>`;
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
  });
  const principal = 'ecs-tasks.amazonaws.com';
  const answer = await server.port.passRoles(
    passed.map((arn) => ({ arn, principal })),
    { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/deploy' },
  );
  const decisions = answer.known ? passed.map((arn) => answer.value.get(`${arn} ${principal}`)) : answer;
  expect(decisions).toEqual(['allowed', 'implicitDeny']);
});

test.each([
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/web', { imageTag: 'latest' }, 'web'],
  ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:1.0', { imageTag: '1.0' }, 'team/web'],
  [
    `123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/web:1@sha256:${'a'.repeat(64)}`,
    { imageDigest: `sha256:${'a'.repeat(64)}` },
    'web',
  ],
  ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1', { imageTag: '1' }, 'web'],
  ['123456789012.dkr-ecr.eu-west-1.on.aws/web:1', { imageTag: '1' }, 'web'],
])('%s is in Amazon ECR', (reference, id, repository) => {
  expect(ecrImage(reference)).toMatchObject({ account: '123456789012', id, repository });
});

test.each([
  'web:1',
  'public.ecr.aws/nginx/nginx:1',
  'registry.example.com/web',
  '12345.dkr.ecr.eu-west-1.amazonaws.com/web',
  'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/web',
])('%s is not in Amazon ECR', (reference) => {
  expect(ecrImage(reference)).toBeNull();
});
