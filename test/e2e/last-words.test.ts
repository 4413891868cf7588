// Whole installations whose containers say why they end: what the log, the record and the JUnit report show of it.
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  openShop,
  project,
  withBreaker,
  type Descriptors,
  type Shop,
  type ShopOptions,
} from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

const group = '/ecs/hid-generator';

function logging(options: Record<string, string>, driver = 'awslogs') {
  return (descriptors: Descriptors): void => {
    behindTargetGroup(descriptors);
    const [container] = descriptors['task-definition']['containerDefinitions'] as Record<string, unknown>[];
    Object.assign(container ?? {}, { logConfiguration: { logDriver: driver, options } });
  };
}
const awslogs = logging({
  'awslogs-group': group,
  'awslogs-region': 'eu-west-1',
  'awslogs-stream-prefix': 'web',
});

const lastWords = [
  'INFO: starting 1.0.16',
  '\u001b[31mError: connect ECONNREFUSED 10.0.3.7:5432\u001b[0m',
  '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)',
  'Node.js v24.11.0',
];

async function crash(
  edit: ShopOptions['edit'],
  output: readonly string[] = lastWords,
  env: Readonly<Record<string, string>> = {},
) {
  const outcome = { kind: 'exits', afterMs: 3000, exitCode: 1, output } as const;
  shop = openShop({ ...(edit && { edit }), scenario: { rules: [{ match: '1.0.16.RELEASE', outcome }] } });
  for (const version of ['1.0.15', '1.0.16']) await shop.publish(version);
  await shop.install('1.0.15');
  return shop.install('1.0.16', env);
}

interface Recorded {
  readonly diagnoses: readonly {
    readonly cause: string;
    readonly confidence: string;
    readonly logs: readonly {
      readonly where: string;
      readonly lines: readonly { readonly text: string }[];
    }[];
  }[];
}

