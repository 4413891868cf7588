// A browser driven by the Chrome DevTools Protocol: one page at any width, in light and dark, measured and photographed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface View {
  readonly width: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** As on paper. */
  readonly print?: boolean;
}

export interface Tab {
  show(url: string, view: View): Promise<void>;
  /** The value of an expression in the page, as JSON; promises are waited for. Not stopped by the page's policy. */
  evaluate(expression: string): Promise<unknown>;
  /** The whole page, not only what fits the window, as PNG. */
  photograph(): Promise<Buffer>;
  /** Every request that left the page since `show`. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

const startMs = 20_000;
const callMs = 30_000;

export async function openTab(browser: string): Promise<Tab> {
  const profile = mkdtempSync(path.join(tmpdir(), 'chromium-'));
  const child = spawn(
    browser,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      '--no-proxy-server',
      '--hide-scrollbars',
      '--remote-debugging-port=0',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const end = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const port = await portOf(path.join(profile, 'DevToolsActivePort'));
    const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as readonly {
      readonly type: string;
      readonly webSocketDebuggerUrl: string;
    }[];
    const target = targets.find(({ type }) => type === 'page');
    if (target === undefined) throw new Error('the browser opened no page');
    return await tabOver(await connect(target.webSocketDebuggerUrl), end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function portOf(file: string): Promise<string> {
  for (let waited = 0; waited < startMs; waited += 50) {
    const [port] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (port !== undefined && port !== '') return port;
    await pause(50);
  }
  throw new Error(`the browser did not start within ${startMs} ms`);
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly request?: { readonly url?: string } };
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Connection {
  call(method: string, params?: object): Promise<Readonly<Record<string, unknown>>>;
  next(method: string): Promise<void>;
  onMessage: (message: Message) => void;
  close(): void;
}

async function connect(url: string): Promise<Connection> {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)), { once: true });
  });
  const waiting = new Map<number, (message: Message) => void>();
  const events = new Map<string, (() => void)[]>();
  let last = 0;
  const connection: Connection = {
    onMessage: () => {},
    async call(method, params = {}) {
      const id = (last += 1);
      const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
      socket.send(JSON.stringify({ id, method, params }));
      const message = await within(answer, method);
      if (message.error !== undefined) throw new Error(`${method}: ${message.error.message}`);
      return message.result ?? {};
    },
    async next(method) {
      const happened = new Promise<void>((resolve) => {
        events.set(method, [...(events.get(method) ?? []), resolve]);
      });
      return within(happened, method);
    },
    close: () => socket.close(),
  };
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    connection.onMessage(message);
    for (const resolve of events.get(message.method ?? '') ?? []) resolve();
    events.delete(message.method ?? '');
  });
  return connection;
}

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${callMs} ms`)), callMs);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

async function tabOver(connection: Connection, end: () => Promise<void>): Promise<Tab> {
  const requests: string[] = [];
  await connection.call('Page.enable');
  await connection.call('Network.enable');
  connection.onMessage = ({ method, params }) => {
    if (method === 'Network.requestWillBeSent') requests.push(params?.request?.url ?? '');
  };
  return {
    requests,
    async show(url, { width, height = 800, dark = false, print = false }) {
      requests.length = 0;
      const size = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
      await connection.call('Emulation.setDeviceMetricsOverride', size);
      await connection.call('Emulation.setEmulatedMedia', {
        media: print ? 'print' : 'screen',
        features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
      });
      const loaded = connection.next('Page.loadEventFired');
      await connection.call('Page.navigate', { url });
      await loaded;
    },
    async evaluate(expression) {
      const answer = await connection.call('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      });
      const { exceptionDetails, result } = answer as {
        readonly exceptionDetails?: {
          readonly text: string;
          readonly exception?: { readonly description?: string };
        };
        readonly result?: { readonly value?: unknown };
      };
      if (exceptionDetails !== undefined)
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result?.value;
    },
    async photograph() {
      const { data } = await connection.call('Page.captureScreenshot', {
        format: 'png',
        captureBeyondViewport: true,
      });
      return Buffer.from(String(data), 'base64');
    },
    async close() {
      connection.close();
      await end();
    },
  };
}
