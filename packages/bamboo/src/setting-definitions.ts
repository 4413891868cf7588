// All settings of both programs: the one table (docs/settings.md).
import { installationSettings } from './installation-settings.ts';
import { notificationSettings } from './notification-settings.ts';
import { releaseSettings } from './release-settings.ts';
import type { SettingDefinition } from './setting-definition.ts';
import { watchSettings } from './watch-settings.ts';

const both = ['expander', 'installer'] as const;

export const settingDefinitions: readonly SettingDefinition[] = [
  ...releaseSettings,
  ...installationSettings,
  ...watchSettings,
  ...notificationSettings,
  {
    name: 'variables-file',
    group: 'Files and log',
    kind: 'text',
    programs: both,
    defaultText: 'bamboo-variables.env, if there',
    describe: 'file of bamboo_*=value lines, for tasks that pass no environment',
  },
  {
    name: 'out',
    group: 'Files and log',
    kind: 'text',
    programs: both,
    default: 'target/bamboo-ecs',
    describe: 'folder for what is written',
  },
  {
    name: 'log-format',
    group: 'Files and log',
    kind: 'choice',
    choices: ['text', 'json'],
    default: 'text',
    programs: both,
    describe: 'how the log is written',
  },
];
