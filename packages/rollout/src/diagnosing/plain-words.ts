// AWS's texts without what says nothing to whoever reads them at night: whole ARNs of target groups, retries, where the manual is.

/** `(target-group arn:aws:…:targetgroup/web/0123456789abcdef)` → `(target-group web)` */
const targetGroup = /arn:[^\s:]*:elasticloadbalancing:[^\s:]*:\d*:targetgroup\/([^\s/)]+)\/[^\s/)]+/gu;
const manual = /\s*For more information, see the Troubleshooting section[^.]*\.?/giu;
const retried =
  /(?:execution resource retrieval failed|(?:service call|pull image manifest|ref pull|inspect image|create stream) has been retried \d+ times?(?:\(s\))?):\s*/giu;

export function plainWords(text: string): string {
  return text.replace(targetGroup, '$1').replace(manual, '').replace(retried, '');
}

/** The reason of a rollout state; empty where it only says that it goes on. */
export function unusual(reason: string | undefined): string {
  return reason === undefined || /^ECS deployment \S+ (?:in progress|completed)\.?$/iu.test(reason)
    ? ''
    : reason;
}
