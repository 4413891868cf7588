// Token buckets per family of operations (AWS: "Request throttling for the Amazon ECS API").

interface Bucket {
  readonly burst: number;
  /** Tokens a second. */
  readonly refill: number;
}

const buckets = {
  'task definition modify': { burst: 20, refill: 1 },
  'task definition delete': { burst: 5, refill: 1 },
  'task definition read': { burst: 50, refill: 20 },
  'service modify': { burst: 50, refill: 5 },
  'service read': { burst: 100, refill: 20 },
  'service deployment read': { burst: 50, refill: 20 },
  'service revision read': { burst: 50, refill: 20 },
  'cluster read': { burst: 50, refill: 20 },
  'cluster resource modify': { burst: 100, refill: 40 },
  'cluster resource read': { burst: 100, refill: 20 },
  'tag modify': { burst: 20, refill: 10 },
  'tag read': { burst: 50, refill: 20 },
  'services by namespace': { burst: 10, refill: 1 },
} as const satisfies Record<string, Bucket>;

type Family = keyof typeof buckets;

const families: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['RegisterTaskDefinition', 'task definition modify'],
  ['DeregisterTaskDefinition', 'task definition modify'],
  ['DeleteTaskDefinitions', 'task definition delete'],
  ['DescribeTaskDefinition', 'task definition read'],
  ['ListTaskDefinitions', 'task definition read'],
  ['ListTaskDefinitionFamilies', 'task definition read'],
  ['CreateService', 'service modify'],
  ['UpdateService', 'service modify'],
  ['DeleteService', 'service modify'],
  ['DescribeServices', 'service read'],
  ['ListServices', 'service read'],
  ['ListServiceDeployments', 'service deployment read'],
  ['DescribeServiceDeployments', 'service deployment read'],
  ['DescribeServiceRevisions', 'service revision read'],
  ['DescribeClusters', 'cluster read'],
  ['ListClusters', 'cluster read'],
  ['DescribeCapacityProviders', 'cluster read'],
  ['RunTask', 'cluster resource modify'],
  ['StopTask', 'cluster resource modify'],
  ['UpdateContainerInstancesState', 'cluster resource modify'],
  ['ListTasks', 'cluster resource read'],
  ['DescribeTasks', 'cluster resource read'],
  ['ListContainerInstances', 'cluster resource read'],
  ['DescribeContainerInstances', 'cluster resource read'],
  ['TagResource', 'tag modify'],
  ['UntagResource', 'tag modify'],
  ['ListTagsForResource', 'tag read'],
  ['ListServicesByNamespace', 'services by namespace'],
]);

/** The buckets of one account and region, all full at first. */
export class ThrottleBuckets {
  readonly #levels = new Map<Family, { tokens: number; at: number }>();

  /** Takes one token for the operation; false when there is none. Operations that AWS does not list are never throttled. */
  take(operation: string, nowMs: number): boolean {
    const family = families.get(operation);
    if (family === undefined) return true;
    const { burst, refill } = buckets[family];
    const level = this.#levels.get(family) ?? { tokens: burst, at: nowMs };
    const tokens = Math.min(burst, level.tokens + (Math.max(0, nowMs - level.at) / 1000) * refill);
    const granted = tokens >= 1;
    this.#levels.set(family, { tokens: granted ? tokens - 1 : tokens, at: nowMs });
    return granted;
  }
}
