// Addresses of the system itself.
import { type Exchange, requireReader, type World } from './exchange.ts';
import { standInVersion } from './options.ts';
import { json, type Reply, text } from './reply.ts';

/** Asked without logging in. */
export function ping(): Reply {
  return text(200, 'OK');
}

export function ready(): Reply {
  return json(200, { code: 'OK' });
}

export function version(world: World): Reply {
  const license = world.edition === 'pro' ? 'Artifactory Pro (stand-in)' : 'Artifactory OSS (stand-in)';
  return json(200, { ...standInVersion, addons: [], license });
}

export function repositories(world: World, exchange: Exchange): Reply {
  requireReader(world, exchange);
  const list = [...world.repositories].map((key) => ({
    key,
    type: 'LOCAL',
    url: `${exchange.base}/${encodeURIComponent(key)}`,
    packageType: 'Generic',
  }));
  return json(200, list);
}
