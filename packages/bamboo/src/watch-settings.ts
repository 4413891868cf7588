// Settings of how a rollout is watched, judged and gone on with.
import type { SettingDefinition } from './setting-definition.ts';

const installer = ['installer'] as const;

export const watchSettings: readonly SettingDefinition[] = [
  {
    name: 'fail-after',
    group: 'Rollout',
    kind: 'text',
    programs: installer,
    defaultText: '3; for more than 12 tasks a quarter of them, at most 20',
    describe: 'so many tasks that stop for the same cause end a rollout at once',
    check: (text) =>
      /^[1-9]\d{0,2}$/u.test(text) ? null : 'a number of stopped tasks is a whole number from 1 to 999',
  },
  {
    name: 'bake',
    group: 'Rollout',
    kind: 'duration',
    programs: installer,
    defaultText: 'off',
    describe: 'how long a rollout is watched on once it is steady, before the verdict: 5m',
  },
  {
    name: 'bake-alarms',
    group: 'Rollout',
    kind: 'list',
    programs: installer,
    defaultText: 'none',
    describe: 'CloudWatch alarms that must not ring during the bake; names parted by commas',
  },
  {
    name: 'on-pause',
    group: 'Rollout',
    kind: 'choice',
    choices: ['wait', 'stop'],
    default: 'wait',
    programs: installer,
    describe: 'at a PAUSE hook: wait for the decision, or end with exit code 0 and outcome paused',
  },
  {
    name: 'action',
    group: 'Rollout',
    kind: 'choice',
    choices: ['continue', 'rollback'],
    default: 'continue',
    programs: installer,
    describe: 'continue: what is done about the deployment that waits at a PAUSE hook',
  },
];
