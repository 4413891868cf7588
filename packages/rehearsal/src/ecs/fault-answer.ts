// What a fault answers.
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import type { Fault } from './faults.ts';
import type { WireAnswer } from './wire.ts';

/** The answer that a fault gives, with AWS's words; null when it gives none of its own. */
export function faultAnswer(
  fault: Fault,
  operation: string,
  accessKey: string | undefined,
  simulation: EcsSimulation,
  refuse: (code: string, message: string, status?: number) => WireAnswer,
): WireAnswer | null {
  switch (fault.kind) {
    case 'deny': {
      const { account } = simulation.world.settings;
      const who = `arn:aws:iam::${account}:user/${accessKey ?? 'anonymous'}`;
      const what = `ecs:${operation}`;
      const why = `because no identity-based policy allows the ${what} action`;
      const message = `User: ${who} is not authorized to perform: ${what} on resource: * ${why}`;
      return refuse('AccessDeniedException', fault.message ?? message);
    }
    case 'throttle':
      return refuse('ThrottlingException', 'Rate exceeded');
    case 'expired-token':
      return refuse('ExpiredTokenException', 'The security token included in the request is expired');
    case 'error-500':
      return refuse('ServerException', 'Service Unavailable. Please try again later.', 500);
    case 'html-500':
      return {
        status: 500,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><h1>500 Internal Server Error</h1></body></html>',
      };
    case 'error':
      return refuse(
        fault.code ?? 'ServerException',
        fault.message ?? 'A fault was asked for.',
        fault.status ?? 400,
      );
    case 'drop-before':
    case 'drop-after':
    case 'latency':
    default:
      return null;
  }
}
