import { base } from './base.ts';
import { dark, light } from './colours.ts';
import { parts } from './parts.ts';
import { picture } from './picture.ts';
import { screens } from './screens.ts';

/** The style sheet of every page: light and dark, wide and narrow, and on paper always light. */
export const style = `
:root { color-scheme: light dark; ${light} }
@media (prefers-color-scheme: dark) { :root { ${dark} } }
@media print { :root { color-scheme: light; ${light} --page: #ffffff; } }${base}${parts}${picture}${screens}
`;
