import { beforeEach, expect, test } from 'vitest';
import type { ShownCall } from '../../../../src/monitor/protocol.js';
import { CallEvents, ID_WAIT_MS } from '../../../../src/web/console/embed/call-events.js';
import type { EmbeddedEvent } from '../../../../src/web/console/embed/protocol.js';
import { initialState, type Call, type PhoneState } from '../../../../src/web/console/phone/phone-state.js';

/** What a page hears of calls, from the states of the phone and of the gateway, which arrive in any order. */

const CALL: Call = {
  id: 'sip-1',
  direction: 'incoming',
  stage: 'ringing',
  number: '+420777888999',
  name: '',
  held: false,
  muted: false,
  talksSince: undefined,
};
const KNOWN = {
  id: 'c_1',
  direction: 'incoming',
  line: '+420222333444',
  number: '+420777888999',
  state: 'ringing',
  rings: [{ handset: 'eva' }],
} as unknown as ShownCall;

let at = 0;
let emitted: EmbeddedEvent[];

beforeEach(() => {
  at = 1_000_000;
  emitted = [];
});

function events(seesNumbers = true): CallEvents {
  return new CallEvents({ handset: 'eva', seesNumbers, emit: (event) => emitted.push(event), now: () => at });
}

const state = (calls: Call[], more: Partial<PhoneState> = {}): PhoneState => ({
  ...initialState,
  reach: 'ready',
  calls,
  ...more,
});
const named = () => emitted.filter(({ name }) => name !== 'state').map(({ name }) => name);
const last = () => emitted.at(-1)?.detail;

test('a call rings with the id of the gateway, whichever is known first', () => {
  const one = events();
  expect(one.update(state([CALL]), [])).toBe(ID_WAIT_MS);
  expect(named()).toEqual([]);
  expect(one.update(state([CALL]), [KNOWN])).toBeUndefined();
  expect(named()).toEqual(['ringing']);
  expect(last()).toMatchObject({ id: 'sip-1', callId: 'c_1', number: '+420777888999', line: '+420222333444' });
});

test('without an id in time it rings without one, and the state has it later', () => {
  const one = events();
  one.update(state([CALL]), []);
  at += ID_WAIT_MS;
  one.update(state([CALL]), []);
  expect(last()).toMatchObject({ callId: null, number: '+420777888999' });
  one.update(state([CALL]), [KNOWN]);
  expect(emitted.at(-1)).toMatchObject({ name: 'state', detail: { calls: [{ callId: 'c_1' }] } });
  expect(named()).toEqual(['ringing']);
});

test('each event comes once and in order, also for a call that ends before its id is known', () => {
  const one = events();
  one.update(state([CALL]), []);
  one.update(state([{ ...CALL, stage: 'talking' }]), []);
  one.update(state([], { ended: { number: '', name: '', direction: 'incoming', why: 'over' } }), []);
  expect(named()).toEqual(['ringing', 'answered', 'ended']);
  expect(last()).toMatchObject({ why: 'over' });
});

test('the id stays when the gateway has no longer the call', () => {
  const one = events();
  one.update(state([CALL]), [KNOWN]);
  one.update(state([{ ...CALL, stage: 'talking' }]), []);
  one.update(state([], { ended: { number: '', name: '', direction: 'incoming', why: 'over' } }), []);
  expect(last()).toMatchObject({ callId: 'c_1' });
});

test('a second call has an id of its own', () => {
  const one = events();
  const outgoing: Call = { ...CALL, id: 'sip-2', direction: 'outgoing', stage: 'calling', number: '777000111' };
  const second = { ...KNOWN, id: 'c_2', number: '+420777000111', from: { handset: 'eva' }, rings: [] } as ShownCall;
  one.update(state([{ ...CALL, stage: 'talking' }]), [KNOWN]);
  one.update(state([{ ...CALL, stage: 'talking', held: true }, outgoing]), [second, KNOWN]);
  expect(named()).toEqual(['ringing', 'answered', 'calling']);
  expect(last()).toMatchObject({ id: 'sip-2', callId: 'c_2', number: '777000111' });
});

test('without the right to see numbers there is neither number nor name', () => {
  const one = events(false);
  one.update(state([CALL]), [{ ...KNOWN, number: '+420777•••', name: 'Jana' }]);
  expect(last()).toMatchObject({ callId: 'c_1', number: null, name: '' });
  expect(JSON.stringify(emitted)).not.toMatch(/777|Jana/);
});

test('the same state is told once', () => {
  const one = events();
  one.update(state([CALL]), [KNOWN]);
  const before = emitted.length;
  one.update(state([{ ...CALL }]), [{ ...KNOWN }]);
  expect(emitted).toHaveLength(before);
});
