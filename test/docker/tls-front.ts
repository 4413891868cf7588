// https in front of a stand-in, with a certificate of a private authority.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const fixtures = path.join(import.meta.dirname, '../../packages/registry/test/fixtures/tls');

/** The only name in the certificate. */
export const certifiedName = 'registry.example.test';
/** Option of `docker run` and the setting that make the authority known. */
export const withAuthority = [
  '--volume',
  `${fixtures}/ca.pem:/ca.pem:ro`,
  '-e',
  'bamboo_ecs_ca_file=/ca.pem',
];

export interface TlsFront extends AsyncDisposable {
  readonly port: number;
}

/** Hands every request on to `target` (`http://127.0.0.1:8081`). */
export async function startTlsFront(target: string, host: string): Promise<TlsFront> {
  const { hostname, port } = new URL(target);
  const [key, cert] = ['server.key', 'server.pem'].map((name) => readFileSync(path.join(fixtures, name)));
  const server = https.createServer({ key, cert }, (request, response) => {
    const { method, headers, url } = request;
    const onward = http.request({ hostname, port, path: url, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
