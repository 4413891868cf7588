// The steps of the story: each says what it tells, does it with the real programs, and judges what was seen.
import { buildVariables, type Build } from './bamboo-server.ts';
import { buildAndPublish, deploy, wholeChain, type ChainInput } from './chain.ts';
import { lookingSteps } from './looking.ts';
import type { Stage } from './stage.ts';
import { startTraffic } from './traffic.ts';

export interface Step {
  readonly title: string;
  readonly story: string;
  readonly run: (stage: Stage) => Promise<{ readonly ok: boolean; readonly saw: string }>;
}

const environments = 'QA=MILESTONE|RELEASE,Production=RELEASE';

/** Plan variables of hid-generator: what its templates ask for. */
function planVariables(stage: Stage, cluster: string): Record<string, string> {
  return {
    clusterName: cluster,
    serviceName: 'hid-generator',
    family: `hid-generator-${cluster}`,
    containerName: 'hid-generator',
    imageName: 'hid-generator',
    registry: stage.registryHost,
    desiredCount: '2',
    ecsInstanceRole: 'ecsServiceRole',
    loadBalancerName: `hid-generator-${cluster}`,
  };
}

function master(
  stage: Stage,
  version: string,
  number: number,
  change: Readonly<Record<string, (text: string) => string>> = {},
): Omit<ChainInput, 'record'> {
  return {
    stage,
    checkout: stage.checkout('hid-generator', `hid-generator-${version}`, {
      'package.json': (text) => text.replace('1.0.15', version),
      ...change,
    }),
    build: build(`HID-GEN`, number, 'master', planVariables(stage, 'production')),
    environment: 'Production',
    image: { name: 'hid-generator', content: `hid-generator ${version}` },
    settings: { bamboo_ecs_environments: environments, bamboo_ecs_cluster: 'production' },
  };
}

/** The template with a log driver that CloudWatch Logs keeps the output of. */
function withLogs(template: string): string {
  const options = {
    'awslogs-group': '/ecs/hid-generator',
    'awslogs-region': 'eu-west-1',
    'awslogs-stream-prefix': 'web',
  };
  const log = JSON.stringify({ logDriver: 'awslogs', options });
  return template.replace(
    '"essential": true,',
    `"essential": true,\n            "logConfiguration": ${log},`,
  );
}

function build(plan: string, number: number, branch: string, variables: Record<string, string>): Build {
  return { plan, number, branch, revision: `${number}`.padStart(4, '0').repeat(10), variables };
}

function last(lines: readonly string[]): string {
  return lines.findLast((line) => line.trim() !== '') ?? '';
}

