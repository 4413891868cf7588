// Subnets and security groups of tasks in the network mode awsvpc.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';
import { isList, member, objectOf, textOf } from '../json.ts';
import type { Answer, Answers } from './answer.ts';
import type { Place } from './place.ts';
import { servedObject, type Subject } from './subject.ts';

export interface NetworkUse {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly publicIp: boolean;
  readonly place: (path: string) => Place;
}

/** Null: EC2 knows no such subnet. */
export type SubnetFact = {
  readonly vpcId: string | null;
  /** `eu-west-1a` */
  readonly zone: string | null;
  readonly freeAddresses: number | null;
} | null;

/** Null: EC2 knows no such security group. */
export type SecurityGroupFact = { readonly vpcId: string | null } | null;

/** Where a subnet's way to everywhere (0.0.0.0/0) leads: `internet-gateway`, `other` (NAT, transit gateway, …), `none`. */
export type RouteFact = 'internet-gateway' | 'other' | 'none';

export interface NetworkFacts {
  readonly subnets: Answers<SubnetFact>;
  readonly securityGroups: Answers<SecurityGroupFact>;
  /** By subnet. */
  readonly routes: Answer<ReadonlyMap<string, RouteFact>>;
}

/** Null for tasks that live on their instance's network. */
export function networkUse(subject: Subject): NetworkUse | null {
  if (subject.networkMode !== 'awsvpc') return null;
  const configuration = objectOf(servedObject(subject, 'networkConfiguration'), 'awsvpcConfiguration');
  if (!configuration) return null;
  const { place } = subject.served('networkConfiguration');
  return { ...networkOf(configuration), place: (path) => place(`.awsvpcConfiguration.${path}`) };
}

/** An `awsvpcConfiguration`, read. */
export function networkOf(configuration: JsonObject): Omit<NetworkUse, 'place'> {
  return {
    subnets: texts(member(configuration, 'subnets')),
    securityGroups: texts(member(configuration, 'securityGroups')),
    publicIp: textOf(configuration, 'assignPublicIp') === 'ENABLED',
  };
}

function texts(value: JsonValue | undefined): readonly string[] {
  if (!isList(value)) return [];
  return [...new Set(value.filter((one) => typeof one === 'string' && one !== ''))] as string[];
}

/** VPCs and zones of the subnets that are known. */
export function whereabouts(
  use: NetworkUse | null,
  { subnets }: Pick<NetworkFacts, 'subnets'>,
): { readonly vpcs: readonly string[]; readonly zones: readonly string[] } {
  const facts = (use?.subnets ?? []).flatMap((id) => {
    const answer = subnets.get(id);
    return answer?.known === true && answer.value !== null ? [answer.value] : [];
  });
  return {
    vpcs: [...new Set(facts.flatMap(({ vpcId }) => vpcId ?? []))],
    zones: [...new Set(facts.flatMap(({ zone }) => zone ?? []))],
  };
}
