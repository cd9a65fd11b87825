import { describe, expect, it } from 'vitest';
import type { FoundOrder } from '../../src/telephony/telephony.js';
import type { PlanEffect } from '../../src/call-plan/call.js';
import type { OrdersProgram, PlanProgram } from '../../src/call-plan/program.js';
import { planSchema } from '../../src/company/plan-schema.js';
import { PlannedCall, playOf } from './planned-call.js';
import { program } from './property-harness.js';

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);
const order = (id: string, more: Partial<FoundOrder> = {}): FoundOrder => ({
  id,
  role: 'client',
  status: 'arrived',
  hasOther: true,
  says: [50, 51],
  ...more,
});
const orders: OrdersProgram = {
  choosePrompts: [],
  menus: {
    arrived: {
      prompts: [60],
      timeoutMs: 5000,
      retries: 1,
      keys: { '1': planSchema.parse([{ connect: 'driver' }]), '2': [] },
    },
    without_driver: { prompts: [61], timeoutMs: 4000, retries: 0, keys: { '2': [] } },
  },
};
const plan = ['answer', 'order_status', { enqueue: { queue: 1 } }];

function statusCall(more: Partial<PlanProgram> = {}, actions: unknown = plan): PlannedCall {
  return new PlannedCall({ ...program(actions), orders, ...more });
}

function lookupReturns(call: PlannedCall, ...found: FoundOrder[]): PlanEffect[] {
  return call.take({ type: 'orders_found', effectId: call.last('order_lookup').id, orders: found });
}

describe('order_status', () => {
  it('looks the caller’s orders up, for 1.5 seconds at most', () => {
    const call = statusCall();
    expect(call.last('order_lookup')).toMatchObject({
      among: 'own',
      caller: '+420777888999',
      line: '+420222333444',
      languages: ['cs', 'en'],
      limitMs: 1500,
    });
    expect(call.timers['lookup']).toBe(call.at + 1500);
    expect(types(call.take({ type: 'timer', name: 'lookup' }))).toEqual(['enqueue']);
    expect(call.entries).toContainEqual(expect.objectContaining({ kind: 'no_order', data: { why: 'late' } }));
    expect(lookupReturns(call, order('A-1'))).toEqual([]);
  });

  it('plays the status and the keys, and accepts a key during the status', () => {
    const call = statusCall();
    expect(lookupReturns(call, order('A-1'))).toMatchObject([playOf(50, 51, 60)]);
    const pressed = call.take({ type: 'digit', digit: '1', durationMs: 80 });
    expect(types(pressed)).toEqual(['stop_play', 'start_ringing', 'dial']);
    expect(call.last('dial').to).toEqual({ party: 'driver', order: 'A-1' });
  });

  it('continues to the queue with its key, without a key, and when no party can be connected', () => {
    const operator = statusCall();
    lookupReturns(operator, order('A-1'));
    expect(types(operator.take({ type: 'digit', digit: '2', durationMs: 80 }))).toEqual(['stop_play', 'enqueue']);

    const silent = statusCall();
    lookupReturns(silent, order('A-1'));
    silent.take({ type: 'playback_finished', playbackId: silent.last('play').playbackId, failed: false });
    expect(types(silent.take({ type: 'timer', name: 'input' }))).toEqual(['enqueue']);

    const driver = statusCall();
    lookupReturns(driver, order('A-1'));
    driver.take({ type: 'digit', digit: '1', durationMs: 80 });
    const left = driver.take({ type: 'leg_over', legId: driver.last('dial').legId, cause: 'busy' });
    expect(types(left)).toEqual(['stop_ringing', 'enqueue']);
  });

  it('repeats the keys once after a wrong one', () => {
    const call = statusCall();
    lookupReturns(call, order('A-1'));
    expect(call.take({ type: 'digit', digit: '7', durationMs: 80 })).toContainEqual(
      expect.objectContaining(playOf(60)),
    );
    expect(types(call.take({ type: 'digit', digit: '7', durationMs: 80 }))).toEqual(['stop_play', 'enqueue']);
  });

  it('offers the driver only when the driver’s number is known', () => {
    const call = statusCall();
    lookupReturns(call, order('A-1', { status: 'new', hasOther: false }));
    expect(call.lastPrompts).toEqual([50, 51, 61]);
    const other = statusCall();
    lookupReturns(other, order('A-1', { status: null, hasOther: true, says: [] }));
    expect(types(other.effects).at(-1)).toBe('enqueue');
  });

  it('continues at once without a caller number or prompts', () => {
    const none = statusCall();
    expect(types(lookupReturns(none))).toEqual(['enqueue']);
    const elsewhere = statusCall({}, ['answer', { order_status: { none: [{ play: 9 }] } }, { enqueue: { queue: 1 } }]);
    lookupReturns(elsewhere);
    expect(elsewhere.lastPrompts).toEqual([9]);
    const failed = statusCall();
    const { id: effectId } = failed.last('order_lookup');
    expect(types(failed.take({ type: 'effect_failed', effect: 'order_lookup', effectId, reason: 'x' }))).toEqual([
      'enqueue',
    ]);
  });

  it('takes the newest of several orders, or lets the caller choose', () => {
    const newest = statusCall();
    lookupReturns(newest, order('A-2'), order('A-1'));
    expect(newest.state.about).toEqual({ order: 'A-2', role: 'client' });

    const choosing = statusCall({ orders: { ...orders, choosePrompts: [71, 72] } });
    lookupReturns(choosing, order('A-2'), order('A-1', { says: [55] }), order('A-0'));
    expect(choosing.lastPrompts).toEqual([71, 50, 51, 72, 55]);
    choosing.take({ type: 'digit', digit: '2', durationMs: 80 });
    expect(choosing.state.about).toEqual({ order: 'A-1', role: 'client' });
    expect(choosing.lastPrompts).toEqual([55, 60]);
  });

  it('plays shipped prompts for the default keys and the choice of an order', () => {
    const words = { choose: [71, 72], driver: [73], operator: [74] };
    const usual = { prompts: [], timeoutMs: 5000, retries: 1, keys: { '2': [] } };
    const menus: OrdersProgram['menus'] = {
      with_driver: { ...usual, offers: ['driver', 'operator'] },
      without_driver: { ...usual, offers: ['operator'] },
    };
    const heard = (...found: FoundOrder[]) => {
      const call = statusCall({ orders: { choosePrompts: [], menus } });
      const { id: effectId } = call.last('order_lookup');
      call.take({ type: 'orders_found', effectId, orders: found, words });
      return call;
    };
    expect(heard(order('A-1')).lastPrompts).toEqual([50, 51, 73, 74]);
    expect(heard(order('A-1', { hasOther: false })).lastPrompts).toEqual([50, 51, 74]);
    const wrong = heard(order('A-1'));
    wrong.take({ type: 'digit', digit: '7', durationMs: 80 });
    expect(wrong.lastPrompts).toEqual([73, 74]);
    const several = heard(order('A-2'), order('A-1', { says: [55] }));
    expect(several.lastPrompts).toEqual([71, 50, 51, 72, 55]);
    several.take({ type: 'digit', digit: '2', durationMs: 80 });
    expect(several.lastPrompts).toEqual([55, 73, 74]);
  });

  it('restarts the lookup deadline after a reconcile', () => {
    const call = statusCall();
    const channels = { [call.state.channelId]: 'up' } as const;
    call.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] });
    expect(call.timers['lookup']).toBe(call.at + 1500);
    expect(types(lookupReturns(call, order('A-1')))).toEqual(['play']);
  });
});

