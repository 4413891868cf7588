// What can be wrong with a PUT, by the texts of Artifactory.
import type { Call } from '../client.ts';
import type { Context, Finding } from '../context.ts';

/** 404 on a PUT has two causes, and the second is a refusal in disguise ("hide existence of unauthorized resources"). */
export function explainNotFoundOnWrite(context: Context, words: string): Finding {
  const masked = /could not locate artifact/i.test(words);
  const missing = `there is no local repository "${context.repository}"`;
  const refused = `the file is there already and ${context.who} may not replace it, which servers that hide what one may not see say in this way`;
  const lead = masked ? `Either ${refused}; or ${missing}.` : `Either ${missing}; or ${refused}.`;
  return {
    kind: masked ? 'conflict' : 'not-found',
    lead,
    hint: 'Look whether the address is that of Artifactory and the repository exists and is a local one. If the version is published already, raise the version number: releases are immutable, replacing needs the DELETE permission.',
  };
}

/** 409: the checksums do not fit, or the repository does not take such files. */
export function explainConflict(call: Call, words: string): Finding {
  if (/checksum/i.test(words)) {
    const pairs = [...words.matchAll(/original='([0-9a-f]*)',\s*actual='([0-9a-f]*)'/gi)];
    const [, original, received] = pairs.find(([, one, other]) => one !== '' && one !== other) ?? [];
    const declared = original ?? call.headers?.['x-checksum-sha256'] ?? 'unknown';
    const actual = received ?? /actual is '([0-9a-f]+)'/i.exec(words)?.[1] ?? 'not told';
    return {
      kind: 'corrupt',
      lead: `The server received other bytes than were sent: checksum declared ${declared}, actual ${actual}.`,
      hint: 'Run this again. If it stays so, a proxy in between changes or empties what is uploaded.',
    };
  }
  return {
    kind: 'misconfigured',
    lead: 'The repository does not take this file by its policy (releases, snapshots or checksums).',
    hint: 'Use a local repository of the type Generic that handles releases and snapshots.',
  };
}
