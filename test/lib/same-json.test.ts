import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameJson } from '../../src/lib/same-json.js';

it('compares JSON as isDeepStrictEqual does', () => {
  const small = fc.jsonValue({ maxDepth: 2 });
  fc.assert(
    fc.property(small, small, (one, other) => {
      expect(isSameJson(one, other)).toBe(isDeepStrictEqual(one, other));
      expect(isSameJson(one, structuredClone(one))).toBe(true);
    }),
  );
});

it.each([
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: undefined }, { b: undefined }],
  [{ a: undefined }, {}],
  [[], {}],
  [
    [1, [2]],
    [1, [3]],
  ],
  [null, {}],
  [undefined, { a: 1 }],
])('%j differs from %j', (one, other) => {
  expect(isSameJson(one, other)).toBe(false);
  expect(isSameJson(other, one)).toBe(false);
});
