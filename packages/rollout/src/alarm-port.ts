// What a bake needs of CloudWatch: a narrow port. The adapter is the package `neighbours`.

export interface AlarmSnapshot {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** CloudWatch's own sentence: which threshold was crossed. */
  readonly reason?: string;
  /** When it came into this state, milliseconds since the epoch by AWS's clock; absent where CloudWatch does not say. */
  readonly since?: number;
}

export interface AlarmAnswer {
  /** Those that exist, metric and composite alarms alike; null when they could not be asked. */
  readonly alarms: readonly AlarmSnapshot[] | null;
  /** One sentence: why they could not be asked, and what to do. */
  readonly note?: string;
}

export interface AlarmPort {
  /** DescribeAlarms, up to 100 names in one call. Never rejects, and takes a few seconds at most. */
  describeAlarms(names: readonly string[]): Promise<AlarmAnswer>;
}