describe('the last words of a container that crashes', () => {
  test('stand in the log, in the record and in the JUnit report, and sharpen the sentence', async () => {
    const run = await crash(awslogs);
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain(
      'Container hid-generator exits with code 1 soon after its start, because it cannot connect to 10.0.3.7:5432: connection refused; the program said: "Error: connect ECONNREFUSED 10.0.3.7:5432"',
    );
    expect(run.log).toMatch(
      /Last words of hid-generator \(task \w{32}\), log group \/ecs\/hid-generator, stream web\/hid-generator\/\w{32}:\n\s+\| \+\d:\d\d INFO: starting 1\.0\.16\n\s+\| \+\d:\d\d Error: connect ECONNREFUSED/u,
    );
    expect(run.log).toContain('What to do:   Check that what it connects to is up and listens there');
    // eslint-disable-next-line no-control-regex
    expect(run.log + run.output('record.json')).not.toMatch(/\u001b|\\u001b/u);
    const { diagnoses } = JSON.parse(run.output('record.json')) as Recorded;
    expect(diagnoses[0]).toMatchObject({ cause: 'crash-loop', confidence: 'certain' });
    expect(diagnoses[0]?.logs[0]?.lines.map(({ text }) => text)).toContain('Node.js v24.11.0');
    expect(run.output('test-reports/installer.xml')).toContain('Error: connect ECONNREFUSED 10.0.3.7:5432');
    expect(run.calls['GetLogEvents']).toBeLessThanOrEqual(6);
  });

  test('are there when ECS itself goes back', async () => {
    const edit = (descriptors: Descriptors): void => {
      withBreaker(true)(descriptors);
      awslogs(descriptors);
    };
    const run = await crash(edit);
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('the program said: "Error: connect ECONNREFUSED 10.0.3.7:5432"');
  });

  test('hide secrets of the settings, of the task definition, and what looks like one', async () => {
    const edit = (descriptors: Descriptors): void => {
      awslogs(descriptors);
      const [container] = descriptors['task-definition']['containerDefinitions'] as Record<string, unknown>[];
      Object.assign(container ?? {}, {
        environment: [
          { name: 'DB_PASSWORD', value: 'hunter2-hunter2' },
          { name: 'DATABASE_URL', value: 'Server=db;User=web;Password=sesame-4711;' },
        ],
      });
    };
    const run = await crash(edit, [
      'connecting with hunter2-hunter2',
      'and with sesame-4711 to postgres://web:s3cr3t-word@db:5432/web',
      'config: apiKey=abcdef-0123456, mode=fast',
      'FATAL: password authentication failed for user "web"',
    ]);
    const everything = run.log + run.output('record.json') + run.output('test-reports/installer.xml');
    expect(everything).not.toMatch(/hunter2|sesame|s3cr3t|abcdef-0123456/u);
    expect(run.log).toContain('mode=fast');
    expect(run.log).toContain('a server does not accept its user or password');
  });

  test('nor is shown what the container runtime quotes of a command', async () => {
    const reason =
      'CannotStartContainerError: OCI runtime create failed: exec: "run.sh --password=hunter2 --mode fast": executable file not found in $PATH';
    const outcome = { kind: 'cannot-start', reason } as const;
    shop = openShop({ edit: awslogs, scenario: { rules: [{ match: '1.0.16.RELEASE', outcome }] } });
    for (const version of ['1.0.15', '1.0.16']) await shop.publish(version);
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16');
    expect(run.log).toContain('run.sh --password=******** --mode fast');
    expect(run.log).toContain('Cannot start: 2 tasks');
    const everything = run.log + run.output('record.json') + run.output('test-reports/installer.xml');
    expect(everything).not.toContain('hunter2');
  });

  test('are left out when the setting says so', async () => {
    const run = await crash(awslogs, lastWords, { bamboo_ecs_last_words: 'off' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('It was not read: last-words is off.');
    expect(run.log).not.toContain('ECONNREFUSED');
    expect(run.calls).not.toHaveProperty('GetLogEvents');
  });

  test('are bounded, however much it writes', async () => {
    const noise = Array.from({ length: 3000 }, (_, index) => `line ${index} ${'x'.repeat(900)}`);
    const run = await crash(awslogs, noise);
    const shown = run.log.split('\n').filter((line) => /\| \+\d:\d\d line \d+/u.test(line));
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.length).toBeLessThanOrEqual(30);
    expect(shown.join('\n').length).toBeLessThan(10_000);
    expect(shown.at(-1)).toContain('line 2999');
    expect(run.log).toContain('| ...');
  });

  test('are not there: the log says where they are and why', async () => {
    const silent = await crash(awslogs, []);
    expect(silent.exitCode).toBe(5);
    expect(silent.log).toMatch(/has no stream web\/hid-generator\/\w{32}: the container wrote nothing/u);
    shop.world.close();
    const splunk = await crash(
      logging({ 'splunk-url': 'https://splunk.example.com:8088', 'splunk-token': 'b1946ac9-2a5e' }, 'splunk'),
    );
    expect(splunk.log).toContain(
      'sends its output to Splunk at https://splunk.example.com:8088: search there',
    );
    expect(splunk.log).not.toContain('b1946ac9');
    expect(splunk.calls).not.toHaveProperty('GetLogEvents');
  });

  test.each([
    ['deny', 'AccessDenied', 'Allow logs:GetLogEvents'],
    ['html-500', 'HTTP 500', 'does not know'],
    ['drop-before', 'socket hang up', 'ECONNRESET'],
  ] as const)('cannot be read (%s): a note, and the same verdict', async (kind, ...words) => {
    shop = openShop({
      edit: awslogs,
      scenario: {
        rules: [
          {
            match: '1.0.16.RELEASE',
            outcome: { kind: 'exits', afterMs: 3000, exitCode: 1, output: lastWords },
          },
        ],
      },
    });
    for (const version of ['1.0.15', '1.0.16']) await shop.publish(version);
    await shop.install('1.0.15');
    shop.world.ecs.faults.set([{ operation: 'GetLogEvents', kind }]);
    const run = await shop.install('1.0.16');
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('exits with code 1 soon after its start: the program ended with an error');
    expect(words.some((word) => run.log.includes(word))).toBe(true);
  });
});

describe('a release that failed before', () => {
  test('is refused with the time and the cause, with the variable to set and where its record is', async () => {
    expect((await crash(awslogs)).exitCode).toBe(5);
    const tags = shop.revisions()[1]?.tags;
    expect(tags).toMatchObject({ 'bamboo-ecs:outcome': 'failed', 'bamboo-ecs:cause': 'crash-loop' });
    const again = await shop.install('1.0.16');
    expect(again.exitCode).toBe(4);
    expect(again.log).toMatch(
      /1\.0\.16\.RELEASE \(hid-generator:2\) was installed here before and failed at 2026-11-24 02:\d\d UTC \(crash-loop\)/u,
    );
    expect(again.log).toContain('ecs.force=true, bamboo_ecs_force=true');
    expect(again.log).toContain('hid-generator/1.0.16.RELEASE/records');
  });
});

describe('a task that finds no place', () => {
  test('is told by how much, on which instance least', async () => {
    let memory = 256;
    const edit = (descriptors: Descriptors): void => {
      bare(descriptors);
      const [container] = descriptors['task-definition']['containerDefinitions'] as Record<string, unknown>[];
      Object.assign(container ?? {}, { memory });
    };
    shop = openShop({ edit });
    await shop.publish('1.0.15');
    memory = 4000;
    await shop.publish('1.0.16');
    await shop.install('1.0.15');
    // The forecast would refuse it before anything is changed.
    const run = await shop.install('1.0.16', { bamboo_ecs_skip_checks: 'room', bamboo_ecs_timeout: '4m' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(
      /a task needs 4000 MiB of memory, and i-\w+, which has most of it, has 3884 free, 116 too little/u,
    );
    expect(run.log).toMatch(/instance +i-\w+ \(eu-west-1[ab]\): \d+ of 4000 MiB of memory free/u);
    expect(run.log).toContain('(no-memory, certain)');
  });
});

describe('the health of the targets', () => {
  async function unhealthy(edit: ShopOptions['edit'], outcome: object) {
    const rule = { match: '1.0.16.RELEASE', outcome: { kind: 'never-healthy', ...outcome } as const };
    shop = openShop({ ...(edit && { edit }), scenario: { rules: [rule] } });
    for (const version of ['1.0.15', '1.0.16']) await shop.publish(version);
    await shop.install('1.0.15');
    return shop.install('1.0.16');
  }

  test('stands in the progress and in the diagnosis, with the check', async () => {
    const run = await unhealthy(awslogs, { status: 404, output: ['listening on 0.0.0.0:8080'] });
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(/2 of \d targets unhealthy: Target\.ResponseCodeMismatch 404/u);
    expect(run.log).toContain('its health check is answered with 404 (there is nothing at that path)');
    expect(run.log).toMatch(
      /target +hid-generator: \d of \d targets unhealthy, Target\.ResponseCodeMismatch/u,
    );
    expect(run.log).toContain('| +');
    expect(run.calls['DescribeTargetHealth']).toBeLessThan(run.calls['DescribeServices'] ?? 0);
  });

  test('a program on another port, and one behind a security group', async () => {
    const port = await unhealthy(awslogs, { output: ['Server listening on port 3000'] });
    expect(port.log).toContain(
      'The program says that it listens on port 3000, but the load balancer asks port 8080.',
    );
    shop.world.close();
    const hidden = await unhealthy(awslogs, { output: ['Server listening on port 8080'] });
    expect(hidden.log).toContain('most likely a security group between them');
  });

  test('behind a classic load balancer', async () => {
    const run = await unhealthy(undefined, {});
    expect(run.exitCode).toBe(5);
    expect(run.log).toMatch(
      /target +hid-generator: \d of \d targets unhealthy, Instance: Instance has failed/u,
    );
  });

  test('with the words of tasks that run and are killed by nobody, when the time is up', async () => {
    const outcome = { kind: 'never-healthy', output: ['Waiting for changelog lock....'] } as const;
    const patient = (descriptors: Descriptors): void => {
      awslogs(descriptors);
      descriptors['service-definition']['healthCheckGracePeriodSeconds'] = 1800;
    };
    shop = openShop({ edit: patient, scenario: { rules: [{ match: '1.0.16.RELEASE', outcome }] } });
    for (const version of ['1.0.15', '1.0.16']) await shop.publish(version);
    await shop.install('1.0.15');
    const run = await shop.install('1.0.16', { bamboo_ecs_timeout: '9m' });
    expect(run.exitCode).toBe(5);
    expect(run.log).toContain('in time');
    expect(run.log).toMatch(/Last words of hid-generator .*\n +\| \+\d:\d\d Waiting for changelog lock/u);
    expect(run.log).toMatch(/targets unhealthy: Target\.Timeout/u);
  });

  test('is not asked for while all goes well', async () => {
    shop = openShop({ edit: awslogs });
    await shop.publish('1.0.15');
    const run = await shop.install('1.0.15');
    expect(run.exitCode).toBe(0);
    expect(run.calls['DescribeTargetHealth'] ?? 0).toBeLessThanOrEqual(5);
    expect(run.calls).not.toHaveProperty('GetLogEvents');
    expect(shop.running()).toContain(project);
  });
});
