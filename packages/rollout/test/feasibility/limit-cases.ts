// Rolling updates within minimumHealthyPercent and maximumPercent, on one instance with room for everything but a port twice.
// limits.test.ts beside this file holds the simulation to the table, test/containers/limits.test.ts ministack with real containers.

export interface Seen {
  readonly outcome: 'finishes' | 'stuck';
  /** Tasks that run, of both revisions: the fewest and the most seen from the update to its end. */
  readonly lowest: number;
  readonly highest: number;
}

/** Why ministack does otherwise than the simulation, in its source (`_reconcile_service_tasks` of its ecs.py). */
export const differences = {
  'stops for room only':
    'It stops old tasks before the new ones are up only where maximumPercent leaves no room for those. AWS: within minimumHealthyPercent the scheduler may stop tasks first, and it does not look for room before.',
  'looks at no port':
    'It places nothing: a task whose port is taken is started, fails and is started again, and an old one is not stopped for it.',
} as const;

export interface LimitCase extends Seen {
  readonly desired: number;
  /** Tasks that run before the update, where they are not as many; 0: the service is created. */
  readonly before?: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Default: none. */
  readonly port?: 'fixed' | 'dynamic';
  readonly ministack?: Seen & { readonly because: keyof typeof differences };
}

const finishes = (lowest: number, highest: number): Seen => ({ outcome: 'finishes', lowest, highest });
const stuck = (running: number): Seen => ({ outcome: 'stuck', lowest: running, highest: running });

function limits(
  desired: number,
  minimum: number,
  maximum: number,
  seen: Seen,
  more: Partial<LimitCase> = {},
): LimitCase {
  return { desired, minimum, maximum, ...seen, ...more };
}

const forRoomOnly = (seen: Seen): Pick<LimitCase, 'ministack'> => ({
  ministack: { ...seen, because: 'stops for room only' },
});

export const limitCases: readonly LimitCase[] = [
  // One task: what is rounded up keeps it, what is rounded down leaves no room for a second.
  limits(1, 100, 200, finishes(1, 2)),
  limits(1, 100, 199, stuck(1)),
  limits(1, 100, 150, stuck(1)),
  limits(1, 100, 100, stuck(1)),
  limits(1, 50, 100, stuck(1)),
  limits(1, 1, 100, stuck(1)),
  limits(1, 0, 100, finishes(0, 1)),
  limits(1, 0, 200, finishes(0, 1), forRoomOnly(finishes(1, 2))),
  // Two.
  limits(2, 100, 200, finishes(2, 4)),
  limits(2, 100, 199, finishes(2, 3)),
  limits(2, 100, 150, finishes(2, 3)),
  limits(2, 100, 149, stuck(2)),
  limits(2, 100, 100, stuck(2)),
  limits(2, 75, 100, stuck(2)),
  limits(2, 51, 100, stuck(2)),
  limits(2, 50, 100, finishes(1, 2)),
  limits(2, 50, 150, finishes(1, 3)),
  limits(2, 0, 100, finishes(0, 2)),
  // The seed's own percents.
  limits(2, 25, 200, finishes(1, 3), forRoomOnly(finishes(2, 4))),
  // Three.
  limits(3, 100, 133, stuck(3)),
  limits(3, 100, 134, finishes(3, 4)),
  limits(3, 100, 200, finishes(3, 6)),
  limits(3, 67, 100, stuck(3)),
  limits(3, 66, 100, finishes(2, 3)),
  limits(3, 34, 100, finishes(2, 3)),
  limits(3, 33, 100, finishes(1, 3)),
  // Four.
  limits(4, 100, 125, finishes(4, 5)),
  limits(4, 75, 100, finishes(3, 4)),
  limits(4, 50, 125, finishes(2, 5)),
  limits(4, 25, 100, finishes(1, 4)),
  limits(4, 0, 100, finishes(0, 4)),
  limits(4, 25, 200, finishes(1, 5), forRoomOnly(finishes(4, 8))),
  // As many tasks as before, more, fewer.
  limits(3, 100, 200, finishes(2, 5), { before: 2 }),
  limits(4, 100, 100, { outcome: 'stuck', lowest: 2, highest: 4 }, { before: 2 }),
  limits(1, 100, 200, finishes(1, 3), { before: 3 }),
  // Host ports, of which one instance has one each.
  limits(1, 100, 200, stuck(1), { port: 'fixed' }),
  limits(1, 25, 200, stuck(1), { port: 'fixed' }),
  limits(1, 0, 100, finishes(0, 1), { port: 'fixed' }),
  limits(1, 0, 200, finishes(0, 1), {
    port: 'fixed',
    ministack: { ...stuck(1), because: 'looks at no port' },
  }),
  limits(1, 100, 200, finishes(1, 2), { port: 'dynamic' }),
  limits(2, 50, 100, finishes(1, 2), { port: 'dynamic' }),
  limits(2, 100, 200, { outcome: 'stuck', lowest: 0, highest: 1 }, { port: 'fixed', before: 0 }),
  limits(2, 100, 200, finishes(0, 2), { before: 0 }),
];

/** `3 -> 4 tasks, minimum 50, maximum 100, fixed port` */
export function nameOf({ desired, before = desired, minimum, maximum, port }: LimitCase): string {
  const tasks =
    before === desired ? `${desired}` : before === 0 ? `create ${desired}` : `${before} -> ${desired}`;
  return `${tasks}, minimum ${minimum}, maximum ${maximum}${port === undefined ? '' : `, ${port} port`}`;
}
