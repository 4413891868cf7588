// ListTasks and DescribeTasks, of one service or of one family.
import {
  DescribeTasksCommand,
  ListTasksCommand,
  type ListTasksCommandInput,
  type Task,
} from './clients/ecs.ts';
import type { TaskSnapshot } from '@bamboo-ecs/rollout';
import { call } from './call.ts';
import { type Context, serviceSubject } from './context.ts';
import type { Call } from './facts.ts';
import { lastSegment } from './scaling.ts';
import { toTaskSnapshot } from './snapshot.ts';

/** "API_ListTasks", "API_DescribeTasks": up to 100 tasks in one call. */
const perCall = 100;

export async function listTasks(
  context: Context,
  cluster: string,
  service: string,
  desiredStatus: 'RUNNING' | 'STOPPED',
  limit: number,
): Promise<readonly TaskSnapshot[]> {
  const subject = serviceSubject(cluster, service);
  const filter = { cluster, serviceName: service, desiredStatus };
  const tasks = await describe(context, subject, cluster, await listArns(context, subject, filter, limit));
  return tasks.filter((task) => belongs(task, service)).map(toTaskSnapshot);
}

/** Tasks that are meant to run, of all revisions of a family, whoever started them. */
export async function listFamilyTasks(
  context: Context,
  cluster: string,
  family: string,
  limit: number,
): Promise<readonly TaskSnapshot[]> {
  const subject = `family ${family} in cluster ${cluster}`;
  const filter = { cluster, family, desiredStatus: 'RUNNING' as const };
  const tasks = await describe(context, subject, cluster, await listArns(context, subject, filter, limit));
  const ofFamily = (task: Task): boolean =>
    lastSegment(task.taskDefinitionArn ?? '').replace(/:\d+$/u, '') === family;
  return tasks.filter(ofFamily).map(toTaskSnapshot);
}

async function describe(
  context: Context,
  subject: string,
  cluster: string,
  arns: readonly string[],
): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  const { reads, limits } = context.client;
  for (let start = 0; start < arns.length; start += perCall) {
    const batch = arns.slice(start, start + perCall);
    const answer = await call(what('DescribeTasks', subject), limits.call, (options) =>
      reads.send(new DescribeTasksCommand({ cluster, tasks: batch }), options),
    );
    tasks.push(...(answer.tasks ?? []));
  }
  return tasks;
}

type Filter = Pick<ListTasksCommandInput, 'cluster' | 'serviceName' | 'family' | 'desiredStatus'>;

async function listArns(context: Context, subject: string, filter: Filter, limit: number): Promise<string[]> {
  const arns = new Set<string>();
  const { reads, limits } = context.client;
  let nextToken: string | undefined;
  while (arns.size < limit) {
    const input = {
      ...filter,
      maxResults: Math.min(perCall, limit - arns.size),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const answer = await call(what('ListTasks', subject), limits.call, (options) =>
      reads.send(new ListTasksCommand(input), options),
    );
    for (const arn of answer.taskArns ?? []) arns.add(arn);
    // A server that hands out the same token for ever would keep us here for ever.
    if (answer.nextToken === undefined || answer.nextToken === '' || answer.nextToken === nextToken) break;
    nextToken = answer.nextToken;
  }
  return [...arns].slice(0, Math.max(0, limit));
}

/** Some servers ignore the filter by service; the group of a service's task is `service:<name>` (API_Task). */
function belongs(task: Task, service: string): boolean {
  return task.group === undefined || task.group === `service:${lastSegment(service)}`;
}

function what(operation: string, subject: string): Call {
  return { operation, subject, mode: 'read' };
}
