// What to do about an error of AWS.
import { hopLimit, setTheClock, tellOffset } from '@bamboo-ecs/network';
import type { Call, Facts } from './facts.ts';

const certificate = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)/u;

/** A sentence for the reader of the log, or undefined when AWS's words say enough. */
export function advise(facts: Facts, words: string, call: Call): string | undefined {
  if (facts.proxy !== undefined) return facts.proxy.hint;
  switch (facts.kind) {
    case 'access-denied':
      return adviseAccess(words, call, facts);
    case 'credentials':
      return adviseCredentials(facts);
    case 'cluster-not-found':
      return 'Check the cluster, the region and the account: the cluster must exist in this account and region.';
    case 'service-not-found':
      return 'Check the name of the service, the cluster and the region.';
    case 'service-not-active':
      return 'The service is being deleted (DRAINING) or was deleted (INACTIVE): wait until it is gone, then it is created anew.';
    case 'throttled':
      return 'Too many calls of this account and region at the moment; fewer installations at one time help.';
    case 'unreachable':
      return adviseNetwork(facts, call);
    case 'unsupported':
      return facts.unreadable
        ? 'Check the address (AWS_ENDPOINT_URL) and the proxy (HTTPS_PROXY): a page came where JSON was expected.'
        : 'This server does not know the operation.';
    case 'refused':
      return adviseRefusal(words);
    case 'not-found':
      break;
  }
  return undefined;
}

/** `User: arn:… is not authorized to perform: ecs:UpdateService on resource: arn:…` names the action; otherwise it is the operation's. */
function adviseAccess(words: string, call: Call, facts: Facts): string {
  if (facts.unreadable)
    return 'No answer of AWS but a page: ask who runs the proxy or the firewall on the way.';
  const action = /perform:? ([\w-]+:\w+)/u.exec(words)?.[1] ?? `ecs:${call.operation}`;
  const resource = /on resource:? ((?:arn:|\*)\S*)/u.exec(words)?.[1]?.replace(/[.,;]$/u, '');
  const principal = /User:? (arn:\S+)/u.exec(words)?.[1];
  const denied = /explicit deny/iu.test(words) ? ' An explicit deny must be taken away.' : '';
  const whom = principal === undefined ? 'the role of the installation' : principal;
  return `Allow the action ${action}${resource === undefined ? '' : ` on ${resource}`} to ${whom}.${denied}`;
}

function adviseCredentials(facts: Facts): string {
  if (facts.clockSkew) {
    const offset =
      facts.clockOffset === undefined
        ? "The clock of this agent differs from AWS's by more than 5 minutes, which a signature may not."
        : tellOffset(facts.clockOffset);
    return `${offset} ${setTheClock}`;
  }
  return (
    credentialsAdvice.get(facts.code ?? '') ??
    'AWS does not accept these credentials: check the access key id, the account and the partition of the region.'
  );
}

const noneFound =
  'Give credentials: the role of the instance or the task, AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY. ' +
  hopLimit;
const expired =
  'The session has expired: use credentials that renew themselves (a role) or that live longer than a rollout.';
const mismatch =
  'The secret access key does not belong to the access key id, or a proxy changes the request on the way.';
const credentialsAdvice = new Map([
  ['CredentialsProviderError', noneFound],
  ['TokenProviderError', noneFound],
  ['ExpiredToken', expired],
  ['ExpiredTokenException', expired],
  ['SignatureDoesNotMatch', mismatch],
  ['InvalidSignatureException', mismatch],
]);

function adviseNetwork(facts: Facts, call: Call): string {
  if (facts.code === 'CERT_HAS_EXPIRED' || facts.code === 'CERT_NOT_YET_VALID') {
    return `The certificate is not valid by the clock of this agent: ${setTheClock}`;
  }
  if (facts.code !== undefined && certificate.test(facts.code)) {
    return 'The certificate is not trusted: give the certificate authority of the proxy or server (ca-file, or NODE_EXTRA_CA_CERTS).';
  }
  if (facts.status === 407) return 'The proxy asks for a user and password: put them into HTTPS_PROXY.';
  if (call.mode === 'write')
    return 'The answer is lost: whether the change was made is found out by reading.';
  if (facts.code === 'ENOTFOUND')
    return 'Check the region and the address (AWS_ENDPOINT_URL), DNS and HTTPS_PROXY.';
  return 'Check the network, HTTPS_PROXY and NO_PROXY, and the health of AWS in this region.';
}

function adviseRefusal(words: string): string | undefined {
  if (/region is missing/iu.test(words)) return 'Set the region: `region`, or AWS_REGION.';
  if (/address of an http proxy/u.test(words))
    return 'It must look like http://proxy.example:3128, or be empty.';
  if (/invalid url/iu.test(words))
    return 'Check AWS_ENDPOINT_URL: it must be a whole address, http://host:port.';
  if (/not idempotent/iu.test(words)) {
    return 'A service of this name is there already, or is being deleted, with other parameters: run the installation again.';
  }
  if (/unable to assume the service linked role/iu.test(words)) {
    return 'IAM has just made the role AWSServiceRoleForECS and has not spread it yet: run the installation again.';
  }
  if (/iam:PassRole/u.test(words)) return 'Allow iam:PassRole on the roles that the task definition names.';
  return undefined;
}
