// What the registry's answers mean, in words.
import type { Failure, Reply } from './exchange.ts';
import type { ImageLookup } from './port.ts';

type Unknown = Extract<ImageLookup, { kind: 'unknown' }>;

const checkOff = 'or set `image-digest` to `off`';

export function unknown(message: string, hint: string): Unknown {
  return { kind: 'unknown', message, hint };
}

/** The request got no answer that could be used. */
export function describeFailure(failure: Failure, timeoutMs: number): Unknown {
  const { code, url, proxy } = failure;
  if (proxy !== undefined) return unknown(proxy.lead.replace(/\.$/u, ''), `${proxy.hint} ${asTry}`);
  const at = URL.canParse(url) ? new URL(url).host : 'the registry';
  if (code === 'ETIMEDOUT') {
    return unknown(
      `${at} did not answer within ${timeoutMs / 1000} s`,
      `Is the registry up, and is it reached from this agent (proxy, firewall)? ${asTry}`,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unknown(
      `the host ${at} is not known here (${code})`,
      `Is the name right in the image reference, and does this agent use the right DNS or proxy? ${asTry}`,
    );
  }
  if (code === 'ECONNREFUSED') {
    return unknown(
      `${at} refused the connection`,
      `Is the registry up, and is the port right in the image reference? ${asTry}`,
    );
  }
  if (code === 'TOO_LARGE') {
    return unknown(
      `${at} is not a registry, it seems: ${failure.message}`,
      `Is the host right in the image reference? ${asTry}`,
    );
  }
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)) {
    return unknown(
      `the certificate of ${at} is not trusted (${code})`,
      `Give the certificate authority of the registry (\`ca-file\` or NODE_EXTRA_CA_CERTS), ${checkOff}.`,
    );
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL')) {
    return unknown(
      `${at} does not speak TLS (${code})`,
      `Registries on other hosts are asked by https only. Is the port right? Otherwise set \`image-digest\` to \`off\`.`,
    );
  }
  return unknown(
    `${at} could not be asked: ${code || failure.message}`,
    `Is the registry reached from this agent? ${asTry}`,
  );
}

const asTry = 'Otherwise set `image-digest` to `off`.';

/** 401 after everything that we could prove, or 403. */
export function describeRefusal(reply: Reply, who: string): Unknown {
  const said = serverWords(reply.body);
  return unknown(
    `${shownAddress(reply.url)} refused (${reply.status}) ${who}${said ? `: ${said}` : ''}`,
    `Check the registry's credentials and their right to pull (some registries answer like this for a repository that is not there), ${checkOff}.`,
  );
}

export function describeStatus(reply: Reply): Unknown {
  const said = serverWords(reply.body);
  const at = shownAddress(reply.url);
  if (reply.status === 429) {
    return unknown(
      `${at} is asked too often (429)${said ? `: ${said}` : ''}`,
      `Try again later, use an account (anonymous limits are lower), ${checkOff}.`,
    );
  }
  return unknown(
    `${at} answered ${reply.status}${said ? `: ${said}` : ''}`,
    `Is this a registry, and is it well? ${asTry}`,
  );
}

/** Codes by which a registry says that a tag or repository is not there (OCI Distribution Specification, Error Codes). */
const absent = new Set(['MANIFEST_UNKNOWN', 'NAME_UNKNOWN', 'NOT_FOUND', 'MANIFEST_BLOB_UNKNOWN']);

/** Whether a 404 comes from a registry; a web server that is none says 404, too. */
export function saysMissing(reply: Reply): boolean {
  return (
    reply.headers['docker-distribution-api-version'] !== undefined ||
    errorsOf(reply.body).some(({ code }) => absent.has(code))
  );
}

interface RegistryError {
  readonly code: string;
  readonly message: string;
}

function errorsOf(body: Buffer): RegistryError[] {
  try {
    const { errors } = JSON.parse(body.toString('utf8')) as { errors?: unknown };
    if (!Array.isArray(errors)) return [];
    return errors.map((error: { code?: unknown; message?: unknown } | null) => ({
      code: typeof error?.code === 'string' ? error.code : '',
      message: typeof error?.message === 'string' ? error.message : '',
    }));
  } catch {
    return [];
  }
}

/** The registry's own message, on one line. `hideAll` cuts it. */
export function serverWords(body: Buffer): string {
  const said = errorsOf(body)
    .map(({ code, message }) => [code, message].filter(Boolean).join(' '))
    .join('; ');
  // eslint-disable-next-line no-control-regex -- what a terminal would act on goes
  return said.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, ' ');
}

/** Without credentials and query. */
export function shownAddress(url: string): string {
  if (!URL.canParse(url)) return 'the registry';
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
