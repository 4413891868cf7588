// No answer at all: settings, certificates, proxies, network.
import type { ErrorView } from './error-view.ts';
import type { Finding } from './explain.ts';

const authority = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** Null when S3 did answer. */
export function networkFinding({ name, code, message, status }: ErrorView): Finding | null {
  if (status !== null) return null;
  // Of an error made in another realm the SDK keeps the text only.
  const text = `${code} ${message}`;
  if (/region is missing/i.test(message)) {
    return {
      kind: 'misconfigured',
      lead: 'No AWS region is set.',
      hint: 'Set AWS_REGION (or ecs.region) to the region of the bucket.',
    };
  }
  if (
    authority.has(code) ||
    /self-signed certificate|unable to verify the first certificate|unable to get .*issuer certificate/i.test(
      message,
    )
  ) {
    return {
      kind: 'misconfigured',
      lead: 'The certificate of the endpoint was signed by an authority that is not known here.',
      hint: 'Give its PEM file in the setting "ca-file" (or in NODE_EXTRA_CA_CERTS).',
    };
  }
  if (/CERT_|ALTNAME|certificate/i.test(text)) {
    return {
      kind: 'misconfigured',
      lead: 'The certificate of the endpoint is not valid.',
      hint: 'Look at its dates and name, and at the clock of this machine.',
    };
  }
  if (/ERR_PROXY_TUNNEL|proxy/i.test(text)) {
    return {
      kind: 'misconfigured',
      lead: 'The proxy does not let us through.',
      hint: 'Look at HTTPS_PROXY and its credentials; if the host is to be reached without a proxy, name it in NO_PROXY.',
    };
  }
  if (/EPROTO|ERR_SSL|HPE_|invalid url/i.test(`${text} ${name}`)) {
    return {
      kind: 'misconfigured',
      lead: 'The endpoint does not speak the protocol of its address.',
      hint: 'Look whether http or https and the port in AWS_ENDPOINT_URL are right.',
    };
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) {
    return {
      kind: 'unreachable',
      lead: 'The name of S3 or of the bucket is not known to the name service.',
      hint: 'Look at the region (setting "region", AWS_REGION), at AWS_ENDPOINT_URL, at the network of this container, and whether a proxy (HTTPS_PROXY) must be used.',
    };
  }
  return {
    kind: 'unreachable',
    lead: 'S3 could not be reached.',
    hint: 'Look at the network between this machine and S3 (AWS_ENDPOINT_URL, AWS_REGION, HTTPS_PROXY, NO_PROXY), then run this again.',
  };
}
