// Of Elastic Load Balancing, version 2015-12-01, no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
