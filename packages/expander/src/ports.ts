// What the expander's flow needs of the outside.
import type { Tag } from '@bamboo-ecs/release';
import type { RegistryPort } from '@bamboo-ecs/registry';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import type { RunContext } from '@bamboo-ecs/program';

export interface ExpanderPorts {
  /** Opens the repository of the setting `repository` for a tag; throws `RunStopped` when the address is wrong. */
  readonly openRepository: (context: RunContext, tag: Tag) => Promise<RepositoryPort>;
  /** Opens the registries of these images; the credentials of the settings are used for their hosts only. */
  readonly openRegistry: (context: RunContext, references: readonly string[]) => Promise<RegistryPort>;
}
