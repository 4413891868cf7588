// Planning, judging, diagnosing and rolling back against the simulated scheduler.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import { sameRevision } from '../src/index.ts';
import type { WantedService } from '../src/index.ts';
import type { SimulationOptions, TaskOutcome } from '../src/simulation/index.ts';
import { EcsSimulation } from '../src/simulation/index.ts';
import { minute, wanted } from './builders.ts';
import { SimulatedEcs } from './simulated-ecs.ts';
import { apply, install, plan, watch } from './simulated-installation.ts';

const balancer = { loadBalancers: [{ loadBalancerName: 'lb', containerName: 'web', containerPort: 8080 }] };

function newEcs(bad: TaskOutcome | null = null, more: SimulationOptions = {}): SimulatedEcs {
  const instances = ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `us-east-1${zone}` }));
  const rules = bad ? [{ match: 'bad', outcome: bad }] : [];
  return new SimulatedEcs(
    new EcsSimulation({ clusters: [{ name: 'qa', instances }], scenario: { rules }, ...more }),
  );
}

/** A release whose image has this tag. */
function release(tag: string, service: JsonObject = {}, container: JsonObject = {}): WantedService {
  const image = `registry.example/web:${tag}`;
  return wanted(
    {
      'task-definition': {
        family: 'web',
        containerDefinitions: [
          { name: 'web', image, memory: 256, portMappings: [{ containerPort: 8080 }], ...container },
        ],
      },
      'service-definition': { cluster: 'qa', serviceName: 'web', desiredCount: 2, ...service },
      'service-update': { cluster: 'qa', service: 'web', desiredCount: 2 },
    },
    { version: tag },
  );
}

const crash: TaskOutcome = { kind: 'exits', afterMs: 5000, exitCode: 3 };
const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };

