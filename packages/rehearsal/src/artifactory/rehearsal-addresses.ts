// /_rehearsal/…: health, requests, faults, reset. No part of Artifactory.
import type { Machinery } from './answer-request.ts';
import { parseFaults } from './faults.ts';
import { json, type Reply } from './reply.ts';

export function answerRehearsal(machinery: Machinery, method: string, path: string, body: Buffer): Reply {
  const { faults, log, world } = machinery;
  switch (`${method} ${path}`) {
    case 'GET /_rehearsal/health':
      return json(200, {
        status: 'ok',
        kind: 'artifactory',
        edition: world.edition,
        repositories: [...world.repositories],
      });
    case 'GET /_rehearsal/requests':
      return json(200, log.requests);
    case 'DELETE /_rehearsal/requests':
      log.clear();
      return { status: 204 };
    case 'GET /_rehearsal/faults':
      return json(200, faults.list());
    case 'DELETE /_rehearsal/faults':
      faults.clear();
      return { status: 204 };
    case 'POST /_rehearsal/faults':
      return setFaults(machinery, body.toString('utf8'));
    case 'POST /_rehearsal/reset':
      machinery.reset();
      return { status: 204 };
    default:
      return json(404, {
        message: `No such address: ${method} ${path}`,
        known: ['GET health', 'GET|DELETE requests', 'GET|POST|DELETE faults', 'POST reset'],
      });
  }
}

/** Adds to those that are waiting. */
function setFaults({ faults }: Machinery, body: string): Reply {
  const parsed = parseFaults(body);
  if ('problem' in parsed) return json(400, { message: parsed.problem });
  faults.add(parsed.faults);
  return json(200, faults.list());
}
