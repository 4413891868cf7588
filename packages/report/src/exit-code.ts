// What each exit code of both programs means: the table of docs and log in one place.

const meanings: ReadonlyMap<number, string> = new Map([
  [0, 'done: steady, unchanged, published, already published, a branch that is ignored, or paused as asked'],
  [1, 'a bug of this program: please report it with the stack trace'],
  [2, 'misconfigured: settings, templates or descriptors; every problem is listed'],
  [3, 'repository or registry: missing, incomplete, tampered with, refused or unreachable'],
  [4, 'refused before anything changed: guards, preflight, a plan that cannot work, or access denied'],
  [5, 'rollout failed or timed out; the version before is back and steady'],
  [6, 'rollout failed; not rolled back (asked so, or nothing to go back to), or the roll-back failed'],
  [7, 'rollout timed out; not rolled back'],
  [8, 'superseded by another deployment'],
  [9, 'outcome unknown: after the change AWS could not be asked any more'],
  [
    10,
    'asked for with --exit-code: there is something to do (plan), or something is not as it should be (status)',
  ],
  [75, 'stopped by a signal; the record says what is left running'],
]);

/**
 * One line that says what an exit code means. Codes that the programs never give are told as such: 125 to 127 come
 * from `docker run` itself, above 128 a signal ended the process (docs.docker.com/engine/reference/run, "Exit status").
 */
export function exitMeaning(code: number): string {
  const meaning = meanings.get(code);
  if (meaning !== undefined) return meaning;
  if (code >= 125 && code <= 127) return 'docker could not run the image';
  if (code > 128 && code < 160) return `ended by signal ${code - 128}`;
  return 'not an exit code of this program';
}

/** Codes with which Bamboo's task may well be green: nothing failed. 10 is an answer, not a failure. */
export function isGood(code: number): boolean {
  return code === 0 || code === 10;
}
