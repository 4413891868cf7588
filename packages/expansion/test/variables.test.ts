import { describe, expect, test } from '@jest/globals';
import { buildTemplateVariables, derivedVariables } from '../src/index.ts';
import { container, expandTask, places, shown, taskWith } from './expanding.ts';

const of = (bamboo: Record<string, string>, allow: readonly string[] = []) =>
  buildTemplateVariables({ bamboo, derived: {}, allow });

describe('the derived variables', () => {
  const from = {
    project: 'hid-generator',
    version: '1.0.15.RELEASE',
    branch: 'master',
    revision: 'abc',
    buildNumber: '7',
  };

  test('are these', () => {
    expect(derivedVariables(from)).toEqual({
      project: 'hid-generator',
      version: '1.0.15.RELEASE',
      imageTag: '1.0.15.RELEASE',
      clientToken: 'hid-generator-1.0.15.RELEASE',
      branch: 'master',
      revision: 'abc',
      buildNumber: '7',
    });
  });

  test('leave out what Bamboo did not say', () => {
    expect(Object.keys(derivedVariables({ ...from, branch: null, revision: '', buildNumber: null }))).toEqual(
      ['project', 'version', 'imageTag', 'clientToken'],
    );
  });

  test.each(['a-project-with-quite-a-long-name-indeed', 'größe', 'with blank', 'x'.repeat(1000)])(
    'the client token of %s fits ECS',
    (project) => {
      const { clientToken = '' } = derivedVariables({ ...from, project });
      expect(clientToken).toMatch(/^[\x21-\x7e]{1,36}$/);
      expect(derivedVariables({ ...from, project, revision: 'other', buildNumber: '8' })['clientToken']).toBe(
        clientToken,
      );
      expect(derivedVariables({ ...from, project, version: '1.0.16.RELEASE' })['clientToken']).not.toBe(
        clientToken,
      );
      expect(derivedVariables({ ...from, project: `${project}2` })['clientToken']).not.toBe(clientToken);
    },
  );
});

