// How far this machine's clock is from a server's.

/** Amazon S3 takes a signature for 15 minutes, the other services of AWS for 5 ("Troubleshoot AWS Signature Version 4"). */
export const shortestTolerance = 5 * 60_000;

/** Milliseconds that a server's clock (`Date` of an answer) is ahead of ours; undefined when it does not say. */
export function clockOffset(date: string | undefined, now: number): number | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : time - now;
}

/**
 * The same from the words of a refusal, which name the time of the signature and the server's own:
 * `Signature expired: 20261124T120000Z is now earlier than 20261124T120700Z (20261124T121200Z - 5 min.)`.
 */
export function offsetFromWords(words: string): number | undefined {
  const found = /(\d{8}T\d{6}Z) is (?:now earlier|still later) than \d{8}T\d{6}Z \((\d{8}T\d{6}Z) [-+]/u.exec(
    words,
  );
  const [ours, theirs] = [found?.[1], found?.[2]].map(timeOf);
  return ours === undefined || theirs === undefined ? undefined : theirs - ours;
}

/** `20261124T120000Z` */
function timeOf(basic: string | undefined): number | undefined {
  const iso = basic?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z');
  const time = iso === undefined ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}

/** `The clock of this agent is 12 minutes behind AWS's.` */
export function tellOffset(milliseconds: number): string {
  const direction = milliseconds > 0 ? 'behind' : 'ahead of';
  return `The clock of this agent is ${lengthOf(Math.abs(milliseconds))} ${direction} AWS's.`;
}

function lengthOf(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return `${Math.round(milliseconds / 1000)} seconds`;
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}

export const setTheClock =
  'Set the clock of the agent (NTP; on a virtual machine also after it was suspended). A container has the clock of its host.';
