// An error of the SDK, told with its cause and what to do. Codes: Amazon S3 API reference, "Error responses".
import { hopLimit, proxyTroubleOf, setTheClock, tellOffset } from '@bamboo-ecs/network';
import { RepositoryError } from '@bamboo-ecs/repository';
import type { RepositoryErrorKind, S3Address } from '@bamboo-ecs/repository';
import { networkFinding } from './explain-network.ts';
import { errorView } from './error-view.ts';
import type { ErrorView } from './error-view.ts';

export interface Place {
  readonly operation: string;
  readonly key: string;
  readonly address: S3Address;
  readonly timedOut: boolean;
  /** Milliseconds that the call had. */
  readonly total: number;
}

export interface Finding {
  readonly kind: RepositoryErrorKind;
  /** A sentence. */
  readonly lead: string;
  readonly hint: string;
}

export function explain(error: unknown, place: Place): RepositoryError {
  const where = `s3://${place.address.bucket}/${place.key}`;
  const proxy = proxyTroubleOf(error);
  if (proxy !== null) {
    const kind = proxy.passing ? 'unreachable' : 'misconfigured';
    return new RepositoryError(kind, `${proxy.lead} ${place.operation} ${where} was not done.`, proxy.hint);
  }
  const view = errorView(error);
  const finding = find(view, place);
  const code = [view.status, view.name].filter((part) => part !== null && part !== '').join(' ');
  const said = view.message === '' ? '' : `: ${view.message}`;
  const message = `${finding.lead} ${place.operation} ${where} ended with ${code}${said}`;
  // The SDK's error is not kept as the cause: it carries the request that was signed.
  return new RepositoryError(
    finding.kind,
    message,
    finding.hint,
    view.status === null ? {} : { status: view.status },
  );
}

function find(view: ErrorView, place: Place): Finding {
  if (place.timedOut) {
    return {
      kind: 'unreachable',
      lead: `S3 did not answer within ${Math.ceil(place.total / 1000)} s.`,
      hint: 'Look at the network between this machine and S3, then run this again.',
    };
  }
  return byName(view, place) ?? networkFinding(view) ?? byStatus(view, place);
}

const credentials =
  'Look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or at the role of the agent.';

function byName(view: ErrorView, { address }: Place): Finding | null {
  const { bucket } = address;
  if (view.name.startsWith('KMS'))
    return {
      kind: 'misconfigured',
      lead: `The KMS key with which the bucket ${bucket} is encrypted cannot be used.`,
      hint: "Look at the key's state (disabled, to be deleted, in another region) and at its policy.",
    };
  if (/signature expired|signature not yet current/i.test(view.message)) return wrongClock(view);
  switch (view.name) {
    case 'NoSuchBucket':
      return {
        kind: 'not-found',
        lead: `There is no bucket ${bucket}.`,
        hint: 'Look at the setting "repository" and at the account that is used; a bucket is not made by bamboo-ecs.',
      };
    case 'InvalidBucketName':
      return {
        kind: 'misconfigured',
        lead: `${bucket} is no name of a bucket.`,
        hint: 'Correct the setting "repository".',
      };
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
    case 'IncorrectEndpoint':
      return wrongRegion(bucket, view);
    case 'ExpiredToken':
    case 'ExpiredTokenException':
    case 'TokenRefreshRequired':
      return {
        kind: 'unauthenticated',
        lead: 'The AWS credentials have expired.',
        hint: `Get new ones. ${credentials}`,
      };
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return wrongClock(view);
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'InvalidToken':
    case 'InvalidSecurity':
    case 'NotSignedUp':
    case 'CredentialsProviderError':
    case 'TokenProviderError':
      return {
        kind: 'unauthenticated',
        lead: /^(CredentialsProviderError|TokenProviderError)$/.test(view.name)
          ? 'There are no AWS credentials.'
          : 'AWS does not accept the credentials.',
        hint: view.name.endsWith('ProviderError') ? `${credentials} ${hopLimit}` : credentials,
      };
    case 'InvalidObjectState':
      return {
        kind: 'corrupt',
        lead: `The object is archived and cannot be read now.`,
        hint: 'A lifecycle rule of the bucket has moved it to an archive class: restore it (aws s3api restore-object), and except the releases from the rule.',
      };
    case 'SlowDown':
      return { kind: 'unreachable', lead: 'S3 asks to slow down.', hint: 'Run this again later.' };
    default:
      return null;
  }
}

