/** Names of the fields of an answer, with the way to them; all elements of a list together: `calls[].duration`. */
function fieldNames(value: unknown, path = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((each) => [...fieldNames(each, `${path}[]`)]));
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(
    Object.entries(value).flatMap(([name, inner]) => {
      const own = path === '' ? name : `${path}.${name}`;
      return [own, ...fieldNames(inner, own)];
    }),
  );
}

/** Fields that theirs has, and ours has not. */
export function missingFields(theirs: unknown, ours: unknown): string[] {
  const known = fieldNames(ours);
  return [...fieldNames(theirs)].filter((name) => !known.has(name));
}
