import { describeProgress } from '@bamboo-ecs/rollout';
import type { ServiceSnapshot } from '@bamboo-ecs/rollout';
import { withoutService } from '../timeline/service-event.ts';
import { createTracker } from '../timeline/tracker.ts';
import type { SnapshotEvent } from '../timeline/news.ts';
import type { Stage } from '../timeline/tracker.ts';
import { clockTime } from './duration.ts';
import { plain } from './plain.ts';

/** Longest silence of the log while a rollout is watched, milliseconds: Bamboo takes a quiet build for a hung one. */
const longestSilence = 30_000;

/** The same while a PAUSE hook waits for people, which may take a day. */
const longestSilenceInPause = 300_000;

/** Longest time between two polls (the schedule of the watch loop), milliseconds. */
const longestGap = 15_000;

interface Watched {
  text: string;
  printedAt: number;
  changedAt: number;
  polledAt: number;
  startedAt: number;
}

export interface WatchLines {
  /** The lines that one poll adds: what changed, news of the service, or a sign of life. */
  snapshot(event: SnapshotEvent, withName: boolean): readonly string[];
  verdict(service: string): Stage;
  /** Zero of the times of a service. */
  startOf(service: string): number | undefined;
  /** Time since the change, `+3:12`; empty for a service that was never polled. */
  elapsed(service: string, at: number): string;
}

export function createWatchLines(): WatchLines {
  const tracker = createTracker();
  const services = new Map<string, Watched>();
  return {
    snapshot(event, withName) {
      const { snapshot, deployment, startedAt } = event;
      const { news, stage } = tracker.snapshot(event);
      const before = services.get(snapshot.name);
      const text = progress(snapshot, deployment, stage);
      const changed = text !== before?.text;
      const silent = before !== undefined && isTooQuiet(before, snapshot);
      services.set(snapshot.name, {
        text,
        startedAt,
        polledAt: snapshot.at,
        changedAt: changed ? snapshot.at : before.changedAt,
        printedAt: changed || silent || news.length > 0 ? snapshot.at : before.printedAt,
      });
      const name = withName ? `${plain(snapshot.name)}: ` : '';
      const line = (at: number, words: string): string => `  ${stamp(at - startedAt)}  ${name}${words}`;
      return [
        ...news.map((one) => line(one.at, `ECS: ${plain(withoutService(one.message, snapshot.name))}`)),
        ...(changed ? [line(snapshot.at, text)] : []),
        ...(!changed && silent && news.length === 0
          ? [line(snapshot.at, `${text} (no change for ${clockTime(snapshot.at - before.changedAt)})`)]
          : []),
      ];
    },
    verdict: (service) => tracker.verdict(service),
    startOf: (service) => tracker.startOf(service),
    elapsed(service, at) {
      const watched = services.get(service);
      return watched === undefined ? '' : `${stamp(at - watched.startedAt)}  `;
    },
  };
}

/** Would the next poll come too late? Gaps grow by 12 % of the elapsed time, up to the longest. */
function isTooQuiet(before: Watched, { at, serviceDeployment }: ServiceSnapshot): boolean {
  const nextGap = Math.min(longestGap, (at - before.polledAt) * 1.12);
  const paused = serviceDeployment?.hooks.some(({ status }) => status === 'AWAITING_ACTION') ?? false;
  return at - before.printedAt + nextGap > (paused ? longestSilenceInPause : longestSilence);
}

function stamp(milliseconds: number): string {
  return `+${clockTime(milliseconds)}`.padStart(6);
}

/** After the verdict what is watched is not new any more. */
function progress(snapshot: ServiceSnapshot, deployment: string | null, stage: Stage): string {
  const text = plain(describeProgress(snapshot, deployment).replaceAll(' · ', '; '));
  // Nor is the release that failed old.
  return stage === 'roll-back'
    ? text.replace(/\bnew (?=\d)/u, 'restored ').replace(/\bold (?=\d)/u, 'others ')
    : text;
}