function wrongClock({ clockOffset }: ErrorView): Finding {
  return {
    kind: 'unauthenticated',
    lead:
      clockOffset === undefined
        ? "The clock of this agent differs from AWS's by more than 15 minutes, so that AWS refuses its signature."
        : `${tellOffset(clockOffset)} So AWS refuses its signature.`,
    hint: setTheClock,
  };
}

function wrongRegion(bucket: string, view: ErrorView): Finding {
  const region = view.region ?? /expecting '([a-z0-9-]+)'/.exec(view.message)?.[1];
  return {
    kind: 'misconfigured',
    lead: `The bucket ${bucket} lies in ${region === undefined ? 'another region' : `the region ${region}`}.`,
    hint: `Set AWS_REGION${region === undefined ? '' : `=${region}`} (or the endpoint) to the one of the bucket.`,
  };
}

function byStatus(view: ErrorView, { operation, address }: Place): Finding {
  const { status } = view;
  if (status === 403) return accessDenied(operation, address.bucket);
  if (status === 401) return { kind: 'unauthenticated', lead: 'S3 asks for credentials.', hint: credentials };
  if (status === 407) {
    return {
      kind: 'misconfigured',
      lead: 'The proxy asks for credentials, or refuses those that it got.',
      hint: 'Put them into HTTPS_PROXY or HTTP_PROXY (http://user:password@proxy:port), or name the host in NO_PROXY.',
    };
  }
  if (status === 301 || status === 307) return wrongRegion(address.bucket, view);
  if (status === 501) {
    return {
      kind: 'misconfigured',
      lead: 'The store does not know what it was asked.',
      hint: 'Look at its words and at AWS_ENDPOINT_URL: it must know PutObject, GetObject, HeadObject and ListObjectsV2.',
    };
  }
  if (status !== null && status >= 500) {
    return { kind: 'unreachable', lead: 'S3 could not answer.', hint: 'Run this again when S3 is well.' };
  }
  if (status !== null && status >= 200 && status < 300) {
    return {
      kind: 'foreign',
      lead: 'What answered is not S3.',
      hint: 'Look at the endpoint (AWS_ENDPOINT_URL) and at the proxy in between.',
    };
  }
  if (status === 412) {
    return {
      kind: 'misconfigured',
      lead: 'The store does not know conditional writes.',
      hint: 'Use Amazon S3, or a store that understands If-None-Match.',
    };
  }
  return {
    kind: 'misconfigured',
    lead: 'S3 did not do what it was asked.',
    hint: 'Look at its words, at the setting "repository" and at AWS_REGION.',
  };
}

/** Without s3:ListBucket S3 says 403 where it would say 404 (Amazon S3 API reference, GetObject, "Permissions"). */
function accessDenied(operation: string, bucket: string): Finding {
  const rights = {
    PutObject: 's3:PutObject',
    GetObject: 's3:GetObject and s3:ListBucket (without it S3 says "denied" for what is not there)',
    HeadObject: 's3:GetObject and s3:ListBucket (without it S3 says "denied" for what is not there)',
    ListObjectsV2: 's3:ListBucket',
  }[operation];
  return {
    kind: 'forbidden',
    lead: `Access to the bucket ${bucket} is denied.`,
    hint: `Give the role or user of the agent ${rights ?? 'rights'} on arn:aws:s3:::${bucket} and its objects, and the right to the KMS key if the bucket is encrypted with one; look at the bucket's own policy, too.`,
  };
}
