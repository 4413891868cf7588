import { describe, expect, test } from '@jest/globals';
import {
  bambooVariables,
  buildContext,
  deploymentContext,
  isSecretName,
  secretValues,
} from '../src/index.ts';
import { variables } from './helpers.ts';

describe('bambooVariables', () => {
  test.each([
    [{ bamboo_a: '1', PATH: '/bin' }, {}, { bamboo_a: '1' }],
    [{ bamboo_a: '1' }, { bamboo_a: '2', bamboo_b: '3' }, { bamboo_a: '1', bamboo_b: '3' }],
    [{ bamboo_a: '' }, { bamboo_a: '2' }, { bamboo_a: '' }],
    [{ bamboo_a: undefined }, { bamboo_a: '2' }, { bamboo_a: '2' }],
    [{ 'bamboo.plan.key': 'P' }, {}, { bamboo_plan_key: 'P' }],
    [{ bamboo_plan_key: 'P', 'bamboo.plan.key': 'Q' }, {}, { bamboo_plan_key: 'P' }],
    [{ 'bamboo.plan.key': 'Q', bamboo_plan_key: 'P' }, {}, { bamboo_plan_key: 'P' }],
    [{ bamboo_: 'x', bamboo: 'y', bambooX: 'z' }, {}, {}],
  ])('%j over %j', (env, file, expected) => {
    const all = bambooVariables(env, file);
    expect(all).toEqual(variables(expected));
    expect(Object.getPrototypeOf(all)).toBeNull();
    expect(all['toString']).toBeUndefined();
  });

  test('a name of a prototype is a name', () => {
    expect(bambooVariables({ bamboo___proto__: 'x' }, variables({ bamboo_constructor: 'y' }))).toEqual(
      variables({ bamboo___proto__: 'x', bamboo_constructor: 'y' }),
    );
  });
});

// Names and values as in a dump of a real build.
const build = variables({
  bamboo_buildKey: 'SYS-DEV-JOB1',
  bamboo_buildNumber: '229',
  bamboo_buildResultKey: 'SYS-DEV-JOB1-229',
  bamboo_buildResultsUrl: 'https://bamboo.example/browse/SYS-DEV-JOB1-229',
  bamboo_resultsUrl: 'https://bamboo.example/browse/SYS-DEV-JOB1-229',
  bamboo_planName: 'Sysclass - Develop',
  bamboo_planKey: 'SYS-DEV',
  bamboo_planRepository_branchName: 'develop',
  bamboo_planRepository_revision: '4f2a',
});

describe('buildContext', () => {
  test('of a build', () => {
    expect(buildContext(build)).toEqual({
      revision: '4f2a',
      branch: 'develop',
      buildKey: 'SYS-DEV-JOB1-229',
      buildNumber: '229',
      buildUrl: 'https://bamboo.example/browse/SYS-DEV-JOB1-229',
      planName: 'Sysclass - Develop',
    });
  });

  test('of nothing', () => {
    expect(buildContext(variables({}))).toEqual({});
    expect(buildContext(variables({ bamboo_buildKey: ' ' }))).toEqual({});
  });

  test.each([
    [{ bamboo_buildKey: 'A-B-C' }, { buildKey: 'A-B-C' }],
    [{ bamboo_planRepository_1_revision: 'b', bamboo_repository_revision_number: 'c' }, { revision: 'b' }],
    [{ bamboo_repository_revision_number: 'c' }, { revision: 'c' }],
    [{ bamboo_resultsUrl: 'https://x' }, { buildUrl: 'https://x' }],
    // There, it is the address of the deployment.
    [{ bamboo_resultsUrl: 'https://x', bamboo_deploy_environment: 'QA' }, {}],
    [{ bamboo_planKey: 'P-Q' }, { planName: 'P-Q' }],
  ])('%j', (entries, expected) => {
    expect(buildContext(variables(entries))).toEqual(expected);
  });
});

describe('deploymentContext', () => {
  test('of a deployment', () => {
    const entries = {
      bamboo_deploy_environment: 'QA',
      bamboo_deploy_project: 'Hid',
      bamboo_deploy_release: 'hid-generator-1.0.15.RELEASE',
      bamboo_deploy_release_previous: 'hid-generator-1.0.14.RELEASE',
      bamboo_deploy_rollback: 'false',
      bamboo_inject_version: '1.0.15.RELEASE',
      bamboo_inject_manifest_sha256: 'abc',
      bamboo_resultsUrl: 'https://bamboo.example/deploy/viewDeploymentResult.action?deploymentResultId=1',
    };
    expect(deploymentContext(variables(entries))).toEqual({
      environment: 'QA',
      project: 'Hid',
      release: 'hid-generator-1.0.15.RELEASE',
      previous: 'hid-generator-1.0.14.RELEASE',
      rollback: false,
      injectVersion: '1.0.15.RELEASE',
      injectManifestSha256: 'abc',
      resultsUrl: 'https://bamboo.example/deploy/viewDeploymentResult.action?deploymentResultId=1',
    });
  });

  test.each([
    [{}, { rollback: false }],
    [{ bamboo_deploy_rollback: 'true' }, { rollback: true }],
    [{ bamboo_deploy_rollback: ' TRUE ' }, { rollback: true }],
    [{ bamboo_deploy_rollback: 'yes' }, { rollback: false }],
    [
      { bamboo_deploy_version: 'a', bamboo_deploy_version_previous: 'b' },
      { rollback: false, release: 'a', previous: 'b' },
    ],
    [
      { bamboo_deploy_release: '', bamboo_deploy_version: 'a' },
      { rollback: false, release: 'a' },
    ],
  ])('%j', (entries, expected) => {
    expect(deploymentContext(variables(entries))).toEqual(expected);
  });
});

describe('secrets', () => {
  test.each([
    'bamboo_ecs_artifactory_password',
    'BAMBOO_DB_PASSWORD',
    'bamboo_gpgPassphrase',
    'bamboo_CLIENT_SECRET',
    'bamboo_sshKey',
    'bamboo_github_token',
    'AWS_SESSION_TOKEN',
    'bamboo_clientTokenPassword',
    'bamboo_client_token_secret',
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  test.each([
    'bamboo_clientToken',
    'bamboo_client_token',
    'clientToken',
    'bamboo_planKey',
    'bamboo_pass',
    '',
    '__proto__',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test('the values to mask, longest first', () => {
    const entries = {
      bamboo_a_password: 'hunter2',
      bamboo_b_password: ' hunter22 ',
      bamboo_c_password: 'hunter2',
      bamboo_d_secret: '',
      bamboo_e_secret: '  ',
      bamboo_f_secret: 'ab',
      bamboo_useToken: 'true',
      bamboo_tokenCount: '12345',
      bamboo_pinSecret: '123456',
      bamboo_clientToken: 'not-secret',
      bamboo_name: 'visible',
    };
    expect(secretValues(variables(entries))).toEqual([' hunter22 ', 'hunter22', 'hunter2', '123456']);
  });
});
