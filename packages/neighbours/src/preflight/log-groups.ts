// CloudWatch Logs: is the group there?
import { known, logGroupKey, unknown, type Answers, type LogGroupUse } from '@bamboo-ecs/rollout/preflight';
import { ask } from '../ask.ts';
import { type Around, gather, unanswered } from './gather.ts';

/** DescribeLogGroups lists in the order of names: a group of exactly this name is the first with it as its prefix. */
export async function logGroups(around: Around, uses: readonly LogGroupUse[]): Promise<Answers<boolean>> {
  const { CloudWatchLogsClient, DescribeLogGroupsCommand } = await import('../clients/cloudwatch-logs.ts');
  return gather(around, uses, logGroupKey, async ({ group, region }) => {
    const client = new CloudWatchLogsClient(around.aws.neighbour(region ?? undefined));
    try {
      const asked = await ask(
        {
          operation: 'DescribeLogGroups',
          subject: `log group ${group}`,
          limitMs: around.limits.call,
          action: 'logs:DescribeLogGroups',
        },
        (options) => client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: group }), options),
      );
      if (!asked.ok) return unanswered(asked);
      const { logGroups: listed, nextToken } = asked.value;
      if (listed === undefined) return unknown(`DescribeLogGroups (log group ${group}): an empty answer`);
      if (listed.some(({ logGroupName }) => logGroupName === group)) return known(true);
      return nextToken
        ? unknown(`DescribeLogGroups (log group ${group}): too many groups begin like it`)
        : known(false);
    } finally {
      client.destroy();
    }
  });
}
