// Where every request to the stand-in comes in: faults, credentials, throttling, then the service that is asked.
import { ThrottleBuckets } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { alarmsTarget, handleAlarmsRequest } from './alarms.ts';
import { faultAnswer } from './fault-answer.ts';
import { Faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { ecsTarget, handleEcsRequest } from './handle-request.ts';
import { accessKeyOf, refusalOf } from './identity.ts';
import type { AuthOptions } from './identity.ts';
import { handleQueryRequest } from './query/handle-query.ts';
import { RequestLog } from './request-log.ts';
import { handleLogsRequest, logsTarget } from './logs.ts';
import { handleScalingRequest, scalingTarget } from './scaling.ts';
import { jsonError, withRequestId, xmlError } from './wire.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

export interface FrontDoorOptions {
  readonly auth?: AuthOptions;
  /** Whether AWS's documented request quotas are kept. Default false. */
  readonly throttling?: boolean;
}

export type Reply =
  | { readonly kind: 'answer'; readonly answer: WireAnswer; readonly delayMs: number }
  | { readonly kind: 'dropped' };

export class FrontDoor {
  simulation: EcsSimulation;
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly #options: FrontDoorOptions;
  #buckets = new ThrottleBuckets();

  constructor(simulation: EcsSimulation, options: FrontDoorOptions = {}) {
    this.simulation = simulation;
    this.#options = options;
  }

  /** A new simulation, an empty log, no faults, full buckets. */
  reset(simulation: EcsSimulation): void {
    this.simulation = simulation;
    this.faults.set([]);
    this.log.clear();
    this.#buckets = new ThrottleBuckets();
  }

  reply(request: WireRequest): Reply {
    const number = this.log.next();
    const operation = operationOf(request);
    const at = this.simulation.now;
    const faults = this.faults.hit(operation);
    const kinds = new Set(faults.map(({ kind }) => kind));
    const answer = kinds.has('drop-before')
      ? null
      : withRequestId(this.#answer(request, operation, faults), number, request);
    const dropped = answer === null || kinds.has('drop-after');
    const error = answer === null ? undefined : answer.headers['x-amzn-errortype'];
    this.log.add({
      number,
      at,
      operation,
      status: dropped ? null : answer.status,
      ...(error === undefined ? {} : { error }),
      body: request.body.slice(0, 65_536),
    });
    if (dropped) return { kind: 'dropped' };
    return { kind: 'answer', answer, delayMs: Math.max(0, ...faults.map((fault) => fault.ms ?? 0)) };
  }

  #answer(request: WireRequest, operation: string, faults: readonly Fault[]): WireAnswer {
    const query = isQuery(request);
    const refuse = (code: string, message: string, status = 400): WireAnswer =>
      query ? xmlError(code, message, status) : jsonError(code, message, status);
    for (const fault of faults) {
      const answer = faultAnswer(fault, operation, accessKeyOf(request), this.simulation, refuse);
      if (answer !== null) return answer;
    }
    const refusal = refusalOf(this.#options.auth, request);
    if (refusal !== null) return refuse(refusal.code, refusal.message, query ? 403 : 400);
    if (this.#options.throttling === true && !this.#buckets.take(operation, this.simulation.now)) {
      return refuse('ThrottlingException', 'Rate exceeded');
    }
    return this.#serve(request);
  }

  #serve(request: WireRequest): WireAnswer {
    if (isQuery(request)) {
      const parameters = new URLSearchParams(request.body);
      return handleQueryRequest(this.simulation, { parameters, accessKey: accessKeyOf(request) });
    }
    const target = request.headers['x-amz-target'] ?? '';
    if (target.startsWith(`${scalingTarget}.`))
      return handleScalingRequest(this.simulation, target, request.body);
    if (target.startsWith(`${alarmsTarget}.`))
      return handleAlarmsRequest(this.simulation, target, request.body);
    if (target.startsWith(`${logsTarget}.`)) return handleLogsRequest(this.simulation, target, request.body);
    return handleEcsRequest(this.simulation, target, request.body);
  }
}

function isQuery(request: WireRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

/** `DescribeServices`, `GetCallerIdentity`; what cannot be told is `unknown`. */
export function operationOf(request: WireRequest): string {
  if (isQuery(request)) return new URLSearchParams(request.body).get('Action') ?? 'unknown';
  const target = request.headers['x-amz-target'] ?? '';
  const [service = '', operation = ''] = target.split('.', 2);
  return operation !== '' && [ecsTarget, scalingTarget, logsTarget, alarmsTarget].includes(service)
    ? operation
    : target || 'unknown';
}
