import { describe, expect, test } from '@jest/globals';
import { misconfigured, RunStopped } from '@bamboo-ecs/program';
import { together } from '../src/problems.ts';

const problem = (message: string) => ({ severity: 'error', code: 'x', message }) as const;
const refuse = (message: string) => async (): Promise<never> => {
  throw misconfigured(message, [problem(message)]);
};

describe('steps that are tried together', () => {
  test('all well: their values in order', async () => {
    expect(await together([async () => 1, async () => 'two'])).toEqual([1, 'two']);
  });

  test('one refusal is thrown as it is', async () => {
    await expect(together([async () => 1, refuse('a')])).rejects.toMatchObject({
      ending: { exitCode: 2, sentence: 'a: a' },
    });
  });

  test('several are one, with all problems in order', async () => {
    const error: unknown = await together([refuse('a'), async () => 1, refuse('b')]).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(RunStopped);
    expect((error as RunStopped).problems.map(({ message }) => message)).toEqual(['a', 'b']);
    expect((error as RunStopped).ending).toMatchObject({
      exitCode: 2,
      sentence: 'settings and files: 2 problems',
    });
  });

  test('what is no refusal of the user, a stop or a mistake of ours, goes first', async () => {
    const stop = new RunStopped({ exitCode: 75, outcome: 'stopped', sentence: 'stopped' });
    await expect(
      together([
        refuse('a'),
        async () => {
          throw stop;
        },
      ]),
    ).rejects.toBe(stop);
  });
});
