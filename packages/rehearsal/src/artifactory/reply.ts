// What a handler answers, and how Artifactory words a refusal.
import { toJackson } from './jackson.ts';

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Thrown by handlers: becomes `{"errors":[{status, message}]}`. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  toReply(): Reply {
    return json(this.status, { errors: [{ status: this.status, message: this.message }] }, this.headers);
  }
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: toJackson(value) };
}

export function text(status: number, body: string, type = 'text/plain'): Reply {
  return { status, headers: { 'Content-Type': type }, body };
}

/** As Tomcat or a proxy answers: no JSON at all. */
export function html(status: number, title: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const body =
    `<!doctype html><html lang="en"><head><title>HTTP Status ${status} – ${title}</title></head>` +
    `<body><h1>HTTP Status ${status} – ${title}</h1></body></html>`;
  return { status, headers: { 'Content-Type': 'text/html;charset=utf-8', ...headers }, body };
}

/** What Artifactory OSS answers where Pro would do something. */
export function proOnly(): never {
  throw new Refusal(
    400,
    'This REST API is available only in Artifactory Pro (see: jfrog.com/artifactory/features). If you are already ' +
      'running Artifactory Pro please make sure your server is activated with a valid license key.\n',
  );
}
