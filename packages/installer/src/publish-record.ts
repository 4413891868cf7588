// Record: what this run did, stored beside the release under a name of its own; a deployment environment in Bamboo has no artifacts.
import type { RunContext } from '@bamboo-ecs/program';
import { parseVersion } from '@bamboo-ecs/release';
import { recordPart, RepositoryError, writeRecord } from '@bamboo-ecs/repository';
import type { InstallerPorts } from './ports.ts';

/** The commands that change something. */
const recorded = new Set(['install', 'rollback', 'continue']);

/** Null when there is nothing to record it beside (no release was fetched), or for commands that change nothing. */
export async function publishRecord(
  context: RunContext,
  ports: InstallerPorts,
  record: { readonly json: string; readonly html: string },
): Promise<string | null> {
  const { project, version, identity } = context.facts;
  if (!recorded.has(context.command) || !project || !version || !identity) return null;
  const parsed = parseVersion(version);
  if (!parsed.ok) return null;
  const port = await ports.openRepository(context, parsed.value.tag);
  const time = new Date(context.now()).toISOString().replaceAll(/[:.]/gu, '-');
  const where = recordPart(context.facts.environment ?? 'no-environment');
  // Two runs may end in the same millisecond; a record is never written over.
  for (let number = 1; ; number += 1) {
    const name = `${time}-${where}${number === 1 ? '' : `-${number}`}`;
    try {
      return `${port.address}/${await writeRecord({ port, project, version, name, ...record })}`;
    } catch (error) {
      if (!(error instanceof RepositoryError) || error.kind !== 'conflict' || number >= 9) throw error;
    }
  }
}
