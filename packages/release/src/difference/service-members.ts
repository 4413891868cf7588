// Where a member of CreateService or UpdateService stands in what DescribeServices gives, and when it can be compared at all.
import { at, has, list, text } from '../check/read.ts';
import { clusterNameOf, familyOf, isArn, roleNameOf, serviceNameOf } from '../reference.ts';

/** Of the request, not of the service. */
const requestOnly = new Set(['clientToken', 'forceNewDeployment']);
/** DescribeServices gives these with the deployment, not with the service. */
const ofDeployment = new Set([
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
]);
/** DescribeServices does not give these (@aws-sdk/client-ecs 3.1164.0), or not on every server: absent says nothing. */
const maybeUntold = new Set(['gatewayConnectors', 'monitoring', 'deploymentConfiguration', 'tags']);

function isDescribed(current: unknown): boolean {
  return has(current, 'serviceArn');
}

export function isCompared(member: string, current: unknown): boolean {
  if (requestOnly.has(member)) return false;
  return !maybeUntold.has(member) || !isDescribed(current) || has(current, member);
}

/** The value that the running service has for a member of the request. */
export function currentMember(member: string, current: unknown): unknown {
  if (has(current, member)) return at(current, member);
  switch (member) {
    case 'cluster':
      return at(current, 'clusterArn');
    case 'role':
      return at(current, 'roleArn');
    case 'service':
      return at(current, 'serviceName') ?? at(current, 'serviceArn');
    case 'serviceName':
      return at(current, 'service');
    default:
      break;
  }
  if (!ofDeployment.has(member)) return undefined;
  const primary = list(current, 'deployments').find((deployment) => text(deployment, 'status') === 'PRIMARY');
  return at(primary, member);
}

/** The members that name something: the same under another spelling? */
export function sameService(member: string, current: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'string' || (typeof current !== 'string' && current !== undefined)) return false;
  switch (member) {
    case 'taskDefinition':
      return current !== undefined && familyOf(current) === familyOf(wanted);
    case 'cluster':
      return clusterNameOf(current) === clusterNameOf(wanted);
    case 'service':
    case 'serviceName':
      return current !== undefined && serviceNameOf(current) === serviceNameOf(wanted);
    case 'role':
      return (
        current !== undefined &&
        isArn(current) !== isArn(wanted) &&
        roleNameOf(current) === roleNameOf(wanted)
      );
    default:
      return false;
  }
}
