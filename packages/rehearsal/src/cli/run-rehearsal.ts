// `rehearsal`: from the command line to an exit code.
import { pushImage } from '../registry/push-image.ts';
import { parseArguments } from './arguments.ts';
import { environmentLines } from './environment.ts';
import type { PushRequest, ServeRequest } from './request.ts';
import { CannotStart, startServers, stopServers } from './start-servers.ts';

export interface Surroundings {
  readonly argv: readonly string[];
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Aborts when the servers are to stop. */
  readonly stop: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0 done or stopped, 2 what was asked for cannot be done, 3 the registry refuses or does not answer; a bug is thrown. */
export async function runRehearsal(around: Surroundings): Promise<number> {
  const parsed = parseArguments(around.argv, around.env['bamboo_registry']);
  if (parsed.kind === 'push') return push(parsed, around);
  if (parsed.kind === 'serve') return serve(parsed, around);
  if (parsed.kind === 'print') {
    around.out(parsed.text);
    return 0;
  }
  for (const problem of parsed.problems) around.err(`rehearsal: ${problem}`);
  return 2;
}

async function serve(request: ServeRequest, { out, err, stop }: Surroundings): Promise<number> {
  try {
    const running = await startServers(request, out);
    for (const { name, url } of running)
      out(`${name.padEnd(11)} ${url}${name === 'ecs' ? `  clusters: ${request.clusters.join(', ')}` : ''}`);
    out('');
    out('To try the programs against it, in another shell:');
    for (const line of environmentLines(running, request)) out(`  ${line}`);
    out('');
    out('docs/rehearsal.md has a build and a deployment to copy.');
    out('Ctrl+C stops it.');
    await aborted(stop);
    await stopServers(running);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    err(`rehearsal: ${error.message}`);
    return 2;
  }
}

async function push({ to, name, tag, content }: PushRequest, { out, err }: Surroundings): Promise<number> {
  try {
    const digest = await pushImage(to, name, tag, content);
    out(`${new URL(to).host}/${name}:${tag} ${digest}`);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    err(`rehearsal: ${name}:${tag} cannot be pushed to ${to}: ${reason}${cause}`);
    err(
      'Is the registry up (`rehearsal up`, `rehearsal registry`), and is this its address? --to names another one.',
    );
    return 3;
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
