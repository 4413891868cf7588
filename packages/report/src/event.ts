// The events of both programs. A flow emits them, one printer prints them, the record keeps them.
import type { Problem } from '@bamboo-ecs/release';
import type { Diagnosis, Plan, ServiceSnapshot, ServiceStatus, Verdict } from '@bamboo-ecs/rollout';
import type { HistoryEntry } from './history/entry.ts';

export type Level = 'info' | 'detail' | 'warning' | 'error';

export type RunEvent =
  /** First line of a run: which program, which version of it. */
  | {
      readonly kind: 'start';
      readonly program: 'expander' | 'installer';
      readonly command: string;
      readonly version: string;
    }
  /** The settings in use and where each came from; secrets already masked. */
  | {
      readonly kind: 'settings';
      readonly settings: readonly {
        readonly name: string;
        readonly value: string;
        readonly origin: string;
      }[];
    }
  /** A heading in the log. */
  | { readonly kind: 'phase'; readonly name: string; readonly title: string }
  | { readonly kind: 'message'; readonly level: Level; readonly text: string }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  /** A check that passed or failed: a JUnit test case. */
  | {
      readonly kind: 'check';
      readonly suite: string;
      readonly name: string;
      readonly failure?: string;
      readonly seconds?: number;
    }
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** One poll. The printer prints it when something changed and at least every 30 s; the record draws the timeline from it. */
  | {
      readonly kind: 'snapshot';
      readonly deployment: string | null;
      readonly snapshot: ServiceSnapshot;
      readonly startedAt: number;
    }
  | { readonly kind: 'verdict'; readonly service: string; readonly verdict: Verdict }
  | { readonly kind: 'diagnosis'; readonly service: string; readonly diagnosis: Diagnosis }
  /** What runs at one place, and how it is: an answer of the command `status`. */
  | { readonly kind: 'status'; readonly status: ServiceStatus }
  /** What was installed, newest first: the answer of the command `history`. */
  | {
      readonly kind: 'history';
      readonly project: string;
      /** Null: of all environments. */
      readonly environment: string | null;
      readonly entries: readonly HistoryEntry[];
      /** One sentence for each place that could be asked: what runs there now. */
      readonly running: readonly string[];
      /** How many records there are, those that are not shown included. */
      readonly total: number;
    }
  /** The last block of the log. `rows` are name and value. */
  | {
      readonly kind: 'summary';
      readonly exitCode: number;
      readonly outcome: string;
      readonly sentence: string;
      readonly todo?: string;
      readonly rows: readonly (readonly [string, string])[];
    };

/** An event with the time it was emitted, milliseconds since the epoch. */
export interface Stamped {
  readonly at: number;
  readonly event: RunEvent;
}

/** Where the flows send their events. */
export interface Reporter {
  emit(event: RunEvent): void;
}
