// setup.py, read as text. What its code would do is not guessed.
import { readPythonModule, valueOf } from './python-module.ts';
import type { PythonModule } from './python-module.ts';
import { none, refused, withProject } from './source.ts';
import type { Finding, Reader } from './source.ts';
import type { Token } from './token.ts';

export const readSetupPy: Reader = (file) => {
  const module = readPythonModule(file.text);
  const calls = setupCalls(module.tokens).map(keywordArguments);
  const [call] = calls;
  if (!call) return none('it calls no setup()');
  if (calls.length > 1) {
    return refused(
      file,
      'There are several calls of setup(); which one counts is known only when the file runs.',
    );
  }
  const name = call.get('name');
  const project = name ? valueOf(module, name, {}) : null;
  return withProject(versionOf(module, call), project?.ok ? project.text : undefined);

  function versionOf(module: PythonModule, keywords: ReadonlyMap<string, readonly Token[]>): Finding {
    const version = keywords.get('version');
    if (!version) {
      if (keywords.has('use_scm_version')) {
        return refused(file, 'The version comes from git tags (use_scm_version), not from this file.');
      }
      return none('its setup() names no version');
    }
    const value = valueOf(module, version, { file: file.path });
    if (!value.ok) {
      return refused(
        file,
        `The version of setup() cannot be read: ${value.reason}. Python files are read, never run.`,
        value.place,
      );
    }
    return { kind: 'stated', text: value.text, flavour: 'pep440', place: value.place };
  }
};

/** The arguments of each call of `setup(…)` or `….setup(…)`. */
function setupCalls(tokens: readonly Token[]): (readonly Token[])[] {
  const calls: (readonly Token[])[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (!callsSetup(tokens, index)) continue;
    const depth = tokens[index]?.depth ?? 0;
    const start = index + 2;
    let end = start;
    for (let token = tokens[end]; token && !closes(token, depth); token = tokens[++end]);
    if (end === tokens.length) break;
    calls.push(tokens.slice(start, end));
    index = end;
  }
  return calls;
}

function callsSetup(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind !== 'name' || token.text !== 'setup' || tokens[index + 1]?.text !== '(') return false;
  const before = tokens[index - 1];
  if (before?.kind === 'name' && before.text === 'def') return false;
  return before?.text !== '.' || ['setuptools', 'core'].includes(tokens[index - 2]?.text ?? '');
}

function closes({ kind, text, depth }: Token, atDepth: number): boolean {
  return kind === 'operator' && text === ')' && depth === atDepth;
}

function keywordArguments(tokens: readonly Token[]): ReadonlyMap<string, readonly Token[]> {
  const depth = tokens.reduce((least, token) => Math.min(least, token.depth), Infinity);
  const keywords = new Map<string, readonly Token[]>();
  let argument: Token[] = [];
  const finish = (): void => {
    const [name, equals] = argument;
    if (name?.kind === 'name' && equals?.kind === 'operator' && equals.text === '=') {
      keywords.set(name.text, argument.slice(2));
    }
    argument = [];
  };
  for (const token of tokens) {
    if (token.kind === 'operator' && token.text === ',' && token.depth === depth) finish();
    else argument.push(token);
  }
  finish();
  return keywords;
}
