// Of Application Auto Scaling no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from '@aws-sdk/client-application-auto-scaling';
