/** Copies plain JSON data deeply, at a fraction of the cost of `structuredClone`. Class instances are not supported. */
export function copyJson<T>(value: T): T {
  return copyValue(value) as T;
}

function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map(copyValue) : copyObject(value as Record<string, unknown>);
}

/** The spread keeps the object's shape, so that V8 copies it in one go; only nested values are replaced. */
function copyObject(value: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...value };
  for (const key of Object.keys(copy)) {
    const nested = copy[key];
    if (typeof nested === 'object' && nested !== null) copy[key] = copyValue(nested);
  }
  return copy;
}
