// An application load balancer in ministack: it forwards for real, at the gateway's own port by the Host header.
import { elbCall } from '../third-party/aws-calls.ts';

export interface LoadBalancer {
  /** Where to send requests to. */
  readonly url: string;
  /** With this Host header. */
  readonly host: string;
  /** For `loadBalancers` of a service. */
  readonly targetGroup: string;
}

export async function createLoadBalancer(url: string, name: string): Promise<LoadBalancer> {
  const made = await elbCall(url, { Action: 'CreateLoadBalancer', Name: name });
  const group = { Protocol: 'HTTP', Port: '8080', VpcId: 'vpc-1', TargetType: 'ip' };
  const targets = await elbCall(url, { Action: 'CreateTargetGroup', Name: name, ...group });
  const targetGroup = element(targets, 'TargetGroupArn');
  await elbCall(url, {
    Action: 'CreateListener',
    LoadBalancerArn: element(made, 'LoadBalancerArn'),
    Protocol: 'HTTP',
    Port: '80',
    'DefaultActions.member.1.Type': 'forward',
    'DefaultActions.member.1.TargetGroupArn': targetGroup,
  });
  return { url, host: element(made, 'DNSName'), targetGroup };
}

function element(xml: string, name: string): string {
  const found = new RegExp(`<${name}>(.+?)</${name}>`, 'u').exec(xml)?.[1];
  if (found === undefined) throw new Error(`no ${name} in ${xml}`);
  return found;
}
