import type { Call } from '../client.ts';
import type { Context, Finding } from '../context.ts';

/** 403: known, but without the right. */
export function explainForbidden(context: Context, call: Call, words: string): Finding {
  const { repository, who } = context;
  if (/recurrent login failures|too many.*(login|attempts)|user is locked/i.test(words)) {
    return {
      kind: 'forbidden',
      lead: 'The server has locked out this user or machine after too many failed logins.',
      hint: 'Correct artifactory-password first, then wait or let an administrator unlock the user.',
    };
  }
  if (call.method === 'PUT' && isOverwrite(words)) return overwriteRefused(who);
  if (call.method === 'PUT' && /(include|exclude).*pattern/i.test(words)) {
    return {
      kind: 'misconfigured',
      lead: `The include or exclude patterns of the repository "${repository}" keep the file out.`,
      hint: 'Let an administrator admit *.json and *.html there, or name another repository.',
    };
  }
  const right = call.method === 'PUT' ? 'Deploy/Cache' : 'Read';
  const known = who === 'anonymous' ? ', or set artifactory-user and artifactory-password' : '';
  return {
    kind: 'forbidden',
    lead: `${who === 'anonymous' ? 'Without credentials one' : who} may not ${right === 'Read' ? 'read' : 'deploy'} there.`,
    hint: `Let an administrator give the permission ${right} on the repository "${repository}"${known}.`,
  };
}

/** "Not enough permissions to delete/overwrite artifact 'repo:path' (user: 'u' needs DELETE permission)." */
function isOverwrite(words: string): boolean {
  return /delete\/overwrite|overwrite artifact|needs? delete permission/i.test(words);
}

export function overwriteRefused(who: string): Finding {
  return {
    kind: 'conflict',
    lead: `Other content is published there already and is immutable for ${who}: replacing it needs the DELETE permission ("Delete/Overwrite").`,
    hint: 'A RELEASE is never replaced: raise the version number. In a repository of MILESTONEs give the user Delete/Overwrite.',
  };
}
