// Of CloudWatch no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
