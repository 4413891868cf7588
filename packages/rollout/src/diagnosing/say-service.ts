// Causes that lie around the task: room in the cluster, load balancer, deployment settings, limits.
import { revisionName } from '../arn.ts';
import { othersWithTasks, taskCount } from '../deployments.ts';
import { numberOf, objectsOf, textOf } from '../json.ts';
import { deploymentLimits } from '../limits.ts';
import type { Details } from './details.ts';
import { oneLine } from './one-line.ts';
import { isLargeEnough, shortfall } from './room-words.ts';
import type { Say } from './say-task.ts';

export const serviceCauses = {
  'target-registration': (details) => ({
    sentence: `ECS cannot register the new tasks with the load balancer: ${details.text}.`,
    advice:
      'Check the role of the service, and that target group (its VPC and target type) and cluster belong together.',
  }),
  'no-memory': (details) => ({
    sentence: `No instance of the cluster has enough free memory for another task${shortfall('no-memory', details.room, details.taskDefinition) || needs(details, 'memory', 'MiB')}.`,
    advice: `Add an instance${largeEnough('memory', details)}, or lower memory in the task definition${orWait(details, 'makes room')}.`,
  }),
  'no-cpu': (details) => ({
    sentence: `No instance of the cluster has enough free CPU for another task${shortfall('no-cpu', details.room, details.taskDefinition) || needs(details, 'cpu', 'units')}.`,
    advice: `Add an instance${largeEnough('cpu', details)}, or lower cpu in the task definition${orWait(details, 'makes room')}.`,
  }),
  'no-gpu': (details) => ({
    sentence: `No instance of the cluster has a free GPU for another task${shortfall('no-gpu', details.room, details.taskDefinition)}.`,
    advice: `Add a GPU instance${orWait(details, 'makes room')}.`,
  }),
  'port-in-use': (details) => ({
    sentence: `Each instance that could take another task already uses a host port that it needs${ports(details)}.`,
    advice: `Use hostPort 0 behind a load balancer, or add an instance${orWait(details, 'frees the port')}.`,
  }),
  'no-attribute': (details) => ({
    sentence: `No instance of the cluster fulfils what the task asks for (an attribute or a placement constraint): ${details.text}.`,
    advice:
      "Compare the task definition's requiresAttributes and placementConstraints with the instances (log driver, agent version, subnet).",
  }),
  'no-instances': (details) => ({
    sentence: `The cluster ${details.snapshot.cluster} has no instance that could run a task.`,
    advice: 'Start instances in the cluster, or check that their agents have joined it (ECS_CLUSTER).',
  }),
  'agent-disconnected': (details) => ({
    sentence: `The ECS agent of an instance that could take the task is not connected: ${details.text}.`,
    advice: 'Restart the agent on that instance (systemctl restart ecs), or replace the instance.',
  }),
  'no-placement': (details) => ({
    sentence: `ECS finds no place for another task: ${details.text}.`,
    advice: "Compare the task's CPU, memory, ports and constraints with what the instances have free.",
  }),
  'network-interface': (details) => ({
    sentence: `The network interface of a task could not be made ready: ${details.text}.`,
    advice: `Check free addresses in the subnets and the limit of network interfaces per instance (the account setting awsvpcTrunking raises it)${details.network}; often it passes by itself.`,
  }),
  capacity: (details) => ({
    sentence: `AWS has no capacity for the task at the moment: ${details.text}.`,
    advice: 'Install again later, or allow more zones, another size, or capacity that is not Spot.',
  }),
  quota: (details) => ({
    sentence: `A quota of the account is used up: ${details.text}.`,
    advice: 'Ask AWS to raise it (Service Quotas), or stop tasks that are not needed.',
  }),
  'service-linked-role': (details) => ({
    sentence: `ECS cannot use its service-linked role: ${details.text}.`,
    advice:
      'Create it once per account (aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com), wait a minute, install again.',
  }),
  'percent-deadlock': ({ snapshot, ours }) => {
    const limits = deploymentLimits(snapshot.definition, ours?.desired ?? snapshot.desired);
    return {
      sentence: `ECS may neither stop an old task nor start a new one: minimumHealthyPercent ${limits.minimumPercent} keeps ${limits.floor} and maximumPercent ${limits.maximumPercent} allows ${limits.ceiling} of ${limits.desired}.`,
      advice:
        'Raise maximumPercent or lower minimumHealthyPercent in the templates until one more or one less task is allowed.',
    };
  },
  'task-protection': (details) => ({
    sentence: `Old tasks are protected against being stopped: ${details.text}.`,
    advice: 'Wait until the protection ends, or take it off (UpdateTaskProtection).',
  }),
  throttled: (details) => ({
    sentence: `ECS is slowed down by a rate limit of AWS: ${details.text}.`,
    advice: 'Wait and install again; spread installations of many services over time.',
  }),
  alarm: (details) => ({
    sentence: `A CloudWatch alarm of the deployment went off${alarms(details)}: ${details.text}.`,
    advice:
      'Look at the alarms that deploymentConfiguration.alarms names, and at what they measured since the rollout began.',
  }),
  'bake-alarm': ({ rung }) => {
    const [first] = rung;
    const names = rung.map(({ name }) => name).join(', ');
    const why = first?.reason ? `: ${oneLine(first.reason).replace(/\.$/u, '')}` : '';
    return {
      sentence: `The release came up, and then ${rung.length > 1 ? 'alarms' : 'an alarm'} of bake-alarms went off (${names})${why}.`,
      advice: `Look at what ${names} measured since the release was steady: aws cloudwatch describe-alarm-history --alarm-name '${first?.name ?? ''}'. No task failed; what the program does is to be found in its own log.`,
    };
  },
  'not-started': ({ ours, snapshot }) => ({
    sentence: `The service names ${revisionName(snapshot.taskDefinition)}, but no deployment of it was started: ${revisionName(ours?.taskDefinition ?? '')} runs on.`,
    advice:
      "Look at the service's deployments in the ECS console; force sends the update again. A server that only imitates ECS may never start one.",
  }),
  slow: (details) => {
    const { ours, snapshot, said, log } = details;
    const counts = progress(ours ?? snapshot);
    if (ours && ours.running === 0 && ours.pending > 0) {
      return {
        sentence: `The new tasks were still PENDING when the time was up, and nothing had failed${waiting(details)}.`,
        advice: `Find out what they wait for: an image that takes long to pull, a network interface, a container that another one depends on; or set a longer timeout. ${log}`,
      };
    }
    return {
      sentence: `The rollout was still getting on when the time was up: ${counts}, nothing had failed${said ? `; the program said: "${said.line.replace(/[.!?]+$/u, '')}"` : ''}.`,
      advice: `${said?.advice ?? 'Set a longer timeout, or find out why the tasks take so long to become healthy.'} ${log}`,
    };
  },
  'slow-drain': ({ ours, snapshot }) => ({
    sentence: `All new tasks run; only the old ones took longer to drain than the time allowed${left(snapshot, ours)}: nothing is stuck.`,
    advice:
      "Set a longer timeout, or a shorter deregistration delay on the load balancer's target group (300 s by default).",
  }),
  superseded: () => ({
    sentence: 'Somebody else changed the service while it was being rolled out.',
    advice:
      'Find out who else deploys this service; install again if this release is the one that is wanted.',
  }),
  unclear: (details) => ({
    sentence: `Neither the events nor the stopped tasks say why${details.text ? `: ${details.text}` : ''}.`,
    advice: `Look at the service's events and tasks in the ECS console. ${details.log}`,
  }),
} satisfies Readonly<Record<string, Say>>;

