// What an exit code of a container says.

/** Shell and Docker conventions: 126 and 127 from the shell or runtime, 128 + n for signal n. */
const meanings: ReadonlyMap<number, string> = new Map([
  [0, 'it ended by itself without an error, but a service has to go on running'],
  [1, 'the program ended with an error'],
  [2, 'the program ended with an error, often a wrong argument or configuration'],
  [125, 'Docker could not start it'],
  [126, 'its command is not executable'],
  [127, 'its command was not found in the image'],
  [132, 'illegal instruction (SIGILL): built for another processor'],
  [134, 'it aborted (SIGABRT), often a failed assertion'],
  [135, 'bus error (SIGBUS)'],
  [136, 'arithmetic error (SIGFPE)'],
  [137, 'killed (SIGKILL): mostly out of memory, or it did not stop within its stopTimeout'],
  [139, 'segmentation fault (SIGSEGV)'],
  [143, 'told to stop (SIGTERM)'],
  // NTSTATUS of Windows containers.
  [3_221_225_477, 'access violation (0xC0000005)'],
  [3_221_225_786, 'told to stop (CTRL+C, 0xC000013A)'],
  [3_221_226_505, 'it aborted (0xC0000409)'],
  [255, 'the program ended with an error outside 0–254, or its command could not be run'],
]);

/** SIGTERM, CTRL+C on Windows: somebody told it to, a host that shuts down for one. */
export function wasToldToStop(code: number | undefined): boolean {
  return code === 143 || code === 3_221_225_786;
}

export function exitMeaning(code: number): string {
  const known = meanings.get(code);
  if (known) return known;
  if (code > 128 && code < 160) return `ended by signal ${code - 128}`;
  return 'the program ended with an error';
}
