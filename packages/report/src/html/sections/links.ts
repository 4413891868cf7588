import type { RunRecord } from '../../record/record.ts';
import { shortRevision } from '../../short-revision.ts';
import { deploymentConsole, deploymentsConsole, revisionConsole, serviceConsole } from '../console-links.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isWebAddress, link } from '../link.ts';

interface Place {
  readonly address: string | null;
  readonly text: string;
}

/** The way to Bamboo, to the repository and to AWS, as far as their addresses are known. */
export function linksOf(record: RunRecord): Html | null {
  const places = [...bamboo(record), ...aws(record)].filter(
    ({ address }) => address !== null && isWebAddress(address),
  );
  if (places.length === 0) return null;
  return html`<nav aria-label="Elsewhere">
    <ul class="links">
      ${places.map(({ address, text }) => html`<li>${link(address ?? '', text)}</li>`)}
    </ul>
  </nav>`;
}

function bamboo({ build, deployment, releaseUrl }: RunRecord): readonly Place[] {
  const name = build.key === null ? 'Build in Bamboo' : `Build ${build.key}`;
  return [
    { address: deployment.resultsUrl, text: 'Deployment in Bamboo' },
    { address: build.url, text: name },
    { address: releaseUrl, text: 'Release in the repository' },
  ];
}

function aws({ timelines }: RunRecord): readonly Place[] {
  const several = timelines.length > 1;
  return timelines.flatMap(({ service, arn, deployments }) => {
    const of = several ? ` of ${service}` : '';
    const [newest] = deployments;
    const deployed = newest?.serviceDeployment ?? null;
    return [
      { address: arn === null ? null : serviceConsole(arn), text: `${several ? service : 'Service'} in AWS` },
      {
        address:
          (deployed === null ? null : deploymentConsole(deployed)) ??
          (arn === null ? null : deploymentsConsole(arn)),
        text: `${deployed === null ? 'Deployments' : 'Deployment'} in AWS${of}`,
      },
      ...revisions(deployments),
    ];
  });
}

function revisions(deployments: RunRecord['timelines'][number]['deployments']): readonly Place[] {
  return deployments.flatMap(({ taskDefinition, stage }) =>
    taskDefinition === null
      ? []
      : [
          {
            address: revisionConsole(taskDefinition),
            text: `${stage === 'rollout' ? 'Revision' : 'Restored revision'} ${shortRevision(taskDefinition)}`,
          },
        ],
  );
}
