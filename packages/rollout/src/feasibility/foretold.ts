import type { Finding } from '../finding.ts';
import type { Forecast } from '../forecast.ts';

export interface Foretold {
  readonly forecast: Forecast;
  /** Of the check `room`. An error only where nothing but a change can help. */
  readonly findings: readonly Finding[];
  /** It is stuck for want of room: another instance might help. */
  readonly moreWouldHelp?: boolean;
  /** Lots in which new tasks are started, for the time-out. */
  readonly waves?: number;
  /** What the expected duration is made of, for the log. */
  readonly parts: readonly string[];
}