describe("Bamboo's variables", () => {
  test('are found by the dotted and by the environment spelling', () => {
    const variables = of({ bamboo_planRepository_branchName: 'master' });
    for (const name of [
      'planRepository.branchName',
      'planRepository_branchName',
      'planRepository-branchName',
    ]) {
      expect(variables.find(name)).toMatchObject({
        kind: 'known',
        variable: { value: 'master', environment: 'bamboo_planRepository_branchName' },
      });
    }
  });

  test('that differ in a dot alone are each found by their own spelling', () => {
    const variables = of({ 'bamboo_a.b': 'dot', bamboo_a_b: 'line' });
    expect(
      [variables.find('a.b'), variables.find('a_b'), variables.find('a-b')].map(
        (found) => found.kind === 'known' && found.variable.value,
      ),
    ).toEqual(['dot', 'line', 'line']);
  });

  test('have the prefix; other variables of the environment are none', () => {
    const variables = of({
      PATH: '/bin',
      BAMBOO_x: '1',
      bamboo_: '2',
      bamboo: '3',
      bambooX: '4',
      bamboo_y: '5',
    });
    expect(variables.names).toEqual(['y']);
  });

  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'length', 'valueOf'])(
    '%s is unknown',
    (name) => {
      expect(of({ bamboo_a: '1' }).find(name)).toEqual({ kind: 'unknown' });
      expect(places(expandTask(taskWith(`"hostname": "\${${name}}"`)).problems)).toEqual([
        `error variable-missing 6:20 bamboo_${name}`,
      ]);
    },
  );

  test('that looks like a secret: the second thing that it needs is told at once', () => {
    const hintOf = (name: string) => expandTask(taskWith(`"hostname": "\${${name}}"`)).problems[0]?.hint;
    expect(hintOf('db.password')).toMatch(/^Set bamboo\.db\.password in Bamboo.*allow-variables/u);
    expect(hintOf('db.name')).not.toContain('allow-variables');
  });

  test.each([
    ['revision', 'bamboo_planRepository_revision'],
    ['branch', 'bamboo_planRepository_branchName'],
    ['buildNumber', 'bamboo_buildNumber'],
  ])('%s, which Bamboo did not say: the hint names where it comes from', (name, source) => {
    const text = taskWith(`"hostname": "\${${name}}"`);
    expect(expandTask(text, { silent: true }).problems[0]?.hint).toMatch(
      new RegExp(`^Hand ${source}, in which`, 'u'),
    );
  });

  test('may be called __proto__ all the same', () => {
    const bamboo = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, string>;
    const text = taskWith('"hostname": "${__proto__}-${constructor}"');
    expect(container(expandTask(text, { bamboo }))).toMatchObject({ hostname: 'x-y' });
  });

  test.each([
    'db.password',
    'DB_PASSWORD',
    'passphraseX',
    'my.Secret',
    'SSHKEY',
    'apiToken',
    'client.token',
    'clientTokenX',
  ])('%s is withheld', (name) => {
    const text = taskWith(`"hostname": "\${${name}}"`);
    const key = name.replaceAll('.', '_');
    const { problems } = expandTask(text, { bamboo: { [key]: 'hunter2-value' } });
    expect(places(problems)).toEqual([`error variable-withheld 6:20 bamboo_${key}`]);
    expect(shown(problems)).toContain('allow-variables');
    expect(shown(problems)).not.toContain('hunter2');
  });

  test.each(['db.password', 'db_password', 'bamboo.db.password', 'bamboo_db_password', ' db.password '])(
    '%s allows it',
    (allowed) => {
      const text = taskWith('"hostname": "${db.password}"');
      expect(container(expandTask(text, { bamboo: { db_password: 'p' }, allow: [allowed] }))).toMatchObject({
        hostname: 'p',
      });
    },
  );

  test('allowing one allows no other', () => {
    const { problems } = expandTask(taskWith('"hostname": "${password}${password2}"'), {
      bamboo: { password: 'p', password2: 'q' },
      allow: ['password'],
    });
    expect(places(problems)).toEqual(['error variable-withheld 6:31 bamboo_password2']);
  });

  test.each(['ecs_cluster', 'ecs.artifactory.password', 'capability_system_jdk', 'ECS_x', 'Capability.y'])(
    '%s never enters, allowed or not',
    (name) => {
      const { problems } = expandTask(taskWith(`"hostname": "\${${name}}"`), {
        bamboo: { [name.replaceAll('.', '_')]: 'v' },
        allow: [name],
      });
      expect(places(problems)[0]).toContain('error variable-withheld 6:20');
      expect(problems[0]?.hint).toContain('cannot be allowed');
    },
  );

  test('ecsInstanceRole is no setting of ours', () => {
    expect(
      container(
        expandTask(taskWith('"hostname": "${ecsInstanceRole}"'), { bamboo: { ecsInstanceRole: 'r' } }),
      ),
    ).toMatchObject({ hostname: 'r' });
  });

  test('clientToken is no secret', () => {
    expect(container(expandTask(taskWith('"hostname": "${clientToken}"')))).toMatchObject({
      hostname: 'hid-generator-1.0.15.RELEASE',
    });
  });

  test('of the name of a derived one are hidden by it, with a warning where it is used', () => {
    const used = expandTask(taskWith('"hostname": "${version}"'), {
      bamboo: { version: '9.9.9', buildNumber: '7' },
    });
    expect(container(used)).toMatchObject({ hostname: '1.0.15.RELEASE' });
    expect(places(used.problems)).toEqual(['warning variable-hidden 6:20 bamboo_version']);
    expect(
      expandTask(taskWith('"hostname": "${buildNumber}"'), { bamboo: { version: '9.9.9', buildNumber: '7' } })
        .problems,
    ).toEqual([]);
  });
});

describe('a missing variable', () => {
  test('names the nearest one, withheld ones excepted', () => {
    const { problems } = expandTask(taskWith('"hostname": "${clustername} ${passwort}"'), {
      bamboo: { clusterName: 'QA', password: 'x' },
    });
    expect(problems.map(({ hint }) => hint)).toEqual([
      'Did you mean ${clusterName}? Otherwise set bamboo.clustername in Bamboo and hand it to the container.',
      'Set bamboo.passwort in Bamboo and hand it to the container.',
    ]);
  });

  test('is listed once, with its other lines', () => {
    const { problems } = expandTask(
      taskWith('"hostname": "${x}${x}",\n"user": "${x}",\n"workingDirectory": "${x}"'),
    );
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('also in lines 7, 8');
  });

  test.each([
    ['bamboo.clusterName', 'without the prefix: ${clusterName}'],
    ['HOME', 'Write `$${HOME}`'],
  ])('%s: %s', (name, hint) => {
    expect(shown(expandTask(taskWith(`"hostname": "\${${name}}"`)).problems)).toContain(hint);
  });

  test('does not hide the other problems of its template', () => {
    const { problems } = expandTask(
      taskWith('"hostname": "${x}", "memory": ${y}, "hostnam": "${z}", "essential": "${w}", "cpu": "four"'),
    );
    expect(problems.map(({ code }) => code).sort()).toEqual(
      ['json-duplicate', ...Array.from({ length: 4 }, () => 'variable-missing')].sort(),
    );
    const checked = expandTask(
      taskWith('"hostname": "${x}", "hostnam": "${z}", "essential": "${w}", "cpu": "four"'),
    );
    expect(checked.problems.map(({ code }) => code).sort()).toEqual(
      [
        'unknown-member',
        'wrong-type',
        'wrong-type',
        ...Array.from({ length: 3 }, () => 'variable-missing'),
      ].sort(),
    );
    expect(shown(checked.problems)).toContain('Take the quotes away: ${w}.');
  });
});
