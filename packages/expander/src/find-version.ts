// Version from branch and project: `1.0.15` and `master` make `1.0.15.RELEASE`; a branch outside the map is ignored.
import { resolveBranch } from '@bamboo-ecs/bamboo';
import { misconfigured, type Files, type RunContext } from '@bamboo-ecs/program';
import {
  checkProjectName,
  defaultBranchMap,
  formatVersion,
  parseBranchMap,
  parseVersion,
  parseVersionNumbers,
  readVersionSource,
  tagOfBranch,
  versionSourceNames,
  type Problem,
  type Tag,
  type Version,
  type VersionNumbers,
} from '@bamboo-ecs/release';

export type FoundVersion =
  | {
      readonly kind: 'version';
      readonly project: string;
      readonly version: string;
      readonly parsed: Version;
      readonly tag: Tag;
      readonly branch: string;
    }
  | { readonly kind: 'ignored'; readonly branch: string; readonly reason: string };

const sourceLimit = 1024 * 1024;

/** Everything that is wrong with branch, version and project is reported at once. */
export async function findVersion(context: RunContext): Promise<FoundVersion> {
  const { settings } = context;
  const problems: Problem[] = [];
  const branch = resolveBranch(context.variables, settings.text('branch'));
  const mapText = settings.text('branches');
  const map =
    mapText === undefined ? { ok: true as const, value: defaultBranchMap } : parseBranchMap(mapText);
  if (!map.ok) problems.push(...map.problems.map((problem) => at(problem, 'branches')));
  if (branch.kind === 'problem') problems.push(...branch.problems);

  const tag = branch.kind === 'branch' && map.ok ? tagOfBranch(map.value, branch.branch) : null;
  if (problems.length === 0) {
    if (branch.kind === 'pull-request')
      return { kind: 'ignored', branch: branch.branch, reason: branch.reason };
    if (branch.kind === 'branch' && tag === null)
      return {
        kind: 'ignored',
        branch: branch.branch,
        reason: `the branch ${branch.branch} is not in the branch map (${mapText ?? 'master=RELEASE,development=MILESTONE'})`,
      };
  }
  const source = await versionSource(context, problems);
  const project = projectName(context, source?.project, problems);
  const numbers = statedVersion(context, tag, problems) ?? source?.numbers;
  if (problems.length > 0 || !numbers || !tag || !project || branch.kind !== 'branch')
    throw misconfigured('version', problems);
  return {
    kind: 'version',
    project,
    version: formatVersion({ ...numbers, tag }),
    parsed: { ...numbers, tag },
    tag,
    branch: branch.branch,
  };
}

function at(problem: Problem, variable: string): Problem {
  return { ...problem, place: { ...problem.place, variable } };
}

/** The setting `version`: `1.0.15`, or with a tag that must be the branch's own. */
function statedVersion(
  context: RunContext,
  tag: Tag | null,
  problems: Problem[],
): VersionNumbers | undefined {
  const text = context.settings.text('version');
  if (text === undefined) return undefined;
  const whole = parseVersion(text);
  if (whole.ok) {
    if (tag !== null && whole.value.tag !== tag)
      problems.push({
        severity: 'error',
        code: 'version-tag',
        message: `the version ${text} says ${whole.value.tag}, but this branch gives ${tag}`,
        place: { variable: 'version' },
        hint: 'Give the numbers alone (1.0.15), or change the branch map (setting branches).',
      });
    return whole.value;
  }
  const numbers = parseVersionNumbers(text);
  if (numbers.ok) return numbers.value;
  problems.push(...numbers.problems.map((problem) => at(problem, 'version')));
  return undefined;
}

interface Source {
  readonly file: string;
  readonly project?: string;
  readonly numbers?: VersionNumbers;
}

/** The file that holds the version: the one that is set, or the ones found, which must agree. */
async function versionSource(context: RunContext, problems: Problem[]): Promise<Source | undefined> {
  const { settings, files } = context;
  const asked = settings.text('version-file');
  const names = asked === undefined ? await presentSources(files) : [asked];
  const needed = settings.text('version') === undefined;
  const found: Source[] = [];
  const failures: Problem[] = [];
  for (const name of names) {
    const texts = await preload(files, name);
    const result = readVersionSource(name, (file) => texts.get(file) ?? null);
    if (result.ok) {
      found.push({
        file: name,
        numbers: result.value.numbers,
        ...(result.value.project ? { project: result.value.project } : {}),
      });
      for (const warning of result.warnings ?? []) context.warn([warning]);
      if (result.value.note && needed) context.say(`${name}: ${result.value.note}`, 'detail');
    } else failures.push(...result.problems);
  }
  const [first] = found;
  if (!first) {
    if (needed) problems.push(...(failures.length > 0 ? failures : [noSource(asked)]));
    return undefined;
  }
  const key = (source: Source): string => JSON.stringify(source.numbers);
  if (needed && found.some((source) => key(source) !== key(first))) {
    const each = found.map((source) => `${source.file} says ${numbersText(source.numbers)}`).join(', ');
    problems.push({
      severity: 'error',
      code: 'version-sources-differ',
      message: `several files hold a version and they do not agree: ${each}`,
      hint: `Name the right one: version-file=${first.file}`,
    });
  }
  if (needed) context.say(`Version ${numbersText(first.numbers)} from ${first.file}`, 'detail');
  return first;
}

function numbersText(numbers: VersionNumbers | undefined): string {
  return numbers ? `${numbers.major}.${numbers.minor}.${numbers.patch}` : '?';
}

async function presentSources(files: Files): Promise<string[]> {
  const present = new Set(await files.list('.'));
  return versionSourceNames.filter((name) => present.has(name));
}

/** The pure reader asks for files by name; those that a source may refer to are small texts beside or below it. */
async function preload(files: Files, name: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const wanted = [name];
  for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
    if (texts.has(next)) continue;
    const read = await files.read(next, sourceLimit);
    if (read.kind !== 'file') continue;
    texts.set(next, new TextDecoder().decode(read.bytes));
    const asked = new Set<string>();
    readVersionSource(name, (file) => {
      if (!texts.has(file)) asked.add(file);
      return texts.get(file) ?? null;
    });
    for (const file of asked) if (!texts.has(file) && texts.size + wanted.length < 50) wanted.push(file);
  }
  return texts;
}

function noSource(asked: string | undefined): Problem {
  return {
    severity: 'error',
    code: 'no-version',
    message:
      asked === undefined
        ? `no version is set and none of ${versionSourceNames.join(', ')} is here`
        : `the version file ${asked} is not there`,
    place: { variable: asked === undefined ? 'version' : 'version-file' },
    hint: 'Set version=1.0.15, or version-file to the file that holds it.',
  };
}

function projectName(
  context: RunContext,
  fromFile: string | undefined,
  problems: Problem[],
): string | undefined {
  const name = context.settings.text('project') ?? fromFile;
  if (name === undefined) {
    problems.push({
      severity: 'error',
      code: 'no-project',
      message: 'the project has no name: none is set and the project file gives none',
      place: { variable: 'project' },
      hint: 'Set project to the artifact name, e.g. bamboo_ecs_project=hid-generator.',
    });
    return undefined;
  }
  const checked = checkProjectName(name);
  if (checked.ok) return checked.value;
  problems.push(...checked.problems.map((problem) => at(problem, 'project')));
  return undefined;
}
