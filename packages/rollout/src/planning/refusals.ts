// What cannot be planned at all.
import { member, isList, objectOf, textOf } from '../json.ts';
import type { Plan } from '../plan.ts';
import { planFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { mostTags, revisionTags } from './tags.ts';

/** A service being deleted takes no update, and its name takes no create, until it is INACTIVE. */
export function drainingRule(situation: Situation): Plan | null {
  const { service, options } = situation;
  if (service.status !== 'DRAINING') return null;
  const left = service.running + service.pending;
  return planFor(
    situation,
    options.onOtherDeployment === 'refuse' ? 'refuse' : 'wait',
    `The service is being deleted (DRAINING, ${left} tasks left); ECS neither updates it nor creates it again before it is gone.`,
    { hint: 'Run the installation again once the service is INACTIVE: it is created then.' },
  );
}

/** Another controller owns the deployments: ECS refuses a task definition in UpdateService and lists no deployments. */
export function controllerRule(situation: Situation): Plan | null {
  const { service, wanted } = situation;
  const asked = textOf(objectOf(wanted.serviceDefinition, 'deploymentController'), 'type');
  const controller = service.status === 'ACTIVE' ? service.controller : (asked ?? 'ECS');
  if (controller === 'ECS' || controller === '') return null;
  const whose = controller === 'CODE_DEPLOY' ? 'AWS CodeDeploy' : 'an external controller';
  return planFor(
    situation,
    'refuse',
    `The deployments of this service belong to ${whose} (deployment controller ${controller}); bamboo-ecs installs services of the controller ECS only.`,
    {
      hint:
        controller === 'CODE_DEPLOY'
          ? 'Deploy it with CodeDeploy, or make a service of the deployment controller ECS (under another name, since the controller cannot be changed): its strategies BLUE_GREEN, LINEAR and CANARY in deploymentConfiguration shift traffic, too.'
          : 'Deploy it with the tool that makes its task sets, or make a service of the deployment controller ECS under another name.',
    },
  );
}

export function tagsRule(situation: Situation): Plan | null {
  const { wanted, applied } = situation;
  const ours = Object.keys(revisionTags(wanted, applied, { revision: 'x:1', deployment: 'x' }));
  const own = member(wanted.taskDefinition, 'tags');
  const count = (isList(own) ? own.length : 0) + ours.length;
  if (count <= mostTags) return null;
  return planFor(
    situation,
    'refuse',
    `The task definition would have ${count} tags, ${ours.length} of them ours; AWS allows ${mostTags}.`,
    { hint: `Leave at most ${mostTags - ours.length} tags in the template of the task definition.` },
  );
}