/** ` (it needs 256 MiB)`; what its containers ask for, or the task as a whole. */
function needs({ taskDefinition }: Details, what: 'cpu' | 'memory', unit: string): string {
  const whole = numberOf(taskDefinition, what) ?? textOf(taskDefinition, what);
  if (whole !== undefined) return ` (it needs ${whole}${/[a-z]/iu.test(String(whole)) ? '' : ` ${unit}`})`;
  const containers = taskDefinition?.['containerDefinitions'];
  if (!Array.isArray(containers)) return '';
  const sum = containers.reduce((total: number, container) => {
    const reserved = what === 'memory' ? numberOf(container, 'memoryReservation') : undefined;
    return total + (reserved ?? numberOf(container, what) ?? 0);
  }, 0);
  return sum > 0 ? ` (it needs ${sum} ${unit})` : '';
}

function largeEnough(kind: 'cpu' | 'memory', { room, taskDefinition }: Details): string {
  return isLargeEnough(kind, room, taskDefinition) ? '' : ' that is large enough';
}

/** Only where there are old tasks that could make room. */
function orWait({ snapshot, ours }: Details, what: string): string {
  if (othersWithTasks(snapshot, ours).length === 0) return '';
  return `, or lower minimumHealthyPercent so that an old task ${what} first`;
}

/** `; container web waits for db to be HEALTHY`: nobody tells which of them holds the task up. */
function waiting({ taskDefinition }: Details): string {
  const waits = objectsOf(taskDefinition, 'containerDefinitions').flatMap((container) =>
    objectsOf(container, 'dependsOn')
      .filter((one) => textOf(one, 'condition') !== 'START')
      .map(
        (one) =>
          `container ${oneLine(textOf(container, 'name') ?? '?')} waits for ${oneLine(textOf(one, 'containerName') ?? '?')} to be ${oneLine(textOf(one, 'condition') ?? '?')}`,
      ),
  );
  return waits.length > 0 ? `; ${waits.slice(0, 3).join(', ')}` : '';
}

/** ` (1 task, 2 targets draining)` */
function left(snapshot: Details['snapshot'], ours: Details['ours']): string {
  const count = taskCount(othersWithTasks(snapshot, ours));
  const targets = (snapshot.targets ?? []).flatMap((group) => group.targets);
  const draining = targets.filter(({ state }) => state === 'draining').length;
  const parts = [
    ...(count > 0 ? [`${count} ${count === 1 ? 'task' : 'tasks'} left`] : []),
    ...(draining > 0 ? [`${draining} ${draining === 1 ? 'target' : 'targets'} draining`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function alarms({ snapshot }: Details): string {
  const names = snapshot.serviceDeployment?.alarms?.triggered ?? [];
  return names.length > 0 ? ` (${names.join(', ')})` : '';
}

function ports({ hostPorts }: Details): string {
  return hostPorts.length > 0 ? ` (${[...new Set(hostPorts)].join(', ')})` : '';
}

function progress({
  running,
  desired,
  pending,
}: {
  running: number;
  desired: number;
  pending: number;
}): string {
  return `${running} of ${desired} new tasks were running, ${pending} pending`;
}
