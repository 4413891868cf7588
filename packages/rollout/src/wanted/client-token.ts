// Our own client token for CreateService.
import { sha256Hex } from '@bamboo-ecs/release';
import { canonicalJson } from '../canonical-json.ts';
import { plainName } from '../arn.ts';
import type { WantedService } from './wanted-service.ts';

/**
 * 32 characters of the 36 that ECS allows ("CreateService", ECS API Reference). The same request to the same place gives
 * the same token, so that a repetition after a lost answer creates nothing twice; another account, region, cluster,
 * service or release gives another, because ECS refuses a token that comes back with different parameters.
 * `previous` tells the incarnations of a deleted and recreated service apart: when the one before was created.
 */
export function clientToken(wanted: WantedService, applied: string, previous: string | null): string {
  const place = [wanted.account, wanted.region, plainName(wanted.cluster), wanted.service];
  return sha256Hex(canonicalJson([...place, applied, previous])).slice(0, 32);
}
