// The IAM policies of examples/iam, for a shop's own account, cluster and projects:
// node scripts/iam-policies.ts --out my-policies --account 123456789012 --cluster production --projects hid-generator,label-printer
// Without options it writes the examples. test/docs/permissions.test.ts compares them with the calls that the code makes.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { diagnose } from './iam-diagnose.ts';
import { install, listRevisions, reads } from './iam-ecs.ts';
import { preflight } from './iam-preflight.ts';
import { shopFrom, shopOptions, type Shop } from './iam-shop.ts';
import { role, type Policy, type Statement } from './iam-statement.ts';

/** File name → policy. */
export function iamPolicies(shop: Shop): Readonly<Record<string, Policy>> {
  return {
    'plan.json': policy(...reads(shop)),
    'install.json': policy(...reads(shop), ...install(shop)),
    'preflight.json': policy(...preflight(shop)),
    'diagnose.json': policy(...diagnose(shop)),
    'bake.json': policy({
      Sid: 'WatchTheAlarms',
      Effect: 'Allow',
      Action: 'cloudwatch:DescribeAlarms',
      Resource: `arn:${shop.partition}:cloudwatch:${shop.region}:${shop.account}:alarm:*`,
    }),
    'notify.json': policy({
      Sid: 'TellTheTopic',
      Effect: 'Allow',
      Action: 'sns:Publish',
      Resource: `arn:${shop.partition}:sns:${shop.region}:${shop.account}:${shop.topic}`,
    }),
    'list-revisions.json': policy(listRevisions()),
    'keep-revisions.json': policy(listRevisions(), {
      Sid: 'DeregisterOldRevisions',
      Effect: 'Allow',
      Action: 'ecs:DeregisterTaskDefinition',
      Resource: '*',
    }),
    'assume-role.json': policy({
      Sid: 'AssumeTheRoleOfTheSettingRoleArn',
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Resource: role(shop, shop.deployRole),
    }),
    'assume-role-trust.json': policy({
      Sid: 'TrustTheAgents',
      Effect: 'Allow',
      Principal: { AWS: role(shop, shop.agentRole) },
      Action: 'sts:AssumeRole',
    }),
    's3-publish.json': policy(listReleases(shop), {
      Sid: 'ReadAndWriteReleases',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: `arn:${shop.partition}:s3:::${shop.bucket}/*`,
    }),
    's3-install.json': policy(
      listReleases(shop),
      {
        Sid: 'ReadReleases',
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: `arn:${shop.partition}:s3:::${shop.bucket}/*`,
      },
      {
        Sid: 'WriteRecordsBesideReleases',
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `arn:${shop.partition}:s3:::${shop.bucket}/*/records/*`,
      },
    ),
  };
}

function policy(...statements: readonly Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

function listReleases(shop: Shop): Statement {
  return {
    Sid: 'ListReleases',
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: `arn:${shop.partition}:s3:::${shop.bucket}`,
  };
}

export function policyText(document: Policy): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (import.meta.main) {
  const options = Object.fromEntries(
    ['out', ...shopOptions].map((name) => [name, { type: 'string' as const }]),
  );
  const { values } = parseArgs({ options });
  const folder = values['out'] ?? path.join(import.meta.dirname, '..', 'examples', 'iam');
  mkdirSync(folder, { recursive: true });
  for (const [name, document] of Object.entries(iamPolicies(shopFrom(values))))
    writeFileSync(path.join(folder, name), policyText(document));
}
