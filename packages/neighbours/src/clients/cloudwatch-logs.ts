// Of CloudWatch Logs no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
