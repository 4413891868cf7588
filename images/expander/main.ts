#!/usr/bin/env node
// The expander's process: environment in, adapters made, flow run, exit code out.
import { explainExpanderError, expanderCommands, runExpander } from '@bamboo-ecs/expander';
import { main, programVersion } from '@bamboo-ecs/program';
import { openRegistry, openRepository } from '@bamboo-ecs/wiring';

void main({
  name: 'expander',
  version: programVersion(import.meta.dirname),
  commands: expanderCommands,
  flow: async (context) => runExpander(context, { openRepository, openRegistry }),
  explain: explainExpanderError,
});
