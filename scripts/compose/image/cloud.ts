// What the people of the platform have set up before the first installation: a cluster, the role and the log group that the
// task definition names, a load balancer with its target group.
import { writeFileSync } from 'node:fs';
import { element, emulatorOf, jsonCall, queryCall, type Emulator } from './aws-call.ts';

export const loadBalancerName = 'orders';

const trust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};

/** Writes the variable of the deployment environment to `environment.env` in the working directory. For a fresh emulator. */
export async function setUpCloud(env: NodeJS.ProcessEnv): Promise<void> {
  const emulator = emulatorOf(env);
  await jsonCall(emulator, 'ecs', 'CreateCluster', { clusterName: 'production' });
  await jsonCall(emulator, 'logs', 'CreateLogGroup', { logGroupName: '/ecs/orders' });
  await queryCall(emulator, 'iam', 'CreateRole', {
    RoleName: 'ecsTaskExecutionRole',
    AssumeRolePolicyDocument: JSON.stringify(trust),
  });
  const { host, targetGroup } = await makeLoadBalancer(emulator);
  writeFileSync('environment.env', `bamboo_environment_targetGroupArn=${targetGroup}\n`);
  process.stdout.write(
    `cluster production, role ecsTaskExecutionRole, log group /ecs/orders, load balancer ${host}\n`,
  );
}

async function makeLoadBalancer(emulator: Emulator): Promise<{ host: string; targetGroup: string }> {
  const elb = async (operation: string, parameters: Readonly<Record<string, string>>) =>
    queryCall(emulator, 'elasticloadbalancing', operation, parameters);
  const balancer = await elb('CreateLoadBalancer', {
    Name: loadBalancerName,
    'Subnets.member.1': 'subnet-1',
    'Subnets.member.2': 'subnet-2',
  });
  // Tasks in the network mode bridge are targets by their instance and its port.
  const group = { Protocol: 'HTTP', Port: '8080', VpcId: 'vpc-1', TargetType: 'instance' };
  const made = await elb('CreateTargetGroup', { Name: loadBalancerName, ...group });
  const targetGroup = element(made, 'TargetGroupArn');
  await elb('CreateListener', {
    LoadBalancerArn: element(balancer, 'LoadBalancerArn'),
    Protocol: 'HTTP',
    Port: '80',
    'DefaultActions.member.1.Type': 'forward',
    'DefaultActions.member.1.TargetGroupArn': targetGroup,
  });
  return { host: element(balancer, 'DNSName'), targetGroup };
}
