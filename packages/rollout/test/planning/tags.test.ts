// Tags of a revision where names are as long as ECS allows.
import { describe, expect, test } from '@jest/globals';
import { tagKeys } from '../../src/index.ts';
import { revisionTags } from '../../src/planning/tags.ts';
import { wanted } from '../builders.ts';

const replacing = (revision: string) =>
  revisionTags(wanted(), 'applied', { revision, deployment: 'ecs-svc/1', desired: 2 });

describe('what a revision replaces', () => {
  test('is noted as it is', () => {
    expect(replacing('web:12')).toMatchObject({ [tagKeys.replaces]: 'web:12' });
    expect(replacing(`${'f'.repeat(253)}:12`)[tagKeys.replaces]).toHaveLength(256);
  });

  test('is not noted where it does not fit into a tag: cut short it would name another revision', () => {
    expect(replacing(`${'f'.repeat(254)}:12`)).not.toHaveProperty([tagKeys.replaces]);
  });
});
