// Causes that lie in the task: its program, image, secrets, roles. Sentence and advice for each.
import { exitMeaning } from '../causes/exit-codes.ts';
import { textOf } from '../json.ts';
import type { DeniedCall } from './denied-call.ts';
import type { Details } from './details.ts';

export interface Said {
  readonly sentence: string;
  readonly advice: string;
}

export type Say = (details: Details) => Said;

const times = ({ count }: Details): string => (count > 1 ? ` (${count} tasks)` : '');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const executionRole = ({ taskDefinition }: Details): string => {
  const role = textOf(taskDefinition, 'executionRoleArn');
  return role
    ? `the execution role ${role}`
    : 'the execution role (the task definition names none) or the instance role';
};

/** `the role web may not secretsmanager:GetSecretValue on arn:…`; AWS's own words where they do not say who and what. */
const deniedText = ({ denied, text }: Details): string =>
  denied
    ? `${whoOf(denied)} is not allowed ${denied.action}${denied.resource ? ` on ${denied.resource}` : ''}`
    : text;
const deniedAdvice = ({ denied }: Details): string =>
  denied ? `${whoOf(denied)} ${denied.action}${denied.resource ? ` on ${denied.resource}` : ''}` : '';
const whoOf = ({ who }: DeniedCall): string => (who.startsWith('arn:') ? who : `the role ${who}`);

