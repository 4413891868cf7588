// A stand-in with a few users, and short ways to ask it.
import { createHash } from 'node:crypto';
import {
  type ArtifactoryStandIn,
  type ArtifactoryStandInOptions,
  startArtifactoryStandIn,
} from '../../src/index.ts';

export const users = [
  { name: 'admin', password: 'password', admin: true, apiKey: 'AKCp8key' },
  { name: 'ci', password: 'ci-pass', token: 'ci-token', expiredToken: 'old-token', canDelete: false },
  { name: 'guest', password: 'guest-pass', canDeploy: false, canDelete: false },
];

export const basic = (name: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
export const admin = basic('admin', 'password');
export const ci = basic('ci', 'ci-pass');

export const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');

export async function start(
  options: ArtifactoryStandInOptions = {},
): Promise<ArtifactoryStandIn & { ask: Ask }> {
  const server = await startArtifactoryStandIn({ users, repositories: ['r', 'other'], ...options });
  return Object.assign(server, { ask: asker(server.url) });
}

type Ask = (
  method: string,
  path: string,
  options?: { body?: string; headers?: Record<string, string>; as?: Record<string, string> },
) => Promise<Answered>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed body; undefined when it is not JSON. */
  readonly json: unknown;
  /** `errors[0].message` */
  readonly message: string | undefined;
}

function asker(url: string): Ask {
  return async (method, path, { body, headers = {}, as = admin } = {}) => {
    const response = await fetch(`${url}/${path}`, {
      method,
      headers: { ...as, ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json = parse(text);
    return { status: response.status, headers: response.headers, text, json, message: messageOf(json) };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(json: unknown): string | undefined {
  const { errors } = (json ?? {}) as { errors?: readonly { message?: string }[] };
  return errors?.[0]?.message;
}
