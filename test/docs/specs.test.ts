// The specs of examples/bamboo-specs have no fault that check-spec.ts knows, and it knows them when it sees them.
import { describe, expect, test } from '@jest/globals';
import { checkSpec } from './check-spec.ts';
import { invocationOf, parseSpec, readSpec, specNames, specText } from './spec.ts';

test.each(specNames)('%s has no fault', (name) => {
  expect(checkSpec(readSpec(name))).toEqual([]);
});

test('the specs show version, publish and install each', () => {
  for (const name of specNames) {
    const { jobs, environments } = readSpec(name);
    const invocations = [...jobs, ...environments].flatMap((work) =>
      work.tasks.flatMap((task) => invocationOf(task) ?? []),
    );
    expect(new Set(invocations.map(({ args }) => args[0]))).toEqual(
      new Set(['version', 'publish', 'install']),
    );
  }
});

describe('planted faults are found', () => {
  test.each([
    ['scope: RESULT', 'scope: RESULTS', 'scope'],
    ['type: junit', 'type: JUnit', 'type'],
    ['  triggers:\n    - build-success\n', '  triggers:\n    - build-succes\n', 'triggers of QA'],
    ['  triggers: []', '  triggers:\n    - environment-success: QA', 'production is triggered'],
    ['commandOption: run', 'commandOption: start', 'commandOption'],
    ['source-plan: SHOP-ORDERS', 'source-plan: SHOP-ORDER', 'source-plan'],
    ['  source-plan:', '  source_plan:', 'source-plan is missing'],
    ['next-version-name:', 'pattern:', 'next-version-name is missing'],
    ['-${bamboo.buildNumber}', '', 'release names are not unique'],
    ["detach: 'false'", 'detach: false', 'detach is no text'],
    ['task.docker.cli', 'task.docker', 'plugin key'],
    ['workDir: /data', 'workDir: /work', 'working directory'],
    ['expander:0.1.0', 'expander', 'a Docker task with an image that is not ours'],
    ['command: publish', 'command: publsih', 'no command publsih'],
    ['command: install', 'command: install --artifactory-password x', 'no --artifactory-password'],
    ['ecs.cluster: qa', 'ecs.clustr: qa', 'ecs.clustr is no setting'],
    [
      'ecs.environments: QA=MILESTONE|RELEASE,Production=RELEASE',
      'ecs.environments: QA=RELEASE',
      'QA: ecs.environments',
    ],
    [
      '    ecs.region: eu-west-1',
      '    ecs.artifactory.password: x',
      'ecs.artifactory.password stands in clear',
    ],
    ["environment.desiredCount: '1'", 'environment.desiredCount: 1', 'environment.desiredCount is no text'],
    ['${bamboo.working.directory}', '${bamboo.workingDirectory}', 'nobody sets workingDirectory'],
    ['$bamboo_registry/', '$bamboo_registri/', 'nobody sets registri'],
    [
      'name: Variables script\n            destination',
      'name: Variable script\n            destination',
      'no shared artifact',
    ],
    ['            rm -f bamboo-variables.env\n', '', 'passwords in the image'],
    ['          - rm -f bamboo-variables.env bamboo', '          - rm -f bamboo', 'passwords stay'],
    ['    - checkout:', '    - check-out:', 'unknown task check-out'],
    ['  requirements:', '  requirement:', 'unknown key requirement'],
    ['key: JOB1', 'key: job-1', 'job-1 is no key'],
    ['polling: 180', 'polling: daily', 'triggers'],
  ])('%j → %j', (from, to, found) => {
    const text = specText('one-project.yaml');
    expect(text).toContain(from);
    expect(checkSpec(parseSpec(text.replace(from, to), 'planted'))).toContainEqual(
      expect.stringContaining(found),
    );
  });

  test('a key that stands twice, and a document too many', () => {
    const text = specText('one-project.yaml');
    expect(() => parseSpec(text.replace('key: ORDERS', 'key: ORDERS\n  key: OTHER'), 'planted')).toThrow(
      /unique/iu,
    );
    expect(() => parseSpec(`${text}---\nversion: 2\n`, 'planted')).toThrow('not a plan and a deployment');
  });
});
