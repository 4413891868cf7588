// No answer at all: network, certificates, proxy.
import type { RepositoryError } from '@bamboo-ecs/repository';
import { shownUrl } from '../client.ts';
import type { Answer, Call } from '../client.ts';
import { attemptsOf, makeError } from '../context.ts';
import type { Context, Finding } from '../context.ts';
import type { Failure } from '../exchange.ts';

export function explainFailure(
  context: Context,
  call: Call,
  failure: Failure,
  answer: Answer,
): RepositoryError {
  const { hostname, port, protocol } = new URL(failure.url);
  const host = port === '' ? hostname : `${hostname}:${port}`;
  const finding =
    proxyFinding(failure, answer) ??
    tlsFinding(failure, host) ??
    protocolFinding(failure, protocol) ??
    networkFinding(failure, host, answer);
  const from = shownUrl(failure.url) === shownUrl(call.url) ? '' : ` (at ${shownUrl(failure.url)})`;
  const words = failure.message.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const code = failure.code === '' || words.includes(failure.code) ? '' : ` (${failure.code})`;
  return makeError(context, finding, `${call.method} ${shownUrl(call.url)}${from}: ${words}${code}`);
}

/** Codes of OpenSSL's certificate verification, as Node gives them (nodejs.org, "TLS", X509 certificate error codes). */
function tlsFinding(failure: Failure, host: string): Finding | null {
  const hint =
    'Give the certificate of the authority that signed it as a PEM file in the setting "ca-file" (or in NODE_EXTRA_CA_CERTS).';
  switch (failure.code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        kind: 'misconfigured',
        lead: `${host} shows a self-signed certificate.`,
        hint: hint.replace('of the authority that signed it', 'itself'),
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return {
        kind: 'misconfigured',
        lead: `${host} shows a certificate of a private authority that is not trusted here.`,
        hint,
      };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'CERT_UNTRUSTED':
    case 'INVALID_CA':
      return {
        kind: 'misconfigured',
        lead: `The authority that signed the certificate of ${host} is not known here.`,
        hint,
      };
    case 'CERT_HAS_EXPIRED':
      return {
        kind: 'misconfigured',
        lead: `The certificate of ${host} has expired.`,
        hint: 'Let it be renewed; and look whether the clock of this machine is right.',
      };
    case 'CERT_NOT_YET_VALID':
      return {
        kind: 'misconfigured',
        lead: `The certificate of ${host} is not valid yet.`,
        hint: 'Look whether the clock of this machine is right.',
      };
    case 'CERT_REVOKED':
      return {
        kind: 'misconfigured',
        lead: `The certificate of ${host} was revoked.`,
        hint: 'Let it be renewed.',
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return {
        kind: 'misconfigured',
        lead: `The certificate of the server is made for another name than ${host}.`,
        hint: 'Write the name that stands in the certificate into the setting "repository".',
      };
    default:
      return null;
  }
}

function proxyFinding({ proxy }: Failure, answer: Answer): Finding | null {
  if (proxy === undefined) return null;
  const tried = answer.attempts === 1 ? '' : `, in ${attemptsOf(answer)}`;
  const kind = proxy.passing ? 'unreachable' : 'misconfigured';
  return { kind, lead: proxy.lead.replace(/\.$/, `${tried}.`), hint: proxy.hint };
}

/** http spoken to an https port, https to an http port, or neither of them on the other end. */
function protocolFinding(failure: Failure, protocol: string): Finding | null {
  const scheme = 'Look whether http or https and the port in the address of the repository are right.';
  if (/^(EPROTO|ERR_SSL_)/.test(failure.code)) {
    return {
      kind: 'misconfigured',
      lead: 'No secure connection could be made: the other end may not speak https.',
      hint: scheme,
    };
  }
  if (failure.code.startsWith('HPE_')) {
    const lead = `The other end does not answer in ${protocol === 'https:' ? 'https' : 'http'}.`;
    return { kind: 'misconfigured', lead, hint: scheme };
  }
  return null;
}

function networkFinding(failure: Failure, host: string, answer: Answer): Finding {
  const tried = `in ${attemptsOf(answer)}`;
  if (failure.truncated) {
    return {
      kind: failure.code === 'ETIMEDOUT' ? 'unreachable' : 'corrupt',
      lead: `The answer of ${host} broke off before its end, ${tried}.`,
      hint: 'Run this again. If it stays so, look at the network and the proxy between this machine and Artifactory.',
    };
  }
  switch (failure.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        kind: 'unreachable',
        lead: `The name ${host} is not known to the name service, ${tried}.`,
        hint: 'Look whether it is spelt rightly in the setting "repository", and whether a proxy (HTTPS_PROXY) must be used.',
      };
    case 'ECONNREFUSED':
      return {
        kind: 'unreachable',
        lead: `Nothing answers at ${host}, ${tried}.`,
        hint: 'Look whether Artifactory runs and whether the port is right, and whether a proxy (HTTPS_PROXY) must be used.',
      };
    default:
      return {
        kind: 'unreachable',
        lead: `${host} could not be reached, ${tried}.`,
        hint: 'Look at the network between this machine and Artifactory (firewall, HTTPS_PROXY, NO_PROXY), then run this again.',
      };
  }
}
