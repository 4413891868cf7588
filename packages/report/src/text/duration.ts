/** `0:07`, `12:03`, `1:02:03`: hours only when there are some. Negative times count as none. */
export function clockTime(milliseconds: number): string {
  const seconds = wholeSeconds(milliseconds);
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, '0');
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

/** `7 s`, `12 min 3 s`, `1 h 2 min`. */
export function duration(milliseconds: number): string {
  const seconds = wholeSeconds(milliseconds);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function wholeSeconds(milliseconds: number): number {
  return Number.isFinite(milliseconds) ? Math.max(0, Math.floor(milliseconds / 1000)) : 0;
}

/** ISO 8601 in UTC without milliseconds; a time that is none is told as such. */
export function utc(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'time unknown' : `${date.toISOString().slice(0, 19)}Z`;
}
