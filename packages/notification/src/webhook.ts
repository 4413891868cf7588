// A webhook: one POST, repeated once, a few seconds at most. Its address is a secret and is never told; its host is.
import { badProxy, readProxies, type Environment, type Proxies } from '@bamboo-ecs/network';
import { createMasker, type Mask } from '@bamboo-ecs/report';
import { explain, secretsOf } from './explain.ts';
import { makePost, type Answer } from './post.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from. */
  readonly proxyEnv?: Environment;
  /** Certificate authorities in PEM form, trusted beside the built-in ones. */
  readonly ca?: string;
  /** `bamboo-ecs/1.0.0` */
  readonly userAgent?: string;
  /** For everything together, milliseconds. */
  readonly limitMs?: number;
}

const defaultLimitMs = 5000;
/** One attempt must leave time for another. */
const attemptShare = 0.6;
const pauseMs = 250;

/** Sends the text; null when the receiver took it, else one or two sentences: why not and what to do. Never rejects. */
export async function postWebhook(settings: WebhookSettings, body: string): Promise<string | null> {
  const { url, limitMs = defaultLimitMs } = settings;
  const proxies = readProxies(settings.proxyEnv);
  if (!URL.canParse(url) || !/^https?:\/\//iu.test(url))
    return 'notify-secret-url is no http or https address: nobody was told. Set it to the whole address of the webhook.';
  if ('bad' in proxies) return `The webhook was not called: ${proxies.bad.map(badProxy).join(', and ')}.`;
  const mask = createMasker([...secretsOf(url), ...proxies.secrets]);
  try {
    return await attempts(settings, proxies, body, limitMs, mask);
  } catch (error) {
    return mask(`The webhook was not called: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

async function attempts(
  { url, ca, userAgent = 'bamboo-ecs' }: WebhookSettings,
  proxies: Proxies,
  body: string,
  limitMs: number,
  mask: Mask,
): Promise<string | null> {
  const post = await makePost({
    url,
    proxies,
    userAgent,
    tunnelMs: Math.max(1, Math.round(limitMs / 3)),
    ...(ca === undefined ? {} : { ca }),
  });
  const end = performance.now() + limitMs;
  const first = await post(body, limitMs * attemptShare);
  const left = end - performance.now() - pauseMs;
  const again = mayPass(first) && left > pauseMs;
  if (again) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  const last = again ? await post(body, left) : first;
  return explain(url, proxies, last, mask);
}

/** Worth a second attempt: no answer, a server in trouble, or one that asks for patience. */
function mayPass(answer: Answer): boolean {
  return answer.kind === 'failure' || answer.status >= 500 || answer.status === 429 || answer.status === 408;
}
