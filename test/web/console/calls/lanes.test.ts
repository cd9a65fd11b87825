import { expect, test } from 'vitest';
import { lanesOf, type Lanes } from '../../../../src/web/console/calls/lanes.js';

const entry = (seq: number, kind: string, offset_ms: number, data: Record<string, unknown> = {}) => ({
  seq,
  kind,
  offset_ms,
  data,
  at: new Date(offset_ms).toISOString(),
});

const times = (lanes: Lanes) =>
  Object.fromEntries(Object.entries(lanes).map(([name, spans]) => [name, spans.map(({ from, to }) => [from, to])]));

test('a call through a menu, the shop and a queue', () => {
  const entries = [
    entry(0, 'arrived', 0),
    entry(1, 'digit', 900, { digit: '9' }),
    entry(2, 'prompt', 1000, { heard_ms: 800, of_ms: 5000 }),
    entry(3, 'shop_answer', 1500, { latency_ms: 300 }),
    entry(4, 'queue_joined', 2000),
    entry(5, 'queue_ringing', 2500),
    entry(6, 'queue_answered', 6000),
    entry(7, 'queue_left', 9000),
    entry(8, 'ended', 9100),
  ];
  expect(times(lanesOf(entries, 9100))).toEqual({
    prompt: [[200, 1000]],
    keys: [[900, 900]],
    shop: [[1200, 1500]],
    queue: [[2000, 6000]],
    ring: [[2500, 6000]],
    talk: [[6000, 9000]],
  });
});

test('what has not ended lasts until now', () => {
  const entries = [entry(0, 'dial', 100), entry(1, 'talking', 700)];
  expect(times(lanesOf(entries, 5000))).toMatchObject({ ring: [[100, 700]], talk: [[700, 5000]] });
});

test('two attempts to dial are two spans', () => {
  const entries = [
    entry(0, 'dial', 0),
    entry(1, 'leg_over', 1000),
    entry(2, 'dial', 1500),
    entry(3, 'unanswered', 3000),
  ];
  expect(times(lanesOf(entries, 3000))).toMatchObject({
    ring: [
      [0, 1000],
      [1500, 3000],
    ],
    talk: [],
  });
});