describe('against the simulation', () => {
  test('create, unchanged, update, unchanged', () => {
    const ecs = newEcs();
    const created = install(ecs, release('1.0'));
    expect(created).toMatchObject({ plan: { action: 'create' }, verdict: { kind: 'steady' } });
    expect(install(ecs, release('1.0')).plan.action).toBe('none');
    const updated = install(ecs, release('1.1'));
    expect(updated).toMatchObject({
      plan: { action: 'update', rollbackTo: 'web:1' },
      verdict: { kind: 'steady' },
    });
    expect(updated.snapshot.deployments).toHaveLength(1);
    expect(install(ecs, release('1.1')).plan.action).toBe('none');
  });

  test("the seed's classic load balancer, which has no rolloutState", () => {
    const ecs = newEcs();
    const created = install(ecs, release('1.0', balancer));
    expect(created.snapshot.deployments[0]).not.toHaveProperty('rolloutState');
    expect(created.verdict?.kind).toBe('steady');
    expect(install(ecs, release('1.0', balancer)).plan.action).toBe('none');
    expect(install(ecs, release('1.1', balancer)).verdict?.kind).toBe('steady');
  });

  test('the verdict comes soon after the end, with few polls', () => {
    const ecs = newEcs();
    install(ecs, release('1.0'));
    const { polls, tookMs, snapshot } = install(ecs, release('1.1'));
    expect(polls).toBeLessThanOrEqual(44);
    const ended = Math.max(...snapshot.events.map(({ at }) => at));
    expect(ecs.simulation.now - ended).toBeLessThanOrEqual(Math.min(15_000, 1000 + tookMs * 0.12));
  });

  test('a crash loop is caught before the time-out, explained, and rolled back', () => {
    const ecs = newEcs(crash);
    install(ecs, release('1.0'));
    const failed = install(ecs, release('bad'));
    expect(failed.verdict).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('exited with code 3'),
    });
    expect(failed.tookMs).toBeLessThan(5 * minute);
    expect(failed.diagnosis).toMatchObject({
      cause: 'crash-loop',
      sentence: expect.stringContaining('code 3'),
    });
    expect(failed.rollback).toMatchObject({ kind: 'stop-deployment', taskDefinition: 'web:1' });
    expect(install(ecs, release('bad')).plan.action).toBe('refuse-failed');
    // It crashes on without a breaker, and the next release is its cure.
    const cured = install(ecs, release('1.2'));
    expect(cured).toMatchObject({
      plan: { action: 'update', rollbackTo: 'web:1' },
      verdict: { kind: 'steady' },
    });
  });

  test("ECS's own roll-back is a failure, though the service looks well afterwards", () => {
    const ecs = newEcs(crash);
    install(ecs, release('1.0', breaker));
    const made = plan(ecs, release('bad', breaker));
    const target = apply(ecs, made);
    ecs.simulation.advance(20 * minute);
    const { verdict, snapshot, diagnosis } = watch(ecs, made, target, 40 * minute);
    expect(verdict?.kind).toBe('failed');
    expect(snapshot.running).toBe(2);
    expect(sameRevision(snapshot.deployments[0]?.taskDefinition ?? '', 'web:1')).toBe(true);
    expect(diagnosis?.cause).toBe('crash-loop');
  });

  test('a crashing first deployment is scaled to 0, and the next release starts it again', () => {
    const ecs = newEcs(crash);
    const failed = install(ecs, release('bad'));
    expect(failed).toMatchObject({ verdict: { kind: 'failed' }, rollback: { kind: 'scale-to-zero' } });
    ecs.simulation.updateService({ cluster: 'qa', service: 'web', desiredCount: 0 });
    ecs.simulation.advance(10 * minute);
    expect(install(ecs, release('bad')).plan.action).toBe('refuse-failed');
    const cured = install(ecs, release('1.0'));
    expect(cured).toMatchObject({
      plan: { action: 'update', firstDeployment: true },
      verdict: { kind: 'steady' },
    });
    expect(cured.snapshot.running).toBe(2);
  });

  const causes: readonly (readonly [string, TaskOutcome | null, JsonObject, JsonObject])[] = [
    [
      'image-not-found',
      { kind: 'cannot-pull', reason: 'pull image manifest has been retried 7 time(s): not found' },
      {},
      {},
    ],
    [
      'health-check-status',
      { kind: 'never-healthy', status: 503 },
      {
        loadBalancers: [
          {
            targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1',
            containerName: 'web',
            containerPort: 8080,
          },
        ],
      },
      {},
    ],
    ['no-memory', null, {}, { memory: 4000 }],
    ['port-in-use', null, { desiredCount: 4 }, { portMappings: [{ containerPort: 8080, hostPort: 8080 }] }],
  ];
  test.each(causes)('explains %s', (cause, outcome, service, container) => {
    const ecs = newEcs(outcome);
    install(ecs, release('1.0', service, cause === 'no-memory' ? {} : container));
    const bad = release('bad', service, container);
    const failed = install(ecs, {
      ...bad,
      serviceUpdate: { ...bad.serviceUpdate, desiredCount: service['desiredCount'] ?? 2 },
    });
    expect(failed.verdict?.kind).not.toBe('steady');
    expect(failed.diagnosis?.cause).toBe(cause);
  });

  test('a run killed between its steps is gone on with: one revision, one deployment', () => {
    const ecs = newEcs();
    install(ecs, release('1.0'));
    const made = plan(ecs, release('1.1'));
    if (made.register) ecs.register(made.register.request, made.register.tags);
    const second = plan(ecs, release('1.1'));
    expect(second).toMatchObject({ action: 'update', rollbackTo: 'web:1' });
    expect(sameRevision(second.adoptRevision ?? '', 'web:2')).toBe(true);
    apply(ecs, second);
    ecs.simulation.advance(15_000);
    const third = install(ecs, release('1.1'));
    expect(third).toMatchObject({
      plan: { action: 'adopt', rollbackTo: 'web:1' },
      verdict: { kind: 'steady' },
    });
    expect(ecs.describe('web')?.revision).toBe(2);
  });

  test('somebody else takes over while we watch', () => {
    const ecs = newEcs();
    install(ecs, release('1.0'));
    const made = plan(ecs, release('1.1'));
    const target = apply(ecs, made);
    ecs.simulation.advance(5000);
    expect(plan(ecs, release('1.2')).action).toBe('wait');
    apply(ecs, plan(ecs, release('1.2'), { onOtherDeployment: 'take-over' }));
    expect(watch(ecs, made, target, 10 * minute).verdict?.kind).toBe('superseded');
  });
});
