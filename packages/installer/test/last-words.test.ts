// When and how often the logs are asked for, and what happens when they cannot be.
import { describe, expect, test } from '@jest/globals';
import type { RunContext } from '@bamboo-ecs/program';
import type { LogAnswer, LogStream, LogTail, TaskSnapshot } from '@bamboo-ecs/rollout';
import { LastWords } from '../src/last-words.ts';

const taskDefinition = {
  containerDefinitions: [
    {
      name: 'web',
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': '/ecs/web', 'awslogs-stream-prefix': 'p' },
      },
    },
  ],
};

function crashed(number: number): TaskSnapshot {
  return {
    arn: `arn:aws:ecs:eu-west-1:123456789012:task/qa/${number}`,
    taskDefinition: 'web:2',
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    stoppedAt: number,
    containers: [{ name: 'web', exitCode: 1 }],
  };
}

const said = (...texts: readonly string[]): LogAnswer => ({
  kind: 'lines',
  lines: texts.map((text) => ({ text })),
  more: false,
});

function listening(answer: (stream: LogStream, times: number) => LogAnswer | Error, setting = 'on') {
  const asked: string[] = [];
  const context: Pick<RunContext, 'mask'> & { readonly settings: { text: () => string } } = {
    mask: (text) => text.replaceAll('hunter2', '********'),
    settings: { text: () => setting },
  };
  const words = new LastWords(
    context as unknown as RunContext,
    {
      openLogs: async () => ({
        async lastLines(stream) {
          asked.push(stream.stream);
          const found = answer(stream, asked.filter((one) => one === stream.stream).length);
          if (found instanceof Error) throw found;
          return found;
        },
      }),
    },
    { taskDefinition },
  );
  const texts = async (stopped: readonly TaskSnapshot[]): Promise<readonly (readonly string[])[]> =>
    (await words.of(stopped, [])).map((tail: LogTail) => tail.lines.map(({ text }) => text));
  return { words, asked, texts };
}

describe('the last words of failed tasks', () => {
  test('are asked for on first sight, once, and of the latest task at the end', async () => {
    const { words, asked, texts } = listening(({ stream }) => said(`I am ${stream}, hunter2`));
    words.see([crashed(1)]);
    words.see([crashed(1)]);
    await texts([crashed(1)]);
    expect(asked).toEqual(['p/web/1']);
    const all = Array.from({ length: 30 }, (_, index) => crashed(index + 1));
    expect(await texts(all)).toEqual([['I am p/web/1, ********'], ['I am p/web/30, ********']]);
    expect(asked).toEqual(['p/web/1', 'p/web/30']);
  });

  test('are asked for again at the end where nothing was there yet', async () => {
    const { words, asked, texts } = listening((_stream, times) =>
      times === 1 ? { kind: 'none', why: 'missing', note: 'Not there.' } : said('late'),
    );
    words.see([crashed(1)]);
    expect(await texts([crashed(1)])).toEqual([['late']]);
    expect(asked).toHaveLength(2);
  });

  test('are bounded however long a crash loop is watched', async () => {
    const { words, asked } = listening(() => ({ kind: 'none', why: 'missing', note: 'Not there.' }));
    const stopped: TaskSnapshot[] = [];
    for (let number = 1; number <= 200; number += 1) {
      stopped.push(crashed(number));
      words.see(stopped);
    }
    await words.of(stopped, []);
    await words.of(stopped, []);
    expect(asked.length).toBeLessThanOrEqual(10);
  });

  test('that are denied are not asked for again; an error is a note', async () => {
    const denied = listening(() => ({ kind: 'none', why: 'denied', note: 'Denied.' }));
    denied.words.see([crashed(1)]);
    expect((await denied.words.of([crashed(1)], []))[0]).toMatchObject({ lines: [], note: 'Denied.' });
    expect(denied.asked).toHaveLength(1);
    const broken = listening(() => new Error('boom'));
    broken.words.see([crashed(1)]);
    expect((await broken.words.of([crashed(1)], []))[0]?.note).toBe('It could not be read: boom.');
  });

  test('are left alone when the setting says so', async () => {
    const { words, asked } = listening(() => said('x'), 'off');
    words.see([crashed(1)]);
    expect((await words.of([crashed(1)], []))[0]?.note).toContain('last-words is off');
    expect(asked).toEqual([]);
  });
});
