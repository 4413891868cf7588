// Templates that are missing, are no files, or are no text: refused before anything is published, all at once.
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build, checkoutWith, expectRefused, outputsOf, publishedFiles } from './bad-input.ts';
import { openWorld, type Run, type World } from './harness.ts';

let world: World;
let cwd: string;
beforeEach(() => {
  world = openWorld();
  cwd = checkoutWith(world);
});
afterEach(() => world.close());

const at = (name: string): string => path.join(cwd, 'descriptors', name);
const text = (name: string): string => readFileSync(at(name), 'utf8');

async function refused(...said: readonly string[]): Promise<Run> {
  const run = await world.expander(cwd, build);
  expectRefused(cwd, run, 2, ...said);
  expect(publishedFiles(world)).toEqual([]);
  return run;
}

describe('templates that are not there', () => {
  test('the folder is missing: one problem, not three', async () => {
    rmSync(path.join(cwd, 'descriptors'), { recursive: true });
    const run = await refused(
      '1 error:',
      'the folder of the templates is not there',
      'Make it, with task-definition.json, service-definition.json, service-update.json in it',
    );
    expect(run.log).not.toContain('is missing');
  });

  test('the folder is a file', async () => {
    rmSync(path.join(cwd, 'descriptors'), { recursive: true });
    writeFileSync(path.join(cwd, 'descriptors'), '{}');
    await refused('descriptors', 'the folder of the templates is a file, not a folder');
  });

  test('the folder is empty: three problems', async () => {
    for (const kind of ['task-definition', 'service-definition', 'service-update'])
      rmSync(at(`${kind}.json`));
    await refused('3 errors:', 'the template is missing; the folder is empty');
  });

  test('one is missing: what is wrong with the others is told as well', async () => {
    rmSync(at('service-update.json'));
    writeFileSync(at('task-definition.json'), text('task-definition.json').replace('${family}', '${famly}'));
    await refused(
      'descriptors/service-update.json',
      'the folder holds service-definition.json, task-definition.json',
      'Put service-update.json there, or set templates',
      'descriptors/task-definition.json:2:',
      'famly',
      'Did you mean ${family}?',
    );
  });

  test.each(['service-update.JSON', 'service_update.json', 'serviceUpdate.json', 'service-update.json.tmpl'])(
    'a near miss of a name, %s, is pointed out',
    async (near) => {
      renameSync(at('service-update.json'), at(near));
      await refused(`Rename ${near} to service-update.json.`);
    },
  );

  test('the folder of another setting, outside of the checkout', async () => {
    const run = await world.expander(cwd, { ...build, bamboo_ecs_templates: '../../../..' });
    expectRefused(cwd, run, 2, 'the folder of the templates lies outside of the working directory');
  });

  test('an output folder that is the checkout itself does not cost the templates', async () => {
    const run = await world.expander(cwd, build, 'expand', '--out=.');
    expect(run.exitCode).toBe(0);
    expect(text('task-definition.json')).toContain('${family}');
  });
});

describe('templates that are no files', () => {
  test('a folder, a link out of the checkout and a dangling link: all at once', async () => {
    for (const kind of ['task-definition', 'service-definition', 'service-update'])
      rmSync(at(`${kind}.json`));
    mkdirSync(at('task-definition.json'));
    symlinkSync('/etc/hostname', at('service-definition.json'));
    symlinkSync('nowhere.json', at('service-update.json'));
    await refused(
      '3 errors:',
      'the template is a folder, not a file',
      'the template lies outside of the working directory: /etc/hostname',
      'the template cannot be read: it is a link to nowhere.json, which is not there',
    );
  });

  test('a link within the checkout is followed', async () => {
    renameSync(at('service-update.json'), path.join(cwd, 'shared.json'));
    symlinkSync('../shared.json', at('service-update.json'));
    expect(await world.expander(cwd, build)).toMatchObject({ exitCode: 0 });
  });

  test('links in a circle', async () => {
    rmSync(at('service-update.json'));
    symlinkSync('service-update.json', at('service-update.json'));
    await refused('the template cannot be read: links lead round in a circle');
  });

  test('a FIFO and a device do not hang', async () => {
    rmSync(at('service-update.json'));
    execFileSync('mkfifo', [at('service-update.json')]);
    rmSync(at('service-definition.json'));
    symlinkSync('/dev/zero', at('service-definition.json'));
    await refused(
      'the template cannot be read: it is not an ordinary file',
      'the template lies outside of the working directory: /dev/zero',
    );
  });

  test('a folder of templates in /dev', async () => {
    rmSync(path.join(cwd, 'descriptors'), { recursive: true });
    const folder = path.join(world.folder, 'devices');
    mkdirSync(folder);
    for (const kind of ['task-definition', 'service-definition', 'service-update'])
      symlinkSync('/dev/zero', path.join(folder, `${kind}.json`));
    const run = await world.expander(cwd, { ...build, bamboo_ecs_templates: folder });
    expectRefused(cwd, run, 2, 'the template cannot be read: it is not an ordinary file');
  });
});

