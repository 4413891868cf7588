// One look around: descriptors and answers in, findings out.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Finding, ServiceSnapshot } from '../../src/index.ts';
import {
  known,
  notAsked,
  preflightFindings,
  preflightQuestions,
  type Answer,
  type PreflightFacts,
  type PreflightQuestions,
} from '../../src/preflight/index.ts';
import { missing, wanted } from '../builders.ts';

export interface Parts {
  readonly task?: JsonObject;
  /** Members of the one container. */
  readonly container?: JsonObject;
  /** CreateService. */
  readonly service?: JsonObject;
  /** UpdateService. */
  readonly update?: JsonObject;
  /** Default: it is not there and will be created. */
  readonly now?: ServiceSnapshot;
  readonly skip?: readonly string[];
  /** As set; null: nothing was. */
  readonly account?: string | null;
}

export function ask({
  task,
  container,
  service,
  update,
  now = missing(),
  skip = [],
  account,
}: Parts): PreflightQuestions {
  const release = wanted({
    'task-definition': {
      family: 'web',
      containerDefinitions: [{ name: 'web', image: 'registry.example.com/web:1', memory: 64, ...container }],
      ...task,
    },
    'service-definition': { cluster: 'qa', serviceName: 'web', desiredCount: 2, ...service },
    'service-update': { cluster: 'qa', service: 'web', ...update },
  });
  return preflightQuestions(account === undefined ? release : { ...release, account }, now, skip);
}

/** Nobody was asked anything. */
export const noFacts: PreflightFacts = {
  identity: notAsked,
  cluster: notAsked,
  roles: new Map(),
  passRoles: notAsked,
  images: new Map(),
  secrets: new Map(),
  parameters: new Map(),
  logGroups: new Map(),
  targetGroups: { groups: new Map(), balancers: new Map() },
  loadBalancers: new Map(),
  network: { subnets: new Map(), securityGroups: new Map(), routes: notAsked },
  quotas: notAsked,
};

export function findings(
  parts: Parts,
  facts: Partial<PreflightFacts> = {},
  more: Parameters<typeof preflightFindings>[2] = {},
): Finding[] {
  return preflightFindings(ask(parts), { ...noFacts, ...facts }, more);
}

export function answers<T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, Answer<T>> {
  return new Map(Object.entries(entries).map(([key, value]) => [key, known(value)]));
}

/** `error role`, in their order. */
export function heads(found: readonly Finding[]): string[] {
  return found.map(({ level, check }) => `${level} ${check}`);
}
