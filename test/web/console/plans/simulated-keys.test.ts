import { describe, expect, it } from 'vitest';
import { withKey, withSilence } from '../../../../src/web/console/plans/simulate/keys.js';
import { instantOf } from '../../../../src/web/console/plans/simulate/moment.js';
import { isComplete, stubOf } from '../../../../src/web/console/plans/simulate/shop-answers.js';

describe('keys', () => {
  const fresh = { typed: '', max: 6 };

  it('begin a group for each input, and belong to the group of an input that goes on', () => {
    const first = withKey([], fresh, '9');
    expect(first).toEqual(['9']);
    const second = withKey(first, fresh, '1');
    expect(withKey(second, { typed: '1', max: 6 }, '0')).toEqual(['9', '10']);
  });

  it('are not pressed by a caller who waits', () => expect(withSilence(['9', '10'])).toEqual(['9', '10', '']));
});

describe('the instant of a call', () => {
  const now = '2026-11-29T15:00:00.000Z';

  it.each([
    ['now', '2026-11-29', now],
    ['friday', '2026-11-29', '2026-12-04T16:00'],
    ['friday', '2026-12-04', '2026-12-04T16:00'],
    ['saturday', '2026-12-31', '2027-01-02T10:00'],
    ['christmas', '2026-11-29', '2026-12-24T10:00'],
  ] as const)('%s on %s: %s', (moment, today, instant) => expect(instantOf(moment, today, now)).toBe(instant));
});

describe('an answer of the shop', () => {
  it.each([
    [{ type: 'return' }, { status: 200, body: {} }],
    [
      { type: 'play', prompt: 8 },
      { status: 200, body: { action: 'play', recording_id: 8 } },
    ],
    [
      { type: 'transfer', queue: 2 },
      { status: 200, body: { action: 'transfer_to_group', call_group_id: 2 } },
    ],
    [{ type: 'error' }, { status: 500 }],
    [{ type: 'silent' }, { silent: true }],
    [
      { type: 'custom', json: '{"action":"hangup"}' },
      { status: 200, body: { action: 'hangup' } },
    ],
  ] as const)('%j is %j', (answer, stub) => expect(stubOf(answer)).toEqual(stub));

  it('is incomplete while its JSON cannot be read', () => {
    expect(isComplete({ type: 'custom', json: '{' })).toBe(false);
    expect(isComplete({ type: 'custom', json: '{}' })).toBe(true);
  });
});
