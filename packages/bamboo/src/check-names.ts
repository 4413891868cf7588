// What may be named in `skip-checks`: the checks of the preflight, and the room for the tasks.
export const checkNames: readonly string[] = [
  'capacity-provider',
  'role',
  'pass-role',
  'image',
  'secret',
  'parameter',
  'log-group',
  'target-group',
  'load-balancer',
  'subnet',
  'security-group',
  'quota',
  'room',
];
