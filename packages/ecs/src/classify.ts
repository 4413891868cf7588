// From an error of the SDK or the network to the kind that the exit codes need.
import { offsetFromWords, offsetOf, proxyTroubleOf } from '@bamboo-ecs/network';
import type { EcsErrorKind } from '@bamboo-ecs/rollout';
import type { CallMode, Facts } from './facts.ts';
import { textOf } from './words.ts';

/** Names of errors as the AWS pages "Common Errors" and the API pages of Amazon ECS list them, and as STS and IAM spell them. */
const namesByKind: readonly (readonly [EcsErrorKind, readonly string[]])[] = [
  [
    'access-denied',
    [
      'AccessDenied',
      'AccessDeniedException',
      'BlockedException',
      'NotAuthorized',
      'OptInRequired',
      'UnauthorizedAccess',
      'UnauthorizedOperation',
    ],
  ],
  [
    'credentials',
    [
      'AuthFailure',
      'CredentialsProviderError',
      'ExpiredToken',
      'ExpiredTokenException',
      'IncompleteSignature',
      'IncompleteSignatureException',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidIdentityToken',
      'InvalidSignatureException',
      'MissingAuthenticationToken',
      'MissingAuthenticationTokenException',
      'RequestExpired',
      'RequestInTheFuture',
      'RequestTimeTooSkewed',
      'SignatureDoesNotMatch',
      'TokenProviderError',
      'UnrecognizedClientException',
    ],
  ],
  ['cluster-not-found', ['ClusterNotFoundException']],
  ['service-not-found', ['ServiceNotFoundException']],
  ['service-not-active', ['ServiceNotActiveException']],
  [
    'not-found',
    ['ResourceNotFoundException', 'ServiceDeploymentNotFoundException', 'TaskSetNotFoundException'],
  ],
  [
    'throttled',
    [
      'PriorRequestNotComplete',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'Throttling',
      'ThrottlingException',
      'ThrottledException',
      'TooManyRequestsException',
    ],
  ],
  [
    'unreachable',
    [
      'InternalError',
      'InternalFailure',
      'InternalServerError',
      'InternalServerErrorException',
      'RequestTimeout',
      'RequestTimeoutException',
      'ServerException',
      'ServiceUnavailable',
      'ServiceUnavailableException',
    ],
  ],
  [
    'unsupported',
    [
      'InvalidAction',
      'NotImplemented',
      'NotImplementedException',
      'UnknownOperationException',
      'UnsupportedOperation',
    ],
  ],
];
const byName = new Map(namesByKind.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));

const skewNames = new Set(['RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed']);
const skewWords = /signature expired|signature not yet current|is now earlier than|is still later than/iu;
/** Of RegisterTaskDefinition: refused for the moment, nothing was registered. */
const concurrentRevisions = /too many concurrent attempts to create a new revision/iu;
const systemCode = /^(?:E[A-Z_0-9]+|CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED[A-Z_]*|UNABLE_TO_[A-Z_]+|HPE_[A-Z_]+)$/u;

export function classify(error: unknown, mode: CallMode): Facts {
  const view = viewOf(error);
  const text = textOf(error);
  const proxy = proxyTroubleOf(error);
  if (proxy !== null) {
    const code = typeof view.code === 'string' ? { code: view.code } : {};
    return { kind: 'unreachable', unreadable: false, clockSkew: false, proxy, ...code };
  }
  const status = view.$metadata?.httpStatusCode ?? view.$response?.statusCode;
  const unreadable = view.name === 'SyntaxError' && status !== undefined;
  const name = namedCode(view.name);
  const network = systemCodeOf(error);
  const code = name ?? network;
  const clockSkew = (name !== undefined && skewNames.has(name)) || skewWords.test(text);
  const facts = {
    unreadable,
    clockSkew,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
  };
  if (clockSkew) {
    const clockOffset = offsetOf(error) ?? offsetFromWords(text);
    return { ...facts, kind: 'credentials', ...(clockOffset === undefined ? {} : { clockOffset }) };
  }
  if (concurrentRevisions.test(text)) return { ...facts, kind: 'throttled' };
  const known = name === undefined ? undefined : byName.get(name);
  if (known !== undefined) return { ...facts, kind: known };
  return { ...facts, kind: kindByAnswer(view, status, unreadable, network, mode) };
}

