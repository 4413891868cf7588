export { decodeTemplate } from './decode-template.ts';
export * from './derived.ts';
export {
  type Expansion,
  type ExpandedDescriptor,
  expandRelease,
  type ReleaseTemplates,
} from './expand-release.ts';
export { resolveLate } from './resolve-late.ts';
export type { TemplateSource } from './template-source.ts';
export * from './variables.ts';
