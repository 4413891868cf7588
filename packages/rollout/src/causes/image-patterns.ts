// What is said when an image cannot be had. Sources: "CannotPullContainer task errors", "Container image resolution" (ECS Developer
// Guide), the words of Docker, containerd and ECR.
import { all, one, type Pattern } from './pattern.ts';

const pull = /CannotPull|\bpull\b|image manifest|registry auth/iu;

export const unreachable =
  /i\/o timeout|signal: killed|RequestCanceled|no route to host|connection refused|connection reset|no such host|deadline exceeded|Client\.Timeout|request canceled|context canceled|unexpected EOF|TLS handshake|x509|network is unreachable|network configuration|send request failed|connection issue|\b5\d\d (?:Internal|Bad Gateway|Service Unavailable|Gateway)/iu;
export const denied =
  /access ?denied|not authorized|unauthorized|no basic auth|authentication required|\bdenied\b|403 Forbidden/iu;

/** The agent says so, and nothing but an image is meant, whatever words its name is made of. */
export const isAboutImage = /CannotPull\w*/u;

export const rateLimit = one('image-rate-limit', /toomanyrequests|pull rate limit|too many requests/iu);
export const noDiskSpace = one(
  'no-disk-space',
  /no space left on device|not enough (available )?(free )?(disk )?space|free data blocks/iu,
);
export const platform = one(
  'image-platform',
  /no matching manifest|descriptor (matching|for) platform|does not match the (specified|detected host) platform|no match for platform|operating system .* cannot be used/iu,
);

/** In this order: a name may contain any word, so what only stands in sentences of registries comes first. */
export const imagePatterns: readonly Pattern[] = [
  all('image-not-found', pull, /: not found(?::|\.?$)|manifest unknown|name unknown/iu),
  all('image-access-denied', pull, denied),
  all('image-unreachable', pull, unreachable),
  all('image-not-found', pull, /not found|does not exist|NotFound/iu),
  // The scheduler itself asks the registry for the digest of a tag.
  one('image-pull', /CannotPull|image digest resolution/iu),
];
