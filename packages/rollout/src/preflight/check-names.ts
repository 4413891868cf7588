// The words by which a check is named in the log and left out by the setting skip-checks.

/** In the order of their findings. */
export const preflightChecks = [
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
] as const;

export type PreflightCheck = (typeof preflightChecks)[number];
