// The images on a machine whose clock is off: AWS refuses signatures of another time.
import { describe, expect, test } from '@jest/globals';
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { requires } from '../third-party/requires.ts';
import { asOptions, buildVariables, checkOut, type Checkout } from './agent.ts';
import { buildImages, docker, engineIsHere, type Ended, howToGetAnEngine } from './engine.ts';
import { startOtherClock } from './other-clock.ts';
import { bridgeHost } from './signers.ts';

const agent = 4321;
const minute = 60_000;
const isRoot = process.getuid?.() === 0;
if (
  requires('docker', engineIsHere, howToGetAnEngine) &&
  requires('root, for files of other users', isRoot, 'run the tests as root')
)
  describeClock();

function describeClock(): void {
  const { expander, installer } = buildImages();

  function run(
    image: string,
    command: string,
    checkout: Checkout,
    env: Readonly<Record<string, string>>,
  ): Promise<Ended> {
    const variables = {
      ...buildVariables,
      bamboo_ecs_repository: 'file:/data/releases',
      bamboo_ecs_project: 'hid-generator',
      bamboo_ecs_release: '1.0.15.RELEASE',
      bamboo_deploy_environment: 'Production',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test-secret-key',
      ...env,
    };
    return docker('run', '--rm', ...checkout.mount, ...asOptions(variables), image, command);
  }

  describe('Amazon ECS', () => {
    test('12 minutes behind: installed with signatures of the time of AWS, and told once', async () => {
      using checkout = checkOut(agent);
      const instances = [{ zone: 'eu-west-1a' }, { zone: 'eu-west-1b' }];
      await using ecs = await startEcsStandIn({ clusters: [{ name: 'production', instances }] });
      const host = await bridgeHost();
      await using aws = await startOtherClock({ ahead: 12 * minute, service: 'ecs', target: ecs.url, host });
      expect((await run(expander, 'publish', checkout, {})).exitCode).toBe(0);
      const installed = await run(installer, 'install', checkout, { AWS_ENDPOINT_URL: aws.url });
      expect(installed.stdout).toContain('STEADY');
      expect(installed.exitCode).toBe(0);
      const told = installed.stdout.match(/The clock of this agent is 12 minutes behind AWS's\./gu);
      expect(told).toHaveLength(1);
      expect(installed.stdout).toContain('Set the clock of the agent (NTP');
      // What the first request learns holds for all that follow, those that go out once only among them.
      expect(aws.seen.indexOf('refused')).toBe(0);
      expect(aws.seen.lastIndexOf('refused')).toBe(0);
      expect(ecs.requests.filter(({ operation }) => operation === 'CreateService')).toHaveLength(1);
    }, 60_000);

    test('where it cannot be mended: exit code 4, with how far the clock is off and what to do', async () => {
      using checkout = checkOut(agent);
      const host = await bridgeHost();
      await using aws = await startOtherClock({ ahead: -30 * minute, service: 'ecs', date: false, host });
      expect((await run(expander, 'publish', checkout, {})).exitCode).toBe(0);
      const installed = await run(installer, 'install', checkout, { AWS_ENDPOINT_URL: aws.url });
      expect(installed.exitCode).toBe(4);
      expect(installed.stdout).toContain('Signature not yet current');
      expect(installed.stdout).toContain("The clock of this agent is 30 minutes ahead of AWS's.");
      expect(installed.stdout).toContain('Set the clock of the agent (NTP');
    }, 60_000);
  });

  test('Amazon S3, where it cannot be mended: exit code 3', async () => {
    using checkout = checkOut(agent);
    const host = await bridgeHost();
    await using aws = await startOtherClock({ ahead: 30 * minute, service: 's3', date: false, host });
    const published = await run(expander, 'publish', checkout, {
      AWS_ENDPOINT_URL: aws.url,
      bamboo_ecs_repository: 's3://releases/team',
    });
    expect(published.exitCode).toBe(3);
    expect(published.stdout).toContain("The clock of this agent differs from AWS's by more than 15 minutes");
    expect(published.stdout).toContain('Set the clock of the agent (NTP');
  }, 60_000);
}
