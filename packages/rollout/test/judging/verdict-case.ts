// A row of the tables of verdicts.
import { describe, expect, test } from '@jest/globals';
import type { DeploymentSnapshot, ServiceSnapshot, VerdictKind } from '../../src/index.ts';
import { judged } from './judge-history.ts';
import type { More } from './judge-history.ts';

export type Case = readonly [
  name: string,
  deployments: readonly DeploymentSnapshot[],
  kind: VerdictKind | null,
  reason?: string,
  more?: More,
  members?: Partial<ServiceSnapshot>,
];

/** `null`: go on watching. */
export function describeCases(groups: Readonly<Record<string, readonly Case[]>>): void {
  describe.each(Object.entries(groups))('judge: %s', (_group, cases) => {
    test.each(cases)('%s', (_name, deployments, kind, reason = '', more = {}, members = {}) => {
      const verdict = judged(deployments, more, members);
      expect(verdict?.kind ?? null).toBe(kind);
      expect(verdict?.reason ?? '').toContain(reason);
      expect(verdict?.reason ?? 'None.').toMatch(/^[A-Z0-9].*[^.]\.$/u);
    });
  });
}
