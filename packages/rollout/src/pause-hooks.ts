// Hooks at which a deployment waits for a person ("DeploymentLifecycleHook", ECS API Reference).
import type { JsonObject } from '@bamboo-ecs/release';
import { objectOf, objectsOf, textOf } from './json.ts';

/** Of a service or a request for one. */
export function pauseHooks(service: JsonObject): readonly JsonObject[] {
  return objectsOf(objectOf(service, 'deploymentConfiguration'), 'lifecycleHooks').filter(
    (hook) => textOf(hook, 'targetType') === 'PAUSE',
  );
}
