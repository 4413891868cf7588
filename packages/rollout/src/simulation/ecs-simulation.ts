// The simulation as one object: a state, a time, and what can be done to it.
import type { JsonObject } from '@bamboo-ecs/release';
import { EventQueue } from './event-queue.ts';
import { addLoadBalancer, addTargetGroup, tasksBehind } from './load-balancers.ts';
import { addInstance, createCluster, deleteCluster, setInstanceStatus } from './operations/clusters.ts';
import { createService } from './operations/create-service.ts';
import { continueServiceDeployment } from './operations/continue-service-deployment.ts';
import { stopServiceDeployment } from './operations/stop-service-deployment.ts';
import { findTagged, tagResource, untagResource } from './operations/tags.ts';
import {
  deleteTaskDefinition,
  deregisterTaskDefinition,
  registerTaskDefinition,
} from './operations/task-definitions.ts';
import { runTask, stopTaskByUser } from './operations/tasks.ts';
import { deleteService, updateService } from './operations/update-service.ts';
import { settingsOf } from './options.ts';
import type { InstanceOptions, SimulationOptions, TargetGroupOptions } from './options.ts';
import { readState, savedVersion, writeState } from './saved-state.ts';
import type { SavedSimulation } from './saved-state.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import { lookAt } from './scheduler.ts';
import { emptyState } from './state.ts';
import type { SimulationState } from './state.ts';
import { findCluster } from './find.ts';
import { takeSteps } from './task-steps.ts';
import { wake } from './world.ts';
import type { World } from './world.ts';

/**
 * ECS's service scheduler with clusters, tasks, load balancers and their health, on a clock that is moved by hand.
 * Requests are members of the ECS API; refusals are thrown as EcsSimulationError. Same inputs, same course, same ids.
 */
export class EcsSimulation {
  readonly world: World;

  constructor(options: SimulationOptions = {}) {
    const settings = settingsOf(options);
    const scenario = parseScenario(options.scenario ?? { rules: [] });
    this.world = { state: emptyState(), now: settings.startMs, scenario, settings, queue: new EventQueue() };
    for (const cluster of options.clusters ?? [{ name: 'default' }]) {
      const providers = cluster.capacityProviders ?? [];
      const made = this.createCluster({
        clusterName: cluster.name,
        capacityProviders: providers.map(({ name }) => name),
      });
      const scaled = providers.filter(({ managedScaling }) => managedScaling);
      if (scaled.length > 0) made.managedScaling = scaled.map(({ name }) => name);
      for (const instance of cluster.instances ?? []) this.addInstance(cluster.name, instance);
    }
    for (const group of options.targetGroups ?? []) this.addTargetGroup(group);
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.world.now;
  }

  get state(): SimulationState {
    return this.world.state;
  }

  get scenario(): Scenario {
    return this.world.scenario;
  }

  /** Counts of `times` begin anew. Throws ScenarioError. */
  setScenario(scenario: unknown): void {
    this.world.scenario = parseScenario(scenario);
    this.world.state.ruleUses = [];
  }

  /** Everything that happens up to this time, in its order. Time never runs backwards. */
  advanceTo(nowMs: number): void {
    for (;;) {
      const at = this.nextEventAt();
      if (at === null || at > nowMs) break;
      const entry = this.world.queue.take();
      if (entry === undefined) break;
      this.world.now = Math.max(this.world.now, entry.at);
      this.#happen(entry.kind, entry.key, entry.at);
    }
    this.world.now = Math.max(this.world.now, nowMs);
  }

  advance(ms: number): void {
    this.advanceTo(this.now + ms);
  }

  /** When something happens next; null when nothing will. */
  nextEventAt(): number | null {
    for (;;) {
      const first = this.world.queue.first();
      if (first === undefined) return null;
      if (this.#isCurrent(first.kind, first.key, first.at)) return first.at;
      this.world.queue.take();
    }
  }

  #isCurrent(kind: 'task' | 'service', key: string, at: number): boolean {
    if (kind === 'service') return this.state.services.get(key)?.dueAt === at;
    return this.state.tasks.get(key)?.timers.some((timer) => timer.at === at) ?? false;
  }

