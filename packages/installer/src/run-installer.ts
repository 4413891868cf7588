// The installer's commands: each is a flow in a file of its own.
import type { CommandHelp, Ending, RunContext } from '@bamboo-ecs/program';
import { continueHelp, continuePaused } from './continue.ts';
import { rollback, rollbackHelp } from './going-back/rollback.ts';
import { history, historyHelp } from './history/history.ts';
import { install, installHelp } from './install.ts';
import type { InstallerPorts } from './ports.ts';
import { status, statusHelp } from './status/status.ts';

export const installerCommands: readonly CommandHelp[] = [
  ...installHelp,
  statusHelp,
  historyHelp,
  rollbackHelp,
  continueHelp,
];

/** One command, after the settings were found right. */
type Flow = (context: RunContext, ports: InstallerPorts) => Promise<Ending>;

const flows: ReadonlyMap<string, Flow> = new Map([
  ['install', install],
  ['plan', install],
  ['continue', continuePaused],
  ['status', status],
  ['history', history],
  ['rollback', rollback],
]);

/** Runs one command to its ending. Refusals are thrown as `RunStopped`; errors of the adapters pass through. */
export async function runInstaller(context: RunContext, ports: InstallerPorts): Promise<Ending> {
  // Of a wrong command line, too: there is no command then.
  context.requireSettings();
  const flow = flows.get(context.command);
  if (!flow) throw new Error(`no flow for the command ${JSON.stringify(context.command)}`);
  return flow(context, ports);
}
