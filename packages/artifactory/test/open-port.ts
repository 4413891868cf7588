import { parseRepositoryAddress, RepositoryError } from '@bamboo-ecs/repository';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import { createArtifactoryRepository } from '../src/index.ts';
import type { ArtifactoryOptions, Pacer } from '../src/index.ts';

export const user = 'ann';
export const password = 's3cr3t/pä"ss+word';

/** A clock that goes on by itself only when somebody sleeps. */
export class FakePacer implements Pacer {
  readonly sleeps: number[] = [];
  #now = 0;
  now(): number {
    return this.#now;
  }
  async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    this.#now += ms;
  }
}

export function openPort(server: string, options: Partial<ArtifactoryOptions> = {}): RepositoryPort {
  const address = parseRepositoryAddress(`${server}/artifactory/ecs-local/team`, 'RELEASE');
  if (!address.ok || address.value.kind !== 'artifactory') throw new TypeError(server);
  return createArtifactoryRepository({
    address: address.value,
    user,
    password,
    clock: new FakePacer(),
    random: () => 0,
    ...options,
  });
}

export async function errorOf(action: Promise<unknown>): Promise<RepositoryError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof RepositoryError) return error;
    throw error;
  }
  throw new Error('there was no error');
}
