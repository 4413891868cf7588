// What lies among the records and is none: told, and nothing more.
import type { RunContext } from '@bamboo-ecs/program';

const mostShown = 3;

export function tellForeign(context: RunContext, passedOver: readonly string[]): void {
  if (passedOver.length === 0) return;
  const more = passedOver.length - mostShown;
  const shown = passedOver.slice(0, mostShown).join('; ');
  context.say(
    `${passedOver.length === 1 ? '1 thing is' : `${passedOver.length} things are`} not readable as a record and passed over: ${shown}${more > 0 ? `; and ${more} more` : ''}`,
    'warning',
  );
}
