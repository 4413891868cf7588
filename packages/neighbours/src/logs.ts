// CloudWatch Logs: the last lines of a stream.
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { LogAnswer, LogLine, LogStream, LogsPort } from '@bamboo-ecs/rollout';
import { ask, noteOf, type Asked, type Unanswered } from './ask.ts';

/** All pages of one stream together. */
const limitMs = 2000;
/** "GetLogEvents": a page may be empty although there are more events before it. */
const mostPages = 3;

/** Clients are loaded and made when the first stream of their region is read. */
export function createLogsPort(client: Pick<EcsClient, 'neighbour'>): LogsPort {
  const clients = new Map<string, Promise<CloudWatchLogsClient>>();
  const clientFor = async (region: string | undefined): Promise<CloudWatchLogsClient> => {
    const key = region ?? '';
    const made = clients.get(key) ?? makeClient(client, region);
    clients.set(key, made);
    return made;
  };
  return { lastLines: async (stream, limit) => lastLines(clientFor, stream, limit) };
}

async function makeClient(
  client: Pick<EcsClient, 'neighbour'>,
  region: string | undefined,
): Promise<CloudWatchLogsClient> {
  const { CloudWatchLogsClient } = await import('./clients/cloudwatch-logs.ts');
  return new CloudWatchLogsClient(client.neighbour(region));
}

async function lastLines(
  clientFor: (region: string | undefined) => Promise<CloudWatchLogsClient>,
  stream: LogStream,
  limit: number,
): Promise<LogAnswer> {
  const question = {
    operation: 'GetLogEvents',
    subject: `log group ${stream.group}, stream ${stream.stream}`,
    limitMs,
    action: 'logs:GetLogEvents',
  };
  const asked: Asked<readonly LogLine[]> = await ask(question, async (options) => {
    const { GetLogEventsCommand } = await import('./clients/cloudwatch-logs.ts');
    const client = await clientFor(stream.region);
    let nextToken: string | undefined;
    for (let page = 1; ; page += 1) {
      const input = { logGroupName: stream.group, logStreamName: stream.stream, startFromHead: false };
      const answer = await client.send(
        // One more than is wanted tells whether there are lines before them.
        new GetLogEventsCommand({ ...input, limit: limit + 1, ...(nextToken ? { nextToken } : {}) }),
        options,
      );
      const events = answer.events ?? [];
      const token = answer.nextBackwardToken;
      if (events.length > 0 || !token || token === nextToken || page === mostPages)
        return events.map(({ message, timestamp }) => ({
          text: message ?? '',
          ...(timestamp === undefined ? {} : { at: timestamp }),
        }));
      nextToken = token;
    }
  });
  if (!asked.ok) return unread(asked, stream);
  return { kind: 'lines', lines: asked.value.slice(-limit), more: asked.value.length > limit };
}

function unread(asked: Unanswered, { group, stream }: LogStream): LogAnswer {
  if (asked.code === 'ResourceNotFoundException' || asked.kind === 'not-found') {
    const note = /group/iu.test(asked.message.replace(/^.*?\): /u, ''))
      ? `The log group ${group} does not exist.`
      : `The log group ${group} has no stream ${stream}: the container wrote nothing, or its log driver could not write.`;
    return { kind: 'none', why: 'missing', note };
  }
  return { kind: 'none', why: asked.kind === 'access-denied' ? 'denied' : 'failed', note: noteOf(asked) };
}
