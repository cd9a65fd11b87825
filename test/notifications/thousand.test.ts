import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { NotificationHarness } from './notification-harness.js';
import { flowIdOf } from '../../src/kernel/ids.js';

/** 1,000 notifications with random outcomes on a simulated trunk; limits and order are checked on the trunk itself. */

const COUNT = 1000;
const ORDERS = 400;
const [AT_ONCE, PER_MINUTE, MOST_CALLS] = [12, 40, 4];
const PRAGUE = 'Europe/Prague';

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let harness: NotificationHarness | undefined;
afterEach(async () => {
  await harness?.stop();
  harness = undefined;
});

describe.each([
  ['when clocks go forward', '2026-03-28T17:30:00Z'],
  ['when clocks go back', '2026-10-24T16:30:00Z'],
])('1,000 notifications over the night %s', (_name, start) => {
  it('keeps the limits, makes no calls at night, and speaks the last status of each order', async () => {
    const next = random(7);
    const settings = {
      max_concurrent: AT_ONCE,
      per_minute: PER_MINUTE,
      expires_after: '2d',
      ring_timeout: '20s',
      window: { from: '08:00', to: '20:00' },
      retry: { max_attempts: MOST_CALLS, interval: '5m', backoff: 1 },
    };
    const here = (harness = await NotificationHarness.start(settings, start));
    const open = new Set<string>();
    const begun: number[] = [];
    let most = 0;
    const nightly: string[] = [];
    const numberOf = (order: number) => `+4207770${String(order).padStart(5, '0')}`;
    const behaviours = ['answers', 'answers', 'busy', 'rejects', 'ignores', 'offline'] as const;
    const last = new Map<string, string>();
    const stale: string[] = [];
    const spoken = new Map<string, string>();
    here.words = ({ vars }) => Promise.resolve({ prompts: [Number(vars?.['n'])] });

    const dial = here.asterisk.dial.bind(here.asterisk);
    here.asterisk.dial = async (request) => {
      const type = behaviours[Math.floor(next() * behaviours.length)] ?? 'busy';
      const callee = type === 'answers' ? { type, afterMs: Math.floor(next() * 15_000) } : { type };
      here.asterisk.setCallee(request.endpoint, callee);
      const local = DateTime.fromMillis(here.clock.now(), { zone: PRAGUE });
      if (local.hour < 8 || local.hour >= 20) nightly.push(local.toISO() ?? '');
      begun.push(here.clock.now());
      const row = await rowOf(here, request.channelId);
      if (last.get(row.order_id) !== row.external_id) stale.push(row.external_id);
      open.add(request.channelId);
      most = Math.max(most, open.size);
      await dial(request).catch((error: unknown) => {
        open.delete(request.channelId);
        throw error;
      });
    };
    const play = here.asterisk.play.bind(here.asterisk);
    here.asterisk.play = async (request) => {
      spoken.set(request.channelId, `x${request.media[0]?.replace('sound:', '') ?? ''}`);
      await play(request);
    };
    here.asterisk.onEvent((event) => {
      if (event.type === 'channel_gone') open.delete(event.channelId);
    });

    for (let n = 1; n <= COUNT; n += 1) {
      const order = Math.floor(next() * ORDERS);
      last.set(`o${order}`, `x${n}`);
      await here.notify({ externalId: `x${n}`, orderId: `o${order}`, to: numberOf(order), vars: { n }, batch: 'all' });
      // Most are created in the evening, the others at night.
      await here.pass(n < 800 ? 4000 : 200_000);
    }
    await here.passAll();

    expect(here.errors).toEqual([]);
    expect(nightly).toEqual([]);
    expect(stale).toEqual([]);
    expect(most).toBe(AT_ONCE);
    const busiest = begun.map((at, i) => begun.slice(i).filter((later) => later < at + 60_000).length);
    expect(Math.max(...busiest)).toBe(PER_MINUTE);
    expect(here.called).toHaveLength(begun.length);
    expect(await here.reader.progressOf('all')).toMatchObject({ total: COUNT, states: { done: COUNT } });

    const rows = await here.db.selectFrom('notifications').selectAll().execute();
    const attempts = await here.db.selectFrom('notification_attempts').selectAll().orderBy('started_at').execute();
    for (const [order, newest] of last) {
      const row = rows.find((one) => one.external_id === newest);
      const ofOrder = attempts.filter(({ order_id }) => order_id === order);
      const heard = ofOrder.filter(({ outcome }) => outcome === 'heard').at(-1);
      if (row?.result === 'delivered') expect(spoken.get(`${heard?.flow_id ?? ''}~l1`), order).toBe(newest);
      else expect(['busy', 'no_answer', 'failed'], order).toContain(row?.result);
      // One budget for each order: calls beyond the first of each notification.
      expect(ofOrder.filter(({ number }) => number > 1).length, order).toBeLessThan(MOST_CALLS);
    }
    const published = here.published.map((fields) => fields['external_id']).sort();
    expect(published).toEqual(rows.map((row) => row.external_id).sort());
    // Only ends a test that hangs; the duration is not asserted.
  }, 900_000);
});

function rowOf(harness: NotificationHarness, channelId: string) {
  return harness.db
    .selectFrom('notifications')
    .innerJoin('notification_attempts', 'notification_id', 'notifications.id')
    .where('flow_id', '=', flowIdOf(channelId))
    .select(['notifications.order_id', 'external_id'])
    .executeTakeFirstOrThrow();
}
