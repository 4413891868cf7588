import { redactAddress } from '@bamboo-ecs/repository';
import type { Call } from '../client.ts';
import { shownUrl } from '../client.ts';
import type { Finding } from '../context.ts';
import type { Reply } from '../exchange.ts';
import { headerOf } from '../follow.ts';

/** A redirect that was not followed: every one on a write, and on a read a chain without an end or without a place. */
export function explainRedirect(call: Call, reply: Reply): Finding {
  const header = headerOf(reply, 'location') ?? '';
  const location = URL.canParse(header, reply.url) ? new URL(header, reply.url).href : header;
  const shown = location === '' ? 'without saying where' : `to ${redactAddress(shownUrl(location))}`;
  if (call.method === 'PUT') {
    return {
      kind: 'misconfigured',
      lead: `The server redirects ${shown}. A write is not sent on, because its content may get lost on the way.`,
      hint: `Write the address that it redirects to into the setting "repository"${secureHint(call.url, location)}.`,
    };
  }
  return {
    kind: 'misconfigured',
    lead: `The server redirects ${shown}, and that leads nowhere.`,
    hint: 'Look whether the address of the repository is right, and at the proxy in front of Artifactory.',
  };
}

function secureHint(from: string, to: string): string {
  return from.startsWith('http:') && to.startsWith('https:') ? ' (https, not http)' : '';
}
