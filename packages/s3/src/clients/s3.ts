// Of Amazon S3 no more than what is asked, for the bundle: see scripts/images/lean-clients.ts.
export {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
