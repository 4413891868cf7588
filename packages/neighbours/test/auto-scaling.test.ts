// Auto Scaling groups over the Query protocol, as its API reference writes answers.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEcsClient } from '@bamboo-ecs/ecs';
import { expect, test } from '@jest/globals';
import { createPreflightPort } from '../src/index.ts';

type Answers = Readonly<Record<string, string>>;

/** Answers each action with the inner XML of its result; without one, with AccessDenied. */
async function asked(answers: Answers, instances: readonly string[]) {
  const forms: URLSearchParams[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const form = new URLSearchParams(body);
      forms.push(form);
      const action = form.get('Action') ?? '';
      const inner = answers[action];
      const text =
        inner === undefined
          ? '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>'
          : `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${inner}</${action}Result></${action}Response>`;
      response.writeHead(inner === undefined ? 403 : 200, { 'content-type': 'text/xml' }).end(text);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' };
  const port = createPreflightPort({
    aws: createEcsClient({ region: 'eu-west-1', endpoint, credentials }),
    env: {},
    inspect: async () => ({ known: false, reason: '' }),
  });
  try {
    return { answer: await port.instanceGroups?.(instances), forms };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const instance = (id: string, group: string): string =>
  `<member><InstanceId>${id}</InstanceId><AutoScalingGroupName>${group}</AutoScalingGroupName></member>`;
const group = (name: string, sizes: string, more = ''): string =>
  `<member><AutoScalingGroupName>${name}</AutoScalingGroupName>${sizes}${more}</member>`;
const sizes = '<MinSize>1</MinSize><MaxSize>6</MaxSize><DesiredCapacity>2</DesiredCapacity>';

test('the groups of the instances, each once, with sizes and what is suspended', async () => {
  const { answer, forms } = await asked(
    {
      DescribeAutoScalingInstances: `<AutoScalingInstances>${instance('i-1', 'web')}${instance('i-2', 'web')}${instance('i-3', 'batch')}</AutoScalingInstances>`,
      DescribeAutoScalingGroups: `<AutoScalingGroups>${group('web', sizes)}${group('batch', sizes, '<SuspendedProcesses><member><ProcessName>Launch</ProcessName></member></SuspendedProcesses>')}</AutoScalingGroups>`,
    },
    ['i-1', 'i-2', 'i-3'],
  );
  expect(answer).toEqual({
    known: true,
    value: [
      { name: 'web', desired: 2, maximum: 6, launches: true },
      { name: 'batch', desired: 2, maximum: 6, launches: false },
    ],
  });
  expect(forms.map((form) => form.get('Action'))).toEqual([
    'DescribeAutoScalingInstances',
    'DescribeAutoScalingGroups',
  ]);
  expect(forms[0]?.get('InstanceIds.member.3')).toBe('i-3');
  expect(forms[1]?.get('AutoScalingGroupNames.member.2')).toBe('batch');
});

test.each([
  ['an empty list', '<AutoScalingInstances/>'],
  [
    'an instance that names none',
    '<AutoScalingInstances><member><InstanceId>i-1</InstanceId></member></AutoScalingInstances>',
  ],
])('instances of no group, %s: one call', async (_, text) => {
  const { answer, forms } = await asked({ DescribeAutoScalingInstances: text }, ['i-1']);
  expect(answer).toEqual({ known: true, value: [] });
  expect(forms).toHaveLength(1);
});

test('of 1,000 instances four calls of 50', async () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `i-${index}`);
  const { forms } = await asked({ DescribeAutoScalingInstances: '<AutoScalingInstances/>' }, ids);
  expect(forms.map((form) => form.get('InstanceIds.member.50'))).toHaveLength(4);
  expect(forms.every((form) => form.get('InstanceIds.member.51') === null)).toBe(true);
});

test.each<readonly [string, Answers, string]>([
  ['the instances', {}, 'autoscaling:DescribeAutoScalingInstances'],
  [
    'the groups',
    {
      DescribeAutoScalingInstances: `<AutoScalingInstances>${instance('i-1', 'web')}</AutoScalingInstances>`,
    },
    'autoscaling:DescribeAutoScalingGroups',
  ],
])('denied to see %s: nothing is known, and what to allow is said', async (_, answers, action) => {
  const { answer } = await asked(answers, ['i-1']);
  expect(answer).toMatchObject({ known: false, hint: `Allow ${action} to the role of the installation.` });
});

test('an answer that is none, and sizes that are none', async () => {
  const { answer } = await asked({ DescribeAutoScalingInstances: '<Other/>' }, ['i-1']);
  expect(answer).toMatchObject({
    known: false,
    reason: expect.stringContaining('without AutoScalingInstances'),
  });
  const strange = await asked(
    {
      DescribeAutoScalingInstances: `<AutoScalingInstances>${instance('i-1', 'web')}</AutoScalingInstances>`,
      DescribeAutoScalingGroups: `<AutoScalingGroups>${group('web', '<MaxSize>many</MaxSize>')}</AutoScalingGroups>`,
    },
    ['i-1'],
  );
  expect(strange.answer).toEqual({ known: true, value: [] });
});
