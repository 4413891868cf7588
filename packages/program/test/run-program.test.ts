import { describe, expect, test } from '@jest/globals';
import { misconfigured, refused, RunStopped } from '../src/index.ts';
import { Place } from './running.ts';

const problem = { severity: 'error', code: 'x', message: 'the x is wrong', hint: 'Mend the x.' } as const;
const warning = { severity: 'warning', code: 'y', message: 'the y is odd' } as const;

describe('how a flow ends', () => {
  test('well: outputs, and what it handed on with its outcome', async () => {
    using place = new Place();
    const ran = await place.run({
      flow: async (context) => {
        context.handOn({ version: '', outcome: 'failed' });
        context.handOn({ version: '1.0.0' });
        // Two phases that both know it: it is told once.
        context.row('Version', '1.0.0');
        context.row('Version', '1.0.0');
        return { exitCode: 0, outcome: 'published', sentence: 'it is published' };
      },
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.output('bamboo.properties')).toBe('version=1.0.0\noutcome=published\n');
    expect(JSON.parse(ran.output('record.json'))).toMatchObject({ exitCode: 0, command: 'go' });
    expect(ran.log).toMatch(/== Summary ==\n {2}Version +1\.0\.0\n {2}Outputs +\S+/u);
  });

  test('a program that hands nothing on writes no bamboo.properties', async () => {
    using place = new Place();
    const ran = await place.run({});
    expect(() => ran.output('bamboo.properties')).toThrow('ENOENT');
  });

  test('with problems: each is told once, errors and warnings', async () => {
    using place = new Place();
    const ran = await place.run({
      flow: async (context) => {
        context.handOn({ outcome: '' });
        if (context.warn([warning, problem])) throw misconfigured('things', [warning, problem]);
        throw new Error('not reached');
      },
    });
    expect(ran.exitCode).toBe(2);
    expect(ran.log.match(/the y is odd/gu)).toHaveLength(1);
    expect(ran.log).toContain('MISCONFIGURED: things: the x is wrong');
    expect(ran.log).toContain('What to do:   Mend the x.');
    expect(ran.output('bamboo.properties')).toBe('outcome=failed\n');
  });

  test('warnings alone are told once and stop nothing', async () => {
    using place = new Place();
    const ran = await place.run({
      flow: async (context) => {
        expect(context.warn([warning])).toBe(false);
        return { exitCode: 0, outcome: 'done', sentence: 'done' };
      },
    });
    expect(ran.log.match(/the y is odd/gu)).toHaveLength(1);
  });

  test('several problems and several refusals are counted', () => {
    expect(misconfigured('things', [problem, problem]).ending).toMatchObject({
      exitCode: 2,
      sentence: 'things: 2 problems',
      todo: 'Mend the listed problems; nothing was changed.',
    });
    expect(refused('the plan', [problem, problem]).ending).toMatchObject({
      exitCode: 4,
      sentence: 'the plan: 2 reasons',
    });
  });

  test('with a mistake of ours: exit 1, the stack, and how to report it', async () => {
    using place = new Place();
    const ran = await place.run({ flow: async () => Promise.reject(new TypeError('x is not a function')) });
    expect(ran.exitCode).toBe(1);
    expect(ran.log).toContain('TypeError: x is not a function');
    expect(ran.log).toContain('run-program.test.ts');
    expect(ran.log).toContain('Please report it');
    expect(JSON.parse(ran.output('record.json'))).toMatchObject({ exitCode: 1 });
  });

  test('with an error that nobody caught, although the flow hangs', async () => {
    using place = new Place();
    const ran = await place.run(
      { flow: async () => new Promise(() => {}) },
      { crashed: Promise.reject(new Error('an event without a listener')) },
    );
    expect(ran.exitCode).toBe(1);
    expect(ran.log).toContain('an event without a listener');
  });

  test('with an error that the program explains', async () => {
    using place = new Place();
    const ran = await place.run({
      flow: async () => Promise.reject(new Error('no')),
      explain: () => ({ exitCode: 3, outcome: 'repository', sentence: 'It said no.', todo: 'Ask again.' }),
    });
    expect(ran).toMatchObject({ exitCode: 3 });
    expect(ran.log).toContain('REPOSITORY: It said no.');
    expect(ran.log.match(/It said no/gu)).toHaveLength(1);
  });
});

describe('a run that is told to stop', () => {
  test('a flow that hangs is left after the grace, with what is left running', async () => {
    using place = new Place();
    const stop = new AbortController();
    const ran = await place.run(
      {
        flow: async (context) => {
          context.handOn({ outcome: '' });
          context.phase('apply', 'Apply');
          context.note({ leftRunning: 'Something goes on.' });
          stop.abort('SIGTERM');
          return new Promise(() => {});
        },
      },
      { signal: stop.signal },
    );
    expect(ran.exitCode).toBe(75);
    expect(ran.log).toContain('STOPPED: stopped by SIGTERM in the phase Apply. Something goes on.');
    expect(ran.output('bamboo.properties')).toBe('outcome=failed\n');
  });

  test('before it began', async () => {
    using place = new Place();
    const ran = await place.run(
      {
        flow: async (context) => {
          context.phase('apply', 'Apply');
          throw new Error('not reached');
        },
      },
      { signal: AbortSignal.abort('SIGINT') },
    );
    expect(ran.exitCode).toBe(75);
    expect(ran.log).toContain('stopped by SIGINT in the phase Settings. Nothing was changed.');
  });

  test('an error that follows from the stop is not told as a bug', async () => {
    using place = new Place();
    const ran = await place.run(
      { flow: async () => Promise.reject(new Error('aborted')) },
      { signal: AbortSignal.abort('SIGTERM') },
    );
    expect(ran.exitCode).toBe(75);
    expect(ran.log).not.toContain('aborted');
  });
});

describe('outputs that cannot be written', () => {
  const disk = (place: Place, broken: (name: string) => boolean) => ({
    ...place.files,
    write: async (name: string, text: string) => {
      if (broken(name)) throw Object.assign(new Error('write failed'), { code: 'EROFS' });
      return place.files.write(name, text);
    },
  });

  test('one is lost, the others are written, and the exit code stays', async () => {
    using place = new Place();
    const ran = await place.run({}, { files: disk(place, (name) => name.endsWith('.xml')) });
    expect(ran.exitCode).toBe(0);
    expect(ran.log).toContain(
      'WARNING: Not written under target/bamboo-ecs: test-reports/expander.xml (the file system is read-only)',
    );
    expect(ran.output('record.html')).toContain('</html>');
  });

  test('all are lost: one warning', async () => {
    using place = new Place();
    const ran = await place.run({}, { files: disk(place, () => true) });
    expect(ran.log.match(/WARNING/gu)).toHaveLength(1);
    expect(ran.exitCode).toBe(0);
  });

  test('a record that cannot be published is a warning; a slow one does not delay a stopped run', async () => {
    using place = new Place();
    const failed = await place.run({ publishRecord: async () => Promise.reject(new Error('no way')) });
    expect(failed.log).toContain('WARNING: The record could not be published: no way');
    const stopped = await place.run(
      {
        flow: async () => Promise.reject(new RunStopped({ exitCode: 75, outcome: 'stopped', sentence: 's' })),
        publishRecord: async () => new Promise(() => {}),
      },
      { signal: AbortSignal.abort('SIGTERM') },
    );
    expect(stopped.exitCode).toBe(75);
  });
});

describe('told to stop when it has ended', () => {
  const never = async (): Promise<never> => new Promise(() => {});

  test.each(['publishRecord', 'notify'] as const)('while %s hangs: it waits no longer', async (which) => {
    using place = new Place();
    const stop = new AbortController();
    const from = performance.now();
    const ran = await place.run(
      {
        [which]: async () => {
          setTimeout(() => stop.abort('SIGTERM'), 20);
          return never();
        },
      },
      { signal: stop.signal },
    );
    expect(performance.now() - from).toBeLessThan(3000);
    expect(ran.exitCode).toBe(0);
    expect(ran.log).toMatch(
      /(The record could not be published|Nobody could be told of this run) within 0\.6 s/u,
    );
    expect(ran.output('record.json')).toContain('"outcome": "done"');
  });

  test('when everything hangs it has ended within 3 s, record and all', async () => {
    using place = new Place();
    const stop = new AbortController();
    const from = performance.now();
    const ran = await place.run(
      {
        flow: async () => {
          stop.abort('SIGTERM');
          return never();
        },
        publishRecord: never,
        notify: never,
      },
      { signal: stop.signal },
    );
    expect(performance.now() - from).toBeLessThan(3000);
    expect(ran.exitCode).toBe(75);
    expect(ran.output('record.html')).toContain('</html>');
  });
});

test('secrets of Bamboo and of AWS are masked wherever they stand', async () => {
  using place = new Place();
  const ran = await place.run(
    {
      flow: async (context) => {
        context.say('dbpass-123 aws-secret-456 and c2VjcmV0');
        return { exitCode: 0, outcome: 'done', sentence: 'with dbpass-123' };
      },
    },
    { env: { bamboo_dbPassword: 'dbpass-123', AWS_SECRET_ACCESS_KEY: 'aws-secret-456' } },
  );
  for (const text of [ran.log, ran.output('record.json'), ran.output('record.html')])
    expect(text).not.toMatch(/dbpass-123|aws-secret-456/u);
});