export const taskCauses = {
  'crash-loop': (details) => {
    const { container, exitCode, said } = details;
    const how =
      exitCode === undefined
        ? 'exits soon after its start'
        : `exits with code ${exitCode} soon after its start`;
    const meaning = exitCode === undefined ? '' : `: ${exitMeaning(exitCode)}`;
    const why = said?.because ? `, because ${said.because}` : meaning;
    return {
      sentence: `${capital(container)} ${how}${why}${quotedWords(said)}${times(details)}.`,
      advice: exitAdvice(details),
    };
  },
  'out-of-memory': (details) =>
    details.softMemory === ''
      ? {
          sentence: `${capital(details.container)} was killed because it used more memory than its limit${details.memoryLimit}${times(details)}.`,
          advice:
            'Raise memory in the template of the task definition, or let the program use less (a JVM needs a heap limit below it).',
        }
      : {
          sentence: `${capital(details.container)} was killed because its instance ran out of memory${times(details)}: it has no limit (memory), only ${details.softMemory}.`,
          advice:
            'Raise memoryReservation in the template of the task definition to what the program needs, so that ECS places it where there is room, and set memory, so that one container cannot take all of its instance.',
        },
  'exec-format': (details) => ({
    sentence: `The program of ${details.container} is built for another processor than the one it runs on (exec format error).`,
    advice: `Build ${details.image} for the processor of the cluster (docker build --platform), or check the first line of its start script.`,
  }),
  'command-not-found': (details) => ({
    sentence: `The command of ${details.container} is not in its image: ${details.text}.`,
    advice: 'Correct command and entryPoint in the template of the task definition, or in the Dockerfile.',
  }),
  'command-not-executable': (details) => ({
    sentence: `The command of ${details.container} may not be executed: ${details.text}.`,
    advice: 'Make it executable in the image (chmod +x) and check the user that it runs as.',
  }),
  'container-cannot-start': (details) => ({
    sentence: `${capital(details.container)} could not be started: ${details.text || 'ECS says no more'}${times(details)}.`,
    advice: 'Run the image with the same settings by hand; the text is that of the container runtime.',
  }),
  'start-timeout': (details) => ({
    sentence: `${capital(details.container)} did not start within its time-out${times(details)}: ${details.text}.`,
    advice:
      'Look for an overloaded instance (disk, CPU) or a large image; startTimeout and ECS_CONTAINER_START_TIMEOUT set the limit.',
  }),
  'port-allocated': (details) => ({
    sentence: `A host port that ${details.container} wants${ports(details)} is taken on the instance by something that ECS does not know of.`,
    advice: 'Use hostPort 0 behind a load balancer, or find what else listens on that port on the instance.',
  }),
  'volume-mount': (details) => ({
    sentence: `A volume of the task could not be mounted: ${details.text}.`,
    advice:
      'Check the volumes and mountPoints of the task definition, and that the file system and its security group can be reached.',
  }),
  'log-group': (details) => ({
    sentence: `The log driver could not begin: ${deniedText(details)}.`,
    advice: details.denied
      ? `Allow ${deniedAdvice(details)} (logs:CreateLogStream and logs:PutLogEvents are needed).`
      : `Create the log group (or set awslogs-create-group) in the right region, and allow ${executionRole(details)} logs:CreateLogStream and logs:PutLogEvents.`,
  }),
  'log-driver': (details) => ({
    sentence: `The log driver of ${details.container} cannot reach where it sends to, and without it the container does not start: ${details.text}.`,
    advice:
      'Check that the receiver is up, its address in logConfiguration, and the route to it from the instance or subnet; with mode non-blocking (and fluentd-async, splunk-verify-connection=false) the container starts without it.',
  }),
  'secret-missing': (details) => ({
    sentence: `A secret or parameter that the task definition names does not exist or has no such key: ${details.text}.`,
    advice:
      'Correct valueFrom under secrets in the template of the task definition, or create the secret in that region.',
  }),
  'secret-denied': (details) => ({
    sentence: `The task may not read a secret or parameter: ${deniedText(details)}.`,
    advice: `Allow ${deniedAdvice(details) || `${executionRole(details)} secretsmanager:GetSecretValue or ssm:GetParameters on it`}, and kms:Decrypt on its key.`,
  }),
  'aws-unreachable': (details) => ({
    sentence: `The task cannot reach AWS (ECR, Secrets Manager, SSM or CloudWatch Logs) from its network: ${details.text}.`,
    advice: `Give its subnets a NAT gateway or VPC endpoints (or the task a public IP), and let the security group out on port 443${details.network}.`,
  }),
  'resource-initialization': (details) => ({
    sentence: `The task could not be prepared: ${details.text}.`,
    advice: `Check ${executionRole(details)} and the network of the task.`,
  }),
  'image-not-found': (details) => ({
    sentence: `The image ${details.image} is not in its registry: ${details.text}.`,
    advice:
      'Push the image before its descriptors are published (image-digest=require checks it), or correct its name or tag.',
  }),
  'image-access-denied': (details) => ({
    sentence: `The registry refuses the image ${details.image}, or does not have it (registries do not say which): ${deniedText(details)}.`,
    advice: `Allow ${deniedAdvice(details) || `${executionRole(details)} to pull it`} (ECR: AmazonECSTaskExecutionRolePolicy; others: repositoryCredentials), and check its name.`,
  }),
  'image-rate-limit': (details) => ({
    sentence: `The registry refuses to serve ${details.image} for now: its pull limit is reached.`,
    advice:
      'Log in to the registry (repositoryCredentials), or keep the image in a registry of your own (ECR pull-through cache).',
  }),
  'image-unreachable': (details) => ({
    sentence: `The registry of ${details.image} cannot be reached from where the task runs: ${details.text}.`,
    advice: `Check the registry's name, its certificate, and the route from the task's subnet or instance (NAT gateway, VPC endpoints, security group)${details.network}.`,
  }),
  'image-platform': (details) => ({
    sentence: `The image ${details.image} does not exist for the processor or system of the cluster: ${details.text}.`,
    advice:
      'Build it for that platform (docker build --platform), or set runtimePlatform in the task definition.',
  }),
  'image-pull': (details) => ({
    sentence: `The image ${details.image} cannot be pulled: ${details.text}.`,
    advice: 'Pull it by hand from an instance of the cluster with the same credentials.',
  }),
  'no-disk-space': (details) => ({
    sentence: `There is no space left on the disk where the task starts: ${details.text}.`,
    advice:
      'Remove unused images from the instance (ECS_IMAGE_CLEANUP_INTERVAL), or give it (or ephemeralStorage) more room.',
  }),
  'role-not-assumable': (details) => ({
    sentence: `ECS cannot assume a role of the task: ${details.text}.`,
    advice:
      'Create the role, let ecs-tasks.amazonaws.com assume it (trust policy), and allow the installer iam:PassRole for it. A role made a moment ago needs a minute.',
  }),
  'container-health': (details) => ({
    sentence: `${capital(details.container)} starts but fails its own health check${details.said?.because ? `, because ${details.said.because}` : ''}${quotedWords(details.said)}${times(details)}.`,
    advice: `${details.said?.advice ? `${details.said.advice} ` : ''}Run the healthCheck command in the container by hand${details.healthCheck}; if it only needs longer, raise startPeriod. ${details.log}`,
  }),
  interrupted: (details) => ({
    sentence: `Tasks were taken away by AWS (Spot interruption or maintenance)${times(details)}: ${details.text}.`,
    advice: 'Install again; for a service that must stay up use capacity that is not Spot.',
  }),
} satisfies Readonly<Record<string, Say>>;

/** What the program itself said comes before what its exit code may mean. */
function exitAdvice({ exitCode, image, memoryLimit, softMemory, said, log }: Details): string {
  if (said?.advice) return said.advice;
  if (exitCode === 126)
    return `Make the command in ${image} executable (chmod +x), and check the user that it runs as.`;
  if (exitCode === 127)
    return `Check command and entryPoint of the task definition against what is in ${image}.`;
  if (exitCode === 137)
    return softMemory === ''
      ? `Compare the memory that it needs with its limit${memoryLimit}. ${log}`
      : `Compare the memory that it needs with what its instance has: it has no limit, only ${softMemory}. ${log}`;
  if (exitCode === 0) return `Let the program stay in the foreground. ${log}`;
  return `${log} Run ${image} with the same environment by hand.`;
}

function quotedWords(said: Details['said']): string {
  return said ? `; the program said: "${said.line.replace(/[.!?]+$/u, '')}"` : '';
}

function ports({ hostPorts }: Details): string {
  return hostPorts.length > 0 ? ` (${[...new Set(hostPorts)].join(', ')})` : '';
}
