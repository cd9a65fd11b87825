import { describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import type { TransferTarget } from '../../src/telephony/command.js';
import { PlannedCall } from './planned-call.js';
import { arrival, program } from './property-harness.js';

/** Transfers by the key of a phone: the decisions of the flow. Real calls: test/asterisk/transfer-key.test.ts. */

const CODES = { transferCodes: { blind: '*1', attended: '*2' } };
const RING = [{ ring: { handset: 'sales', timeout: 20 } }, { play: 7 }];
const QUEUE = ['answer', { enqueue: { queue: 1, answered: [{ play: 5 }] } }];
/** The channel of the handset in a queue's talk. */
const PARTY = '1700000000.42';

/** A call that talks with the handset `sales`. */
function talking(more: object = CODES): { call: PlannedCall; legId: string } {
  const call = new PlannedCall({ ...program(RING), ...more });
  const { legId } = call.last('dial');
  call.take({ type: 'leg_answered', legId });
  return { call, legId };
}

function talkingInQueue(): PlannedCall {
  const call = new PlannedCall({ ...program(QUEUE), ...CODES });
  call.take({ type: 'caller_left' });
  call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
  return call;
}

const key = (call: PlannedCall, partyId: string, to: string | null, handset = 'sales') =>
  call.take({ type: 'transfer_key', partyId, handset, to });

const found = (call: PlannedCall, to: TransferTarget | null) =>
  call.take({ type: 'target_found', effectId: call.last('find_target').id, to, reason: 'nothing there' });

const returned = (call: PlannedCall, result = 'WITHDRAW') =>
  call.take({ type: 'queue_left', visitId: call.last('enqueue').visitId, result });

const answers = (effects: PlanEffect[]) => effects.filter(({ type }) => type === 'answer_transfer');
const refused = (channelId: string) => expect.objectContaining({ channelId, isAccepted: false }) as unknown;
const accepted = (channelId: string) => expect.objectContaining({ channelId, isAccepted: true }) as unknown;

describe('the key', () => {
  it('looks the number up at once and tells the phone when the caller is on the way', () => {
    const { call, legId } = talking();
    expect(key(call, legId, '103')).toContainEqual(expect.objectContaining({ type: 'find_target', digits: '103' }));
    const effects = found(call, { handset: 'boss' });
    expect(answers(effects)).toEqual([accepted(legId)]);
    expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId: legId }));
    expect(effects).toContainEqual(expect.objectContaining({ type: 'dial', to: { handset: 'boss' } }));
    expect(call.log).toEqual(expect.arrayContaining(['transfer_key', 'transferred']));
  });

  it.each(['999', null])('with the target %s, which is refused: the phone is told so, and the talk continues', (to) => {
    const { call, legId } = talking();
    key(call, legId, to);
    expect(answers(found(call, null))).toEqual([refused(legId)]);
    const effects = call.take({ type: 'timer', name: 'handset_transfer' });
    const bridge = expect.objectContaining({ type: 'bridge', channelIds: [call.state.channelId, legId] }) as unknown;
    expect(effects).toContainEqual(bridge);
  });

  it.each<[string, () => PlanEffect[], string]>([
    ['of another channel', () => key(talking().call, 'other', '103'), 'other'],
    ['of the caller', () => key(talking().call, arrival().channelId, '103'), arrival().channelId],
    ['before the answer', () => key(new PlannedCall({ ...program(RING), ...CODES }), 'leg', '103'), 'leg'],
    ['of another handset in a talk of a queue', () => key(talkingInQueue(), PARTY, '103', 'office'), PARTY],
  ])('%s is refused, and nothing else happens', (_what, press, channelId) => {
    expect(press()).toEqual([refused(channelId)]);
  });

  it('is refused where the code for it is off, and during a transfer', () => {
    const off = talking({ transferCodes: { attended: '*2' } });
    expect(key(off.call, off.legId, '103')).toEqual([refused(off.legId)]);
    const { call, legId } = talking();
    for (const digit of '*2') call.take({ type: 'leg_digit', legId, digit, durationMs: 100 });
    expect(key(call, legId, '103')).toEqual([refused(legId)]);
    expect(call.state.handsetTransfer?.kind).toBe('attended');
  });

  it('in a call that the handset made: the other party is transferred', () => {
    const call = new PlannedCall(
      { ...program([{ ring: { number: '+420777888999', timeout: 20 } }]), ...CODES },
      { ...arrival(), forHandset: 'sales', caller: { number: '+420777888999', name: '' } },
    );
    const { channelId } = call.state;
    const { legId } = call.last('dial');
    call.take({ type: 'leg_answered', legId });
    key(call, channelId, '103');
    expect(answers(found(call, { handset: 'boss' }))).toEqual([accepted(channelId)]);
    expect(call.state.channelId).toBe(legId);
  });
});

describe("in a queue's talk", () => {
  it('both are taken out of the queue first', () => {
    const call = talkingInQueue();
    key(call, PARTY, '103');
    expect(call.last('take_talk')).toMatchObject({ channelId: call.state.channelId, partyId: PARTY });
    returned(call);
    call.take({ type: 'leg_taken', legId: PARTY });
    expect(call.last('find_target')).toMatchObject({ digits: '103' });
    expect(answers(found(call, { handset: 'boss' }))).toEqual([accepted(PARTY)]);
  });

  it.each<[string, (call: PlannedCall) => void]>([
    [
      'before it was taken out',
      (call) => {
        returned(call, 'CONTINUE');
      },
    ],
    [
      'before the caller is back',
      (call) => {
        call.take({ type: 'leg_taken', legId: PARTY });
        call.take({ type: 'leg_over', legId: PARTY, cause: 'normal' });
        returned(call);
      },
    ],
    [
      'after the caller is back',
      (call) => {
        returned(call);
        call.take({ type: 'leg_over', legId: PARTY, cause: 'normal' });
      },
    ],
    [
      'without an event',
      (call) => {
        returned(call);
        call.take({ type: 'timer', name: 'handset_transfer' });
      },
    ],
  ])('a phone that hangs up %s has transferred the caller', (_when, hangUp) => {
    const call = talkingInQueue();
    key(call, PARTY, '103');
    hangUp(call);
    expect(call.state.handsetTransfer?.phase).toMatchObject({ type: 'finding', isOperatorGone: true });
    expect(found(call, { handset: 'boss' })).toContainEqual(
      expect.objectContaining({ type: 'dial', to: { handset: 'boss' } }),
    );
  });

  it('a phone that hangs up, and a target that is refused: the talk is over', () => {
    const call = talkingInQueue();
    key(call, PARTY, '999');
    returned(call, 'CONTINUE');
    found(call, null);
    expect(call.lastPrompts).toEqual([5]);
  });
});
