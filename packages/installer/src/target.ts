// What is watched: one deployment of one service.

export interface Target {
  readonly cluster: string;
  readonly service: string;
  readonly deployment: string | null;
  readonly taskDefinition: string;
  readonly adopted: boolean;
  /** When the deployment began, by our clock (adopted: by ECS's). */
  readonly startedAt: number;
  readonly deadline: number;
  /** PRIMARY before ours, to tell a roll-back by ECS from somebody else's deployment. */
  readonly primaryBefore?: string;
  /** For the sentences: `1.0.15.RELEASE`. */
  readonly version?: string;
  /** How many tasks stopped for one cause are enough to give up; default: as the judge has it. */
  readonly failAfter?: number;
  /** `stop`: the watch ends where the deployment waits at a PAUSE hook. Default: it waits, too. */
  readonly onPause?: 'wait' | 'stop';
  /** Its containers have health checks of their own. */
  readonly checksContainers?: boolean;
  /** Containers without which a task goes on. */
  readonly auxiliaries?: readonly string[];
  /** Pauses that this run has ended (`pauseKey`). */
  readonly continued?: ReadonlySet<string>;
}
