// The bundles of the images; needs no engine.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';

const root = path.join(import.meta.dirname, '../..');

interface Facts {
  readonly eager: readonly string[];
  readonly packages: readonly string[];
  readonly sha256: string;
  readonly bytes: number;
  readonly ascii: boolean;
  /** Operations of AWS's services, by the files of their commands. */
  readonly commands: readonly string[];
}

/** In a process of its own: esbuild does not run in jest's module loader. */
function bundled(program: string): Facts {
  const code = `
    import { createHash } from 'node:crypto';
    import { bundle, bundledPackages, eagerInputs } from './scripts/images/bundle.ts';
    const { text, metafile } = await bundle({ program: '${program}', version: '1.2.3', revision: 'abc' });
    const facts = { eager: [...eagerInputs(metafile)], packages: bundledPackages(metafile), bytes: text.length,
      sha256: createHash('sha256').update(text).digest('hex'), ascii: !/[^\\x00-\\x7f]/.test(text),
      commands: Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0))
        .flatMap((file) => /client-([a-z0-9-]+)\\/dist-es\\/commands\\/(\\w+)Command\\.js$/.exec(file)?.slice(1).join(':') ?? []) };
    process.stdout.write(JSON.stringify(facts));`;
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(out) as Facts;
}

describe.each(['expander', 'installer'])('the bundle of the %s', (program) => {
  let facts: Facts;
  beforeAll(() => {
    facts = bundled(program);
  });

  test('loads no AWS client and no HTTP client before it needs one', () => {
    const heavy = facts.eager.filter((file) => /node_modules\/(@aws-sdk|@smithy|got)\//u.test(file));
    expect(heavy).toEqual([]);
    expect(facts.eager).toContain(`images/${program}/main.ts`);
    expect(facts.packages).toEqual(
      expect.arrayContaining(['node_modules/@aws-sdk/client-s3', 'node_modules/got']),
    );
  });

  test('has nothing of the clients of AWS but what the sources ask', () => {
    const sources = execFileSync('grep', ['-rhoE', 'new [A-Za-z0-9]+Command\\(', 'packages'], {
      cwd: root,
      encoding: 'utf8',
    });
    const asked = new Set([...sources.matchAll(/new (\w+)Command/gu)].map(([, name]) => name));
    // S3's client asks this by itself, for directory buckets.
    asked.add('CreateSession');
    const needless = facts.commands.filter((command) => !asked.has(command.split(':')[1]));
    expect(needless).toEqual([]);
    expect(facts.commands).toContain('s3:GetObject');
    if (program === 'installer') expect(facts.commands).toContain('iam:GetRole');
  });

  test('has no stand-in and no test library in it', () => {
    expect(facts.packages.filter((name) => /jest|esbuild|undici|msw/u.test(name))).toEqual([]);
    expect(facts.eager.filter((file) => file.startsWith('packages/rehearsal/'))).toEqual([]);
  });

  test('is ASCII, as the loader reads it, and the same each time', () => {
    expect(facts.ascii).toBe(true);
    expect(facts.bytes).toBeGreaterThan(100_000);
    expect(bundled(program).sha256).toBe(facts.sha256);
  });
});