export const steps: readonly Step[] = [
  {
    title: '1.0.14.RELEASE: the first installation',
    story:
      "A build of master is expanded over the seed's three templates, published, and creates the service in production.",
    async run(stage) {
      const { version, publish, install } = await wholeChain({
        ...master(stage, '1.0.14', 41),
        record: '01-create-1.0.14',
      });
      const ok = version === '1.0.14.RELEASE' && publish.exitCode === 0 && install.exitCode === 0;
      return { ok, saw: `${version} created, exit ${install.exitCode}, in ${install.seconds.toFixed(1)} s` };
    },
  },
  {
    title: '1.0.15.RELEASE rolls over it under traffic',
    story:
      'ECS replaces the old containers while a client asks the service through the load balancer, and loses nothing.',
    async run(stage) {
      const traffic = startTraffic(stage.loadBalancer('hid-generator-production'));
      const { install } = await wholeChain({ ...master(stage, '1.0.15', 42), record: '02-update-1.0.15' });
      const { answers, failures, versions } = await traffic.stop();
      const both = (versions['1.0.14.RELEASE'] ?? 0) > 0 && (versions['1.0.15.RELEASE'] ?? 0) > 0;
      const lost = failures.length === 0 ? 'none lost' : `${failures.length} LOST (${failures[0]})`;
      return {
        ok: install.exitCode === 0 && failures.length === 0 && both,
        saw: `exit ${install.exitCode}; ${answers} requests answered, ${lost}: ${JSON.stringify(versions)}`,
      };
    },
  },
  {
    title: 'the same installation again',
    story: 'Somebody presses the button twice: nothing is registered, nothing is deployed.',
    async run(stage) {
      const again = { ...master(stage, '1.0.15', 42), record: '03-unchanged-1.0.15' };
      const { publish } = await buildAndPublish(again);
      const install = await deploy(again);
      const ok =
        install.exitCode === 0 &&
        install.lines.some((line) => line.includes('unchanged')) &&
        publish.lines.some((line) => line.includes('already published'));
      return {
        ok,
        saw: `already published; unchanged, exit ${install.exitCode}, in ${install.seconds.toFixed(1)} s`,
      };
    },
  },
  {
    title: 'a MILESTONE, built twice under one version',
    story: 'Two pushes to development make two images under one tag; the second one must reach QA.',
    async run(stage) {
      const milestone = (number: number): ChainInput => ({
        ...master(stage, '1.0.16', number),
        build: build('HID-GEN0', number, 'development', planVariables(stage, 'qa')),
        environment: 'QA',
        image: { name: 'hid-generator', content: `hid-generator 1.0.16, build ${number}` },
        settings: { bamboo_ecs_environments: environments, bamboo_ecs_cluster: 'qa' },
        record: `04-milestone-build-${number}`,
      });
      const first = await wholeChain(milestone(7));
      const second = await wholeChain(milestone(8));
      const replaced = second.publish.lines.some((line) => line.includes('replaced'));
      const arrived = second.install.lines.some((line) => line.includes(second.digest));
      const ok =
        first.install.exitCode === 0 &&
        second.install.exitCode === 0 &&
        replaced &&
        arrived &&
        first.digest !== second.digest;
      return {
        ok,
        saw: `${second.version}: ${first.digest.slice(7, 15)} then ${second.digest.slice(7, 15)}, both installed in QA`,
      };
    },
  },
  {
    title: '1.0.16.RELEASE crashes',
    story:
      'Its container exits with 1 after a few seconds; its output goes to CloudWatch Logs. The installer must notice, say why in the words of the program, and go back.',
    async run(stage) {
      const traffic = startTraffic(stage.loadBalancer('hid-generator-production'));
      const change = { 'descriptors/task-definition.json': withLogs };
      const crashing = { ...master(stage, '1.0.16', 43, change), record: '05-crash-1.0.16' };
      const { install } = await wholeChain(crashing);
      const { answers, failures, versions } = await traffic.stop();
      const said = install.lines.some((line) => line.includes('| ') && line.includes('ECONNREFUSED'));
      const leaked = install.lines.some((line) => line.includes('swordfish'));
      const ok =
        install.exitCode === 5 &&
        failures.length === 0 &&
        versions['1.0.16.RELEASE'] === undefined &&
        said &&
        !leaked;
      return {
        ok,
        saw: `exit ${install.exitCode}: caught, explained with its last words, rolled back; ${answers} requests answered meanwhile, ${failures.length} lost`,
      };
    },
  },
  ...lookingSteps(master),
  {
    title: 'a push to feature/x',
    story: 'Other branches are ignored: exit 0, nothing published, published=false.',
    async run(stage) {
      const { checkout } = master(stage, '1.0.17', 1);
      const env = buildVariables(build('HID-GEN3', 1, 'feature/x', planVariables(stage, 'qa')));
      const ended = await stage.run({ program: 'expander', args: ['publish'], cwd: checkout, env });
      const published = stage.injected(checkout)['published'];
      return {
        ok: ended.exitCode === 0 && published === 'false',
        saw: `exit ${ended.exitCode}, published=${published}`,
      };
    },
  },
  {
    title: 'a Python project without the version template',
    story:
      'pyproject.toml says 2.4 and there is no development branch; the same RELEASE goes to QA and, by late variables, to production.',
    async run(stage) {
      const checkout = stage.checkout('python-service', 'label-printer');
      const settings = {
        bamboo_ecs_branches: 'master=RELEASE,*=ignore',
        bamboo_ecs_environments: environments,
      };
      const to = (environment: string, cluster: string, desiredCount: string): ChainInput => ({
        stage,
        checkout,
        build: build('PY-PRINT', 5, 'master', { registry: stage.registryHost }),
        environment,
        image: { name: 'label-printer', content: 'label-printer 2.4' },
        settings,
        variables: {
          'environment.cluster': cluster,
          'environment.desiredCount': desiredCount,
          'environment.printer': `${cluster}-printer`,
        },
        record: `09-python-${cluster}`,
      });
      const qa = await wholeChain(to('QA', 'qa', '1'));
      const production = await deploy(to('Production', 'production', '3'));
      return {
        ok: qa.version === '2.4.0.RELEASE' && qa.install.exitCode === 0 && production.exitCode === 0,
        saw: `${qa.version} to QA (1 task) and to production (3 tasks), exit ${production.exitCode}`,
      };
    },
  },
  {
    title: 'a descriptor with a misspelt member',
    story: 'The AWS SDK would drop it without a word; the expander refuses it with its line.',
    async run(stage) {
      const checkout = stage.checkout('hid-generator', 'hid-generator-misspelt', {
        'descriptors/task-definition.json': (text) => text.replace('"essential"', '"esential"'),
      });
      const env = buildVariables(build('HID-GEN', 44, 'master', planVariables(stage, 'production')));
      const ended = await stage.run({ program: 'expander', args: ['publish'], cwd: checkout, env });
      const told = ended.lines.find((line) => line.includes('esential')) ?? last(ended.lines);
      return {
        ok: ended.exitCode === 2 && /task-definition\.json:\d+/u.test(told),
        saw: `exit ${ended.exitCode}: ${told.trim()}`,
      };
    },
  },
];
