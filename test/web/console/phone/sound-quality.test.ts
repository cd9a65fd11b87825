import { expect, test } from 'vitest';
import { qualityBetween, type SoundCounters } from '../../../../src/web/console/phone/sound-quality.js';

const begin: SoundCounters = { received: 1000, lost: 100, jitterMs: 2, reported: undefined };
const later = (more: Partial<SoundCounters>): SoundCounters => ({ ...begin, received: 1250, ...more });
const reported = (lostShare: number, roundTripMs = 20) => ({ lostShare, jitterMs: 2, roundTripMs });

test('only the time between the readings counts: what was lost before is over', () => {
  expect(qualityBetween(begin, later({}))).toMatchObject({ grade: 'good', heard: { lostShare: 0 }, said: undefined });
});

test('loss of what is heard', () => {
  const quality = qualityBetween(begin, later({ received: 1225, lost: 125 }));
  expect(quality).toMatchObject({ grade: 'poor', trouble: 'loss', heard: { lostShare: 0.1 } });
});

test('loss of what is said, which only Asterisk can tell', () => {
  const quality = qualityBetween(begin, later({ reported: reported(0.2) }));
  expect(quality).toMatchObject({ grade: 'poor', trouble: 'loss', heard: { lostShare: 0 }, said: { lostShare: 0.2 } });
});

test('delay', () => {
  expect(qualityBetween(begin, later({ reported: reported(0, 900) }))).toMatchObject({
    grade: 'poor',
    trouble: 'delay',
  });
  expect(qualityBetween(begin, later({ jitterMs: 180 }))).toMatchObject({ grade: 'poor', trouble: 'delay' });
});

test('packets that came late, and lower the counter, are no loss', () => {
  expect(qualityBetween(begin, later({ lost: 90 }))?.heard.lostShare).toBe(0);
});

test('hardly any packets, as on hold, say nothing', () => {
  expect(qualityBetween(begin, later({ received: 1010 }))).toBeUndefined();
});
