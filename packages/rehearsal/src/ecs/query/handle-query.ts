// The AWS query protocol (XML): Security Token Service and Elastic Load Balancing, as far as somebody needs them beside ECS.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { xmlAnswer, xmlError, zeroId } from '../wire.ts';
import type { WireAnswer } from '../wire.ts';
import { classicActions, classicVersion } from './classic-elb.ts';
import { elbActions } from './elb.ts';
import { getCallerIdentity } from './sts.ts';

export interface QueryRequest {
  readonly parameters: URLSearchParams;
  readonly accessKey: string | undefined;
}

/** The inner XML of the result. */
export type QueryAction = (simulation: EcsSimulation, request: QueryRequest) => string;

const namespaces = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  elb: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  classic: `http://elasticloadbalancing.amazonaws.com/doc/${classicVersion}/`,
};

export function handleQueryRequest(simulation: EcsSimulation, request: QueryRequest): WireAnswer {
  const action = request.parameters.get('Action') ?? '';
  const version = request.parameters.get('Version') ?? '';
  const actions = version === classicVersion ? classicActions : elbActions;
  const elb = Object.hasOwn(actions, action) ? actions[action] : undefined;
  const act = action === 'GetCallerIdentity' ? getCallerIdentity : elb;
  if (act === undefined) return xmlError('InvalidAction', `The stand-in does not know the action ${action}.`);
  try {
    const result = act(simulation, request);
    const balancing = version === classicVersion ? namespaces.classic : namespaces.elb;
    const namespace = elb === undefined ? namespaces.sts : balancing;
    const inner = `<${action}Result>${result}</${action}Result>`;
    const meta = `<ResponseMetadata><RequestId>${zeroId}</RequestId></ResponseMetadata>`;
    return xmlAnswer(`<${action}Response xmlns="${namespace}">${inner}${meta}</${action}Response>`);
  } catch (error) {
    if (error instanceof EcsSimulationError) return xmlError(error.code, error.message);
    throw error;
  }
}
