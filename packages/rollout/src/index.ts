export { arnParts, isShortServiceArn, plainName, revisionName, sameRevision } from './arn.ts';
export type { ArnParts } from './arn.ts';
export { planCleanUp } from './clean-up/plan-clean-up.ts';
export type { CleanUp, CleanUpInput } from './clean-up/plan-clean-up.ts';
export * from './clock.ts';
export * from './diagnosis.ts';
export { diagnose } from './diagnosing/diagnose.ts';
export type { DiagnoseInput } from './diagnosing/diagnose.ts';
export * from './ecs-port.ts';
export type * from './feasibility/room.ts';
export * from './finding.ts';
export * from './forecast.ts';
export * from './health-port.ts';
export * from './logs-port.ts';
export { checkGuards } from './guards/check-guards.ts';
export type { GuardsInput } from './guards/check-guards.ts';
export { checkTag } from './guards/check-tag.ts';
export { downgradeOf } from './guards/downgrade.ts';
export type { Downgrade, DowngradeInput } from './guards/downgrade.ts';
export { parseEnvironments } from './guards/environments.ts';
export type { EnvironmentMap } from './guards/environments.ts';
export type { JudgeInput } from './judging/input.ts';
export { judge } from './judging/judge.ts';
export * from './plan.ts';
export { isOfPlace, isOfService } from './places/place.ts';
export type { Place } from './places/place.ts';
export { driftFrom } from './planning/drift.ts';
export { changedSince } from './planning/changed-since.ts';
export { planActionText, planTitle, wayBack } from './planning/describe-plan.ts';
export { planSteps, pollsWithin } from './planning/plan-steps.ts';
export type { PlanStep } from './planning/plan-steps.ts';
export type { PlanInput, PlanOptions } from './planning/options.ts';
export { planService } from './planning/plan-service.ts';
export { serviceAfter } from './planning/service-after.ts';
export { tagValue } from './planning/tags.ts';
export { exitCodeOf } from './rollback/exit-code-of.ts';
export type { ExitCodeInput, RollbackOutcomeKind } from './rollback/exit-code-of.ts';
export { planRollback } from './rollback/plan-rollback.ts';
export type { RollbackInput, RollbackStep } from './rollback/plan-rollback.ts';
export * from './snapshot.ts';
export type { LastRun } from './status/drift.ts';
export { serviceStatus } from './status/service-status.ts';
export type { StatusInput } from './status/service-status.ts';
export * from './status/status.ts';
export * from './verdict.ts';
export { appliedHash } from './wanted/applied-hash.ts';
export { wantedService } from './wanted/wanted-service.ts';
export type { WantedInput, WantedService } from './wanted/wanted-service.ts';
export { logPlace } from './logs/log-place.ts';
export { logTail, tailLimits } from './logs/log-tail.ts';
export { runningTargets, tailTargets } from './logs/choose-tails.ts';
export type { TailTarget } from './logs/choose-tails.ts';
export { describeProgress } from './watching/describe-progress.ts';
export { healthSources } from './watching/health-sources.ts';
export {
  isRolledBack,
  isUnderWay,
  pauseKey,
  serviceDeploymentTellsMore,
  waitingHooks,
} from './watching/service-deployment.ts';
export { duration, utc } from './judging/words.ts';
export { nextPollDelay } from './watching/next-poll-delay.ts';
export { ownEvents, ownStoppedTasks } from './watching/own.ts';
export type { OwnTasksInput } from './watching/own.ts';
export { timeBudget } from './watching/time-budget.ts';
export type { TimeBudget, TimeBudgetInput } from './watching/time-budget.ts';
