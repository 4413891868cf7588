// An address for people: forwards each request to the emulator with the Host of the service's load balancer, whose own port the
// emulator does not open. Where there is nothing to forward to, it says why.
import http from 'node:http';
import { element, emulatorOf, queryCall, type Emulator } from './aws-call.ts';
import { loadBalancerName } from './cloud.ts';

const port = 8080;

export async function serveLoadBalancer(env: NodeJS.ProcessEnv): Promise<void> {
  const emulator = emulatorOf(env);
  const containers = env['REHEARSAL_CONTAINERS'] === '1';
  let host: string | undefined;
  const server = http.createServer((request, response) => {
    if (request.url === '/_rehearsal') {
      response.end('the load balancer of the rehearsal\n');
      return;
    }
    void (async () => {
      if (!containers) {
        say(response, 200, withoutContainers);
        return;
      }
      host ??= await hostOf(emulator).catch(() => undefined);
      if (host === undefined)
        say(response, 503, 'There is no load balancer yet: the service cloud makes it.');
      else forward(request, response, emulator, host);
    })();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  process.stdout.write(`http://0.0.0.0:${port} stands for the load balancer of orders\n`);
}

const withoutContainers = `This is where the load balancer of the service is. Nothing is behind it:
the emulator of AWS runs without the Docker socket, so its tasks are RUNNING in its answers only and no container serves.
With containers:  make rehearse-compose CONTAINERS=1 KEEP=1
`;

async function hostOf(emulator: Emulator): Promise<string> {
  const found = await queryCall(emulator, 'elasticloadbalancing', 'DescribeLoadBalancers', {
    'Names.member.1': loadBalancerName,
  });
  return element(found, 'DNSName');
}

/** As an idle connection of an Application Load Balancer. */
const patienceMs = 60_000;

function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { url }: Emulator,
  host: string,
): void {
  const to = new URL(request.url ?? '/', url);
  const headers = { ...request.headers, host };
  const onward = http.request(to, { method: request.method, headers, timeout: patienceMs }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('timeout', () => onward.destroy(new Error(`nothing came for ${patienceMs / 1000} s`)));
  onward.on('error', (error) => {
    if (!response.headersSent) say(response, 502, `The emulator of AWS does not answer: ${error.message}`);
    else response.destroy();
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function say(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text.trim()}\n`);
}
