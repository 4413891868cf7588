// Of Secrets Manager no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
