// A build whose templates have many faults: everything is told at once, nothing is published.
import type { History } from './recorder.ts';

export const refusal: History = [
  [0, { kind: 'start', program: 'expander', command: 'publish', version: '0.1.0' }],
  [0, { kind: 'settings', settings: [{ name: 'templates', value: 'descriptors', origin: 'default' }] }],
  [0, { kind: 'phase', name: 'version', title: 'Version' }],
  [0, { kind: 'check', suite: 'version', name: 'hid-generator 1.0.15.RELEASE', seconds: 0.01 }],
  [0, { kind: 'phase', name: 'expand', title: 'Expand' }],
  [
    1,
    {
      kind: 'problems',
      problems: [
        {
          severity: 'error',
          code: 'unknown-variable',
          message: 'the variable ${famly} is not known',
          place: { file: 'descriptors/task-definition.json', line: 2, column: 16, variable: 'bamboo_famly' },
          hint: 'Set the Bamboo variable famly, or did you mean ${family}?',
        },
        {
          severity: 'error',
          code: 'unknown-member',
          message: '"hostname2" is no member of a container definition; ECS would drop it silently',
          place: {
            file: 'descriptors/task-definition.json',
            line: 17,
            column: 13,
            path: '$.containerDefinitions[0].hostname2',
          },
          hint: 'Did you mean "hostname"?',
        },
        {
          severity: 'warning',
          code: 'fixed-host-port',
          message:
            'host port 1234 is fixed and minimumHealthyPercent is 100: a rollout needs a free instance for each new task',
          place: {
            file: 'descriptors/task-definition.json',
            path: '$.containerDefinitions[0].portMappings[0].hostPort',
          },
          hint: 'Use hostPort 0, or minimumHealthyPercent 50.',
        },
        {
          severity: 'error',
          code: 'wrong-enum',
          message: '"tpc" is none of: tcp, udp',
          place: {
            file: 'descriptors/task-definition.json',
            line: 12,
            column: 33,
            path: '$.containerDefinitions[0].portMappings[0].protocol',
          },
        },
        {
          severity: 'error',
          code: 'no-repository',
          message: 'the setting repository is missing,\nand nothing says where releases live',
          hint: 'Set the Bamboo variable ecs.repository.',
        },
      ],
    },
  ],
  [
    1,
    {
      kind: 'summary',
      exitCode: 2,
      outcome: 'misconfigured',
      sentence: 'expansion: 4 problems',
      todo: 'Mend the problems listed above; nothing was changed.',
      rows: [],
    },
  ],
];
