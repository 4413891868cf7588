// All settings of both programs: the one table (README, "Settings").
import type { SettingDefinition } from './setting-definition.ts';

const both = ['expander', 'installer'] as const;
const expander = ['expander'] as const;
const installer = ['installer'] as const;

export const settingDefinitions: readonly SettingDefinition[] = [
  {
    name: 'repository',
    kind: 'text',
    programs: both,
    describe:
      'where releases live: https://host/artifactory/<repo>[/<prefix>], s3://bucket[/prefix], file:/dir; {tag} stands for release or milestone',
  },
  {
    name: 'artifactory-user',
    kind: 'text',
    programs: both,
    describe: 'user of the repository; without one the password is sent as Bearer',
  },
  {
    name: 'artifactory-password',
    kind: 'text',
    programs: both,
    secret: true,
    describe: 'password, API key or access token',
  },
  {
    name: 'artifactory-auth',
    kind: 'choice',
    choices: ['auto', 'basic', 'bearer', 'api-key'],
    default: 'auto',
    programs: both,
    describe: 'how the password is sent',
  },
  {
    name: 'registry-user',
    kind: 'text',
    programs: expander,
    describe: "user of the Docker registry; otherwise Docker's own configuration",
  },
  {
    name: 'registry-password',
    kind: 'text',
    programs: expander,
    secret: true,
    describe: 'password of the Docker registry',
  },
  {
    name: 'ca-file',
    kind: 'text',
    programs: both,
    describe: 'PEM file of a private certificate authority, trusted beside the usual ones',
  },
  {
    name: 'project',
    kind: 'text',
    programs: both,
    defaultText: 'the name in the project file, or what the build injected',
    describe: 'the artifact name',
  },
  {
    name: 'templates',
    kind: 'text',
    programs: expander,
    default: 'descriptors',
    describe: 'folder with the three templates',
  },
  {
    name: 'version',
    kind: 'text',
    programs: expander,
    defaultText: 'from the version file',
    describe: 'the version without its tag, 1.0.15',
  },
  {
    name: 'version-file',
    kind: 'text',
    programs: expander,
    defaultText: 'found by itself',
    describe: 'the file that holds the version',
  },
  {
    name: 'branch',
    kind: 'text',
    programs: expander,
    defaultText: "from Bamboo's variables",
    describe: 'the branch that is built',
  },
  {
    name: 'branches',
    kind: 'text',
    programs: expander,
    defaultText: 'master=RELEASE,development=MILESTONE',
    describe: 'which branch gives which tag; others are ignored',
  },
  {
    name: 'allow-variables',
    kind: 'list',
    programs: expander,
    defaultText: 'none',
    describe: 'secret-looking variables that templates may use, by name',
  },
  {
    name: 'image-digest',
    kind: 'choice',
    choices: ['require', 'try', 'off'],
    default: 'try',
    programs: expander,
    describe: 'ask the registry for the digest of each image of this version',
  },
  {
    name: 'release',
    kind: 'text',
    programs: installer,
    defaultText: "what the build injected, then Bamboo's release name",
    describe: 'which version: 1.0.15.RELEASE, "1.x RELEASE", "latest RELEASE"',
  },
  {
    name: 'environment',
    kind: 'text',
    programs: installer,
    defaultText: "Bamboo's deployment environment",
    describe: 'the environment that is installed to',
  },
  {
    name: 'environments',
    kind: 'text',
    programs: installer,
    defaultText: 'every tag everywhere',
    describe: 'which tags may go where: QA=MILESTONE|RELEASE,Production=RELEASE',
  },
  {
    name: 'timeout',
    kind: 'duration',
    programs: installer,
    defaultText: "computed from the service's own settings",
    describe: 'how long a rollout may take: 90s, 15m, 1h30m',
  },
  {
    name: 'on-failure',
    kind: 'choice',
    choices: ['rollback', 'leave'],
    default: 'rollback',
    programs: installer,
    describe: 'what to do about a failed rollout',
  },
  {
    name: 'on-other-deployment',
    kind: 'choice',
    choices: ['wait', 'refuse', 'take-over'],
    default: 'wait',
    programs: installer,
    describe: "what to do about somebody else's deployment in progress",
  },
  {
    name: 'region',
    kind: 'text',
    programs: both,
    defaultText: 'AWS_REGION',
    describe: 'the AWS region',
    check: (text) => (/^[a-z]{2,}(-[a-z]+)+-\d+$/u.test(text) ? null : 'a region looks like eu-west-1'),
  },
  {
    name: 'account',
    kind: 'text',
    programs: installer,
    defaultText: 'not checked',
    describe: 'the AWS account that it must be',
    check: (text) => (/^\d{12}$/u.test(text) ? null : 'an account has 12 digits'),
  },
  {
    name: 'cluster',
    kind: 'text',
    programs: installer,
    defaultText: 'not checked',
    describe: 'the cluster that it must be',
    check: (text) =>
      /^(?:arn:[^:\s]+:ecs:[^:\s]+:\d{12}:cluster\/)?[A-Za-z0-9_-]{1,255}$/u.test(text)
        ? null
        : 'a cluster is a name of letters, digits, - and _, or its ARN',
  },
  {
    name: 'role-arn',
    kind: 'text',
    programs: installer,
    defaultText: 'none',
    describe: 'role to assume for ECS',
    check: (text) =>
      /^arn:[^:]+:iam::\d{12}:role\/.+$/u.test(text)
        ? null
        : 'a role looks like arn:aws:iam::123456789012:role/name',
  },
  {
    name: 'force',
    kind: 'flag',
    programs: installer,
    describe: 'try a release again that failed here, and apply what was changed by hand',
  },
  {
    name: 'allow-downgrade',
    kind: 'flag',
    programs: installer,
    describe: 'install a version older than what runs',
  },
  {
    name: 'exit-code',
    kind: 'flag',
    programs: installer,
    describe: 'plan: exit with 10 when there is something to do',
  },
  {
    name: 'variables-file',
    kind: 'text',
    programs: both,
    defaultText: 'bamboo-variables.env, if there',
    describe: 'file of bamboo_*=value lines, for tasks that pass no environment',
  },
  {
    name: 'out',
    kind: 'text',
    programs: both,
    default: 'target/bamboo-ecs',
    describe: 'folder for what is written',
  },
  {
    name: 'log-format',
    kind: 'choice',
    choices: ['text', 'json'],
    default: 'text',
    programs: both,
    describe: 'how the log is written',
  },
];
