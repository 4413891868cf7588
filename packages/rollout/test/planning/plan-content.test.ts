// What a plan carries: requests, tags, tokens, differences, notes.
import { describe, expect, test } from '@jest/globals';
import { planService, tagKeys } from '../../src/index.ts';
import type { Plan, PlanInput } from '../../src/index.ts';
import {
  arn,
  deployment,
  missing,
  planInput,
  revision,
  revisionOf,
  service,
  serviceArn,
  wanted,
} from '../builders.ts';

const creating = (more: Parameters<typeof planInput>[0] = {}): PlanInput =>
  planInput({ service: missing(), current: null, latest: null, ...more });
const tokenOf = (input: PlanInput): unknown => planService(input).request?.['clientToken'];

describe('a create', () => {
  test('sends the service definition without the revision and with our token', () => {
    const { request, differences } = planService(creating());
    expect(request).toEqual({
      cluster: 'qa',
      serviceName: 'web',
      desiredCount: 2,
      clientToken: expect.stringMatching(/^[\x21-\x7e]{1,36}$/u),
    });
    expect(differences).toEqual([]);
  });

  test('the token is the same for the same request, and another for everything else', () => {
    const inactive = (createdAt: string): PlanInput =>
      creating({ service: { ...missing('INACTIVE'), definition: { createdAt } } });
    const tokens = [
      tokenOf(creating()),
      tokenOf(creating({ wanted: wanted({}, { account: '210987654321' }) })),
      tokenOf(creating({ wanted: wanted({}, { region: 'eu-west-1' }) })),
      tokenOf(creating({ wanted: wanted({}, { cluster: 'production' }) })),
      tokenOf(creating({ wanted: wanted({}, { service: 'api' }) })),
      tokenOf(creating({ wanted: wanted({}, { identity: 'b'.repeat(64) }) })),
      tokenOf(inactive('2026-11-01T00:00:00.000Z')),
      tokenOf(inactive('2026-11-02T00:00:00.000Z')),
    ];
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokenOf(creating())).toBe(tokens[0]);
  });

  test('of a DAEMON sends no desired count', () => {
    const daemon = { cluster: 'qa', serviceName: 'web', schedulingStrategy: 'DAEMON', desiredCount: 2 };
    const plan = planService(creating({ wanted: wanted({ 'service-definition': daemon }) }));
    expect(plan.request).not.toHaveProperty('desiredCount');
    expect(plan.notes.join()).toContain('DAEMON');
  });

  test('with desired count 0 says that nothing is proven', () => {
    const empty = { cluster: 'qa', serviceName: 'web', desiredCount: 0 };
    const plan = planService(creating({ wanted: wanted({ 'service-definition': empty }) }));
    expect(plan.notes).toEqual([expect.stringContaining('nothing is proven')]);
  });
});

