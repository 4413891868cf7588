// Settings of what is installed where, and how.
import { checkNames, faultOfChecks } from './check-names.ts';
import type { SettingDefinition } from './setting-definition.ts';

const both = ['expander', 'installer'] as const;
const installer = ['installer'] as const;

export const installationSettings: readonly SettingDefinition[] = [
  {
    name: 'release',
    group: 'Release and environment',
    kind: 'text',
    programs: installer,
    defaultText: "what the build injected, then Bamboo's release name",
    describe: 'which version: 1.0.15.RELEASE, "1.x RELEASE", "latest RELEASE"',
  },
  {
    name: 'environment',
    group: 'Release and environment',
    kind: 'text',
    programs: installer,
    defaultText: "Bamboo's deployment environment",
    describe: 'the environment that is installed to',
  },
  {
    name: 'environments',
    group: 'Release and environment',
    kind: 'text',
    programs: installer,
    defaultText: 'every tag everywhere',
    describe: 'which tags may go where: QA=MILESTONE|RELEASE,Production=RELEASE',
  },
  {
    name: 'timeout',
    group: 'Rollout',
    kind: 'duration',
    programs: installer,
    defaultText: "computed from the service's own settings",
    describe: 'how long a rollout may take: 90s, 15m, 1h30m',
  },
  {
    name: 'on-failure',
    group: 'Rollout',
    kind: 'choice',
    choices: ['rollback', 'leave'],
    default: 'rollback',
    programs: installer,
    describe: 'what to do about a failed rollout',
  },
  {
    name: 'last-words',
    group: 'Rollout',
    kind: 'choice',
    choices: ['on', 'off'],
    default: 'on',
    programs: installer,
    describe: 'whether the last log lines of failed containers are read and shown, with secrets hidden',
  },
  {
    name: 'on-other-deployment',
    group: 'Rollout',
    kind: 'choice',
    choices: ['wait', 'refuse', 'take-over'],
    default: 'wait',
    programs: installer,
    describe: "what to do about somebody else's deployment in progress",
  },
  {
    name: 'skip-checks',
    group: 'Rollout',
    kind: 'list',
    programs: installer,
    defaultText: 'none: every check is made',
    describe: `checks before the installation that are left out: ${checkNames.join(', ')}`,
    check: faultOfChecks,
  },
  {
    name: 'preflight',
    group: 'Rollout',
    kind: 'choice',
    choices: ['on', 'off'],
    default: 'on',
    programs: installer,
    describe:
      'whether roles, secrets, images, load balancers and the network are looked at before anything is changed',
  },
  {
    name: 'region',
    group: 'AWS',
    kind: 'text',
    programs: both,
    defaultText: 'AWS_REGION',
    describe: 'the AWS region',
    check: (text) => (/^[a-z]{2,}(-[a-z]+)+-\d+$/u.test(text) ? null : 'a region looks like eu-west-1'),
  },
  {
    name: 'account',
    group: 'AWS',
    kind: 'text',
    programs: installer,
    defaultText: 'not checked',
    describe: 'the AWS account that it must be',
    check: (text) => (/^\d{12}$/u.test(text) ? null : 'an account has 12 digits'),
  },
  {
    name: 'cluster',
    group: 'AWS',
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
    group: 'AWS',
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
    group: 'Rollout',
    kind: 'flag',
    programs: installer,
    describe: 'try a release again that failed here, and apply what was changed by hand',
  },
  {
    name: 'allow-downgrade',
    group: 'Rollout',
    kind: 'flag',
    programs: installer,
    describe: 'install a version older than what runs (a rollback in Bamboo allows it, too)',
  },
  {
    name: 'exit-code',
    group: 'Rollout',
    kind: 'flag',
    programs: installer,
    describe:
      'plan: exit with 10 when there is something to do; status: when something is not as it should be',
  },
  {
    name: 'keep-revisions',
    group: 'Rollout',
    kind: 'text',
    programs: installer,
    defaultText: 'all are kept',
    describe: 'how many revisions of a service stay; older ones are deregistered after a steady installation',
    check: (text) => (/^[1-9]\d{0,3}$/u.test(text) ? null : 'it is a number from 1 to 9999'),
  },
  {
    name: 'service',
    group: 'Release and environment',
    kind: 'text',
    programs: installer,
    defaultText: 'as the records or the release say',
    describe: 'status, rollback: the service, with the cluster that is meant',
    check: (text) =>
      /^[A-Za-z0-9_-]{1,255}$/u.test(text) ? null : 'a service is a name of letters, digits, - and _',
  },
  {
    name: 'to',
    group: 'Release and environment',
    kind: 'text',
    programs: installer,
    defaultText: 'the one that was steady before',
    describe: 'rollback: the version to go back to, 1.0.14.RELEASE',
  },
  {
    name: 'limit',
    group: 'Release and environment',
    kind: 'text',
    programs: installer,
    default: '20',
    describe: 'history: how many runs are shown, the newest first',
    check: (text) => (/^[1-9]\d{0,3}$/u.test(text) ? null : 'it is a number from 1 to 9999'),
  },
];
