// How large a manifest may be. ECS takes no task definition above 64 KiB (Amazon ECS service quotas), so these are generous.

/** Bytes of a manifest as a file: what a reader need not fetch beyond. */
export const maxManifestBytes = 4 * 1024 * 1024;
/** Bytes of one descriptor. */
export const maxDescriptorBytes = 1024 * 1024;
/** Characters of a name, a branch, a URL and the like. */
export const maxTextLength = 2000;
export const maxImages = 200;
export const maxLateVariables = 1000;

/** What a build's address may look like: it becomes a link in the record, so nothing but http may stand there. */
export const buildAddress = /^https?:\/\/[^\s\p{Cc}]+$/iu;
