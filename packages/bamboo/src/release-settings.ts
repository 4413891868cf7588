// Settings of where releases live, and of how one is made.
import type { SettingDefinition } from './setting-definition.ts';

const both = ['expander', 'installer'] as const;
const expander = ['expander'] as const;

export const releaseSettings: readonly SettingDefinition[] = [
  {
    name: 'repository',
    group: 'Repository',
    kind: 'text',
    programs: both,
    describe:
      'where releases live: https://host/artifactory/<repo>[/<prefix>], s3://bucket[/prefix], file:/dir; {tag} stands for release or milestone',
  },
  {
    name: 'artifactory-user',
    group: 'Repository',
    kind: 'text',
    programs: both,
    describe: 'user of the repository; without one the password is sent as Bearer',
  },
  {
    name: 'artifactory-password',
    group: 'Repository',
    kind: 'text',
    programs: both,
    secret: true,
    describe: 'password, API key or access token',
  },
  {
    name: 'artifactory-auth',
    group: 'Repository',
    kind: 'choice',
    choices: ['auto', 'basic', 'bearer', 'api-key'],
    default: 'auto',
    programs: both,
    describe: 'how the password is sent',
  },
  {
    name: 'registry-user',
    group: 'Docker registry',
    kind: 'text',
    programs: both,
    describe:
      "user of the registries that hold the images of this version; otherwise Docker's own configuration",
  },
  {
    name: 'registry-password',
    group: 'Docker registry',
    kind: 'text',
    programs: both,
    secret: true,
    describe: 'password of the Docker registry',
  },
  {
    name: 'ca-file',
    group: 'Repository',
    kind: 'text',
    programs: both,
    describe: 'PEM file of a private certificate authority, trusted beside the usual ones',
  },
  {
    name: 'project',
    group: 'Project and version',
    kind: 'text',
    programs: both,
    defaultText: 'the name in the project file, or what the build injected',
    describe: 'the artifact name',
  },
  {
    name: 'templates',
    group: 'Templates',
    kind: 'text',
    programs: expander,
    default: 'descriptors',
    describe: 'folder with the three templates',
  },
  {
    name: 'version',
    group: 'Project and version',
    kind: 'text',
    programs: expander,
    defaultText: 'from the version file',
    describe: 'the version without its tag, 1.0.15',
  },
  {
    name: 'version-file',
    group: 'Project and version',
    kind: 'text',
    programs: expander,
    defaultText: 'found by itself',
    describe: 'the file that holds the version',
  },
  {
    name: 'branch',
    group: 'Project and version',
    kind: 'text',
    programs: expander,
    defaultText: "from Bamboo's variables",
    describe: 'the branch that is built',
  },
  {
    name: 'branches',
    group: 'Project and version',
    kind: 'text',
    programs: expander,
    defaultText: 'master=RELEASE,development=MILESTONE',
    describe: 'which branch gives which tag; others are ignored',
  },
  {
    name: 'allow-variables',
    group: 'Templates',
    kind: 'list',
    programs: expander,
    defaultText: 'none',
    describe: 'secret-looking variables that templates may use, by name',
  },
  {
    name: 'image-digest',
    group: 'Docker registry',
    kind: 'choice',
    choices: ['require', 'try', 'off'],
    default: 'try',
    programs: expander,
    describe:
      'ask the registry for the digest of each image of this version (try: a registry that cannot be asked is a warning, a missing image an error)',
  },
];
