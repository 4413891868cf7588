// The preflight as the settings of a run open it: what a registry says as the port's answers.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { runProgram, workingDirectory } from '@bamboo-ecs/program';
import type { Answer, ImageFact } from '@bamboo-ecs/rollout/preflight';
import { openPreflight } from '../src/index.ts';

let server: Server;
let host: string;
let logins: string[];
const index = JSON.stringify({
  schemaVersion: 2,
  manifests: [{ platform: { os: 'linux', architecture: 'amd64' } }],
});
beforeEach(async () => {
  logins = [];
  server = createServer(({ url = '', headers }, response) => {
    logins.push(headers.authorization ?? 'nobody');
    if (headers.authorization === undefined)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    else if (url.endsWith('/manifests/1')) response.writeHead(200).end(index);
    else if (url.includes('/tags/')) response.writeHead(200).end('{"tags": ["1"]}');
    else if (url.endsWith('/manifests/2'))
      response.writeHead(404).end('{"errors": [{"code": "MANIFEST_UNKNOWN"}]}');
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('an image is asked for with the credentials of the settings', async () => {
  const references = ['1', '2', '3'].map((tag) => `${host}/web:${tag}`);
  let answers: ReadonlyMap<string, Answer<ImageFact>> = new Map();
  const exitCode = await runProgram(
    {
      name: 'installer',
      version: '1.2.3 (Node v24)',
      commands: [{ name: 'go', describe: 'goes' }],
      flow: async (context) => {
        const port = await openPreflight(context, references);
        answers = await port.images(references.map((reference) => ({ reference, places: [] })));
        return { exitCode: 0, outcome: 'done', sentence: 'done' };
      },
      explain: () => undefined,
    },
    {
      argv: [],
      env: {
        AWS_REGION: 'eu-west-1',
        bamboo_ecs_registry_user: 'ann',
        bamboo_ecs_registry_password: 'the-password-of-ann',
      },
      files: workingDirectory(tmpdir()),
      write: () => {},
      colour: false,
      now: Date.now,
      signal: new AbortController().signal,
      onProgressRequest: () => {},
    },
  );
  expect(exitCode).toBe(0);
  const [one = '', two = '', three = ''] = references;
  expect(answers.get(one)).toEqual({
    known: true,
    value: { there: true, platforms: [{ os: 'linux', architecture: 'amd64' }] },
  });
  expect(answers.get(two)).toMatchObject({ known: true, value: { there: false, sure: true } });
  expect(answers.get(three)).toEqual({
    known: false,
    reason: expect.stringContaining('answered 503'),
    hint: expect.stringContaining('skip-checks=image'),
  });
  expect(new Set(logins)).toEqual(
    new Set(['nobody', `Basic ${Buffer.from('ann:the-password-of-ann').toString('base64')}`]),
  );
});