describe('templates that are no text', () => {
  test('not UTF-8, UTF-16, with a NUL: all at once, with the place', async () => {
    const bad = Buffer.from(text('task-definition.json').replace('essential', 'essential-ü'), 'latin1');
    writeFileSync(at('task-definition.json'), bad);
    writeFileSync(
      at('service-definition.json'),
      Buffer.from(`\uFEFF${text('service-definition.json')}`, 'utf16le'),
    );
    writeFileSync(at('service-update.json'), `${text('service-update.json')}\0`);
    await refused(
      '3 errors:',
      'descriptors/task-definition.json:',
      'the template is not UTF-8: byte 0xFC fits no character here',
      'the template is written in UTF-16; templates are UTF-8',
      'the template holds a NUL byte',
    );
  });

  test('a byte order mark and CRLF are borne: a warning, and the same descriptors', async () => {
    const plain = await world.expander(cwd, build, 'expand');
    const name = 'descriptors/hid-generator-1.0.15.RELEASE-task-definition.json';
    const before = plain.output(name);
    writeFileSync(
      at('task-definition.json'),
      `\uFEFF${text('task-definition.json').replaceAll('\n', '\r\n')}`,
    );
    const run = await world.expander(cwd, build, 'expand');
    expect(run.exitCode).toBe(0);
    expect(run.log.match(/the template begins with a byte order mark/gu)).toHaveLength(1);
    expect(run.output(name)).toBe(before);
  });

  test('10 MB', async () => {
    writeFileSync(at('task-definition.json'), `{"family": "${'x'.repeat(10_000_000)}"}`);
    await refused('the template is too large: 10,000,014 bytes, and 1 MiB is the most');
  });

  test('empty, blank, no JSON, no object: all at once', async () => {
    writeFileSync(at('task-definition.json'), '');
    writeFileSync(at('service-definition.json'), ' \n\t\n');
    writeFileSync(at('service-update.json'), '[]');
    const run = await refused(
      'descriptors/task-definition.json',
      'descriptors/service-definition.json',
      'descriptors/service-update.json',
    );
    expect(outputsOf(cwd).failures.length).toBeGreaterThanOrEqual(4);
    expect(run.log).toContain('MISCONFIGURED: descriptors: 3 problems');
  });

  test('a template that is only a comma too much is located', async () => {
    writeFileSync(at('service-update.json'), text('service-update.json').replace(/\}\s*$/u, ',}\n'));
    await refused('descriptors/service-update.json:');
  });
});

describe('variables that templates ask for', () => {
  test('names of prototypes, an empty name and a secret are no values', async () => {
    const update = text('service-update.json');
    writeFileSync(
      at('service-update.json'),
      update.replace('"cluster"', '"a": "${toString}", "b": "${__proto__}", "c": "${dbPassword}", "cluster"'),
    );
    const run = await world.expander(cwd, {
      ...build,
      bamboo_: 'nothing',
      bamboo_dbPassword: 'hunter2-hunter2',
    });
    expectRefused(cwd, run, 2, 'toString', '__proto__', 'dbPassword', 'allow-variables');
    expect(run.log).not.toContain('hunter2');
    expect(publishedFiles(world)).toEqual([]);
  });

  test('odd names and values in the environment reach the descriptors unharmed', async () => {
    writeFileSync(
      at('task-definition.json'),
      text('task-definition.json').replace(
        '"image"',
        '"environment": [{"name": "GREETING", "value": "${greeting}"}, {"name": "PROTO", "value": "${toString}"}], "image"',
      ),
    );
    const greeting = 'línea 1\n"zwei"\t\\ 三 \u2028 \u{1F600}';
    const run = await world.expander(cwd, {
      ...build,
      bamboo_: 'x',
      bamboo___proto__: 'p',
      bamboo_toString: 'a string',
      bamboo_greeting: greeting,
      'bamboo_with space': 'y',
      ...Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`bamboo_many_${n}`, 'v'.repeat(300)])),
    });
    expect(run.log).toContain('PUBLISHED');
    const descriptor = JSON.parse(
      run.output('descriptors/hid-generator-1.0.15.RELEASE-task-definition.json'),
    ) as { containerDefinitions: [{ environment: unknown }] };
    expect(descriptor.containerDefinitions[0].environment).toEqual([
      { name: 'GREETING', value: greeting },
      { name: 'PROTO', value: 'a string' },
    ]);
  });
});
