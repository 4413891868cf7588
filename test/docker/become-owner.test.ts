// The change of user at the start of a container; needs no engine.
import { expect, test } from '@jest/globals';
import { becomeOwner, type Identity } from '../../images/become-owner.ts';

function identity(uid: number, refuses?: string): Identity & { readonly calls: unknown[] } {
  const calls: unknown[] = [];
  const note =
    (name: string) =>
    (value: unknown): void => {
      if (name === refuses) throw Object.assign(new Error(`${name} EPERM`), { code: 'EPERM' });
      calls.push([name, value]);
    };
  return {
    calls,
    getuid: () => uid,
    setgroups: note('setgroups'),
    setgid: note('setgid'),
    setuid: note('setuid'),
  };
}

const directory = { path: '/data', uid: 1234, gid: 5678, canWrite: () => true };

test('who is not root stays who it is', () => {
  const me = identity(1000, 'setgroups');
  expect(becomeOwner(me, directory)).toBeNull();
  expect(me.calls).toEqual([]);
});

test('root stays root in a directory of root', () => {
  const me = identity(0);
  expect(becomeOwner(me, { ...directory, uid: 0 })).toBeNull();
  expect(me.calls).toEqual([]);
});

test('root becomes the owner: first the groups, then the group, the user last', () => {
  const me = identity(0);
  expect(becomeOwner(me, directory)).toBeNull();
  expect(me.calls).toEqual([
    ['setgroups', []],
    ['setgid', 5678],
    ['setuid', 1234],
  ]);
});

test.each(['setgroups', 'setgid', 'setuid'])('refused, with what to do, when %s is not allowed', (name) => {
  const refusal = becomeOwner(identity(0, name), directory);
  expect(refusal).toContain('the working directory /data belongs to 1234:5678');
  expect(refusal).toContain('--user 1234:5678');
});

test('not refused where nothing could be left behind', () => {
  expect(becomeOwner(identity(0, 'setgroups'), { ...directory, canWrite: () => false })).toBeNull();
});
