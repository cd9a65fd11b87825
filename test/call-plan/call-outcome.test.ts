import { expect, it } from 'vitest';
import { PlannedCall } from './planned-call.js';
import { program, START } from './property-harness.js';
import type { PlanEvent } from '../../src/call-plan/event.js';

const NUMBER = '+420777123456';

/** A call in queue 1, one second after its arrival. */
function waiting(): PlannedCall & { visitId: string } {
  const call = new PlannedCall(program([{ enqueue: { queue: 1 } }]));
  const { visitId } = call.last('enqueue');
  call.take({ type: 'queue_joined', queue: 1, position: 1, waiting: 1, joinedAt: call.at });
  return Object.assign(call, { visitId });
}

function requested(more: Partial<PlanEvent & { type: 'call_requested' }>): PlanEvent & { type: 'call_requested' } {
  return {
    type: 'call_requested',
    at: START,
    channelId: 'c_1~l1',
    to: { number: NUMBER },
    callerId: null,
    party: { number: NUMBER, name: '' },
    timeoutMs: 30_000,
    autoAnswer: false,
    ...more,
  };
}

/** A call that the handset `sales` makes; the handset has answered. */
function clicked(): PlannedCall & { legId: string } {
  const call = new PlannedCall(program([{ ring: { number: NUMBER } }]), requested({ to: { handset: 'sales' } }));
  call.take({ type: 'leg_answered', legId: 'c_1~l1' });
  return Object.assign(call, { legId: call.last('dial').legId });
}

it('has no outcome before its end', () => {
  expect(waiting().summary.outcome).toBeUndefined();
});

it('contains the agent, the queue, the wait and the talk time', () => {
  const call = waiting();
  call.take({ type: 'queue_ringing', queue: 1, handset: 'sales' });
  call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
  call.take({ type: 'timer', name: 'nothing' });
  call.take({ type: 'queue_left', visitId: call.visitId, result: 'CONTINUE' });
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toEqual({
    name: 'answered',
    reason: null,
    queue: 1,
    waitedMs: 3000,
    agent: { handset: 'sales' },
    talkMs: 2000,
    endedAt: START + 6000,
    endedBy: 'handset',
  });
});

it('is lost when the caller hangs up while waiting', () => {
  const call = waiting();
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toMatchObject({ name: 'lost', queue: 1, waitedMs: 2000, agent: null, talkMs: 0 });
  expect(call.summary.outcome?.endedBy).toBe('caller');
});

it.each([
  ['TIMEOUT', 'unanswered'],
  ['FULL', 'busy'],
  ['JOINEMPTY', 'unreachable'],
])('a queue that gives up with %s: %s', (result, name) => {
  const call = waiting();
  call.take({ type: 'queue_left', visitId: call.visitId, result });
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toMatchObject({ name, queue: 1, waitedMs: 2000 });
});

it('is served when no target was rung', () => {
  const call = new PlannedCall(program(['answer', { play: 5 }]));
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toMatchObject({ name: 'served', queue: null, waitedMs: null, talkMs: 0 });
});

it('is rejected when the company ends it', () => {
  const call = waiting();
  call.take({ type: 'commanded', command: { type: 'hang_up' } });
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toMatchObject({ name: 'rejected', endedBy: 'operator' });
});

it('has failed when Asterisk restarted', () => {
  const call = waiting();
  call.take({ type: 'reconciled', after: 'asterisk_restart', channels: {}, playbacks: [] });
  expect(call.summary.outcome).toMatchObject({ name: 'failed', endedBy: 'asterisk' });
});

it('is refused by the dial policy, with the reason', () => {
  const call = new PlannedCall(program([]), requested({}));
  call.take({ type: 'leg_over', legId: 'c_1~l1', cause: 'refused', reason: 'not in the allowed countries' });
  expect(call.summary.outcome).toMatchObject({ name: 'refused', reason: 'not in the allowed countries' });
});

it('contains the ring time of a call to a number that did not answer', () => {
  const call = new PlannedCall(program([]), requested({}));
  call.take({ type: 'leg_over', legId: 'c_1~l1', cause: 'busy' });
  expect(call.summary.outcome).toMatchObject({ name: 'busy', waitedMs: 1000, agent: null });
});

it('of a call from a handset names that handset and not the number, with and without a talk', () => {
  const talked = clicked();
  talked.take({ type: 'leg_answered', legId: talked.legId });
  talked.take({ type: 'leg_over', legId: talked.legId, cause: 'normal' });
  talked.take({ type: 'leg_over', legId: 'c_1~l1', cause: 'normal' });
  expect(talked.summary.outcome).toMatchObject({ name: 'answered', agent: { handset: 'sales' }, endedBy: 'caller' });
  const unanswered = clicked();
  unanswered.take({ type: 'leg_over', legId: 'c_1~l1', cause: 'normal' });
  expect(unanswered.summary.outcome).toMatchObject({ name: 'lost', agent: { handset: 'sales' }, endedBy: 'handset' });
});

it('shows a call from a handset as a talk of the number with that handset', () => {
  const call = clicked();
  call.take({ type: 'leg_ringing', legId: call.legId });
  expect(call.summary.live).toMatchObject({ from: { handset: 'sales' }, talk: null });
  call.take({ type: 'leg_answered', legId: call.legId });
  expect(call.summary.live?.talk).toEqual({ who: { handset: 'sales' }, since: call.at });
});

it('shows the start of a talk in a queue', () => {
  const call = waiting();
  call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
  const { at } = call;
  call.take({
    type: 'reconciled',
    after: 'gateway_restart',
    channels: { [call.state.channelId]: 'elsewhere' },
    playbacks: [],
  });
  expect(call.summary.live?.talk).toEqual({ who: { handset: 'sales' }, since: at });
});

it('counts a second talk from its own beginning, and both together', () => {
  const call = new PlannedCall(program([{ enqueue: { queue: 1, answered: [{ enqueue: { queue: 3 } }] } }]));
  const first = call.last('enqueue').visitId;
  call.take({ type: 'queue_answered', queue: 1, handset: 'a' });
  call.take({ type: 'queue_left', visitId: first, result: 'CONTINUE' });
  call.take({ type: 'playback_refused', playbackId: call.last('play').playbackId, reason: 'none' });
  call.take({ type: 'queue_answered', queue: 3, handset: 'b' });
  expect(call.summary.live?.talk?.since).toBe(call.at);
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toMatchObject({ queue: 3, agent: { handset: 'a' }, talkMs: 2000, waitedMs: 2000 });
});

it('continues a call that an earlier version stored without a tally', () => {
  const call = waiting();
  call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
  delete call.state.tally;
  call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
  expect(call.summary.outcome).toMatchObject({ name: 'answered', agent: { handset: 'sales' }, talkMs: 1000 });
});
