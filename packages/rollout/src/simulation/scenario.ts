// What tasks do, scripted by image: plain JSON, so that a file or a control call can set it.

/** Lines that the container writes; where its log driver is awslogs, CloudWatch Logs has them. */
interface Writes {
  readonly output?: readonly string[];
}

/** Milliseconds count from the moment the container runs, `startMs` from the start of the pull. */
export type TaskOutcome =
  | (Writes & { readonly kind: 'runs'; readonly startMs?: number; readonly healthyAfterMs?: number })
  | (Writes & {
      readonly kind: 'exits';
      readonly afterMs: number;
      readonly exitCode: number;
      readonly reason?: string;
    })
  | { readonly kind: 'cannot-pull'; readonly reason: string }
  | { readonly kind: 'cannot-start'; readonly reason: string }
  /** Its health checks never pass. `status` is the HTTP status that they see; without one they time out. */
  | (Writes & { readonly kind: 'never-healthy'; readonly status?: number });

export interface ScenarioRule {
  /**
   * A piece of the image reference, its tag, its digest or the value of a docker label; `/…/` is a regular expression
   * (flags `i` and `u` allowed). The first rule that matches a container counts.
   */
  readonly match: string;
  readonly outcome: TaskOutcome;
  /** Only the first n tasks. */
  readonly times?: number;
}

export interface Scenario {
  readonly rules: readonly ScenarioRule[];
  /** Image reference → digest (`sha256:…`): what a tag points at now. */
  readonly images?: Readonly<Record<string, string>>;
}

/** What a rule may match of a container: image reference, tag, digest, values of docker labels. */
export type ContainerMarks = readonly string[];

/** Where `rule.match` is a regular expression, its parts. */
export function patternOf(match: string): RegExp | null {
  const parts = /^\/(.+)\/([iu]*)$/su.exec(match);
  return parts?.[1] === undefined ? null : new RegExp(parts[1], parts[2]);
}

/** Does the rule speak of a container with these marks? */
export function matches(rule: ScenarioRule, marks: ContainerMarks): boolean {
  const pattern = patternOf(rule.match);
  return marks.some((mark) => (pattern === null ? mark.includes(rule.match) : pattern.test(mark)));
}

/**
 * The outcome of each container of one task, and which rules it used up.
 * `uses` counts, per rule, the tasks that it has decided so far.
 */
export function outcomesOf(
  scenario: Scenario,
  uses: readonly number[],
  containers: readonly ContainerMarks[],
): { readonly outcomes: readonly TaskOutcome[]; readonly used: ReadonlySet<number> } {
  const used = new Set<number>();
  const outcomes = containers.map((marks): TaskOutcome => {
    const index = scenario.rules.findIndex(
      (rule, at) => (uses[at] ?? 0) < (rule.times ?? Infinity) && matches(rule, marks),
    );
    const rule = scenario.rules[index];
    if (rule === undefined) return { kind: 'runs' };
    used.add(index);
    return rule.outcome;
  });
  return { outcomes, used };
}
