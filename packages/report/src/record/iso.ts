/** ISO 8601, UTC. A time that is none becomes the epoch, so that a record is written whatever a server answered. */
export function iso(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