describe('a line with call_back', () => {
  const called = (more: Partial<PlanProgram> = {}) =>
    statusCall({ callBack: true, orders: { choosePrompts: [], menus: {} }, ...more }, ['answer', { play: 9 }]);

  it('connects the caller with the other party before the plan starts', () => {
    const call = called();
    expect(types(call.effects)).toEqual(['order_lookup']);
    expect(call.last('order_lookup').among).toBe('pair');
    expect(types(lookupReturns(call, order('A-1', { role: 'driver', says: [] })))).toEqual(['start_ringing', 'dial']);
    expect(call.last('dial').to).toEqual({ party: 'client', order: 'A-1' });
  });

  it('runs the plan from its beginning when the other party does not answer', () => {
    const call = called();
    lookupReturns(call, order('A-1'));
    const left = call.take({ type: 'leg_over', legId: call.last('dial').legId, cause: 'no_answer' });
    expect(types(left)).toEqual(['stop_ringing', 'answer', 'play']);
    expect(call.lastPrompts).toEqual([9]);
  });

  it('runs the plan for all other callers, without a timeline entry', () => {
    const call = called();
    expect(types(lookupReturns(call))).toEqual(['answer', 'play']);
    const kinds = call.entries.map(({ kind, data }) => (kind === 'action' ? data['action'] : kind));
    expect(kinds).toEqual(['arrived', 'answer', 'play']);
  });

  it('runs the plan when the lookup times out', () => {
    const call = called();
    expect(types(call.take({ type: 'timer', name: 'lookup' }))).toEqual(['answer', 'play']);
  });

  it('answers the call to let the caller choose between two orders', () => {
    const call = called({ orders: { choosePrompts: [71, 72], menus: {} } });
    expect(types(lookupReturns(call, order('A-2'), order('A-1')))).toEqual(['answer', 'play']);
    call.take({ type: 'digit', digit: '2', durationMs: 80 });
    expect(call.last('dial').to).toEqual({ party: 'driver', order: 'A-1' });
  });
});