function kindByAnswer(
  view: ErrorView,
  status: number | undefined,
  unreadable: boolean,
  network: string | undefined,
  mode: CallMode,
): EcsErrorKind {
  if (network !== undefined || isTimeOut(view)) return 'unreachable';
  // No answer, no network error: the call never left (no region, an address that is no URL).
  if (status === undefined) return 'refused';
  if (status === 429) return 'throttled';
  if (status === 404 || status === 405 || status === 501) return 'unsupported';
  if (status === 407) return 'unreachable';
  if (status === 401) return 'credentials';
  if (status === 403) return 'access-denied';
  if (status >= 500) return mode === 'optional' ? 'unsupported' : 'unreachable';
  // A write answered with 200 and half a body was carried out for all we know: that must be found out by reading.
  if (unreadable && status < 300) return mode === 'write' ? 'unreachable' : 'unsupported';
  return unreadable || status < 400 ? 'unsupported' : 'refused';
}

/** Was the request refused before anything was done, so that a write may be sent again? */
export function surelyNotDone(error: unknown): boolean {
  const facts = classify(error, 'write');
  const corrected = viewOf(error).$metadata?.clockSkewCorrected === true;
  return facts.kind === 'throttled' || (corrected && facts.clockSkew);
}

interface ErrorView {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly statusCode?: number };
}

function viewOf(error: unknown): ErrorView {
  return typeof error === 'object' && error !== null ? error : {};
}

/** The SDK puts AWS's code into `name`; the names of JavaScript's own errors are none. */
function namedCode(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '' || name === 'Unknown' || name === 'UnknownError')
    return undefined;
  const own = new Set(['Error', 'TypeError', 'SyntaxError', 'RangeError', 'AggregateError']);
  return own.has(name) || name === 'TimeoutError' || name === 'AbortError' ? undefined : name;
}

function isTimeOut(view: ErrorView): boolean {
  return view.name === 'TimeoutError' || view.name === 'AbortError';
}

/** `ECONNREFUSED`, `UNABLE_TO_VERIFY_LEAF_SIGNATURE`, also from inside a cause or the addresses of one name. */
export function systemCodeOf(error: unknown, depth = 0): string | undefined {
  if (depth > 5) return undefined;
  const view = viewOf(error);
  if (typeof view.code === 'string' && systemCode.test(view.code)) return view.code;
  const inner = Array.isArray(view.errors) ? [...(view.errors as unknown[]), view.cause] : [view.cause];
  for (const cause of inner) {
    const code = cause === undefined ? undefined : systemCodeOf(cause, depth + 1);
    if (code !== undefined) return code;
  }
  return wrappedCode(view.message);
}

/** Of an error that was made in another realm (a worker, a vm context) the SDK keeps the text only. */
function wrappedCode(message: unknown): string | undefined {
  if (typeof message !== 'string' || !message.startsWith('AWS SDK error wrapper for ')) return undefined;
  const code = /\b(?:ECONN[A-Z]+|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)\b/u.exec(
    message,
  )?.[0];
  return code ?? wrappedTexts.find(([text]) => text.test(message))?.[1];
}

/** Texts of Node and OpenSSL that stand for a code. */
const wrappedTexts: readonly (readonly [RegExp, string])[] = [
  [/socket hang up|aborted|timed out|TimeoutError/u, 'ECONNRESET'],
  [/self-signed certificate in certificate chain/u, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self-signed certificate/u, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/unable to verify the first certificate/u, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/certificate has expired/u, 'CERT_HAS_EXPIRED'],
];
