export type { Limits, S3Options } from './options.ts';
export { createS3Repository } from './s3-repository.ts';
