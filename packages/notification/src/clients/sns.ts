// Of SNS no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
