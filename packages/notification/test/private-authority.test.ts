import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { postWebhook } from '../src/index.ts';

const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '../../ecs/test/fixtures', name), 'utf8');

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(
    { cert: fixture('localhost-cert.pem'), key: fixture('localhost-key.pem') },
    (request, response) => {
      request.resume().on('end', () => response.end('ok'));
    },
  );
  await new Promise<void>((resolve) => {
    server.listen(0, '0.0.0.0', resolve);
  });
  url = `https://localhost:${(server.address() as AddressInfo).port}/services/secret-of-the-hook`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a webhook behind an authority of the shop is called when ca-file names it', async () => {
  expect(await postWebhook({ url, ca: fixture('localhost-cert.pem') }, '{}')).toBeNull();
});

test('a certificate for another host is told as such', async () => {
  const elsewhere = url.replace('localhost', '127.0.0.2');
  const trouble = await postWebhook(
    { url: elsewhere, ca: fixture('localhost-cert.pem'), limitMs: 3000 },
    '{}',
  );
  expect(trouble).toMatch(/its certificate is for another host/u);
});

test('and without it, what to set is told', async () => {
  const trouble = await postWebhook({ url, limitMs: 2000 }, '{}');
  expect(trouble).toMatch(/its certificate is not trusted .* set ca-file/u);
  expect(trouble).not.toContain('secret-of-the-hook');
});

test('an authority that is none is told, and nobody is called', async () => {
  expect(await postWebhook({ url, ca: 'nonsense', limitMs: 2000 }, '{}')).not.toBeNull();
});
