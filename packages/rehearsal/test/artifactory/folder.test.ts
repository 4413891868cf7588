import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startArtifactoryStandIn } from '../../src/index.ts';
import { start } from './try-out.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'artifactory stand-in '));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('data in a folder', () => {
  test('is there again after a restart: bytes, properties, who and when', async () => {
    const bytes = 'Grüße \u0000 bytes';
    {
      await using server = await start({ dir });
      await server.ask('PUT', 'r/a/x.json;k=a;k=b;__proto__=p', { body: bytes });
      await server.ask('PUT', 'r/gone.json', { body: 'x' });
      await server.ask('DELETE', 'r/gone.json');
    }
    await using server = await start({ dir });
    expect((await server.ask('GET', 'r/a/x.json')).text).toBe(bytes);
    const properties = await server.ask('GET', 'api/storage/r/a/x.json?properties');
    expect(properties.text).toContain('"__proto__" : [ "p" ]');
    expect((await server.ask('GET', 'api/storage/r')).json).toMatchObject({
      children: [{ uri: '/a', folder: true }],
    });
    expect(readdirSync(dir).sort()).toEqual(['content', 'index.json']);
  });

  test('data that cannot be read is told with its file', async () => {
    writeFileSync(join(dir, 'index.json'), '{"format":99}');
    await expect(startArtifactoryStandIn({ dir })).rejects.toThrow(
      /index\.json: the data of the Artifactory stand-in cannot be read: its format is 99/u,
    );
  });
});

test('a port that is taken is an error', async () => {
  await using server = await startArtifactoryStandIn();
  const port = Number(new URL(server.url).port);
  await expect(startArtifactoryStandIn({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