  #happen(kind: 'task' | 'service', key: string, at: number): void {
    if (kind === 'task') {
      const task = this.state.tasks.get(key);
      if (task !== undefined) takeSteps(this.world, task);
      return;
    }
    const service = this.state.services.get(key);
    if (service?.dueAt === at) lookAt(this.world, service);
  }

  createCluster(request: JsonObject) {
    return createCluster(this.world, request);
  }
  deleteCluster(request: JsonObject) {
    return deleteCluster(this.world, request);
  }
  addInstance(cluster: string, options: InstanceOptions) {
    return addInstance(this.world, findCluster(this.world, cluster), options);
  }
  setInstanceStatus(cluster: string, instance: string, status: 'ACTIVE' | 'DRAINING') {
    return setInstanceStatus(this.world, findCluster(this.world, cluster), instance, status);
  }
  registerTaskDefinition(request: JsonObject) {
    return registerTaskDefinition(this.world, request);
  }
  deregisterTaskDefinition(reference: string) {
    return deregisterTaskDefinition(this.world, reference);
  }
  deleteTaskDefinition(reference: string) {
    return deleteTaskDefinition(this.world, reference);
  }
  createService(request: JsonObject) {
    return createService(this.world, request);
  }
  updateService(request: JsonObject) {
    return updateService(this.world, request);
  }
  deleteService(request: JsonObject) {
    return deleteService(this.world, request);
  }
  runTask(request: JsonObject) {
    return runTask(this.world, request);
  }
  stopTask(request: JsonObject) {
    return stopTaskByUser(this.world, request);
  }
  stopServiceDeployment(arn: string, stopType = 'ROLLBACK') {
    return stopServiceDeployment(this.world, arn, stopType);
  }
  continueServiceDeployment(arn: string, hookId: string, action = 'CONTINUE') {
    return continueServiceDeployment(this.world, arn, hookId, action);
  }
  tagsOf(arn: string) {
    return findTagged(this.world, arn).tags;
  }
  tagResource(arn: string, request: JsonObject): void {
    tagResource(this.world, arn, request);
  }
  untagResource(arn: string, keys: readonly string[]): void {
    untagResource(this.world, arn, keys);
  }
  addTargetGroup(options: TargetGroupOptions) {
    return addTargetGroup(this.world, options);
  }
  addLoadBalancer(name: string) {
    return addLoadBalancer(this.world, name);
  }
  /** Tasks that take the requests of this load balancer or target group. */
  tasksBehind(name: string) {
    return tasksBehind(this.world, name);
  }
  /** Puts a CloudWatch alarm into ALARM or back to OK. */
  setAlarm(name: string, ringing: boolean): void {
    if (!this.state.alarmNames.has(name)) this.state.alarmNames.set(name, this.now);
    if (ringing) this.state.alarms.set(name, this.now);
    else this.state.alarms.delete(name);
    for (const service of this.state.services.values())
      if (service.status === 'ACTIVE') wake(this.world, service);
  }

  /** What the Lambda function of a lifecycle hook answers, by its ARN or name, and how long after it was called. */
  setHook(target: string, status: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS', afterMs = 0): void {
    this.state.hooks.set(target, { status, afterMs });
    for (const service of this.state.services.values())
      if (service.status === 'ACTIVE') wake(this.world, service);
  }

  save(): SavedSimulation {
    return { version: savedVersion, nowMs: this.now, state: writeState(this.state) };
  }

  /** Goes on where `save` was called; `options` as they were then, except for the clusters, which are in the saved state. */
  static restore(saved: SavedSimulation, options: SimulationOptions = {}): EcsSimulation {
    if (saved.version !== savedVersion) {
      throw new Error(
        `The saved simulation has version ${saved.version}; this program reads version ${savedVersion}.`,
      );
    }
    const simulation = new EcsSimulation({
      ...options,
      startMs: saved.nowMs,
      clusters: [],
      targetGroups: [],
    });
    const { world } = simulation;
    world.state = readState(saved.state);
    for (const task of world.state.tasks.values()) {
      for (const { at } of task.timers) world.queue.add({ at, kind: 'task', key: task.id });
    }
    for (const service of world.state.services.values()) {
      if (service.dueAt !== null) world.queue.add({ at: service.dueAt, kind: 'service', key: service.key });
    }
    return simulation;
  }
}
