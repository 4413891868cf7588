// Of Amazon ECR no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { BatchGetImageCommand, DescribePullThroughCacheRulesCommand, ECRClient } from '@aws-sdk/client-ecr';
