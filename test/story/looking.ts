// The steps of the story in which nobody installs: a plan that cannot work, what runs where, and the way back by hand.
import { deploymentVariables } from './bamboo-server.ts';
import { wholeChain, type ChainInput } from './chain.ts';
import type { Ended } from './programs.ts';
import type { Stage } from './stage.ts';
import type { Step } from './steps.ts';

/** A build of master of hid-generator at a version; `change` edits its files. */
export type Master = (
  stage: Stage,
  version: string,
  number: number,
  change?: Readonly<Record<string, (text: string) => string>>,
) => Omit<ChainInput, 'record'>;

/** What somebody types who wants to know, or to go back, in the environment of the last installation. */
async function type(input: Omit<ChainInput, 'record'>, ...args: readonly string[]): Promise<Ended> {
  const { stage, checkout, build, environment } = input;
  const env = deploymentVariables(build, {
    environment,
    project: 'Deploy',
    id: build.number,
    injected: { project: 'hid-generator' },
  });
  return stage.run({
    program: 'installer',
    args: [...args],
    cwd: checkout,
    env: { ...env, ...input.settings },
  });
}

function has(ended: Ended, text: string): boolean {
  return ended.lines.some((line) => line.includes(text));
}

export function lookingSteps(master: Master): readonly Step[] {
  return [
    {
      title: '1.0.17.RELEASE cannot be rolled out',
      story:
        'Four tasks on four instances, a fixed host port, and none may stop: the rollout would hang. It is refused before anything is changed, with the smallest change that works.',
      async run(stage) {
        const input = master(stage, '1.0.17', 44, {
          'descriptors/service-update.json': (text) =>
            text.replace('"minimumHealthyPercent": 25', '"minimumHealthyPercent": 100'),
        });
        const four = { ...input.build, variables: { ...input.build.variables, desiredCount: '4' } };
        const { install } = await wholeChain({ ...input, build: four, record: '06-refused-1.0.17' });
        const change = install.lines.find((line) => line.includes('smallest change')) ?? '';
        return {
          ok: install.exitCode === 4 && change !== '' && !has(install, 'Registered'),
          saw: `exit ${install.exitCode}, nothing changed; ${change.trim()}`,
        };
      },
    },
    {
      title: 'what runs, what happened, and back by hand',
      story:
        'Somebody asks what runs in production and since when, reads what was installed, and goes back to the release that was steady before.',
      async run(stage) {
        const input = master(stage, '1.0.17', 45);
        const status = await type(input, 'status');
        const history = await type(input, 'history');
        const back = await type(input, 'rollback');
        stage.keepRecord(input.checkout, '07-rollback-1.0.14');
        const ok =
          status.exitCode === 0 &&
          has(status, 'HEALTHY: 1.0.15.RELEASE') &&
          has(history, 'failed (5)') &&
          back.exitCode === 0 &&
          has(back, 'ROLLED BACK: hid-generator 1.0.14.RELEASE is back');
        return {
          ok,
          saw: `1.0.15.RELEASE healthy, 1.0.16.RELEASE in the history as failed; exit ${back.exitCode}: 1.0.14.RELEASE is back`,
        };
      },
    },
  ];
}
