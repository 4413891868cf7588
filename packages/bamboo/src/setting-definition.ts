// The shape of one setting, and its three spellings.

export type ProgramName = 'expander' | 'installer';

export type SettingKind = 'text' | 'flag' | 'duration' | 'choice' | 'list';

export type SettingGroup =
  | 'Repository'
  | 'Docker registry'
  | 'Project and version'
  | 'Templates'
  | 'Release and environment'
  | 'Rollout'
  | 'Notifications'
  | 'AWS'
  | 'Files and log';

export interface SettingDefinition {
  /** `artifactory-password` */
  readonly name: string;
  /** Heading in the help. */
  readonly group: SettingGroup;
  readonly kind: SettingKind;
  readonly describe: string;
  readonly programs: readonly ProgramName[];
  readonly choices?: readonly string[];
  /** The value when it is not set; absent where the program works it out. */
  readonly default?: string;
  /** For the help, where `default` is worked out. */
  readonly defaultText?: string;
  /** Refused on the command line, masked everywhere. */
  readonly secret?: true;
  /** One sentence why a text is not a value of this setting, or null. */
  readonly check?: (text: string) => string | null;
}

/** `bamboo_ecs_artifactory_password` */
export function variableOf(name: string): string {
  return `bamboo_ecs_${name.replaceAll('-', '_')}`;
}
