import type { Problem, Result } from '@bamboo-ecs/release';
import type { S3Address } from './address.ts';
import { addressProblem } from './problem.ts';
import { decodeSegments } from './segments.ts';

export function parseS3Address(address: string): Result<S3Address> {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)(.*)$/is.exec(address) ?? [];
  const problems: Problem[] = [];
  if (bucket === '') {
    const rest = address.slice('s3:'.length).replace(/^\/+/, '');
    problems.push(
      addressProblem(
        'repository-address',
        `The address of the repository names no bucket: ${address}`,
        rest ? `Did you mean s3://${rest}?` : 'Write s3://bucket[/prefix].',
      ),
    );
  } else if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes('..')) {
    // Amazon S3 user guide, "General purpose bucket naming rules".
    problems.push(
      addressProblem(
        'repository-address',
        `"${bucket}" is no name of a bucket: ${address}`,
        'A bucket has 3 to 63 lower-case letters, digits, "-" and ".", a letter or digit first and last.',
      ),
    );
  }
  const { segments, faults } = decodeSegments(path);
  for (const fault of faults) {
    problems.push(
      addressProblem(
        'repository-address',
        `The prefix of the repository is refused: ${fault} (${address})`,
        'Use plain names separated by single slashes.',
      ),
    );
  }
  if (problems.length > 0) return { ok: false, problems };
  const prefix = segments.join('/');
  return {
    ok: true,
    value: { kind: 's3', bucket, prefix, shown: `s3://${bucket}${prefix && `/${prefix}`}` },
  };
}
