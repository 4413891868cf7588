// How long things take. Every constant of the simulation stands here, so that a rehearsal can be quick and a check can be exact.

/** All in milliseconds. `null` means: as the load balancer, target group or health check itself says. */
export interface Pace {
  /** From a change to the service scheduler's next look at the service. */
  readonly schedulerMs: number;
  /** PROVISIONING. */
  readonly provisioningMs: number;
  /** PENDING: the image is pulled. A scenario's `startMs` takes its place. */
  readonly pullMs: number;
  /** ACTIVATING. */
  readonly activatingMs: number;
  /** STOPPING: from SIGTERM to the exit of a container that obeys; never more than its `stopTimeout`. */
  readonly stoppingMs: number;
  /** DEPROVISIONING. */
  readonly deprovisioningMs: number;
  /** A task with neither load balancer nor health check counts as healthy this long after RUNNING. */
  readonly healthyWaitMs: number;
  /** Interval of a load balancer's health checks. */
  readonly targetCheckMs: number | null;
  /** Interval of a container health check. */
  readonly containerCheckMs: number | null;
  /** How long a deregistered target is drained before its task gets SIGTERM. */
  readonly deregistrationMs: number | null;
  /** How long the agent tries to pull an image that cannot be pulled. */
  readonly pullRetryMs: number;
  /** The scheduler tries again to place a task that fitted nowhere. */
  readonly placementRetryMs: number;
  /** First pause after a task that never reached RUNNING; doubled each time, up to `startBackOffMaxMs`. */
  readonly startBackOffMs: number;
  readonly startBackOffMaxMs: number;
  /** From "one deployment, all healthy" to rolloutState COMPLETED. */
  readonly completionMs: number;
  /** The steady-state event and an unresolved complaint are repeated after this long. */
  readonly eventRepeatMs: number;
  /** Stopped tasks can be described for this long. */
  readonly stoppedTaskMs: number;
  /** How long a minute of a bake time, of a traffic step or of a hook's time-out takes. */
  readonly minuteMs: number;
  /** Bake time of a deployment with alarms that sets none. */
  readonly alarmBakeMs: number;
  /** A Lambda function of a lifecycle hook answers after this long, unless it is scripted. */
  readonly hookMs: number;
}

const minute = 60_000;
const hour = 60 * minute;

/**
 * As near to AWS as public facts allow: 40 s healthy wait (deployment-type-ecs), back-off up to 27 minutes
 * (service-throttle-logic), stopped tasks for an hour (stopped-task-errors), COMPLETED 3.6 s after services-stable (observed).
 */
export const realisticPace: Pace = {
  schedulerMs: 10_000,
  provisioningMs: 3000,
  pullMs: 12_000,
  activatingMs: 2000,
  stoppingMs: 5000,
  deprovisioningMs: 10_000,
  healthyWaitMs: 40_000,
  targetCheckMs: null,
  containerCheckMs: null,
  deregistrationMs: null,
  pullRetryMs: 2 * minute,
  placementRetryMs: 30_000,
  startBackOffMs: minute,
  startBackOffMaxMs: 27 * minute,
  completionMs: 3600,
  eventRepeatMs: 6 * hour,
  stoppedTaskMs: hour,
  minuteMs: minute,
  alarmBakeMs: 5 * minute,
  hookMs: 2000,
};

/** For rehearsals: a rollout of two tasks takes about ten seconds. */
export const quickPace: Pace = {
  schedulerMs: 400,
  provisioningMs: 200,
  pullMs: 600,
  activatingMs: 200,
  stoppingMs: 400,
  deprovisioningMs: 200,
  healthyWaitMs: 2000,
  targetCheckMs: 800,
  containerCheckMs: 800,
  deregistrationMs: 1500,
  pullRetryMs: 1500,
  placementRetryMs: 1500,
  startBackOffMs: 800,
  startBackOffMaxMs: 10_000,
  completionMs: 400,
  eventRepeatMs: 6 * hour,
  stoppedTaskMs: hour,
  minuteMs: 1000,
  alarmBakeMs: 2000,
  hookMs: 300,
};