describe('an update', () => {
  test('sends the update without the revision', () => {
    expect(planService(planInput()).request).toEqual({ cluster: 'qa', service: 'web', desiredCount: 2 });
  });

  test('registers the task definition with tags that say what it is and what it replaces', () => {
    const { register } = planService(planInput());
    expect(register?.request).toEqual(wanted().taskDefinition);
    expect(register?.tags).toEqual({
      [tagKeys.project]: 'hid-generator',
      [tagKeys.version]: '1.0.15.RELEASE',
      [tagKeys.identity]: 'a'.repeat(64),
      [tagKeys.applied]: expect.stringMatching(/^[0-9a-f]{64}$/u),
      [tagKeys.environment]: 'QA',
      [tagKeys.cluster]: 'qa',
      [tagKeys.service]: 'web',
      [tagKeys.buildKey]: 'HID-GEN-JOB1-229',
      [tagKeys.buildNumber]: '229',
      [tagKeys.replaces]: 'web:1',
      [tagKeys.replacesDeployment]: 'ecs-svc/1',
      [tagKeys.replacesDesired]: '2',
      [tagKeys.replacesAttributes]: 'none',
    });
  });

  test('tag values hold only what AWS allows, and are found again', () => {
    const odd = wanted({}, { environment: `QA <${'ü'.repeat(300)}>` });
    const tags = planService(planInput({ wanted: odd })).register?.tags ?? {};
    expect(tags[tagKeys.environment]).toBe(`QA _${'ü'.repeat(252)}`);
    const running = { ...revision(1), tags };
    expect(planService(planInput({ wanted: odd, current: running, latest: running })).action).toBe('none');
  });

  const scaled: readonly (readonly [string, Parameters<typeof planInput>[0], unknown, string])[] = [
    ['auto scaling owns the count', { options: { scalable: true } }, undefined, 'is not sent'],
    ['it cannot be asked, the count is the same', { options: { scalable: null } }, 2, ''],
    [
      'it cannot be asked, the count differs',
      { options: { scalable: null }, service: service([deployment({ desired: 5, running: 5 })]) },
      2,
      'could not be asked',
    ],
    [
      'a failed installation had set the scaled service to 0',
      {
        options: { scalable: true },
        service: service([deployment({ desired: 0, running: 0 })]),
        current: revision(1, { outcome: 'failed' }),
      },
      2,
      'had set it to 0',
    ],
    [
      'DAEMON',
      { service: service(undefined, { definition: { schedulingStrategy: 'DAEMON' } }) },
      undefined,
      'DAEMON',
    ],
  ];
  test.each(scaled)('%s', (_name, more, desired, note) => {
    const plan = planService(planInput(more));
    expect(plan.request?.['desiredCount']).toBe(desired);
    expect(plan.notes.join()).toContain(note);
  });

  test('does not bring the desired count back where it does not set it', () => {
    expect(planService(planInput({ options: { scalable: true } }))).not.toHaveProperty('rollbackDesired');
  });

  test('the same revision is started anew with forceNewDeployment, another is not', () => {
    const ours = revisionOf(1, wanted());
    const again = planService(planInput({ current: ours, latest: ours, options: { force: true } }));
    expect(again.request).toMatchObject({ forceNewDeployment: true });
    expect(again).not.toHaveProperty('rollbackTo');
    expect(planService(planInput({ options: { force: true } })).request).not.toHaveProperty(
      'forceNewDeployment',
    );
  });

  test('a deregistered revision is registered again, now or when it is gone back to', () => {
    const gone = revisionOf(1, wanted(), {}, { status: 'INACTIVE' });
    const plan = planService(planInput({ current: gone, latest: null, options: { force: true } }));
    expect(plan.register).toBeDefined();
    expect(plan.request).not.toHaveProperty('forceNewDeployment');
    const other = planService(planInput({ current: revision(1, {}, { status: 'INACTIVE' }), latest: null }));
    expect(other.rollbackTo).toBe('web:1');
    expect(other.notes.join()).toContain('A failure registers the same once more.');
  });

  test('an adopted revision is told what it replaces now and that it is tried again', () => {
    const left = revisionOf(2, wanted(), { replaces: 'web:0', outcome: 'failed' });
    const plan = planService(planInput({ latest: left, options: { force: true } }));
    expect(plan.adoptRevision).toBe(arn(2));
    expect(plan.retag).toEqual({
      [tagKeys.replaces]: 'web:1',
      [tagKeys.replacesDeployment]: 'ecs-svc/1',
      [tagKeys.replacesDesired]: '2',
      [tagKeys.replacesAttributes]: 'none',
      [tagKeys.outcome]: 'retried',
    });
    const current = revisionOf(2, wanted(), { replaces: 'web:1', replacesAttributes: 'none' });
    expect(planService(planInput({ latest: current }))).not.toHaveProperty('retag');
  });

  test('shows the differences of both, and the versions', () => {
    const before = revision(
      1,
      { version: '1.0.14.RELEASE' },
      {
        definition: {
          family: 'web',
          containerDefinitions: [{ name: 'web', image: 'registry.example/web:1.0.14.RELEASE', memory: 256 }],
        },
      },
    );
    const plan: Plan = planService(
      planInput({
        current: before,
        latest: before,
        service: service([deployment({ desired: 1, running: 1 })]),
      }),
    );
    expect(plan.differences.map(({ path }) => path)).toEqual([
      'taskDefinition.containerDefinitions.web.image',
      'service.desiredCount',
    ]);
    expect(plan).toMatchObject({
      versionBefore: '1.0.14.RELEASE',
      version: '1.0.15.RELEASE',
      primaryBefore: 'ecs-svc/1',
    });
    expect(plan.reason).toContain('1.0.14.RELEASE (web:1)');
  });

  test('notes the short ARN only where tags are asked for', () => {
    const short = service(undefined, { arn: serviceArn.replace('/qa/web', '/web') });
    const tagging = wanted({
      'service-update': { service: 'web', cluster: 'qa', enableECSManagedTags: true },
    });
    expect(planService(planInput({ service: short, wanted: tagging })).notes.join()).toContain('short ARN');
    expect(planService(planInput({ service: short })).notes.join()).not.toContain('short ARN');
  });

  test('more tags than AWS allows are refused before anything is registered', () => {
    const tags = Array.from({ length: 45 }, (_, index) => ({ key: `k${index}`, value: '' }));
    const plan = planService(planInput({ wanted: wanted({ 'task-definition': { family: 'web', tags } }) }));
    expect(plan).toMatchObject({ action: 'refuse', reason: expect.stringContaining('56 tags') });
  });
});
