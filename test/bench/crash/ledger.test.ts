import { expect, test } from 'vitest';
import { findLosses, type Delivery, type Evidence } from './ledger.js';

const event = (seq: number, name: string, body = `${seq}`): Delivery => ({
  callId: 'c1',
  event: name,
  eventId: `e${seq}`,
  seq,
  body,
});

const good: Evidence = {
  promised: ['c1'],
  served: ['777000001'],
  stored: [{ id: 'c1', caller: '+420777000001', over: true, outcome: 'served' }],
  deliveries: [event(1, 'call_started'), event(1, 'call_started'), event(2, 'hangup')],
  dropped: [],
  runningFlows: 0,
  openEffects: 0,
  channels: 0,
};

test('an event that is delivered twice in the same words is no loss', () => {
  expect(findLosses(good)).toEqual([]);
});

test('an event that was left out on purpose is no loss', () => {
  const deliveries = [event(1, 'call_started'), event(3, 'hangup')];
  expect(findLosses({ ...good, deliveries })).toHaveLength(1);
  expect(findLosses({ ...good, deliveries, dropped: [{ callId: 'c1', seq: 2 }] })).toEqual([]);
});

test.each<[string, Partial<Evidence>, RegExp]>([
  ['an accepted call', { promised: ['c1', 'c2'] }, /accepted call c2/],
  ['a served call', { served: ['777000002'] }, /served call of 777000002/],
  ['the end of a call', { stored: [{ ...good.stored[0]!, over: false }] }, /c1 has no end/],
  ['an outcome', { stored: [{ ...good.stored[0]!, outcome: null }] }, /no outcome/],
  ['an event', { deliveries: [event(2, 'hangup')] }, /came as 2/],
  ['the order of events', { deliveries: [event(2, 'call_started'), event(1, 'hangup')] }, /came as 2 1/],
  ['the event of the end', { deliveries: [event(1, 'call_started')] }, /0 events of its end/],
  ['the words of an event', { deliveries: [...good.deliveries, event(2, 'hangup', 'other')] }, /twice, differently/],
  ['a flow', { runningFlows: 1 }, /1 flows/],
  ['an effect', { openEffects: 2 }, /2 effects/],
  ['a channel', { channels: 3 }, /3 channels/],
])('%s that is lost or left over is found', (_what, change, message) => {
  const losses = findLosses({ ...good, ...change });
  expect(losses).toHaveLength(1);
  expect(losses[0]).toMatch(message);
});
