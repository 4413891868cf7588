/** `2026-11-24 02:00:56 UTC` of an ISO 8601 time; a record writes the epoch for a time that it never learnt. */
export function moment(time: string): string {
  const at = Date.parse(time);
  if (Number.isNaN(at) || at === 0) return 'time unknown';
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Milliseconds between two of them; none when one is unknown. */
export function between(from: string, to: string): number {
  const milliseconds = Date.parse(to) - Date.parse(from);
  return Date.parse(from) === 0 || Number.isNaN(milliseconds) ? 0 : Math.max(0, milliseconds);
}
