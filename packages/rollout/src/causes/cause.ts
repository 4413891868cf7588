// The causes of failure that are told apart, and how much each weighs.

export type Cause =
  | 'crash-loop'
  | 'out-of-memory'
  | 'exec-format'
  | 'command-not-found'
  | 'command-not-executable'
  | 'container-cannot-start'
  | 'start-timeout'
  | 'port-allocated'
  | 'volume-mount'
  | 'log-group'
  | 'log-driver'
  | 'secret-missing'
  | 'secret-denied'
  | 'aws-unreachable'
  | 'resource-initialization'
  | 'image-not-found'
  | 'image-access-denied'
  | 'image-rate-limit'
  | 'image-unreachable'
  | 'image-platform'
  | 'image-pull'
  | 'no-disk-space'
  | 'role-not-assumable'
  | 'service-linked-role'
  | 'container-health'
  | 'load-balancer-health'
  | 'target-registration'
  | 'no-memory'
  | 'no-cpu'
  | 'no-gpu'
  | 'port-in-use'
  | 'no-attribute'
  | 'no-instances'
  | 'agent-disconnected'
  | 'no-placement'
  | 'network-interface'
  | 'capacity'
  | 'quota'
  | 'percent-deadlock'
  | 'task-protection'
  | 'throttled'
  | 'alarm'
  | 'interrupted';

/** The same for every task and at every try: what the revision names is not there, or cannot run. Two are as good as three. */
const hopeless: ReadonlySet<Cause> = new Set([
  'exec-format',
  'command-not-found',
  'command-not-executable',
  'image-not-found',
  'image-platform',
  'log-group',
  'secret-missing',
]);

/** Will not come up however often ECS tries, most of the time. */
const fatal: ReadonlySet<Cause> = new Set([
  'crash-loop',
  'out-of-memory',
  'container-cannot-start',
  'port-allocated',
  'volume-mount',
  'secret-denied',
  'resource-initialization',
  'image-access-denied',
  'image-pull',
]);

/** May pass by itself (a slow start, a network hiccup): only twice as many convince. */
const doubtful: ReadonlySet<Cause> = new Set([
  'start-timeout',
  'log-driver',
  'aws-unreachable',
  'image-rate-limit',
  'image-unreachable',
  'no-disk-space',
  'container-health',
  'load-balancer-health',
]);

/** How many times the usual number of stopped tasks with this cause it takes to call it a crash loop; null: never. */
export function crashLoopFactor(cause: Cause): number | null {
  if (hopeless.has(cause)) return 2 / 3;
  if (fatal.has(cause)) return 1;
  return doubtful.has(cause) ? 2 : null;
}
