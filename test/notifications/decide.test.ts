import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decide,
  type NotificationLimits,
  type Situation,
  type WaitingNotification,
} from '../../src/notifications/decide.js';
import { MINUTE_MS } from '../../src/lib/time.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const limits = (more: Partial<NotificationLimits> = {}): NotificationLimits => ({
  maxConcurrent: 10,
  perMinute: 100,
  trunks: {},
  ...more,
});
const waiting = (id: string, more: Partial<WaitingNotification> = {}): WaitingNotification => ({
  id,
  orderId: id,
  to: `+42077700000${id}`,
  trunk: 'trunk',
  expiresAt: NOW + 3_600_000,
  window: null,
  ...more,
});
const situation = (more: Partial<Situation>): Situation => ({
  now: NOW,
  due: [],
  calling: [],
  begun: [],
  limits: limits(),
  ...more,
});
const prague = { from: '20:00', to: '21:00', timeZone: 'Europe/Prague' } as const;

describe('decide', () => {
  it('starts as many calls as the limits of concurrent calls allow, for each trunk and in all, in order', () => {
    const due = ['1', '2', '3', '4', '5'].map((id) => waiting(id, id === '5' ? { trunk: 'other' } : {}));
    const calling = [{ orderId: 'x', to: '+1', trunk: 'trunk' }];
    const trunks = { trunk: { maxConcurrent: 3 } };
    expect(decide(situation({ due, calling, limits: limits({ trunks }) })).start).toEqual(['1', '2', '5']);
    expect(decide(situation({ due, calling, limits: limits({ trunks, maxConcurrent: 3 }) })).start).toEqual(['1', '2']);
  });

  it('starts as many calls as the rate allows, and returns when the next one may start', () => {
    const begun = [10, 20, 70].map((seconds) => ({ at: NOW - seconds * 1000, trunk: 'trunk' }));
    const due = ['1', '2', '3'].map((id) => waiting(id));
    const decision = decide(situation({ due, begun, limits: limits({ perMinute: 3 }) }));
    expect(decision).toMatchObject({ start: ['1'], wakeAt: NOW - 20_000 + MINUTE_MS });
    expect(decide(situation({ due, limits: limits({ perMinute: 5 }) })).wakeAt).toBeUndefined();
  });

  it('ignores calls with a time in the future after the clock was set back', () => {
    const begun = Array.from({ length: 5 }, (_, n) => ({ at: NOW + 3_600_000 - n * 1000, trunk: 'trunk' }));
    const decision = decide(situation({ due: [waiting('1')], begun, limits: limits({ perMinute: 3 }) }));
    expect(decision).toMatchObject({ start: ['1'], wakeAt: undefined });
  });

  it('never starts two calls for one order or to one number', () => {
    const due = [waiting('1', { orderId: 'a' }), waiting('2', { orderId: 'a' }), waiting('3', { to: '+1' })];
    expect(decide(situation({ due })).start).toEqual(['1', '3']);
    expect(decide(situation({ due, calling: [{ orderId: 'b', to: '+1', trunk: 'x' }] })).start).toEqual(['1']);
  });

  it('defers a notification until its window opens, or drops it', () => {
    const due = [
      waiting('1', { window: { ...prague, policy: 'defer' }, expiresAt: NOW + 86_400_000 }),
      waiting('2', { window: { ...prague, policy: 'drop' } }),
      waiting('3', { window: { ...prague, policy: 'defer' } }),
    ];
    expect(decide(situation({ due }))).toEqual({
      start: [],
      finish: [{ id: '2', result: 'window_missed' }],
      defer: [
        { id: '1', until: Date.parse('2026-11-21T19:00:00Z') },
        { id: '3', until: NOW + 3_600_000 },
      ],
      wakeAt: undefined,
    });
  });

  it('finishes expired notifications: as window_missed when they waited for their window, else as expired', () => {
    const due = [
      waiting('1', { expiresAt: NOW }),
      waiting('2', { expiresAt: NOW, window: { ...prague, policy: 'defer' } }),
    ];
    expect(decide(situation({ due })).finish).toEqual([
      { id: '1', result: 'expired' },
      { id: '2', result: 'window_missed' },
    ]);
  });

  it('keeps every limit, and starts every call that the limits allow', () => {
    const trunk = fc.constantFrom('a', 'b', 'c');
    const small = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ order: fc.nat(8), to: fc.nat(8), trunk }), { maxLength: 30 }),
        fc.array(fc.record({ order: fc.integer({ min: 5, max: 20 }), to: fc.integer({ min: 5, max: 20 }), trunk }), {
          maxLength: 8,
        }),
        fc.array(fc.record({ ago: fc.nat(90), trunk }), { maxLength: 12 }),
        fc.record({ maxConcurrent: small, perMinute: small, of: small, minute: small }),
        (rows, open, earlier, caps) => {
          const due = rows.map(({ order, to, trunk: on }, id) =>
            waiting(String(id), { orderId: `${order}`, to: `+${to}`, trunk: on }),
          );
          const calling = open.map(({ order, to, trunk: on }) => ({ orderId: `${order}`, to: `+${to}`, trunk: on }));
          const begun = earlier.map(({ ago, trunk: on }) => ({ at: NOW - ago * 1000, trunk: on }));
          const own = { a: { maxConcurrent: caps.of }, b: { perMinute: caps.minute } };
          const all = { maxConcurrent: caps.maxConcurrent, perMinute: caps.perMinute, trunks: own };
          const { start } = decide({ now: NOW, due, calling, begun, limits: all });
          const started = due.filter(({ id }) => start.includes(id));
          const room = (more: readonly WaitingNotification[], extra: number) => {
            const on = [...calling, ...more];
            const recent = [...begun.filter(({ at }) => at > NOW - MINUTE_MS), ...more];
            const count = (list: readonly { trunk: string }[], name: string) =>
              list.filter((one) => one.trunk === name).length;
            return {
              all: on.length + extra <= Math.max(caps.maxConcurrent, calling.length),
              a: count(on, 'a') + extra <= Math.max(caps.of, count(calling, 'a')),
              minute: recent.length + extra <= Math.max(caps.perMinute, recent.length - more.length),
              b: count(recent, 'b') + extra <= Math.max(caps.minute, count(recent, 'b') - count(more, 'b')),
            };
          };
          expect(room(started, 0)).toEqual({ all: true, a: true, minute: true, b: true });
          const taken = [...calling, ...started];
          expect(new Set(started.map(({ orderId }) => orderId)).size).toBe(started.length);
          expect(new Set(started.map(({ to }) => to)).size).toBe(started.length);
          for (const left of due.filter(({ id }) => !start.includes(id))) {
            if (taken.some(({ orderId, to }) => orderId === left.orderId || to === left.to)) continue;
            const { all: inAll, a, minute, b } = room(started, 1);
            expect(inAll && minute && (left.trunk !== 'a' || a) && (left.trunk !== 'b' || b)).toBe(false);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
