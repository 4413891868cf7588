// Which release: what the build handed on, an exact version, a range, or the version in Bamboo's release name.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import {
  checkProjectName,
  findVersion,
  formatVersion,
  parseVersion,
  parseVersionRange,
  type Problem,
  type Result,
  type Tag,
  type Version,
  type VersionRange,
} from '@bamboo-ecs/release';

export interface WantedRelease {
  readonly project: string;
  readonly tag: Tag;
  readonly wanted:
    | { readonly kind: 'exact'; readonly version: Version; readonly manifestSha256?: string }
    | { readonly kind: 'range'; readonly range: VersionRange };
  /** For the log: the variable or setting that said so. */
  readonly origin: string;
}

/** Settings and variables in the order of the design; problems of project and version together. */
export function resolveRelease(context: RunContext): WantedRelease {
  const problems: Problem[] = [];
  const project = projectName(context, problems);
  const version = wantedVersion(context);
  if (!version.ok) problems.push(...version.problems);
  if (problems.length > 0 || !version.ok || project === undefined) throw misconfigured('release', problems);
  return { project, ...version.value };
}

/** The project as set, or as the build has handed it on; undefined after a problem was added. */
export function projectName(context: RunContext, problems: Problem[]): string | undefined {
  const handedOn = context.variables['bamboo_inject_project'];
  const name = context.settings.text('project') ?? (handedOn === '' ? undefined : handedOn);
  if (name === undefined) {
    problems.push({
      severity: 'error',
      code: 'no-project',
      message: 'the project is not known: neither the setting project nor bamboo_inject_project is there',
      place: { variable: 'project' },
      hint: 'Set ecs.project to the artifact name, or inject the bamboo.properties of the build with scope RESULT.',
    });
    return undefined;
  }
  const checked = checkProjectName(name);
  if (checked.ok) return checked.value;
  problems.push(
    ...checked.problems.map((problem) => ({ ...problem, place: { ...problem.place, variable: 'project' } })),
  );
  return undefined;
}

type Version_ = Omit<WantedRelease, 'project'>;

function wantedVersion(context: RunContext): Result<Version_> {
  const deployment = deploymentContext(context.variables);
  const stated = context.settings.text('release');
  if (stated !== undefined) return fromSetting(stated, context.settings.origin('release') ?? 'release');
  if (deployment.injectVersion) return fromInject(deployment.injectVersion, deployment.injectManifestSha256);
  if (deployment.release) return fromReleaseName(deployment.release);
  const ignored =
    context.variables['bamboo_inject_published'] === 'false'
      ? ' (the build says published=false: its branch is ignored)'
      : '';
  return {
    ok: false,
    problems: [
      {
        severity: 'error',
        code: 'no-release',
        message: `no release is named: release, bamboo_inject_version and bamboo_deploy_release are all missing or empty${ignored}`,
        place: { variable: 'release' },
        hint: 'Inject the bamboo.properties of the build with scope RESULT, or name the releases after the version: ${bamboo.inject.version}.',
      },
    ],
  };
}

function fromSetting(text: string, origin: string): Result<Version_> {
  const range = parseVersionRange(text);
  if (range.ok) return { ok: true, value: { ...wantedBy(range.value), origin } };
  // A whole Bamboo release name will do, too: `hid-generator-1.0.15.RELEASE`.
  const found = findVersion(text);
  if (found.ok) return { ok: true, value: { ...exactly(found.value), origin } };
  return {
    ok: false,
    problems: range.problems.map((problem) => ({
      ...problem,
      place: { ...problem.place, variable: 'release' },
    })),
  };
}

function wantedBy(range: VersionRange): Pick<WantedRelease, 'tag' | 'wanted'> {
  return range.kind === 'exact'
    ? exactly(range.version)
    : { tag: range.tag, wanted: { kind: 'range', range } };
}

function exactly(version: Version): Pick<WantedRelease, 'tag' | 'wanted'> {
  return { tag: version.tag, wanted: { kind: 'exact', version } };
}

function fromInject(text: string, manifestSha256: string | undefined): Result<Version_> {
  const parsed = parseVersion(text);
  const origin = 'bamboo_inject_version';
  if (!parsed.ok)
    return {
      ok: false,
      problems: parsed.problems.map((problem) => ({ ...problem, place: { variable: origin } })),
    };
  const exact = { kind: 'exact' as const, version: parsed.value };
  return {
    ok: true,
    value: { tag: parsed.value.tag, wanted: manifestSha256 ? { ...exact, manifestSha256 } : exact, origin },
  };
}

function fromReleaseName(name: string): Result<Version_> {
  const found = findVersion(name);
  const origin = 'bamboo_deploy_release';
  if (!found.ok)
    return {
      ok: false,
      problems: found.problems.map((problem) => ({ ...problem, place: { variable: origin } })),
    };
  return {
    ok: true,
    value: {
      tag: found.value.tag,
      wanted: { kind: 'exact', version: found.value },
      origin: `${origin} ${JSON.stringify(name)}`,
    },
  };
}

export function wantedText(release: WantedRelease): string {
  return release.wanted.kind === 'exact' ? formatVersion(release.wanted.version) : release.wanted.range.text;
}
