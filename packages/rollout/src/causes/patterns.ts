// AWS's texts → causes. Sources: "Amazon ECS stopped tasks error messages", "CannotPullContainer task errors",
// "Amazon ECS service event messages", "API failure reasons" (ECS Developer Guide), the agent's and Docker's own words.
import type { Cause } from './cause.ts';

interface Pattern {
  readonly cause: Cause;
  /** All must match. */
  readonly all: readonly RegExp[];
}

const pull = /CannotPull|\bpull\b|image manifest|registry auth/iu;
const unreachable =
  /i\/o timeout|signal: killed|RequestCanceled|no route to host|connection refused|connection reset|no such host|deadline exceeded|Client\.Timeout|request canceled|TLS handshake|x509|network is unreachable|network configuration|send request failed|connection issue/iu;
const denied =
  /access ?denied|not authorized|unauthorized|no basic auth|authentication required|\bdenied\b|403 Forbidden/iu;

/** Reasons are a few hundred characters; whoever sends more gets no more attention. */
const longest = 5000;

/** Ordered: the first that fits decides, so the special ones come first. */
const patterns: readonly Pattern[] = [
  one('out-of-memory', /OutOfMemory|killed due to memory usage|oom-?killed/iu),
  one(
    'interrupted',
    /spot (task was interrupted|interruption)|Host EC2 \(instance|underlying (infrastructure|host)/iu,
  ),
  one('image-rate-limit', /toomanyrequests|pull rate limit|too many requests/iu),
  one(
    'no-disk-space',
    /no space left on device|not enough (available )?(free )?(disk )?space|free data blocks/iu,
  ),
  one('exec-format', /exec format error/iu),
  // Before the images: some servers say "unable to pull image or start container" about both.
  one(
    'command-not-found',
    /executable file not found|exec: .*no such file or direc|stat \S+: no such file or direc/iu,
  ),
  one(
    'port-allocated',
    /port is already allocated|address already in use|programming external connectivity/iu,
  ),
  one(
    'image-platform',
    /no matching manifest|descriptor (matching|for) platform|does not match the (specified|detected host) platform|no match for platform|operating system .* cannot be used/iu,
  ),
  one(
    'service-linked-role',
    /unable to assume the (service[- ]linked role|role '[^']*AWSServiceRoleForECS)/iu,
  ),
  one('role-not-assumable', /unable to assume (the )?role|iam:PassRole/iu),
  // No answer of CloudWatch Logs until the check itself is killed.
  all('aws-unreachable', /logger args|logging driver|log (stream|group)/iu, unreachable),
  one(
    'log-group',
    /log group does not exist|logger args|logging driver|Cloudwatch log (stream|group)|logs:CreateLog/iu,
  ),
  one(
    'secret-missing',
    /can't find the specified secret|invalid ssm parameters|ParameterNotFound|did not contain json key|staging label/iu,
  ),
  all(
    'image-access-denied',
    /ecr registry auth|ecr:(GetAuthorizationToken|BatchGetImage|GetDownloadUrl)/iu,
    denied,
  ),
  all('secret-denied', /secret|\bssm\b|GetParameter|kms:/iu, denied),
  all('aws-unreachable', /ResourceInitializationError|secrets or registry auth/iu, unreachable),
  all('image-access-denied', pull, denied),
  all('image-unreachable', pull, unreachable),
  all('image-not-found', pull, /not found|manifest unknown|name unknown|does not exist|NotFound/iu),
  // "Container image resolution" (ECS Developer Guide): the scheduler itself asks the registry for the digest of a tag.
  one('image-pull', /CannotPull|image digest resolution/iu),
  one(
    'volume-mount',
    /CannotCreateVolume|EFS utils|mount\.nfs|mounting volume|mount config|failed to mount|no such volume|trying to mount a directory/iu,
  ),
  all('command-not-executable', /exec|OCI runtime|start container/iu, /permission denied/iu),
  one('start-timeout', /DockerTimeoutError|ContainerRuntimeTimeoutError|timed out after waiting/iu),
  one('resource-initialization', /ResourceInitializationError/iu),
  one(
    'container-cannot-start',
    /Cannot(Start|Create|Inspect)Container(Error)?|ContainerRuntimeError|OCI runtime create failed/iu,
  ),
  one('container-health', /failed container health checks/iu),
  one('target-registration', /failed to register targets/iu),
  one(
    'load-balancer-health',
    /failed ELB health ?checks|ELB health ?check failed|is unhealthy in \(?(target-group|elb)|health checks failed with these codes|UnhealthyThreshold/iu,
  ),
  one('network-interface', /[Nn]etwork [Ii]nterface|\bENI\b/u),
  one('quota', /reached the limit on the number of|is above your limit|LimitExceeded/iu),
  one(
    'capacity',
    /capacity is (currently )?(unavailable|not available)|insufficient capacity|capacity provider/iu,
  ),
  one('no-memory', /RESOURCE:MEMORY|(insufficient|not enough) memory/iu),
  one('no-cpu', /RESOURCE:CPU|(insufficient|not enough) CPU/iu),
  one('no-gpu', /RESOURCE:GPU|(insufficient|not enough) GPU/iu),
  one('port-in-use', /already using a port|RESOURCE:PORTS|reserved port limit|resource type PORTS/iu),
  one(
    'agent-disconnected',
    /error "?AGENT|RESOURCE:AGENT|agent (is )?(not connected|disconnected)|doesn't have the agent connected/iu,
  ),
  one('no-attribute', /missing an attribute|\bATTRIBUTE\b|placement constraint/u),
  one('no-instances', /No Container Instances were found/iu),
  one('no-placement', /unable to place a task/iu),
  one('percent-deadlock', /unable to stop or start tasks during a deployment/iu),
  one('task-protection', /under protection/iu),
  one('throttled', /are being throttled|Rate exceeded|ThrottlingException/iu),
  one('alarm', /alarm detected/iu),
];

/** The cause that a text of AWS speaks of, or null when it speaks of none that is known. */
export function causeOf(text: string): Cause | null {
  const start = text.slice(0, longest);
  return patterns.find(({ all }) => all.every((pattern) => pattern.test(start)))?.cause ?? null;
}

function one(cause: Cause, pattern: RegExp): Pattern {
  return { cause, all: [pattern] };
}

function all(cause: Cause, ...every: readonly RegExp[]): Pattern {
  return { cause, all: every };
}
