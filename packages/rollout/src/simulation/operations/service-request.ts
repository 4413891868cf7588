// What CreateService and UpdateService have in common.
import type { JsonObject } from '@bamboo-ecs/release';
import { parseConstraint } from '../constraint.ts';
import { memberOf, numberOf, objectOf, objectsOf, textOf, textsOf } from '../members.ts';
import { invalid } from '../simulation-error.ts';
import type { ServiceState } from '../service-state.ts';

/** Members that can be changed without a deployment. */
export const attributeMembers = [
  'capacityProviderStrategy',
  'availabilityZoneRebalancing',
  'placementConstraints',
  'placementStrategy',
  'healthCheckGracePeriodSeconds',
  'enableExecuteCommand',
  'enableECSManagedTags',
  'propagateTags',
];

/** Throws InvalidParameterException for what ECS refuses whatever the service is. */
export function checkServiceRequest(request: JsonObject): void {
  const desired = numberOf(request, 'desiredCount');
  if (desired !== undefined && !(Number.isInteger(desired) && desired >= 0)) {
    throw invalid('Desired count must be a whole number, 0 or more.');
  }
  const token = textOf(request, 'clientToken');
  if (token !== undefined && !/^[!-~]{1,36}$/u.test(token)) {
    throw invalid('clientToken must be 1 to 36 characters long, of ASCII 33 to 126.');
  }
  if (
    memberOf(request, 'launchType') !== undefined &&
    objectsOf(request, 'capacityProviderStrategy').length > 0
  ) {
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  }
  for (const constraint of objectsOf(request, 'placementConstraints')) {
    const expression = textOf(constraint, 'expression');
    if (expression !== undefined) parseConstraint(expression);
  }
  const grace = numberOf(request, 'healthCheckGracePeriodSeconds');
  if (grace !== undefined && grace < 0) throw invalid('healthCheckGracePeriodSeconds must be 0 or more.');
  checkConfiguration(
    objectOf(request, 'deploymentConfiguration'),
    textOf(request, 'schedulingStrategy') === 'DAEMON',
  );
  if (textOf(request, 'schedulingStrategy') === 'DAEMON' && desired !== undefined) {
    throw invalid(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.',
    );
  }
}

function checkConfiguration(configuration: JsonObject, daemon: boolean): void {
  const minimum = numberOf(configuration, 'minimumHealthyPercent');
  const maximum = numberOf(configuration, 'maximumPercent');
  for (const [name, value] of [
    ['minimumHealthyPercent', minimum],
    ['maximumPercent', maximum],
  ] as const) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      throw invalid(`${name} must be a whole number, 0 or more.`);
    }
  }
  if (minimum !== undefined && minimum > 100)
    throw invalid('minimumHealthyPercent must not be greater than 100.');
  if (daemon && maximum !== undefined && maximum > 100) {
    throw invalid('The daemon scheduling strategy does not support values above 100 for maximumPercent.');
  }
  const strategy = textOf(configuration, 'strategy') ?? 'ROLLING';
  if (!strategies.has(strategy)) throw invalid(`Invalid deployment strategy: ${strategy}.`);
  for (const hook of objectsOf(configuration, 'lifecycleHooks')) checkHook(hook);
}

const strategies: ReadonlySet<string> = new Set(['ROLLING', 'BLUE_GREEN', 'LINEAR', 'CANARY']);

/** DeploymentLifecycleHook, API reference. */
function checkHook(hook: JsonObject): void {
  const stages = textsOf(hook, 'lifecycleStages');
  if (stages.length === 0) throw invalid('lifecycleStages must be specified for a lifecycle hook.');
  const type = textOf(hook, 'targetType') ?? 'AWS_LAMBDA';
  if (type === 'PAUSE') {
    const wrong = stages.find(
      (stage) => stage === 'TEST_TRAFFIC_SHIFT' || stage === 'PRODUCTION_TRAFFIC_SHIFT',
    );
    if (wrong !== undefined) throw invalid(`PAUSE hooks cannot be configured at the stage ${wrong}.`);
    return;
  }
  if (type !== 'AWS_LAMBDA') throw invalid(`Invalid targetType: ${type}.`);
  if (textOf(hook, 'hookTargetArn') === undefined)
    throw invalid('hookTargetArn must be specified for a lifecycle hook of the type AWS_LAMBDA.');
}

/** The configuration after the request: what it does not say stays as it was; what was never said has AWS's default. */
export function configurationOf(request: JsonObject, before: JsonObject, daemon: boolean): JsonObject {
  const defaults = {
    deploymentCircuitBreaker: { enable: false, rollback: false },
    maximumPercent: daemon ? 100 : 200,
    minimumHealthyPercent: daemon ? 0 : 100,
    strategy: 'ROLLING',
  };
  return { ...defaults, ...before, ...request };
}

/** From launchType, else from the capacity providers: FARGATE and FARGATE_SPOT need no instances. */
export function launchTypeOf(request: JsonObject): ServiceState['launchType'] {
  const said = textOf(request, 'launchType');
  if (said === 'FARGATE' || said === 'EXTERNAL') return said;
  const providers = objectsOf(request, 'capacityProviderStrategy').map((item) =>
    textOf(item, 'capacityProvider'),
  );
  return providers.some((provider) => provider === 'FARGATE' || provider === 'FARGATE_SPOT')
    ? 'FARGATE'
    : 'EC2';
}
