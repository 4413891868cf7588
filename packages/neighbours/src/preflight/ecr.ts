// Amazon ECR: is the image there, and what is it made for?
import type { BatchGetImageResponse, ImageIdentifier } from '@aws-sdk/client-ecr';
import { imagePlatforms } from '@bamboo-ecs/release';
import { known, type Answer, type ImageFact } from '@bamboo-ecs/rollout/preflight';
import { ask, type Unanswered } from '../ask.ts';
import { type Around, unanswered } from './gather.ts';

export interface EcrImage {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly id: ImageIdentifier;
}

/** "Amazon ECR private registry": `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, dual-stack `…dkr-ecr.<region>.on.aws`. */
export function ecrImage(reference: string): EcrImage | null {
  const match =
    /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/([^@:]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?$/u.exec(
      reference,
    );
  if (!match) return null;
  const [, account = '', region = '', repository = '', tag, digest] = match;
  const id = digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest };
  return { account, region, repository, id };
}

const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** One call; a second when the image is not there, for what is fetched from elsewhere at the first pull. */
export async function lookInEcr(around: Around, image: EcrImage): Promise<Answer<ImageFact>> {
  const { ECRClient, BatchGetImageCommand } = await import('../clients/ecr.ts');
  const { account: registryId, repository: repositoryName, id } = image;
  const client = new ECRClient(around.aws.neighbour(image.region));
  try {
    const asked = await ask(question(around, 'BatchGetImage', repositoryName), (options) =>
      client.send(
        new BatchGetImageCommand({
          registryId,
          repositoryName,
          imageIds: [id],
          acceptedMediaTypes: manifests,
        }),
        options,
      ),
    );
    if (asked.ok && (asked.value.images ?? []).length > 0) return known(factOf(asked.value));
    const message = missing(asked, image);
    if (message === null) return unanswered(asked.ok ? { message: failureOf(asked.value) } : asked);
    const sure = !(await mayBePulledThrough(around, client, image));
    return known({ there: false, message, sure });
  } finally {
    client.destroy();
  }
}

function question(around: Around, operation: string, repository: string) {
  return {
    operation,
    subject: `repository ${repository}`,
    limitMs: around.limits.call,
    action: `ecr:${operation}`,
  };
}

function missing(
  asked: { ok: true; value: BatchGetImageResponse } | Unanswered,
  { repository, id }: EcrImage,
): string | null {
  const name = id.imageTag ?? id.imageDigest ?? '';
  if (!asked.ok)
    return asked.code === 'RepositoryNotFoundException' ? `Amazon ECR has no repository ${repository}` : null;
  const failed = asked.value.failures?.some(({ failureCode }) => failureCode === 'ImageNotFound');
  return failed ? `the repository ${repository} in Amazon ECR has no image ${name}` : null;
}

function failureOf({ failures = [] }: BatchGetImageResponse): string {
  const [first] = failures;
  return `BatchGetImage: ${first?.failureCode ?? 'an empty answer'}${first?.failureReason ? `, ${first.failureReason}` : ''}`;
}

/** "Sync an upstream registry with an Amazon ECR private registry": such images come into being when they are pulled. */
async function mayBePulledThrough(
  around: Around,
  client: InstanceType<typeof import('../clients/ecr.ts').ECRClient>,
  { account, repository }: EcrImage,
): Promise<boolean> {
  const { DescribePullThroughCacheRulesCommand } = await import('../clients/ecr.ts');
  const asked = await ask(question(around, 'DescribePullThroughCacheRules', repository), (options) =>
    client.send(new DescribePullThroughCacheRulesCommand({ registryId: account, maxResults: 100 }), options),
  );
  if (!asked.ok) return true;
  return (asked.value.pullThroughCacheRules ?? []).some(
    ({ ecrRepositoryPrefix: prefix = '' }) => prefix === 'ROOT' || repository.startsWith(`${prefix}/`),
  );
}

function factOf({ images = [] }: BatchGetImageResponse): ImageFact {
  try {
    const manifest: unknown = JSON.parse(images[0]?.imageManifest ?? '');
    return { there: true, platforms: imagePlatforms(manifest) };
  } catch {
    return { there: true, platforms: null };
  }
}
