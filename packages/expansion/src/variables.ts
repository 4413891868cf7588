// What a template may name: Bamboo's variables and the derived ones, without those that are withheld.
import { isReserved, looksSecret } from './secret-name.ts';
import { environmentSpelling } from './template-name.ts';

export interface TemplateVariable {
  /** Without the prefix, as its source spells it. */
  readonly name: string;
  readonly value: string;
  readonly origin: 'bamboo' | 'derived';
  /** The environment variable it came in by; null for a derived one. */
  readonly environment: string | null;
  /** Allowed by name although it looks secret: its value is never shown in a message. */
  readonly secret: boolean;
  /** A Bamboo variable of this name with another value, which this derived one hides. */
  readonly hides?: string;
}

export type Lookup =
  | { readonly kind: 'known'; readonly variable: TemplateVariable }
  /** It is there, but does not enter a template. `reserved` cannot be allowed. */
  | { readonly kind: 'withheld'; readonly reason: 'secret' | 'reserved'; readonly environment: string }
  | { readonly kind: 'unknown' };

export interface TemplateVariables {
  /** `planRepository.branchName` and `planRepository_branchName` find the same variable. */
  find(name: string): Lookup;
  /** Whether `allow-variables` names it; for names that are no variable yet, as the late ones. */
  allows(name: string): boolean;
  /** Those that can be used, sorted. */
  readonly names: readonly string[];
}

export interface VariableSources {
  /** Bamboo's environment: `bamboo_clusterName` → value. Names without the prefix `bamboo_` are passed over. */
  readonly bamboo: Readonly<Record<string, string>>;
  /** As `derivedVariables` gives them. They win over a Bamboo variable of the same name: `version` is ours to say. */
  readonly derived: Readonly<Record<string, string>>;
  /** Setting `allow-variables`: names of secret-looking variables that may enter, with or without the prefix. */
  readonly allow: readonly string[];
}

const prefix = /^bamboo[._]/;

export function buildTemplateVariables(sources: VariableSources): TemplateVariables {
  const allowed = new Set(sources.allow.map((name) => environmentSpelling(name.trim().replace(prefix, ''))));
  const exact = new Map<string, Lookup>();
  const bySpelling = new Map<string, Lookup>();

  const bamboo = Object.entries(sources.bamboo).sort(([a], [b]) => compare(a, b));
  for (const [environment, value] of bamboo) {
    const name = environment.replace(prefix, '');
    if (name === environment || name === '') continue;
    const found = admit(name, environment, value, allowed);
    exact.set(name, found);
    const spelling = environmentSpelling(name);
    // Two variables may fall together, `a.b` and `a_b`: the environment's own spelling goes first.
    if (!bySpelling.has(spelling) || spelling === name) bySpelling.set(spelling, found);
  }
  for (const [name, value] of Object.entries(sources.derived)) {
    const hidden = exact.get(name);
    const hides =
      hidden?.kind === 'known' && hidden.variable.value !== value
        ? (hidden.variable.environment ?? undefined)
        : undefined;
    const variable = { name, value, origin: 'derived', environment: null, secret: false } as const;
    const found: Lookup = {
      kind: 'known',
      variable: hides === undefined ? variable : { ...variable, hides },
    };
    exact.set(name, found);
    bySpelling.set(environmentSpelling(name), found);
  }

  const usable = [...exact].filter(([, found]) => found.kind === 'known').map(([name]) => name);
  return {
    find: (name) => exact.get(name) ?? bySpelling.get(environmentSpelling(name)) ?? { kind: 'unknown' },
    allows: (name) => allowed.has(environmentSpelling(name)),
    names: usable.sort(compare),
  };
}

function admit(name: string, environment: string, value: string, allowed: ReadonlySet<string>): Lookup {
  if (isReserved(name)) return { kind: 'withheld', reason: 'reserved', environment };
  const secret = looksSecret(name);
  if (secret && !allowed.has(environmentSpelling(name)))
    return { kind: 'withheld', reason: 'secret', environment };
  return { kind: 'known', variable: { name, value, origin: 'bamboo', environment, secret } };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
