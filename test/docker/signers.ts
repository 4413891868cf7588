// In front of the ECS stand-in: whose access key signed each request.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { mustDocker } from './engine.ts';

export interface Signers extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL_ECS, from a container of the usual bridge. */
  readonly url: string;
  /** Access key and session token of each request so far, each pair once: `ASIATASK t0ken`. */
  readonly seen: () => readonly string[];
}

/** This machine, as containers of the usual bridge see it. */
export function bridgeHost(): Promise<string> {
  return mustDocker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', 'bridge');
}

export async function startSigners(): Promise<Signers> {
  const ecs = await startEcsStandIn({
    clusters: [{ name: 'production', instances: Array.from({ length: 4 }, () => ({ zone: 'eu-west-1a' })) }],
  });
  const seen = new Set<string>();
  const server = http.createServer((request, response) => {
    const key = /Credential=([^/]+)\//u.exec(request.headers.authorization ?? '')?.[1] ?? 'nobody';
    seen.add([key, request.headers['x-amz-security-token'] ?? ''].join(' ').trim());
    const { method, headers } = request;
    const onward = http.request(new URL(request.url ?? '/', ecs.url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const host = await bridgeHost();
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    seen: () => [...seen],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await ecs.close();
    },
  };
}
