// What an env-file with quotes would do: a branch that nobody knows, and a green run that published nothing.
import { expect, test } from '@jest/globals';
import { quotedValues } from '../src/quoted-values.ts';
import { Place } from './running.ts';

test.each([
  ['bamboo_planRepository_branchName', '"master"'],
  ['bamboo_planRepository_2_branchName', "'master'"],
  ['bamboo_buildNumber', '"7"'],
  ['bamboo_inject_version', '"1.0.15.RELEASE" '],
  ['BAMBOO_ECS_REGION', '"eu-west-1"'],
])('%s=%s is refused', (name, value) => {
  const [problem] = quotedValues({ PATH: '"/bin"', [name]: value });
  expect(problem?.message).toContain(`quotes are part of the value of ${name}:`);
  expect(problem?.hint).toContain('without quotes');
});

test.each([
  ['bamboo_planRepository_branchName', 'feature/"quoted"-words'],
  ['bamboo_planRepository_branchName', '"'],
  ['bamboo_planRepository_branchName', ''],
  // A plan may be called so, and a template may want it.
  ['bamboo_buildPlanName', '"Shop"'],
  ['bamboo_role', '"role"'],
  // Whatever a secret is, it is right.
  ['bamboo_ecs_artifactory_password', '"secret"'],
])('%s=%s is taken', (name, value) => {
  expect(quotedValues({ [name]: value })).toEqual([]);
});

test('all are told at once, and the run ends with 2', async () => {
  using place = new Place();
  const env = { bamboo_planRepository_branchName: '"master"', bamboo_buildNumber: '"7"' };
  const { exitCode, log } = await place.run(
    {
      flow: async (context) => {
        context.requireSettings();
        return { exitCode: 0, outcome: 'done', sentence: 'it is done' };
      },
    },
    { env },
  );
  expect(exitCode).toBe(2);
  expect(log).toContain(
    'quotes are part of the value of bamboo_planRepository_branchName, bamboo_buildNumber',
  );
});
