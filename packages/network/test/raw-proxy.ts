// A proxy that answers every request, tunnels too, with the same bytes, and closes the connection without having said so,
// as tinyproxy does.
import net, { type AddressInfo } from 'node:net';

export interface RawProxy extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly url: string;
  /** The first lines of the requests, one for each connection. */
  readonly seen: readonly string[];
}

export async function startRawProxy(head: string, body = ''): Promise<RawProxy> {
  const answer = `HTTP/1.1 ${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  // The close comes a moment later, when a client has put the connection aside for its next request.
  return start((socket) => socket.write(answer, () => setTimeout(() => socket.destroy(), 20)));
}

/** Takes every connection, and never says a word: no tunnel is opened, and none is refused. */
export async function startSilentProxy(): Promise<RawProxy> {
  return start(() => {});
}

async function start(onHead: (socket: net.Socket) => void): Promise<RawProxy> {
  const seen: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      const known = text.includes('\r\n\r\n');
      text += chunk.toString('latin1');
      if (known || !text.includes('\r\n\r\n')) return;
      seen.push(text.slice(0, text.indexOf('\r\n')));
      onHead(socket);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers of proxies: what they are, the head, the body, and what is said of them. */
export const refusals: readonly (readonly [string, string, string, RegExp])[] = [
  [
    'tinyproxy: 403',
    '403 Filtered\r\nserver: tinyproxy/1.11.1\r\ncontent-type: text/html',
    '<html><title>403 Filtered</title></html>',
    /does not let us through to \S+ \(403 Filtered\)/u,
  ],
  [
    'tinyproxy: a wrong password',
    '401 Unauthorized\r\nserver: tinyproxy/1.11.1\r\ncontent-type: text/html',
    '<html><title>401 Unauthorized</title></html>',
    /does not accept the user and password that stand in HTTPS?_PROXY \(401 Unauthorized\)/u,
  ],
  [
    'Squid: 407',
    '407 Proxy Authentication Required\r\nserver: squid/5.7\r\nx-squid-error: ERR_CACHE_ACCESS_DENIED 0\r\nproxy-authenticate: Basic realm="x"\r\ncontent-type: text/html',
    '<html></html>',
    /does not accept the user and password/u,
  ],
  [
    'a page of a filter that does not say its name',
    '403 Forbidden\r\ncontent-type: text/html',
    '<html><h1>Blocked by policy</h1></html>',
    /does not let us through/u,
  ],
];
