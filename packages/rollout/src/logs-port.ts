// What the diagnosis needs of CloudWatch Logs: a narrow port. The adapter is the package `neighbours`.

/** Where CloudWatch Logs keeps the output of one container. */
export interface LogStream {
  readonly group: string;
  readonly stream: string;
  /** Absent: the region of ECS. */
  readonly region?: string;
}

export interface LogLine {
  /** When the program said it, milliseconds since the epoch. */
  readonly at?: number;
  /** As the program wrote it: control characters, secrets and all. */
  readonly text: string;
}

export type LogAnswer =
  /** Oldest first; `more`: the stream holds lines before these. */
  | { readonly kind: 'lines'; readonly lines: readonly LogLine[]; readonly more: boolean }
  /** `missing`: no such group or stream, perhaps not yet. `note`: one sentence, why there are no lines. */
  | { readonly kind: 'none'; readonly why: 'missing' | 'denied' | 'failed'; readonly note: string };

export interface LogsPort {
  /** The last lines of a stream, at most `limit`. Never rejects, and takes two seconds at most. */
  lastLines(stream: LogStream, limit: number): Promise<LogAnswer>;
}
