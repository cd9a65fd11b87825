/** A place in an item of the configuration, such as `['announce', 'every']`. */
export type Path = readonly (string | number)[];

/** A path written with dots, such as `announce.every`. */
export function pathOf(written: string): Path {
  return written === '' ? [] : written.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export function valueAt(item: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[part] : undefined),
    item,
  );
}

/** A copy of the item with one value changed. Undefined removes it. */
export function withValue<T>(item: T, path: Path, value: unknown): T {
  const [first, ...rest] = path;
  if (first === undefined) return value as T;
  if (Array.isArray(item))
    return item.map((each: unknown, index) => (index === first ? withValue(each, rest, value) : each)) as T;
  const { [first]: inner, ...others } = (item ?? {}) as Record<string | number, unknown>;
  const next = withValue(inner, rest, value);
  if (next === undefined) return others as T;
  // An existing property keeps its place.
  return { ...(item as object), [first]: next } as T;
}

/** Whether two values are written alike, apart from the order of properties; an undefined property counts as left out. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a, b].map((each) => Object.entries(each).filter(([, value]) => value !== undefined));
  if (left?.length !== right?.length) return false;
  return (left ?? []).every(([name, value]) => isEqual(value, (b as Record<string, unknown>)[name]));
}

/**
 * What the visitor changed since `base`, applied to what others have made of it since. Both sides of one property: the visitor's counts.
 */
export function mergeItem<T>(base: T, mine: T, theirs: T): T {
  if (isEqual(base, mine)) return theirs;
  if (!isTable(base) || !isTable(mine) || !isTable(theirs)) return mine;
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  const merged = [...names].map((name) => [name, mergeItem(base[name], mine[name], theirs[name])] as const);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as T;
}

/** The paths at which two items differ: down to a value that is no object on both sides. */
export function differences(a: unknown, b: unknown, path: Path = []): Path[] {
  if (isEqual(a, b)) return [];
  if (!isTable(a) || !isTable(b)) return [path];
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].flatMap((name) => differences(a[name], b[name], [...path, name]));
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
