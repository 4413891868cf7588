import type { RecordTimeline, RunRecord } from '../../record/record.ts';
import { shortRevision } from '../../short-revision.ts';
import { deploymentConsole, deploymentsConsole, revisionConsole, serviceConsole } from '../console-links.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { isWebAddress, link } from '../link.ts';
import { shortName } from '../long-text.ts';

interface Place {
  readonly address: string | null;
  readonly text: string;
}

/** The way to Bamboo, to the repository and to AWS, as far as their addresses are known; with several services each has its own. */
export function linksOf(record: RunRecord): Html | null {
  const [only, ...others] = record.timelines;
  const aws = only !== undefined && others.length === 0 ? placesInAws(only) : [];
  return linksTo('Elsewhere', [...bamboo(record), ...aws]);
}

/** The way to one of several services in AWS. */
export function linksOfService(timeline: RecordTimeline): Html | null {
  return linksTo(`Elsewhere: ${shortName(timeline.service)}`, placesInAws(timeline));
}

function linksTo(label: string, all: readonly Place[]): Html | null {
  const places = all.filter(({ address }) => address !== null && isWebAddress(address));
  if (places.length === 0) return null;
  return html`<nav aria-label="${label}">
    <ul class="links">
      ${places.map(({ address, text }) => html`<li>${link(address ?? '', text)}</li>`)}
    </ul>
  </nav>`;
}

function bamboo({ build, deployment, releaseUrl }: RunRecord): readonly Place[] {
  const name = build.key === null ? 'Build in Bamboo' : `Build ${shortName(build.key)}`;
  return [
    { address: deployment.resultsUrl, text: 'Deployment in Bamboo' },
    { address: build.url, text: name },
    { address: releaseUrl, text: 'Release in the repository' },
  ];
}

function placesInAws({ arn, deployments }: RecordTimeline): readonly Place[] {
  const [newest] = deployments;
  const deployed = newest?.serviceDeployment ?? null;
  return [
    { address: arn === null ? null : serviceConsole(arn), text: 'Service in AWS' },
    {
      address:
        (deployed === null ? null : deploymentConsole(deployed)) ??
        (arn === null ? null : deploymentsConsole(arn)),
      text: `${deployed === null ? 'Deployments' : 'Deployment'} in AWS`,
    },
    ...revisions(deployments),
  ];
}

function revisions(deployments: RecordTimeline['deployments']): readonly Place[] {
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
