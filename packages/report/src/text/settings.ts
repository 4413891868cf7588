import type { RunEvent } from '../event.ts';
import { columns } from './layout.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

/** Longer values do not push the origins of all others to the right. */
const widest = 80;

/** Which settings are in use and where each came from. */
export function settingsLines(
  event: Extract<RunEvent, { kind: 'settings' }>,
  paint: Paint,
): readonly string[] {
  if (event.settings.length === 0) return ['  none: every setting has its default'];
  const rows = event.settings.map(({ name, value, origin }) => [
    plain(name),
    plain(value),
    `(${plain(origin)})`,
  ]);
  return columns(rows, widest).map((line) => {
    const origin = line.lastIndexOf('  (');
    return `  ${line.slice(0, origin)}${paint.faint(line.slice(origin))}`;
  });
}
