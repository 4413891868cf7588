import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFileRepository, repositoryConformance } from '../src/index.ts';

async function makePort() {
  const directory = await mkdtemp(join(tmpdir(), 'bamboo-ecs repository-'));
  return {
    port: createFileRepository(join(directory, 'releases')),
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

repositoryConformance('file:', makePort, { describe, test, expect });
