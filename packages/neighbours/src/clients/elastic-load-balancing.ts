// Of Elastic Load Balancing, version 2012-06-01, no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export {
  DescribeInstanceHealthCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
} from '@aws-sdk/client-elastic-load-balancing';
