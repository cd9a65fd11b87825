/** Paths of the fields of a value; all elements of a list share one: `calls[].duration`. */
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

/** Fields that only theirs has. */
export function missingFields(theirs: unknown, ours: unknown): string[] {
  const known = fieldNames(ours);
  return [...fieldNames(theirs)].filter((name) => !known.has(name));
}
