// A server of AWS whose clock is not this machine's: it refuses signatures of another time as AWS does.
// Texts: "Troubleshoot AWS Signature Version 4" (IAM user guide); Amazon S3 API reference, "Error responses".
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OtherClock extends AsyncDisposable {
  readonly url: string;
  /** Each request's outcome so far, in its order. */
  readonly seen: readonly ('taken' | 'refused')[];
}

export interface OtherClockOptions {
  /** Milliseconds that its clock is ahead. */
  readonly ahead: number;
  readonly service: 'ecs' | 's3';
  /** False: its answers have no Date, as when somebody on the way takes it out. */
  readonly date?: boolean;
  /** Where what is taken is handed on to; absent: nothing is there, says its answer. */
  readonly target?: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

/** Amazon S3 bears 15 minutes, the other services 5. */
const tolerance = { ecs: 5, s3: 15 };

export async function startOtherClock(options: OtherClockOptions): Promise<OtherClock> {
  const { ahead, service, date = true, target, host = '127.0.0.1' } = options;
  const seen: ('taken' | 'refused')[] = [];
  const server = http.createServer((request, response) => {
    const now = Date.now() + ahead;
    response.sendDate = false;
    if (date) response.setHeader('date', new Date(now).toUTCString());
    const signed = timeOf(String(request.headers['x-amz-date']));
    if (Math.abs(signed - now) > tolerance[service] * 60_000) {
      seen.push('refused');
      request.resume();
      const refusal = service === 's3' ? s3Refusal(signed, now, date) : ecsRefusal(signed, now);
      response.writeHead(refusal.status, { 'content-type': refusal.type });
      response.end(request.method === 'HEAD' ? undefined : refusal.body);
      return;
    }
    seen.push('taken');
    if (target === undefined) {
      request.resume();
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(service === 's3' ? '' : '{"services":[],"failures":[]}');
      return;
    }
    const { method, headers } = request;
    const onward = http.request(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      const { date: _theirs, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function ecsRefusal(signed: number, now: number) {
  const [ours, bound, theirs] = [signed, signed < now ? now - 300_000 : now + 300_000, now].map(basic);
  const message =
    signed < now
      ? `Signature expired: ${ours} is now earlier than ${bound} (${theirs} - 5 min.)`
      : `Signature not yet current: ${ours} is still later than ${bound} (${theirs} + 5 min.)`;
  const body = JSON.stringify({ __type: 'InvalidSignatureException', message });
  return { status: 400, type: 'application/x-amz-json-1.1', body };
}

function s3Refusal(signed: number, now: number, withTimes: boolean) {
  const times = `<RequestTime>${basic(signed)}</RequestTime><ServerTime>${new Date(now).toISOString()}</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>`;
  const words = 'The difference between the request time and the current time is too large.';
  const body = `<?xml version="1.0"?><Error><Code>RequestTimeTooSkewed</Code><Message>${words}</Message>${withTimes ? times : ''}</Error>`;
  return { status: 403, type: 'application/xml', body };
}

/** `20261124T120000Z` */
function basic(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/gu, '');
}

function timeOf(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z'));
}
