import { describe, expect, it } from 'vitest';
import { nextAfterCall, type FinishedCall } from '../../src/notifications/retry.js';

const after = (more: Partial<FinishedCall>) =>
  nextAfterCall({
    now: 1000,
    outcome: 'busy',
    attempts: 1,
    orderRepeats: 0,
    expiresAt: 1e9,
    withdrawn: null,
    retry: { maxAttempts: 3, intervalMs: 60_000, backoff: 2, on: ['busy', 'no_answer', 'failed'] },
    ...more,
  });

describe('nextAfterCall', () => {
  it('returns delivered when the message was heard, also for a withdrawn notification', () => {
    expect(after({ outcome: 'heard' })).toEqual({ result: 'delivered' });
    expect(after({ outcome: 'heard', withdrawn: 'superseded' })).toEqual({ result: 'delivered' });
  });

  it('calls again after a growing pause, until the attempts are used up', () => {
    expect(after({})).toEqual({ againAt: 61_000 });
    expect(after({ attempts: 2 })).toEqual({ againAt: 121_000 });
    expect(after({ attempts: 3 })).toEqual({ result: 'busy' });
  });

  it.each([
    ['busy', 'busy'],
    ['rejected', 'busy'],
    ['no_answer', 'no_answer'],
    ['cut_short', 'failed'],
    ['machine', 'no_answer'],
    ['unreachable', 'failed'],
    ['failed', 'failed'],
  ] as const)('%s counts as %s', (outcome, result) => {
    expect(after({ outcome, attempts: 3 })).toEqual({ result });
    const on = [result];
    expect(after({ outcome, retry: { maxAttempts: 2, intervalMs: 1, backoff: 1, on } })).toEqual({ againAt: 1001 });
    expect(after({ outcome, retry: { maxAttempts: 2, intervalMs: 1, backoff: 1, on: [] } })).toEqual({ result });
  });

  it('does not repeat a call that the dial policy refused', () => {
    expect(after({ outcome: 'refused' })).toEqual({ result: 'refused' });
  });

  it('repeats a call that our own limits rejected, whatever the retry rules', () => {
    const retry = { maxAttempts: 1, intervalMs: 1, backoff: 1, on: [] };
    expect(after({ outcome: 'limited', attempts: 9, orderRepeats: 9, retry })).toEqual({ againAt: 31_000 });
    expect(after({ outcome: 'limited', withdrawn: 'superseded' })).toEqual({ result: 'superseded' });
  });

  it('repeats a call with an unknown outcome only when the rules list it', () => {
    const retry = { maxAttempts: 2, intervalMs: 1, backoff: 1 };
    const of = (...on: ('failed' | 'unknown')[]) => after({ outcome: 'unknown', retry: { ...retry, on } });
    expect(of('failed')).toEqual({ result: 'failed' });
    expect(of('unknown')).toEqual({ againAt: 1001 });
  });

  it('counts repeated calls of all notifications of an order together', () => {
    expect(after({ orderRepeats: 1 })).toEqual({ againAt: 61_000 });
    expect(after({ orderRepeats: 2 })).toEqual({ result: 'busy' });
    expect(after({ attempts: 2, orderRepeats: 1 })).toEqual({ result: 'busy' });
  });

  it('does not repeat the call of an expired, superseded or canceled notification', () => {
    expect(after({ expiresAt: 61_000 })).toEqual({ result: 'busy' });
    expect(after({ withdrawn: 'superseded' })).toEqual({ result: 'superseded' });
    expect(after({ withdrawn: 'canceled' })).toEqual({ result: 'canceled' });
  });
});
