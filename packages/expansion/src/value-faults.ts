// What can be wrong with a value at its place, in words. Values of secret-looking variables are never shown.
import type { Place, Problem } from '@bamboo-ecs/release';
import type { Page } from './template-source.ts';
import type { TemplateVariable } from './variables.ts';

export function notAScalar(page: Page, offset: number, variable: TemplateVariable, reason: string): Problem {
  const { name } = variable;
  const shown = variable.secret || variable.value.trim() === '' ? '' : ` (${shorten(variable.value)})`;
  return {
    severity: 'error',
    code: 'value-not-json',
    message: `the value of \${${name}} cannot stand here without quotes${shown}: ${reason}`,
    place: page.place(offset, variablePlace(variable)),
    hint: `Put quotes round it, "\${${name}}", if ECS wants a text here; otherwise correct ${source(variable)}.`,
  };
}

export function empty(page: Page, offset: number, variable: TemplateVariable): Problem {
  const { name } = variable;
  return {
    severity: 'warning',
    code: 'value-empty',
    message: `\${${name}} is empty: ${source(variable)} is there, but has no text`,
    place: page.place(offset, variablePlace(variable)),
    hint: `Give it a value, or leave the member out with a section: \`\${#${name}}…\${/${name}}\`.`,
  };
}

function variablePlace(variable: TemplateVariable): Pick<Place, 'variable'> {
  return variable.environment === null ? {} : { variable: variable.environment };
}

function source(variable: TemplateVariable): string {
  return variable.environment === null
    ? `the derived variable ${variable.name}`
    : `the Bamboo variable bamboo.${variable.name}`;
}

export function shorten(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}
