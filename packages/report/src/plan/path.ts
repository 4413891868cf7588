/**
 * The steps of a difference's path. A step with other characters than letters, digits and `_:/-` is quoted there:
 * `taskDefinition.containerDefinitions.web.dockerLabels.'com.example.team'`.
 */
export function pathSteps(path: string): readonly string[] {
  const steps: string[] = [];
  const step = /'(?<quoted>(?:[^'\\]|\\.)*)'(?=\.|$)|(?<plain>[^.]+)|\./gsu;
  for (const { groups } of path.matchAll(step)) {
    const quoted = groups?.['quoted'];
    const plain = groups?.['plain'];
    if (quoted !== undefined) steps.push(quoted.replace(/\\(?<one>['"\\])/gu, '$<one>'));
    else if (plain !== undefined) steps.push(plain);
  }
  return steps;
}
