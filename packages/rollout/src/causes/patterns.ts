// AWS's texts → causes. Sources: "Amazon ECS stopped tasks error messages", "Amazon ECS service event messages",
// "API failure reasons" (ECS Developer Guide), the agent's and Docker's own words.
import type { Cause } from './cause.ts';
import {
  denied,
  imagePatterns,
  isAboutImage,
  noDiskSpace,
  platform,
  rateLimit,
  unreachable,
} from './image-patterns.ts';
import { all, one, type Pattern } from './pattern.ts';

/** Reasons are a few hundred characters; whoever sends more gets no more attention. */
const longest = 5000;

const logging = /logger args|logging driver|log (stream|group)/iu;
const ofImages: readonly Pattern[] = [rateLimit, noDiskSpace, platform, ...imagePatterns];

/** Ordered: the first that fits decides, so the special ones come first. */
const patterns: readonly Pattern[] = [
  one('out-of-memory', /OutOfMemory|killed due to memory usage|oom-?killed/iu),
  one(
    'interrupted',
    /spot (task was interrupted|interruption)|Host EC2 \(instance|underlying (infrastructure|host)|task retirement|^(the )?(container |host )?instance\b.{0,60}\b(deregistered|draining|drained|terminated)/iu,
  ),
  rateLimit,
  noDiskSpace,
  one('exec-format', /exec format error/iu),
  // Before the images: some servers say "unable to pull image or start container" about both.
  one(
    'command-not-found',
    /executable file not found|exec: .*no such file or direc|stat \S+: no such file or direc|exec: "[^"]*": execut/iu,
  ),
  one(
    'port-allocated',
    /port is already allocated|address already in use|programming external connectivity/iu,
  ),
  platform,
  one(
    'service-linked-role',
    /unable to assume the (service[- ]linked role|role '[^']*AWSServiceRoleForECS)/iu,
  ),
  one('role-not-assumable', /unable to assume (the )?role|iam:PassRole/iu),
  // No answer of CloudWatch Logs until the check itself is killed.
  all('aws-unreachable', logging, /cloudwatch|amazonaws|signal: killed|RequestCanceled/iu, unreachable),
  // Splunk, fluentd and others are asked when the container starts.
  all('log-driver', logging, unreachable),
  one(
    'log-group',
    /log group does not exist|logger args|logging driver|Cloudwatch log (stream|group)|logs:CreateLog/iu,
  ),
  one(
    'secret-missing',
    /can't find the specified secret|invalid (ssm )?parameters:|invalid ssm parameters|ParameterNotFound|did not contain json key|staging label/iu,
  ),
  all(
    'image-access-denied',
    /ecr registry auth|ecr:(GetAuthorizationToken|BatchGetImage|GetDownloadUrl)/iu,
    denied,
  ),
  all('secret-denied', /secret|\bssm\b|GetParameter|kms:/iu, denied),
  one('volume-mount', /EFS utils|mount\.nfs|\bEBS volume/iu),
  all('aws-unreachable', /ResourceInitializationError|secrets or registry auth/iu, unreachable),
  ...imagePatterns,
  one(
    'volume-mount',
    /CannotCreateVolume|mounting volume|mount config|failed to mount|mount source path|no such volume|trying to mount a directory/iu,
  ),
  all(
    'command-not-executable',
    /exec|OCI runtime|start container/iu,
    /permission denied|": is a directory/iu,
  ),
  one('start-timeout', /DockerTimeoutError|ContainerRuntimeTimeoutError|timed out after waiting/iu),
  one(
    'container-cannot-start',
    /Cannot(Start|Create|Inspect)Container(Error)?|ContainerRuntimeError|OCI runtime create failed/iu,
  ),
  one('resource-initialization', /ResourceInitializationError/iu),
  one('container-health', /failed container health checks/iu),
  one('target-registration', /failed to register targets/iu),
  one(
    'load-balancer-health',
    /failed ELB health ?checks|ELB health ?check failed|is unhealthy in \(?(target-group|elb)|health checks failed with these codes|UnhealthyThreshold/iu,
  ),
  one('no-instances', /No Container Instances were found/iu),
  one('network-interface', /[Nn]etwork ?[Ii]nterface|\bENI\b|private IP address/u),
  one('quota', /reached the limit on the number of|is above your limit|LimitExceeded/iu),
  one(
    'capacity',
    /capacity is (currently )?(unavailable|not available)|insufficient capacity|capacity provider/iu,
  ),
  one('no-memory', /RESOURCE:MEMORY|(insufficient|not enough|have enough) memory/iu),
  one('no-cpu', /RESOURCE:CPU|(insufficient|not enough|have enough) CPU/iu),
  one('no-gpu', /RESOURCE:GPU|(insufficient|not enough|have enough) GPU/iu),
  one('port-in-use', /already using a port|RESOURCE:PORTS|reserved port limit|resource type PORTS/iu),
  one(
    'agent-disconnected',
    /error "?AGENT|RESOURCE:AGENT|agent (is )?(not connected|disconnected)|doesn't have the agent connected/iu,
  ),
  one('no-attribute', /missing an attribute|\bATTRIBUTE\b|placement constraint/u),
  one('no-placement', /unable to place a task/iu),
  one('percent-deadlock', /unable to stop or start tasks during a deployment/iu),
  one('task-protection', /under protection/iu),
  one('throttled', /are being throttled|Rate exceeded|ThrottlingException/iu),
  one('alarm', /alarm detected/iu),
];

const names = /^(?:\((?:service|deployment|taskSet|task-set)\b[^)]*\)\s*)+/iu;

/** An event without the names in front of it, which may be made of any words. */
export function withoutNames(message: string): string {
  return message.replace(names, '');
}

/** What ECS does when all goes well. */
const routine =
  /^(?:has (?:started \d+ task|stopped \d+|begun draining|reached a steady state)|(?:de)?registered \d+|is (?:not )?AZ balanced|\S.{0,40} using capacity provider strategy)/iu;

/** The cause that a text of AWS speaks of, or null when it speaks of none that is known. */
export function causeOf(text: string): Cause | null {
  const start = withoutNames(text.slice(0, longest));
  if (routine.test(start)) return null;
  const table = isAboutImage.test(start) ? ofImages : patterns;
  return table.find(({ all: every }) => every.every((pattern) => pattern.test(start)))?.cause ?? null;
}
