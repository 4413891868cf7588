// The repository that the settings name, for one tag. Adapters are loaded when they are needed: an expander that
// publishes to Artifactory never loads an AWS client.
import type { ArtifactoryOptions, RequestNote } from '@bamboo-ecs/artifactory';
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import type { Tag } from '@bamboo-ecs/release';
import { createFileRepository, parseRepositoryAddress, type RepositoryPort } from '@bamboo-ecs/repository';
import { privateCa } from './private-ca.ts';
import { tellClock } from './tell-clock.ts';

/** How patient the adapter of Artifactory is; its own defaults when absent. */
export type Patience = Pick<ArtifactoryOptions, 'timeouts' | 'retry'>;

export async function openRepository(
  context: RunContext,
  tag: Tag,
  patience: Patience = {},
): Promise<RepositoryPort> {
  const { settings } = context;
  const text = settings.text('repository');
  if (text === undefined)
    throw misconfigured('settings', [
      {
        severity: 'error',
        code: 'no-repository',
        message: 'no repository is set: nobody knows where the releases live',
        place: { variable: 'repository' },
        hint: 'Set ecs.repository, e.g. https://artifactory.example.com/artifactory/descriptors-{tag}-local, or file:/a/folder to try it out.',
      },
    ]);
  const parsed = parseRepositoryAddress(text, tag);
  if (!parsed.ok)
    throw misconfigured(
      'settings',
      parsed.problems.map((problem) => ({ ...problem, place: { variable: 'repository', ...problem.place } })),
    );
  const address = parsed.value;
  switch (address.kind) {
    case 'file':
      return createFileRepository(address.directory);
    case 'artifactory': {
      const { createArtifactoryRepository } = await import('@bamboo-ecs/artifactory');
      const user = settings.text('artifactory-user');
      const password = settings.text('artifactory-password');
      const ca = await privateCa(context);
      return createArtifactoryRepository({
        address,
        auth: (settings.text('artifactory-auth') ?? 'auto') as 'auto' | 'basic' | 'bearer' | 'api-key',
        proxyEnv: context.env,
        onRequest: (note) => tellFailure(context, note),
        ...patience,
        ...(user === undefined ? {} : { user }),
        ...(password === undefined ? {} : { password }),
        ...(ca === undefined ? {} : { ca }),
      });
    }
    case 's3': {
      const { createS3Repository } = await import('@bamboo-ecs/s3');
      const endpoint = context.env['AWS_ENDPOINT_URL_S3'] ?? context.env['AWS_ENDPOINT_URL'];
      const region = settings.text('region');
      const ca = await privateCa(context);
      return createS3Repository({
        address,
        proxyEnv: context.env,
        onClockOffset: tellClock(context),
        onUnconditional: () =>
          context.say(
            'This store knows no conditional writes (If-None-Match). What is published already is still never replaced, but let no two builds publish one version at the same time.',
            'warning',
          ),
        ...(region === undefined ? {} : { region }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(ca === undefined ? {} : { ca }),
      });
    }
  }
}

/** Attempts that will be repeated are told: a build that waits for minutes must not look dead. */
function tellFailure(
  context: RunContext,
  { method, address, status, attempt, milliseconds }: RequestNote,
): void {
  if (status !== null && status < 500 && status !== 429) return;
  const answer = status === null ? 'no answer' : `status ${status}`;
  context.say(`${method} ${address}: ${answer} after ${milliseconds} ms (attempt ${attempt})`, 'detail');
}
