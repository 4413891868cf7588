// A status that is no success, told with its cause and what to do. The texts that are recognised are Artifactory's own.
import type { RepositoryError } from '@bamboo-ecs/repository';
import type { Answer, Call } from '../client.ts';
import { attemptsOf, replyError } from '../context.ts';
import type { Context, Finding } from '../context.ts';
import type { Reply } from '../exchange.ts';
import { isRedirect } from '../follow.ts';
import { explainForbidden } from './forbidden.ts';
import { explainRedirect } from './redirect.ts';
import { isBusy } from '../retry.ts';
import { serverWords } from '../server-words.ts';
import { explainConflict, explainNotFoundOnWrite } from './write.ts';

export function explainStatus(context: Context, call: Call, reply: Reply, answer: Answer): RepositoryError {
  return replyError(context, call, reply, find(context, call, reply, answer));
}

function find(context: Context, call: Call, reply: Reply, answer: Answer): Finding {
  const words = serverWords(reply);
  if (reply.proxy !== undefined) {
    const { lead, hint, passing } = reply.proxy;
    return { kind: passing ? 'unreachable' : 'misconfigured', lead, hint };
  }
  if (isRedirect(reply)) return explainRedirect(call, reply);
  if (isBusy(reply.status)) return explainBusy(reply.status, answer);
  if (answer.elsewhere && (reply.status === 401 || reply.status === 403)) return explainElsewhere(reply);
  switch (reply.status) {
    case 400:
      return explainBadRequest(words);
    case 401:
      return explainUnauthenticated(context, words);
    case 403:
      return explainForbidden(context, call, words);
    case 404:
      return call.method === 'PUT' ? explainNotFoundOnWrite(context, words) : explainMissing();
    case 405:
      return {
        kind: 'misconfigured',
        lead: `The server does not allow ${call.method} there.`,
        hint: `If "${context.repository}" is a virtual repository, give it a default deployment repository or name the local one. Else look whether the address of the repository is Artifactory's own.`,
      };
    case 407:
      return {
        kind: 'misconfigured',
        lead: 'The proxy asks for credentials, or refuses those that it got.',
        hint: 'Put them into HTTPS_PROXY or HTTP_PROXY (http://user:password@proxy:port), or name the host in NO_PROXY.',
      };
    case 409:
      return explainConflict(call, words);
    case 413:
      return {
        kind: 'misconfigured',
        lead: 'The server finds the file too large, or its storage quota is used up.',
        hint: 'Ask the administrator of Artifactory for the quota and for the limit of the proxy in front of it (client_max_body_size of nginx).',
      };
    case 414:
    case 431:
      return {
        kind: 'misconfigured',
        lead: 'The server finds the address with its properties too long.',
        hint: 'Shorten the names (project, branch, build), or raise the limit of the proxy in front of Artifactory.',
      };
    default:
      return {
        kind: reply.status >= 500 ? 'unreachable' : 'misconfigured',
        lead: 'The server did not do what it was asked.',
        hint: 'Look into the log of Artifactory (or of the proxy in front of it) at this time.',
      };
  }
}

function explainBusy(status: number, answer: Answer): Finding {
  const waited = answer.askedToWait;
  const lead =
    waited === null
      ? `The server could not answer, in ${attemptsOf(answer)}.`
      : `The server asks to wait ${Math.ceil(waited / 1000)} s, which is longer than this program waits.`;
  const hint =
    status === 429
      ? 'Run this again later: the server is limiting how often it is asked.'
      : 'Run this again when the server is well; what is published already stays as it is.';
  return { kind: 'unreachable', lead, hint };
}

function explainElsewhere(reply: Reply): Finding {
  const { origin } = new URL(reply.url);
  return {
    kind: 'misconfigured',
    lead: `The server sent us on to ${origin}, where our credentials are not sent, and access was refused there.`,
    hint: `If ${origin} is Artifactory itself, write that address into the setting "repository" (https, not http).`,
  };
}

function explainMissing(): Finding {
  return {
    kind: 'unreachable',
    lead: 'The server sent us on to a place where the file is not.',
    hint: 'Run this again; if it stays so, the storage behind Artifactory has lost the file.',
  };
}

function explainBadRequest(words: string): Finding {
  if (/available only in (JFrog )?Artifactory (Pro|Enterprise)/i.test(words)) {
    return {
      kind: 'misconfigured',
      lead: 'This edition of Artifactory lacks the function (it is part of Artifactory Pro), or its licence is not active.',
      hint: 'bamboo-ecs needs only what the free edition has: look whether the address is right, and whether the licence has run out.',
    };
  }
  return {
    kind: 'misconfigured',
    lead: 'The server does not understand the request.',
    hint: 'Look at its words and at the address of the repository; a proxy in between may have changed the request.',
  };
}

function explainUnauthenticated(context: Context, words: string): Finding {
  const set = 'Set artifactory-user and artifactory-password (password, API key or access token).';
  if (context.who === 'anonymous') {
    return { kind: 'unauthenticated', lead: 'The server asks for credentials, and none are set.', hint: set };
  }
  if (/expired/i.test(words)) {
    return {
      kind: 'unauthenticated',
      lead: `The credentials (${context.who}) have expired.`,
      hint: 'Make a new access token and set it as artifactory-password.',
    };
  }
  return {
    kind: 'unauthenticated',
    lead: `The server does not accept the credentials (${context.who}).`,
    hint: `${set} They were sent once only: repeated failures lock a user out.`,
  };
}
