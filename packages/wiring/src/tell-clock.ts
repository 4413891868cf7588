// A clock that AWS would refuse: told, because the SDK signs by AWS's own time then and everything seems well.
import { setTheClock, tellOffset } from '@bamboo-ecs/network';
import type { RunContext } from '@bamboo-ecs/program';

const told = new WeakSet<RunContext>();

/** For the adapters' `onClockOffset`; each client of a run finds it, the log says it once. */
export function tellClock(context: RunContext): (milliseconds: number) => void {
  return (milliseconds) => {
    if (told.has(context)) return;
    told.add(context);
    context.say(
      `${tellOffset(milliseconds)} Requests are signed with AWS's time from now on; times in this log and in the record are this agent's. ${setTheClock}`,
      'warning',
    );
  };
}
