// Gradle's project files: gradle.properties and build.gradle(.kts), read and never run.
import { quote } from '../path.ts';
import { parseProperties } from './properties.ts';
import { none, plainText, refused, withProject } from './source.ts';
import type { Finding, Reader, SourceFile } from './source.ts';
import { tokenize } from './token.ts';
import type { Token } from './token.ts';

export const readGradleProperties: Reader = (file) => {
  const version = parseProperties(file.text).get('version');
  const finding: Finding =
    version === undefined || version.value.trim() === ''
      ? none('it has no line version=…')
      : {
          kind: 'stated',
          text: version.value,
          flavour: 'template',
          place: { file: file.path, line: version.line },
        };
  return withProject(finding, rootProjectName(file));
};

export const readBuildGradle: Reader = (file) => withProject(versionOf(file), rootProjectName(file));

function versionOf(file: SourceFile): Finding {
  const tokens = tokenize(file.text, 'gradle');
  const values = versionStatements(tokens);
  const [value] = values;
  if (!value) return none('it sets no version');
  const [first] = value;
  const place = first ? { line: first.line, column: first.column } : {};
  if (values.length > 1) {
    return refused(
      file,
      'It sets the version more than once; which one counts is known only when the file runs.',
      place,
    );
  }
  const known = literals(tokens, file);
  const text = first && value.length === 1 ? evaluate(first, known, 5) : null;
  if (text === null) {
    return refused(
      file,
      `The version ${quote(value.map((token) => token.text).join(' '))} is computed when the file runs; it is read, never run.`,
      place,
    );
  }
  return { kind: 'stated', text, flavour: 'template', place: { file: file.path, ...place } };
}

/** The values of `version = …`, `version '…'`, `project.version = …` at the outer level or in `allprojects { … }`. */
function versionStatements(tokens: readonly Token[]): (readonly Token[])[] {
  const found: (readonly Token[])[] = [];
  const blocks: string[] = [];
  // How many of them are of other projects, plugins, dependencies.
  let foreign = 0;
  let head = '';
  let begins = true;
  for (const [index, token] of tokens.entries()) {
    if (token.text === 'version' && token.kind === 'name' && begins && foreign === 0) {
      const equals = tokens[index + 1]?.text === '=';
      const value = statementRest(tokens, index + (equals ? 2 : 1));
      if (equals || value[0]?.kind === 'string') found.push(value);
    }
    if (token.kind === 'operator' && token.text === '{') {
      blocks.push(head);
      if (head !== 'allprojects') foreign++;
    } else if (token.kind === 'operator' && token.text === '}') {
      const closed = blocks.pop();
      if (closed !== undefined && closed !== 'allprojects') foreign--;
    }
    if (token.kind === 'name' && begins) head = token.text;
    // `project.version` begins where `project` does.
    const isOwner = token.kind === 'name' && ['project', 'rootProject', 'this'].includes(token.text);
    begins =
      token.kind === 'newline' ||
      (token.kind === 'operator' && [';', '{', '}'].includes(token.text)) ||
      (begins && isOwner && tokens[index + 1]?.text === '.') ||
      (begins && token.text === '.');
  }
  return found;
}

/** The tokens from there to the end of the statement. */
function statementRest(tokens: readonly Token[], from: number): readonly Token[] {
  let end = from;
  for (let token = tokens[end]; token && !endsStatement(token); token = tokens[++end]);
  return tokens.slice(from, end);
}

function endsStatement({ kind, text }: Token): boolean {
  return kind === 'newline' || (kind === 'operator' && (text === ';' || text === '}'));
}

/** Names with exactly one literal value: `def a = '1'`, `val a = "1"`, `ext.a = '1'`, and the lines of gradle.properties. */
function literals(tokens: readonly Token[], file: SourceFile): ReadonlyMap<string, Token | null> {
  const known = new Map<string, Token | null>();
  const properties = file.read('gradle.properties');
  for (const [name, { value }] of parseProperties(plainText(properties ?? ''))) {
    known.set(name, { kind: 'string', text: value, line: 1, column: 1, depth: 0 });
  }
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || tokens[index + 1]?.text !== '=' || token.text === 'version') continue;
    const [value, after] = tokens.slice(index + 2, index + 4);
    const literal = value?.kind === 'string' && (!after || endsStatement(after)) ? value : null;
    // Set twice: which one counts is not known.
    known.set(token.text, known.has(token.text) ? null : literal);
  }
  return known;
}

/** The text of a string or of a name for one; null when it is not known. `depth` bounds names that lead in a circle. */
function evaluate(token: Token, known: ReadonlyMap<string, Token | null>, depth: number): string | null {
  if (depth === 0) return null;
  if (token.kind === 'name') {
    const value = known.get(token.text);
    return value ? evaluate(value, known, depth - 1) : null;
  }
  if (token.kind !== 'string' || token.computed) return null;
  if (!token.interpolated) return token.text;
  let complete = true;
  const text = token.text.replace(
    /\$(?:\{\s*([\p{L}_][\p{L}\p{N}_]*)\s*\}|([\p{L}_][\p{L}\p{N}_]*)|)/gu,
    (_, braced?: string, bare?: string) => {
      const value = known.get(braced ?? bare ?? '');
      const part = value ? evaluate(value, known, depth - 1) : null;
      if (part === null) complete = false;
      return part ?? '';
    },
  );
  return complete ? text : null;
}

/** `rootProject.name = 'hid-generator'` in settings.gradle(.kts). */
function rootProjectName(file: SourceFile): string | undefined {
  const settings = file.read('settings.gradle') ?? file.read('settings.gradle.kts');
  if (settings === null) return undefined;
  const tokens = tokenize(plainText(settings), 'gradle');
  const at = tokens.findIndex(
    ({ text }, index) =>
      text === 'rootProject' &&
      tokens[index + 1]?.text === '.' &&
      tokens[index + 2]?.text === 'name' &&
      tokens[index + 3]?.text === '=',
  );
  const value = at < 0 ? undefined : tokens[at + 4];
  return value?.kind === 'string' && !value.computed && !value.interpolated ? value.text : undefined;
}
