// What Bamboo says of a build and of a deployment (Atlassian: "Bamboo variables", "Variables for deployment environments").
import { given } from './variables.ts';

type Variables = Readonly<Record<string, string>>;

export interface BuildContext {
  readonly revision?: string;
  readonly branch?: string;
  /** Result key with its number, `PROJ-PLAN-JOB1-229`; the job's key where there is none. */
  readonly buildKey?: string;
  readonly buildNumber?: string;
  readonly buildUrl?: string;
  readonly planName?: string;
}

export function buildContext(variables: Variables): BuildContext {
  const first = (...names: string[]): string | undefined =>
    names.map((name) => given(variables, name)).find((value) => value !== undefined);
  return withoutUndefined({
    revision: first(
      'bamboo_planRepository_revision',
      'bamboo_planRepository_1_revision',
      'bamboo_repository_revision_number',
    ),
    branch: first(...branchVariables),
    buildKey: first('bamboo_buildResultKey', 'bamboo_buildKey'),
    buildNumber: first('bamboo_buildNumber'),
    // In a deployment, `resultsUrl` is the address of the deployment.
    buildUrl:
      first('bamboo_buildResultsUrl') ?? (isDeployment(variables) ? undefined : first('bamboo_resultsUrl')),
    planName: first('bamboo_planName', 'bamboo_planKey'),
  });
}

function isDeployment(variables: Variables): boolean {
  return ['bamboo_deploy_environment', 'bamboo_deploy_project'].some(
    (name) => given(variables, name) !== undefined,
  );
}

/** Where the branch stands, in this order. */
export const branchVariables = [
  'bamboo_planRepository_branchName',
  'bamboo_planRepository_1_branchName',
  'bamboo_planRepository_branch',
  'bamboo_repository_git_branch',
  'bamboo_repository_branch_name',
] as const;

export interface DeploymentContext {
  readonly environment?: string;
  readonly project?: string;
  /** The release's name, `bamboo_deploy_release` (= `bamboo_deploy_version`). */
  readonly release?: string;
  readonly previous?: string;
  /** Bamboo says that this release is older than the one it replaces. */
  readonly rollback: boolean;
  readonly injectVersion?: string;
  readonly injectManifestSha256?: string;
  readonly resultsUrl?: string;
}

export function deploymentContext(variables: Variables): DeploymentContext {
  const value = (name: string): string | undefined => given(variables, name);
  return {
    rollback: value('bamboo_deploy_rollback')?.toLowerCase() === 'true',
    ...withoutUndefined({
      environment: value('bamboo_deploy_environment'),
      project: value('bamboo_deploy_project'),
      release: value('bamboo_deploy_release') ?? value('bamboo_deploy_version'),
      previous: value('bamboo_deploy_release_previous') ?? value('bamboo_deploy_version_previous'),
      injectVersion: value('bamboo_inject_version'),
      injectManifestSha256: value('bamboo_inject_manifest_sha256'),
      resultsUrl: value('bamboo_resultsUrl'),
    }),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(record: T): Defined<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Defined<T>;
}
