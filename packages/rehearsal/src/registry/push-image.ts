// "Builds" an image without Docker and pushes it, as a client of any registry.
import { digestOf } from './references.ts';

export interface PushOptions {
  readonly user?: string;
  readonly password?: string;
  /** Milliseconds for each request. Default 30 s. */
  readonly timeoutMs?: number;
  /** What makes it an image that an engine can run, when `content` is a tar archive. */
  readonly runs?: RunsAs;
}

/** Of the OCI Image Specification ("Image Configuration"). */
export interface RunsAs {
  readonly architecture: 'amd64' | 'arm64';
  readonly config: {
    readonly Cmd: readonly string[];
    readonly Env?: readonly string[];
    readonly Labels?: Readonly<Record<string, string>>;
  };
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/**
 * Pushes an image with one layer that holds `content`, in the steps of the OCI Distribution Specification ("Pushing
 * blobs", "Pushing manifests"). `url` as `http://127.0.0.1:5055`. Returns the manifest's digest; the same content
 * gives the same digest. Rejects with the registry's own words.
 */
export async function pushImage(
  url: string,
  name: string,
  tag: string,
  content: string | Buffer,
  options: PushOptions = {},
): Promise<string> {
  const layer = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const { architecture, config: runsAs } = options.runs ?? { architecture: 'amd64', config: {} };
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: runsAs,
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  );
  const pusher = new Pusher(new URL(url).origin, name, options);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: await pusher.blob('application/vnd.oci.image.config.v1+json', config),
      layers: [await pusher.blob('application/vnd.oci.image.layer.v1.tar', layer)],
    }),
  );
  await pusher.send('PUT', `/v2/${name}/manifests/${encodeURIComponent(tag)}`, 201, manifest, manifestType);
  return digestOf(manifest);
}

class Pusher {
  readonly #origin: string;
  readonly #name: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #timeoutMs: number;

  constructor(origin: string, name: string, { user, password, timeoutMs = 30_000 }: PushOptions) {
    this.#origin = origin;
    this.#name = name;
    this.#timeoutMs = timeoutMs;
    const token = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
    this.#headers = user === undefined ? {} : { Authorization: `Basic ${token}` };
  }

  /** Uploads in two steps, which every registry understands. */
  async blob(mediaType: string, bytes: Buffer): Promise<{ mediaType: string; digest: string; size: number }> {
    const digest = digestOf(bytes);
    const started = await this.send('POST', `/v2/${this.#name}/blobs/uploads/`, 202);
    const place = new URL(started.headers.get('location') ?? '', this.#origin);
    place.searchParams.set('digest', digest);
    await this.send('PUT', place.href, 201, bytes, 'application/octet-stream');
    return { mediaType, digest, size: bytes.length };
  }

  async send(
    method: string,
    address: string,
    expected: number,
    body?: Buffer,
    type?: string,
  ): Promise<Response> {
    const response = await fetch(new URL(address, this.#origin), {
      method,
      headers: { ...this.#headers, ...(type === undefined ? {} : { 'Content-Type': type }) },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
      signal: AbortSignal.timeout(this.#timeoutMs),
    });
    if (response.status === expected) return response;
    const words = (await response.text()).slice(0, 300);
    throw new Error(`${method} ${this.#name}: the registry answered ${response.status}: ${words}`);
  }
}
