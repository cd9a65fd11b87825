import fc from 'fast-check';
import { expect, it } from 'vitest';
import { copyJson } from '../../src/lib/copy-json.js';

/** Fails on any change of the value, at any depth. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const nested of Object.values(value)) freeze(nested);
}

/** Replaces every field at any depth. */
function scramble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const nested of Object.values(value)) scramble(nested);
  for (const key of Object.keys(value)) (value as Record<string, unknown>)[key] = 'changed';
}

it('copies any JSON value as structuredClone does, and shares nothing with it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const original = structuredClone(value);
      freeze(value);
      const copy = copyJson(value);
      expect(copy).toEqual(original);
      scramble(copy);
      expect(value).toEqual(original);
    }),
  );
});

it('keeps fields without a value, and a field named __proto__', () => {
  const value = JSON.parse('{"__proto__": {"admin": true}, "list": [{"a": 1}]}') as Record<string, unknown>;
  value['nothing'] = undefined;
  const copy = copyJson(value);
  expect(Object.keys(copy)).toEqual(['__proto__', 'list', 'nothing']);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
});
