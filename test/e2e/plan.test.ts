// `installer plan` as people and programs read it: the log, the JSON, the page. And the page that an installation leaves.
import { afterEach, describe, expect, test } from '@jest/globals';
import { crashing, openShop, type Descriptor, type Descriptors, type Shop } from './shop.ts';

let shop: Shop;
afterEach(() => shop.world.close());

function containerOf({ 'task-definition': task }: Descriptors): Descriptor {
  return (task['containerDefinitions'] as Descriptor[])[0]!;
}

/** What a reader sees. */
function visible(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/u, '')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ');
}

interface JsonLine {
  readonly kind: string;
  readonly plan?: { readonly action: string; readonly timeoutMs?: number };
}

test('a plan of a new service says what is created, in which order, and what it costs', async () => {
  shop = openShop({});
  await shop.publish('1.0.14');
  const plan = await shop.install('1.0.14', {}, 'plan');
  expect(plan.exitCode).toBe(0);
  for (const line of [
    '1. register a revision of hid-generator [RegisterTaskDefinition]',
    '2. create the service hid-generator, pinned to that revision [CreateService]',
    '3. ECS starts 2 tasks',
    'container hid-generator (new)',
    '+ 8080/tcp on host port 1234',
    'on failure: desired count 0, there is nothing to go back to',
  ])
    expect(plan.log).toContain(line);
  expect(plan.log).toMatch(/4\. watch until it is steady .*\[DescribeServices, at most \d+ calls\]/u);
  const page = visible(plan.output('record.html'));
  expect(page).toContain('Planned, nothing was changed');
  expect(page).toContain('What is created container hid-generator new image');
  expect(JSON.parse(plan.output('record.json'))).toMatchObject({
    command: 'plan',
    outcome: 'planned',
    plans: [{ action: 'create', created: expect.arrayContaining([{ path: 'service.desiredCount', to: 2 }]) }],
  });
  expect(shop.revisions()).toEqual([]);
});

describe('a plan of an update', () => {
  async function planned(change: (descriptors: Descriptors, first: boolean) => void, env = {}) {
    let first = true;
    shop = openShop({ edit: (descriptors) => change(descriptors, first) });
    await shop.publish('1.0.14');
    first = false;
    await shop.publish('1.0.15');
    await shop.install('1.0.14');
    return shop.install('1.0.15', env, 'plan');
  }

  const secretChange = (descriptors: Descriptors, first: boolean): void => {
    const container = containerOf(descriptors);
    container['environment'] = [
      { name: 'LOG_LEVEL', value: first ? 'info' : 'debug' },
      { name: 'DB_PASSWORD', value: first ? 'hunter2-before' : 'hunter2-after' },
    ];
    container['memory'] = first ? 256 : 512;
  };

  test('tells it container by container, and no secret', async () => {
    const plan = await planned(secretChange);
    expect(plan.log).toMatch(
      /container hid-generator\n +image +1\.0\.14\.RELEASE -> 1\.0\.15\.RELEASE {2}\(registry\.example\.com\/hid-generator\)/u,
    );
    expect(plan.log).toMatch(/memory +256 -> 512/u);
    expect(plan.log).toMatch(/environment LOG_LEVEL +info -> debug/u);
    expect(plan.log).toMatch(/environment DB_PASSWORD +\*{8} \(changed, and masked\)/u);
    const everything = [plan.log, plan.output('record.json'), plan.output('record.html')].join('\n');
    expect(everything).not.toContain('hunter2');
    expect(visible(plan.output('record.html'))).toContain(
      'environment DB_PASSWORD changed, and masked: ********',
    );
  });

  test('as JSON lines holds the plan as data', async () => {
    const plan = await planned(secretChange, { bamboo_ecs_log_format: 'json' });
    const lines = plan.log.split('\n').map((line) => JSON.parse(line) as JsonLine);
    const found = lines.find(({ kind }) => kind === 'plan')?.plan;
    expect(found?.action).toBe('update');
    expect(found?.timeoutMs).toBeGreaterThan(0);
    expect(plan.log).not.toContain('hunter2-before');
  });

  test('of the desired count alone says that the tasks are replaced all the same', async () => {
    const plan = await planned(({ 'service-update': update, 'task-definition': task, ...rest }, first) => {
      // The same image, whatever the version.
      containerOf({ 'task-definition': task, 'service-update': update, ...rest })['image'] = 'nginx:1';
      delete containerOf({ 'task-definition': task, 'service-update': update, ...rest })['dockerLabels'];
      update['desiredCount'] = first ? 2 : 3;
    });
    expect(plan.log).toContain(
      'ECS replaces every running task and goes from 2 to 3 tasks: only the desired count differs, but a new revision is a new deployment',
    );
    expect(plan.log).toMatch(/service\n +desiredCount +2 -> 3/u);
  });
});

test('the page of a crash has all of it: status, diagnosis, picture, roll-back, links, plan', async () => {
  shop = openShop({ scenario: crashing('1.0.15') });
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
  await shop.install('1.0.14');
  const crash = await shop.install('1.0.15', {
    bamboo_resultsUrl: 'https://bamboo.example.com/deploy/viewDeploymentResult.action?deploymentResultId=42',
  });
  expect(crash.exitCode).toBe(5);
  const html = crash.output('record.html');
  const text = visible(html);
  expect(text).toContain('Failed, the version before is back');
  for (const title of ['Diagnosis', 'Verdict and roll-back', 'Rollout', 'Plan', 'Facts', 'Details'])
    expect(html).toMatch(new RegExp(`<h2>${title}`, 'u'));
  for (const address of [
    'https://bamboo.example.com/deploy/viewDeploymentResult.action?deploymentResultId=42',
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/production/services/hid-generator/health?region=eu-west-1',
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/task-definitions/hid-generator/2/containers?region=eu-west-1',
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/task-definitions/hid-generator/1/containers?region=eu-west-1',
  ])
    expect(html).toContain(`href="${address}"`);
  expect(html).toContain('class="back-ground"');
  expect(html.match(/<path\s+class="failed"/gu)?.length).toBeGreaterThan(1);
  // Each fact is told once.
  for (const fact of ['Environment', 'Service', 'Cluster'])
    expect(html.match(new RegExp(`<dt>${fact}</dt>`, 'gu'))).toHaveLength(1);
});
