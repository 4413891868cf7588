// Of Systems Manager no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
