// The figures in the sentences of a verdict.
import { revisionName } from '../arn.ts';
import { oneLine } from '../diagnosing/one-line.ts';
import { plainWords } from '../diagnosing/plain-words.ts';
import type { DeploymentSnapshot } from '../snapshot.ts';
import type { JudgeInput } from './input.ts';

/** `hid-generator:7 (1.0.15.RELEASE)` */
export function ourRevision({ taskDefinition, version }: JudgeInput): string {
  return version ? `${revisionName(taskDefinition)} (${version})` : revisionName(taskDefinition);
}

/** `2 of 2 tasks run hid-generator:7 (1.0.15.RELEASE)` */
export function ourCounts(input: JudgeInput, { running, desired }: DeploymentSnapshot): string {
  return `${running} of ${desired} ${desired === 1 ? 'task runs' : 'tasks run'} ${ourRevision(input)}`;
}

export function tasks(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}

/** `4 min 10 s`, `23 h 59 min` */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes >= 120) {
    const hours = Math.floor(minutes / 60);
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  }
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** One line, without the full stop that AWS's sentences end with. */
export function quoted(text: string): string {
  return oneLine(plainWords(text), 300);
}

/** `2026-11-25 12:40 UTC` */
export function utc(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime())
    ? 'an unknown time'
    : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
