// Plain calls of AWS's protocols, without its SDK and without a signature that counts: for emulators only.

export interface Emulator {
  readonly url: string;
  readonly region: string;
}

export function emulatorOf(env: NodeJS.ProcessEnv): Emulator {
  return { url: env['AWS_ENDPOINT_URL'] ?? '', region: env['AWS_REGION'] ?? '' };
}

const targets = { ecs: 'AmazonEC2ContainerServiceV20141113', logs: 'Logs_20140328' } as const;
const versions = { elasticloadbalancing: '2015-12-01', iam: '2010-05-08' } as const;

/** Of a service that speaks JSON. A refusal is thrown with the emulator's own words. */
export async function jsonCall(
  emulator: Emulator,
  service: keyof typeof targets,
  operation: string,
  request: unknown,
): Promise<void> {
  await send(emulator, operation, JSON.stringify(request), {
    'X-Amz-Target': `${targets[service]}.${operation}`,
    'Content-Type': 'application/x-amz-json-1.1',
    Authorization: unsigned(service, emulator.region),
  });
}

/** Of a service with the Query protocol; the answer is XML. */
export async function queryCall(
  emulator: Emulator,
  service: keyof typeof versions,
  operation: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const form = new URLSearchParams({ Action: operation, Version: versions[service], ...parameters });
  return send(emulator, operation, form.toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    Authorization: unsigned(service, emulator.region),
  });
}

/** What stands between the first pair of these tags. */
export function element(xml: string, name: string): string {
  const found = new RegExp(`<${name}>(.+?)</${name}>`, 'u').exec(xml)?.[1];
  if (found === undefined) throw new Error(`there is no ${name} in ${xml.slice(0, 300)}`);
  return found;
}

function unsigned(service: string, region: string): string {
  return `AWS4-HMAC-SHA256 Credential=rehearsal/20261124/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

async function send(
  { url }: Emulator,
  operation: string,
  body: string,
  headers: Record<string, string>,
): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${operation}: ${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return text;
}
