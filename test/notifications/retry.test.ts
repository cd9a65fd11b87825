import { describe, expect, it } from 'vitest';
import { afterCall, type Attempted } from '../../src/notifications/retry.js';

const after = (more: Partial<Attempted>) =>
  afterCall({
    now: 1000,
    outcome: 'busy',
    attempts: 1,
    orderRepeats: 0,
    expiresAt: 1e9,
    withdrawn: null,
    retry: { maxAttempts: 3, intervalMs: 60_000, backoff: 2, on: ['busy', 'no_answer', 'failed'] },
    ...more,
  });

describe('what becomes of a notification after a call', () => {
  it('what was heard is delivered, also when it is not wanted any more', () => {
    expect(after({ outcome: 'heard' })).toEqual({ result: 'delivered' });
    expect(after({ outcome: 'heard', withdrawn: 'superseded' })).toEqual({ result: 'delivered' });
  });

  it('another call after a pause that grows, until all are made', () => {
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

  it('no other call to a number that may not be called', () => {
    expect(after({ outcome: 'refused' })).toEqual({ result: 'refused' });
  });

  it('waits for our own limits, whatever the rules for calls say', () => {
    const retry = { maxAttempts: 1, intervalMs: 1, backoff: 1, on: [] };
    expect(after({ outcome: 'limited', attempts: 9, orderRepeats: 9, retry })).toEqual({ againAt: 31_000 });
    expect(after({ outcome: 'limited', withdrawn: 'superseded' })).toEqual({ result: 'superseded' });
  });

  it('what may have been heard is called again only for who asks for that', () => {
    const retry = { maxAttempts: 2, intervalMs: 1, backoff: 1 };
    const of = (...on: ('failed' | 'unknown')[]) => after({ outcome: 'unknown', retry: { ...retry, on } });
    expect(of('failed')).toEqual({ result: 'failed' });
    expect(of('unknown')).toEqual({ againAt: 1001 });
  });

  it('the notifications of an order share the calls beyond their first', () => {
    expect(after({ orderRepeats: 1 })).toEqual({ againAt: 61_000 });
    expect(after({ orderRepeats: 2 })).toEqual({ result: 'busy' });
    expect(after({ attempts: 2, orderRepeats: 1 })).toEqual({ result: 'busy' });
  });

  it('no call after it has expired, nor when a newer status has come or it was canceled', () => {
    expect(after({ expiresAt: 61_000 })).toEqual({ result: 'busy' });
    expect(after({ withdrawn: 'superseded' })).toEqual({ result: 'superseded' });
    expect(after({ withdrawn: 'canceled' })).toEqual({ result: 'canceled' });
  });
});
