// JSON as Artifactory's Jackson prints it: `{\n  "errors" : [ {\n    "status" : 404,`.

/** Members that are undefined are left out. */
export function toJackson(value: unknown, indent = ''): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[ ]' : `[ ${value.map((each) => toJackson(each, indent)).join(', ')} ]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    if (members.length === 0) return '{ }';
    const lines = members.map(
      ([key, member]) => `${deeper}${JSON.stringify(key)} : ${toJackson(member, deeper)}`,
    );
    return `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
