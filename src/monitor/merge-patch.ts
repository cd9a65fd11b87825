/** JSON Merge Patch (RFC 7396) for documents without null: the format of deltas. */

type Json = string | number | boolean | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json | undefined;
}
/** Null removes a member. Arrays are replaced as a whole. */
export type Patch = { [name: string]: Json | Patch | null };

/** @returns the patch from `before` to `after`; undefined when they are equal */
export function diff(before: JsonObject, after: JsonObject): Patch | undefined {
  if (before === after) return undefined;
  const patch: Patch = {};
  for (const [name, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const old = before[name];
    if (old === value) continue;
    if (isObject(old) && isObject(value)) {
      const inner = diff(old, value);
      if (inner !== undefined) patch[name] = inner;
    } else if (old === undefined || !same(old, value)) patch[name] = value;
  }
  for (const [name, value] of Object.entries(before))
    if (value !== undefined && after[name] === undefined) patch[name] = null;
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** Applies a patch. Unchanged parts of the result are the same objects. */
export function applyPatch<T extends JsonObject>(document: T, patch: Patch): T {
  const after = new Map<string, Json | undefined>(Object.entries(document));
  for (const [name, value] of Object.entries(patch)) {
    const old = after.get(name);
    if (value === null) after.delete(name);
    else if (isObject(value)) after.set(name, applyPatch(isObject(old) ? old : {}, value as Patch));
    else after.set(name, value as Json);
  }
  return Object.fromEntries(after) as T;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(a: Json, b: Json): boolean {
  return typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b);
}
