// What was asked, for tests and for people; credentials are not kept.
import type { IncomingHttpHeaders } from 'node:http';

export interface LoggedRequest {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Address with its query, as it came. */
  readonly url: string;
  /** Name of the user, or null when nobody was logged in. */
  readonly user: string | null;
  /** Without the credentials: `Authorization` keeps its scheme only. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes of the body. */
  readonly size: number;
  /** 0 when the connection was broken off without an answer. */
  readonly status: number;
  /** The fault that was put in. */
  readonly fault?: string;
}

const mostRequests = 10_000;

export class RequestLog {
  readonly requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.requests.push(request);
    if (this.requests.length > mostRequests) this.requests.shift();
  }

  clear(): void {
    this.requests.length = 0;
  }
}

const secret = new Set(['x-jfrog-art-api', 'cookie', 'proxy-authorization']);

export function safeHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
      if (name === 'authorization') return [name, `${text.split(' ', 1)[0]} ***`];
      return [name, secret.has(name) ? '***' : text];
    }),
  );
}

/** `PUT /artifactory/r/x.json 201 (admin)` */
export function logLine(request: LoggedRequest): string {
  const fault = request.fault === undefined ? '' : ` fault: ${request.fault}`;
  const status = request.status === 0 ? 'broken off' : request.status;
  return `${request.method} ${request.url} ${status} (${request.user ?? 'nobody'})${fault}`;
}
