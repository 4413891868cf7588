// The session of an assumed role.
import type { ECSClientConfig } from '@aws-sdk/client-ecs';

export interface RoleSettings {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly credentials?: ECSClientConfig['credentials'];
  readonly requestHandler: NonNullable<ECSClientConfig['requestHandler']>;
}

type CredentialSource = Exclude<NonNullable<ECSClientConfig['credentials']>, { accessKeyId: string }>;

/**
 * Credentials of an assumed role, asked of STS when first needed and again before they expire (the client renews
 * credentials that carry an expiration), so that a rollout may take longer than a session.
 */
export function assumeRole(roleArn: string, settings: RoleSettings): CredentialSource {
  let provider: CredentialSource | undefined;
  return async (identity) => {
    if (provider === undefined) {
      const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
      provider = fromTemporaryCredentials({
        params: { RoleArn: roleArn, RoleSessionName: 'bamboo-ecs' },
        ...(settings.credentials === undefined ? {} : { masterCredentials: settings.credentials }),
        clientConfig: {
          requestHandler: settings.requestHandler,
          ...(settings.region === undefined ? {} : { region: settings.region }),
          ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint }),
        },
      });
    }
    return provider(identity);
  };
}
