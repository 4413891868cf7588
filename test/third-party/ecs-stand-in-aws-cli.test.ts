// The ECS stand-in as a person meets it who looks around with the aws cli.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import type { EcsStandIn } from '@bamboo-ecs/rehearsal';
import { awsCli } from './emulators.ts';
import { requires } from './requires.ts';

const how = 'python3 -m venv .venv && .venv/bin/pip install -r test/third-party/requirements.txt';
const patience = 120_000;

if (requires('the aws cli', awsCli.isHere, how)) {
  describe('the ECS stand-in and the aws cli', () => {
    let standIn: EcsStandIn;

    beforeAll(async () => {
      const zones = ['us-east-1a', 'us-east-1b'];
      standIn = await startEcsStandIn({
        clusters: [{ name: 'qa', instances: [...zones, ...zones].map((zone) => ({ zone })) }],
        scenario: { rules: [{ match: ':2', outcome: { kind: 'exits', afterMs: 100, exitCode: 3 } }] },
        speed: 10,
      });
    });
    afterAll(() => standIn.close());

    /** The words of a command, then arguments that are taken as they are. */
    async function run(command: string, ...more: string[]): Promise<string> {
      const parts = [awsCli.script, ...command.split(' '), ...more, '--output', 'json'];
      const { stdout } = await promisify(execFile)(awsCli.program, parts, {
        env: {
          PATH: process.env['PATH'] ?? '',
          AWS_ENDPOINT_URL: standIn.url,
          AWS_ACCESS_KEY_ID: 'AKIDREHEARSAL',
          AWS_SECRET_ACCESS_KEY: 'rehearsal',
          AWS_REGION: 'us-east-1',
          AWS_DEFAULT_REGION: 'us-east-1',
          AWS_CONFIG_FILE: '/dev/null',
          AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
          AWS_EC2_METADATA_DISABLED: 'true',
        },
      });
      return stdout;
    }

    async function aws(command: string, ...more: string[]): Promise<Record<string, unknown>> {
      const text = await run(command, ...more);
      return text.trim() === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    }

    const register = (tag: string) => {
      const container = {
        name: 'hid',
        image: `hid:${tag}`,
        memory: 256,
        portMappings: [{ containerPort: 8080 }],
      };
      const command = 'ecs register-task-definition --family hid --container-definitions';
      return aws(command, JSON.stringify([container]));
    };

    test(
      'create, wait until stable, list, describe, update, wait, delete',
      async () => {
        expect(await aws('sts get-caller-identity')).toMatchObject({ Account: '123456789012' });
        await register('1');
        const create =
          'ecs create-service --cluster qa --service-name hid --task-definition hid --desired-count 2';
        expect(await aws(`${create} --tags key=team,value=hid`)).toMatchObject({
          service: { status: 'ACTIVE', deployments: [{ rolloutState: 'IN_PROGRESS' }] },
        });
        await run('ecs wait services-stable --cluster qa --services hid');
        const listed = await aws('ecs list-tasks --cluster qa --service-name hid');
        const [task = ''] = listed['taskArns'] as string[];
        expect(await aws('ecs describe-tasks --cluster qa --tasks', task)).toMatchObject({
          tasks: [{ lastStatus: 'RUNNING', containers: [{ name: 'hid', image: 'hid:1' }] }],
        });
        expect(await aws('ecs describe-services --cluster qa --services hid --include TAGS')).toMatchObject({
          services: [{ tags: [{ key: 'team', value: 'hid' }], runningCount: 2 }],
        });
        const instances = await aws('ecs list-container-instances --cluster qa');
        expect(instances['containerInstanceArns']).toHaveLength(4);

        await register('2');
        const breaker = '{"deploymentCircuitBreaker":{"enable":true,"rollback":true}}';
        const update = 'ecs update-service --cluster qa --service hid --task-definition hid';
        await aws(`${update} --deployment-configuration`, breaker);
        await run('ecs wait services-stable --cluster qa --services hid');
        // What "stable" does not say: the new version failed, and the old one is back.
        const after = await aws('ecs list-service-deployments --cluster qa --service hid');
        expect(after).toMatchObject({
          serviceDeployments: [{ status: 'ROLLBACK_SUCCESSFUL' }, { status: 'SUCCESSFUL' }],
        });
        await aws('ecs delete-service --cluster qa --service hid --force');
        await run('ecs wait services-inactive --cluster qa --services hid');
      },
      patience,
    );

    test(
      'a refusal reads as on AWS',
      async () => {
        await expect(run('ecs describe-services --cluster nowhere --services hid')).rejects.toMatchObject({
          stderr: expect.stringContaining(
            'An error occurred (ClusterNotFoundException) when calling the DescribeServices operation: Cluster not found.',
          ),
        });
      },
      patience,
    );

    test(
      'a load balancer with a target group in front of a service',
      async () => {
        const group = await aws(
          'elbv2 create-target-group --name web --protocol HTTP --port 80 --vpc-id vpc-1',
        );
        const groupArn = (group['TargetGroups'] as { TargetGroupArn: string }[])[0]?.TargetGroupArn ?? '';
        const balancer = await aws('elbv2 create-load-balancer --name web-lb --subnets subnet-1 subnet-2');
        const arn = (balancer['LoadBalancers'] as { LoadBalancerArn: string }[])[0]?.LoadBalancerArn ?? '';
        const listen = `elbv2 create-listener --load-balancer-arn ${arn} --protocol HTTP --port 80`;
        await aws(`${listen} --default-actions Type=forward,TargetGroupArn=${groupArn}`);
        await register('1');
        const create =
          'ecs create-service --cluster qa --service-name web --task-definition hid --desired-count 1';
        await aws(
          `${create} --load-balancers targetGroupArn=${groupArn},containerName=hid,containerPort=8080`,
        );
        for (;;) {
          const health = await aws(`elbv2 describe-target-health --target-group-arn ${groupArn}`);
          if (JSON.stringify(health).includes('"healthy"')) break;
        }
        const answer = await fetch(standIn.loadBalancerUrl('web-lb'));
        expect(await answer.json()).toMatchObject({ service: 'web', version: '1' });
      },
      patience,
    );
  });
}
