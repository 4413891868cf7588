// CPU and memory of a task: strings, in either of two units. Source: "RegisterTaskDefinition" in the Amazon ECS API Reference.

function amount(given: string | undefined, unit: RegExp, factor: number): number | undefined {
  const groups =
    given === undefined
      ? undefined
      : /^\s*(?<number>\d{1,9}(?:\.\d{1,6})?|\.\d{1,6})\s*(?<unit>[A-Za-z]*)\s*$/u.exec(given)?.groups;
  if (!groups) return undefined;
  const number = Number(groups['number']);
  if (groups['unit'] === '') return Number.isInteger(number) ? number : undefined;
  return unit.test(groups['unit'] ?? '') ? Math.round(number * factor) : undefined;
}

/** `256` and `0.25 vCPU` → 256. */
export function cpuUnits(given: string | undefined): number | undefined {
  return amount(given, /^vcpu$/iu, 1024);
}

/** `512` and `0.5GB` → 512. */
export function memoryMiB(given: string | undefined): number | undefined {
  return amount(given, /^gb$/iu, 1024);
}
