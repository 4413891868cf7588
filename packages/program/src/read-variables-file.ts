// The file of `bamboo_*=value` lines: read before the settings are, because it holds some of them.
import type { Problem } from '@bamboo-ecs/release';
import { whyUnread } from './file-read.ts';
import type { Files } from './files.ts';

const usualName = 'bamboo-variables.env';
const limit = 1024 * 1024;

export interface VariablesFileRead {
  readonly name: string;
  /** Null when there is none, or none that can be used. */
  readonly text: string | null;
  readonly problems: readonly Problem[];
}

/** The file that is asked for must be there; the one with the usual name may be. */
export async function readVariablesFile(
  files: Files,
  env: Readonly<Record<string, string | undefined>>,
  options: Readonly<Record<string, unknown>>,
): Promise<VariablesFileRead> {
  const asked = [
    options['variables-file'],
    env['bamboo_ecs_variables_file'],
    env['BAMBOO_ECS_VARIABLES_FILE'],
  ]
    .map((value) => (typeof value === 'string' ? value.trim() : ''))
    .find((value) => value !== '');
  const name = asked ?? usualName;
  const read = await files.read(name, limit);
  if (read.kind === 'missing' && asked === undefined) return { name, text: null, problems: [] };
  if (read.kind !== 'file') {
    const hint =
      asked === undefined
        ? 'Mend or remove it; it is read because it has the usual name.'
        : 'Check the path: it is relative to the working directory.';
    return { name, text: null, problems: [problem(name, `the variables file ${whyUnread(read)}`, hint)] };
  }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(read.bytes), problems: [] };
  } catch {
    const message = `the variables file is not UTF-8${looksLikeUtf16(read.bytes) ? ' (it is UTF-16)' : ''}`;
    return { name, text: null, problems: [problem(name, message, 'Write it as UTF-8.')] };
  }
}

function looksLikeUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function problem(file: string, message: string, hint: string): Problem {
  return { severity: 'error', code: 'variables-file', message, place: { file }, hint };
}
