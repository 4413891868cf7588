// Of IAM no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { GetRoleCommand, IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
