// The AWS query protocol (XML): Security Token Service, Identity and Access Management and Elastic Load Balancing, as far as somebody needs them beside ECS.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { xmlAnswer, xmlError, zeroId } from '../wire.ts';
import type { WireAnswer } from '../wire.ts';
import { classicActions, classicVersion } from './classic-elb.ts';
import { elbActions } from './elb.ts';
import { iamActions, iamVersion } from './iam.ts';
import { getCallerIdentity } from './sts.ts';

export interface QueryRequest {
  readonly parameters: URLSearchParams;
  readonly accessKey: string | undefined;
}

/** The inner XML of the result. */
export type QueryAction = (simulation: EcsSimulation, request: QueryRequest) => string;

interface QueryService {
  readonly namespace: string;
  readonly actions: Readonly<Record<string, QueryAction>>;
}

const sts = {
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  actions: { GetCallerIdentity: getCallerIdentity },
};
const elb = {
  namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  actions: elbActions,
};
/** Of different services on one port the version tells which is meant. */
const byVersion: ReadonlyMap<string, QueryService> = new Map([
  [
    classicVersion,
    {
      namespace: `http://elasticloadbalancing.amazonaws.com/doc/${classicVersion}/`,
      actions: classicActions,
    },
  ],
  [iamVersion, { namespace: `https://iam.amazonaws.com/doc/${iamVersion}/`, actions: iamActions }],
]);

export function handleQueryRequest(simulation: EcsSimulation, request: QueryRequest): WireAnswer {
  const action = request.parameters.get('Action') ?? '';
  const version = request.parameters.get('Version') ?? '';
  const asked = byVersion.get(version) ?? elb;
  const { namespace, actions }: QueryService = action === 'GetCallerIdentity' ? sts : asked;
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (act === undefined) return xmlError('InvalidAction', `The stand-in does not know the action ${action}.`);
  try {
    const inner = `<${action}Result>${act(simulation, request)}</${action}Result>`;
    const meta = `<ResponseMetadata><RequestId>${zeroId}</RequestId></ResponseMetadata>`;
    return xmlAnswer(`<${action}Response xmlns="${namespace}">${inner}${meta}</${action}Response>`);
  } catch (error) {
    if (error instanceof EcsSimulationError)
      return xmlError(error.code, error.message, error.code === 'NoSuchEntity' ? 404 : 400);
    throw error;
  }
}
