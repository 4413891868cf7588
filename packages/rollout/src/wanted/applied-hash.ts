// What "the same thing is already there" is compared by.
import { sha256Hex } from '@bamboo-ecs/release';
import { canonicalJson } from '../canonical-json.ts';
import { without } from '../json.ts';
import type { WantedService } from './wanted-service.ts';

/**
 * sha256 hex over what is really applied: the release's identity and its descriptors with late values and digests in
 * them. The descriptor's own clientToken is replaced by ours and does not count.
 */
export function appliedHash(wanted: WantedService): string {
  return sha256Hex(
    canonicalJson({
      identity: wanted.identity,
      taskDefinition: wanted.taskDefinition,
      serviceDefinition: without(wanted.serviceDefinition, 'clientToken'),
      serviceUpdate: wanted.serviceUpdate,
    }),
  );
}
