import { describe, expect, test } from 'vitest';
import { gradeOf, mosOf, ratingOf } from '../../src/lib/call-quality.js';

const clean = { lostShare: 0, jitterMs: 0, roundTripMs: 0 };
const mosAt = (transport: Partial<typeof clean>) => mosOf(ratingOf({ ...clean, ...transport }));
const gradeAt = (transport: Partial<typeof clean>) => gradeOf(ratingOf({ ...clean, ...transport }));

test('ratings have the opinion scores of ITU-T G.107, annex B', () => {
  const scores = [50, 60, 70, 80, 90].map((rating) => Math.round(mosOf(rating) * 100) / 100);
  // Where the recommendation gives a user satisfaction: nearly all, many, some dissatisfied; satisfied, very satisfied.
  expect(scores).toEqual([2.58, 3.1, 3.6, 4.02, 4.34]);
  expect([mosOf(-5), mosOf(0), mosOf(100), mosOf(120)]).toEqual([1, 1, 4.5, 4.5]);
});

test('a clean network is as good as G.711 can be', () => {
  expect(mosAt({})).toBeCloseTo(4.4, 1);
  expect(gradeAt({})).toBe('good');
});

describe('what makes it worse', () => {
  test.each([
    ['loss', { lostShare: 0.02 }, { lostShare: 0.1 }],
    ['jitter', { jitterMs: 20 }, { jitterMs: 200 }],
    ['delay', { roundTripMs: 200 }, { roundTripMs: 800 }],
  ])('%s', (_name, some, much) => {
    expect(mosAt({})).toBeGreaterThan(mosAt(some));
    expect(mosAt(some)).toBeGreaterThan(mosAt(much));
    expect(gradeAt(some)).toBe('good');
    expect(gradeAt(much)).toBe('poor');
  });

  test('5 % of loss are fair', () => expect(gradeAt({ lostShare: 0.05 })).toBe('fair'));
  test('a delay that is not known counts as none', () => {
    expect(ratingOf({ ...clean, roundTripMs: undefined })).toBe(ratingOf(clean));
  });
  test('a network that loses everything is the worst, and not below', () =>
    expect(mosAt({ lostShare: 1, jitterMs: 1e6 })).toBe(1));
});
