#!/usr/bin/env node
// The installer's process: environment in, adapters made, flow run, exit code out.
import {
  explainInstallerError,
  installerCommands,
  publishRecord,
  runInstaller,
  type InstallerPorts,
} from '@bamboo-ecs/installer';
import { main, programVersion } from '@bamboo-ecs/program';
import {
  notify,
  openAlarms,
  openEcs,
  openHealth,
  openLogs,
  openPreflight,
  openRepository,
  systemClock,
} from '@bamboo-ecs/wiring';

const ports: InstallerPorts = {
  openRepository,
  openEcs: async (context) => openEcs(context, systemClock),
  openLogs,
  openHealth,
  openAlarms,
  openPreflight,
  clock: systemClock,
};

void main({
  name: 'installer',
  version: programVersion(import.meta.dirname),
  commands: installerCommands,
  flow: async (context) => runInstaller(context, ports),
  publishRecord: async (context, record) => publishRecord(context, ports, record),
  notify,
  explain: explainInstallerError,
});
