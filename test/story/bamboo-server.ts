// The variables that a Bamboo server gives to a build and to a deployment (Atlassian: "Bamboo variables",
// "Variables for deployment environments"), and its way of handing on bamboo.properties (inject task, scope RESULT).
import { readFileSync } from 'node:fs';

export interface Build {
  readonly plan: string;
  readonly number: number;
  readonly branch: string;
  readonly revision: string;
  /** Plan variables, without the prefix. */
  readonly variables: Readonly<Record<string, string>>;
}

export function buildVariables(build: Build): Record<string, string> {
  const result = `${build.plan}-JOB1-${build.number}`;
  return {
    bamboo_planKey: build.plan,
    bamboo_planName: build.plan,
    bamboo_buildKey: `${build.plan}-JOB1`,
    bamboo_buildNumber: String(build.number),
    bamboo_buildResultKey: result,
    bamboo_buildResultsUrl: `http://bamboo.example.com/browse/${result}`,
    bamboo_planRepository_branch: build.branch,
    bamboo_planRepository_branchName: build.branch,
    bamboo_planRepository_revision: build.revision,
    bamboo_agentWorkingDirectory: '/var/bamboo/agent',
    ...prefixed(build.variables),
  };
}

export interface Deployment {
  readonly environment: string;
  readonly project: string;
  readonly id: number;
  /** What the build injected. */
  readonly injected: Readonly<Record<string, string>>;
  /** Variables of the deployment environment, without the prefix. */
  readonly variables?: Readonly<Record<string, string>>;
}

export function deploymentVariables(build: Build, deployment: Deployment): Record<string, string> {
  const name = deployment.injected['version'] ?? '';
  return {
    ...buildVariables(build),
    bamboo_deploy_environment: deployment.environment,
    bamboo_deploy_project: deployment.project,
    bamboo_deploy_release: name,
    bamboo_deploy_version: name,
    bamboo_deploy_rollback: 'false',
    bamboo_resultsUrl: `http://bamboo.example.com/deploy/viewDeploymentResult.action?deploymentResultId=${deployment.id}`,
    ...Object.fromEntries(
      Object.entries(deployment.injected).map(([key, value]) => [
        `bamboo_inject_${key.replaceAll('.', '_')}`,
        value,
      ]),
    ),
    ...prefixed(deployment.variables ?? {}),
  };
}

/** The inject task: `key=value` lines. */
export function injectedFrom(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#'));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

function prefixed(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([key, value]) => [`bamboo_${key.replaceAll('.', '_')}`, value]),
  );
}
