import { beforeEach, describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import type { TransferTarget } from '../../src/telephony/command.js';
import { PlannedCall } from './planned-call.js';
import { arrival, program } from './property-harness.js';

/** Transfers by the codes of a handset: the decisions of the flow. Real calls: test/asterisk/handset-transfer.test.ts. */

const CODES = { transferCodes: { blind: '*1', attended: '*2' } };
const RING = [{ ring: { handset: 'sales', timeout: 20 } }, { play: 7 }];
const QUEUE = ['answer', { enqueue: { queue: 1, answered: [{ play: 5 }] } }];
/** The channel of the handset in a queue's talk. */
const PARTY = '1700000000.42';

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);

/** A call that talks with the handset `sales`. */
function talking(more: object = CODES): { call: PlannedCall; legId: string } {
  const call = new PlannedCall({ ...program(RING), ...more });
  const { legId } = call.last('dial');
  call.take({ type: 'leg_answered', legId });
  return { call, legId };
}

function press(call: PlannedCall, legId: string, keys: string): PlanEffect[] {
  return Array.from(keys).flatMap((digit) => call.take({ type: 'leg_digit', legId, digit, durationMs: 100 }));
}

function found(call: PlannedCall, to: TransferTarget | null): PlanEffect[] {
  return call.take({ type: 'target_found', effectId: call.last('find_target').id, to, reason: 'nothing there' });
}

describe('a code', () => {
  it('separates the two parties: the caller hears music, the operator a dial tone', () => {
    const { call, legId } = talking();
    const effects = press(call, legId, '*1');
    expect(types(effects)).toEqual(['unbridge', 'start_music', 'play_tone']);
    expect(effects.at(-1)).toMatchObject({ channelId: legId, tone: 'dial' });
    expect(call.log).toContain('transfer_code');
  });

  it.each([
    ['a wrong key between', '*31'],
    ['the key of no code', '1'],
    ['another star', '**3'],
  ])('is not complete with %s', (_what, keys) => {
    const { call, legId } = talking();
    expect(press(call, legId, keys)).toEqual([]);
    expect(call.log).not.toContain('transfer_code');
  });

  it('begins again with its first key, and after a pause', () => {
    const { call, legId } = talking();
    press(call, legId, '**');
    call.at += 3000;
    expect(press(call, legId, '1')).toEqual([]);
    expect(types(press(call, legId, '**2'))).toContain('play_tone');
  });

  it('of the caller, and any code in a call of an earlier version, has no effect', () => {
    const { call } = talking();
    for (const digit of '*1') call.take({ type: 'digit', digit, durationMs: 100 });
    expect(call.log).not.toContain('transfer_code');
    const old = talking({});
    expect(press(old.call, old.legId, '*1')).toEqual([]);
  });

  it('that is switched off has no effect', () => {
    const { call, legId } = talking({ transferCodes: { attended: '*2' } });
    expect(press(call, legId, '*1')).toEqual([]);
    expect(types(press(call, legId, '*2'))).toContain('play_tone');
  });

  it('of a masked party has no effect', () => {
    const call = new PlannedCall({
      ...program([{ connect: 'driver' }]),
      ...CODES,
      about: { order: 'A', role: 'client' },
    });
    const { legId } = call.last('dial');
    call.take({ type: 'leg_answered', legId });
    expect(press(call, legId, '*1')).toEqual([]);
  });
});

describe('the target', () => {
  let call: PlannedCall;
  let legId: string;
  beforeEach(() => {
    ({ call, legId } = talking());
  });

  it.each([
    ['by #', () => press(call, legId, '103#')],
    [
      'by a pause',
      () => {
        press(call, legId, '103');
        return call.take({ type: 'timer', name: 'handset_transfer' });
      },
    ],
    [
      'by hanging up',
      () => {
        press(call, legId, '103');
        return call.take({ type: 'leg_over', legId, cause: 'normal' });
      },
    ],
  ])('is complete %s', (_how, end) => {
    press(call, legId, '*1');
    expect(end()).toContainEqual(expect.objectContaining({ type: 'find_target', digits: '103' }));
    const effects = found(call, { handset: 'boss' });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'dial', to: { handset: 'boss' } }));
    // The caller hears the music further on.
    expect(types(effects)).not.toContain('start_ringing');
    expect(types(effects)).not.toContain('stop_music');
    expect(types(call.take({ type: 'leg_answered', legId: call.last('dial').legId }))).toContain('stop_music');
  });

  it.each([
    ['no key', () => call.take({ type: 'timer', name: 'handset_transfer' })],
    ['# alone', () => press(call, legId, '#')],
    ['the code again', () => press(call, legId, '*1')],
  ])('is missing (%s): the talk continues', (_what, end) => {
    press(call, legId, '*1');
    expect(types(end())).toEqual(expect.arrayContaining(['stop_music', 'bridge']));
    expect(call.state.handsetTransfer).toBeUndefined();
    expect(call.log).toContain('transfer_over');
  });

  it('is none: a tone, and the talk continues', () => {
    press(call, legId, '*19#');
    expect(found(call, null)).toMatchObject([{ type: 'play_tone', tone: 'busy' }]);
    expect(types(call.take({ type: 'timer', name: 'handset_transfer' }))).toEqual(
      expect.arrayContaining(['stop_play', 'stop_music', 'bridge']),
    );
  });

  it('is none, and the operator has hung up: the call ends', () => {
    press(call, legId, '*19');
    call.take({ type: 'leg_over', legId, cause: 'normal' });
    found(call, null);
    expect(call.state).toMatchObject({ phase: 'hanging_up', endedBy: 'handset' });
  });

  it('is a queue that the call does not know: refused', () => {
    press(call, legId, '*19#');
    expect(types(found(call, { queue: 99 }))).toEqual(['play_tone']);
  });

  it('may be a queue, also for an attended transfer', () => {
    press(call, legId, '*29#');
    expect(types(found(call, { queue: 1 }))).toContain('enqueue');
  });
});

describe('an attended transfer', () => {
  let call: PlannedCall;
  let legId: string;
  let target: string;
  beforeEach(() => {
    ({ call, legId } = talking());
    press(call, legId, '*2103#');
    found(call, { handset: 'boss' });
    target = call.last('dial').legId;
  });

  it('rings the target for the operator, and connects them', () => {
    expect(call.last('dial')).toMatchObject({ originatorId: legId, callerId: 'sales' });
    const effects = call.take({ type: 'leg_answered', legId: target });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'bridge', channelIds: [legId, target] }));
    expect(call.state.agent).toEqual({ handset: 'sales' });
  });

  it('shows the target as ringing, and after the transfer as the agent', () => {
    expect(call.summary.live?.rings).toMatchObject([{ who: { handset: 'boss' } }]);
    call.take({ type: 'leg_answered', legId: target });
    call.take({ type: 'leg_over', legId, cause: 'normal' });
    expect(call.summary.live?.talk?.who).toEqual({ handset: 'boss' });
    expect(call.news.at(-1)).toMatchObject({ event: 'answered', agent: { handset: 'boss' } });
  });

  it.each(['busy', 'no_answer', 'refused'] as const)('of a target that is %s is refused', (cause) => {
    expect(types(call.take({ type: 'leg_over', legId: target, cause }))).toEqual(['stop_ringing', 'play_tone']);
    expect(types(call.take({ type: 'timer', name: 'handset_transfer' }))).toContain('bridge');
  });

  it('of a target that rings too long is refused', () => {
    const effects = call.take({ type: 'timer', name: 'handset_transfer' });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId: target }));
    expect(types(effects)).toContain('play_tone');
  });

  it('ends with the caller: every leg is hung up', () => {
    call.take({ type: 'leg_answered', legId: target });
    const effects = call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    for (const channelId of [legId, target])
      expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId }));
    expect(call.state.phase).toBe('over');
    expect(call.timers).toEqual({});
  });

  it('whose operator hung up during an interruption is completed', () => {
    call.take({ type: 'leg_answered', legId: target });
    const channels = { [call.state.channelId]: 'up', [target]: 'up' } as const;
    const effects = call.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] });
    const bridge = expect.objectContaining({ type: 'bridge', channelIds: [call.state.channelId, target] }) as unknown;
    expect(effects).toContainEqual(bridge);
  });

  it('whose target hung up during an interruption returns to the caller', () => {
    call.take({ type: 'leg_answered', legId: target });
    const channels = { [call.state.channelId]: 'up', [legId]: 'up' } as const;
    const effects = call.take({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] });
    const bridge = expect.objectContaining({ type: 'bridge', channelIds: [call.state.channelId, legId] }) as unknown;
    expect(effects).toContainEqual(bridge);
  });

  it('refuses commands other than the end of the call and listening', () => {
    call.take({ type: 'commanded', command: { type: 'transfer', to: { queue: 1 } } });
    expect(call.log).not.toContain('commanded');
    const effects = call.take({ type: 'commanded', command: { type: 'hang_up' } });
    for (const channelId of [legId, target])
      expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId }));
  });
});

describe("in a queue's talk", () => {
  let call: PlannedCall;
  beforeEach(() => {
    call = new PlannedCall({ ...program(QUEUE), ...CODES });
    call.take({ type: 'caller_left' });
    call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
    for (const digit of '*2') call.take({ type: 'talk_digit', partyId: PARTY, digit, durationMs: 100 });
  });
  const returned = () => call.take({ type: 'queue_left', visitId: call.last('enqueue').visitId, result: 'WITHDRAW' });

  it('both parties are taken out of the queue, in either order of arrival', () => {
    expect(call.last('take_talk')).toMatchObject({ channelId: call.state.channelId, partyId: PARTY });
    expect(types(returned())).toContain('start_music');
    expect(types(call.take({ type: 'leg_taken', legId: PARTY }))).toContain('play_tone');
    expect(call.summary.live?.talk?.who).toEqual({ handset: 'sales' });
  });

  it('the handset may arrive first', () => {
    expect(types(call.take({ type: 'leg_taken', legId: PARTY }))).toEqual(['leash']);
    expect(types(returned())).toContain('play_tone');
  });

  it('a handset that never arrives ends the talk', () => {
    returned();
    call.take({ type: 'timer', name: 'handset_transfer' });
    expect(call.lastPrompts).toEqual([5]);
  });

  it('a caller who is not returned stays where the caller is', () => {
    const effects = call.take({ type: 'timer', name: 'order' });
    expect(effects).toMatchObject([{ type: 'hang_up', channelId: PARTY }]);
    expect(call.state.handsetTransfer).toBeUndefined();
  });

  it('the time of the talk goes on', () => {
    returned();
    call.take({ type: 'leg_taken', legId: PARTY });
    expect(call.state.tally?.talkingSince).not.toBeNull();
    expect(call.news.filter(({ event }) => event === 'answered')).toHaveLength(1);
  });
});

it('in a call that a handset made, the other party becomes the own one, and the handset a leg', () => {
  const call = new PlannedCall(
    { ...program([{ ring: { number: '+420777888999', timeout: 20 } }]), ...CODES },
    { ...arrival(), forHandset: 'sales', caller: { number: '+420777888999', name: '' } },
  );
  const { channelId } = call.state;
  const { legId } = call.last('dial');
  call.take({ type: 'leg_answered', legId });
  for (const digit of '*1') call.take({ type: 'digit', channelId, digit, durationMs: 100 });
  expect(call.state).toMatchObject({ channelId: legId, handset: null });
  for (const digit of '103#') call.take({ type: 'digit', channelId, digit, durationMs: 100 });
  expect(found(call, { handset: 'boss' })).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId }));
  // The end of the handset's channel, which was the call's own, does not end the call.
  call.take({ type: 'caller_gone', channelId, cause: 'normal', q850: 16 });
  expect(call.state.phase).toBe('running');
});

describe('to a line', () => {
  const OTHER = '+420222333445';
  const other = {
    ...program([]),
    lines: { [OTHER]: { plan: program([{ play: 9 }]).lines['+420222333444']?.plan ?? [] } },
  };
  const entered = { ...other, line: { ...other.line, number: OTHER } };
  const enter = (call: PlannedCall, found: typeof entered | null) =>
    call.take({ type: 'line_found', effectId: call.last('find_line').id, program: found });

  it.each(['*1', '*2'])('%s sends the caller through the plan of the line, which stays the call of its own', (code) => {
    const { call, legId } = talking();
    press(call, legId, `${code}222333445#`);
    const effects = found(call, { line: OTHER });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'hang_up', channelId: legId }));
    expect(call.last('find_line')).toMatchObject({ line: OTHER, caller: call.state.caller.number });
    enter(call, entered);
    expect(call.lastPrompts).toEqual([9]);
    expect(call.entries.at(-1)?.data['at']).toBe(`lines/${OTHER}/plan/0`);
    expect(call.state).toMatchObject({ line: '+420222333444', phase: 'running' });
  });

  it('that has been removed meanwhile: the handset rings again', () => {
    const { call, legId } = talking();
    press(call, legId, '*1222333445#');
    found(call, { line: OTHER });
    expect(enter(call, null)).toContainEqual(expect.objectContaining({ type: 'dial', to: { handset: 'sales' } }));
  });

  it('whose plan comes after the caller has hung up: nothing happens', () => {
    const { call, legId } = talking();
    press(call, legId, '*1222333445#');
    found(call, { line: OTHER });
    call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    expect(enter(call, entered)).toEqual([]);
    expect(call.state.phase).toBe('over');
  });

  it('that loops by transfers ends nothing but its own plan: the actions after a talk are those of the new one', () => {
    const call = new PlannedCall({ ...program(QUEUE), ...CODES });
    call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
    call.take({ type: 'commanded', command: { type: 'transfer', to: { line: OTHER } } });
    call.take({ type: 'queue_left', visitId: call.last('enqueue').visitId, result: 'WITHDRAW' });
    enter(call, entered);
    expect(call.state.afterTalk).toBeUndefined();
  });
});

describe('the actions after a talk in a queue', () => {
  let call: PlannedCall;
  beforeEach(() => {
    call = new PlannedCall({ ...program(QUEUE), ...CODES });
    call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
  });
  const withdrawn = () => call.take({ type: 'queue_left', visitId: call.last('enqueue').visitId, result: 'WITHDRAW' });
  const answered = () => {
    const { legId } = call.last('dial');
    call.take({ type: 'leg_answered', legId });
    return legId;
  };

  it.each([
    [
      'by a code',
      () => {
        for (const digit of '*1') call.take({ type: 'talk_digit', partyId: PARTY, digit, durationMs: 100 });
        withdrawn();
        call.take({ type: 'leg_taken', legId: PARTY });
        press(call, PARTY, '103#');
        found(call, { handset: 'boss' });
      },
    ],
    [
      'by a command',
      () => {
        call.take({ type: 'commanded', command: { type: 'transfer', to: { handset: 'boss' } } });
        withdrawn();
      },
    ],
  ])('run when the talk has been transferred %s and ends', (_how, transfer) => {
    transfer();
    const legId = answered();
    expect(call.log).not.toContain('hang_up');
    call.take({ type: 'leg_over', legId, cause: 'normal' });
    expect(call.lastPrompts).toEqual([5]);
    expect(call.entries.filter(({ kind }) => kind === 'action').at(-1)?.data['at']).toBe(
      'lines/+420222333444/plan/1/enqueue/answered/0',
    );
    call.take({ type: 'playback_finished', playbackId: call.last('play').playbackId, failed: false });
    expect(call.state).toMatchObject({ phase: 'hanging_up', endedBy: 'plan' });
  });

  it('do not run for a caller who is transferred while waiting, who is rejected, or who hangs up', () => {
    const waiting = new PlannedCall({ ...program(QUEUE), ...CODES });
    waiting.take({ type: 'commanded', command: { type: 'transfer', to: { handset: 'boss' } } });
    expect(waiting.state.afterTalk).toBeUndefined();
    call.take({ type: 'commanded', command: { type: 'transfer', to: { handset: 'boss' } } });
    withdrawn();
    answered();
    call.take({ type: 'commanded', command: { type: 'reject', prompt: 4 } });
    expect(call.lastPrompts).toEqual([4]);
    call.take({ type: 'playback_finished', playbackId: call.last('play').playbackId, failed: false });
    expect(call.state.phase).toBe('hanging_up');
  });

  it('run once, also when they ring a handset themselves', () => {
    call = new PlannedCall({
      ...program(['answer', { enqueue: { queue: 1, answered: [{ ring: { handset: 'tester', timeout: 20 } }] } }]),
      ...CODES,
    });
    call.take({ type: 'queue_answered', queue: 1, handset: 'sales' });
    call.take({ type: 'commanded', command: { type: 'transfer', to: { handset: 'boss' } } });
    withdrawn();
    call.take({ type: 'leg_over', legId: answered(), cause: 'normal' });
    call.take({ type: 'leg_over', legId: answered(), cause: 'normal' });
    expect(call.state).toMatchObject({ phase: 'hanging_up', endedBy: 'handset' });
  });

  it('do not run twice when Asterisk has not returned the caller in time', () => {
    call.take({ type: 'commanded', command: { type: 'transfer', to: { handset: 'boss' } } });
    call.take({ type: 'timer', name: 'order' });
    expect(call.state.afterTalk).toBeUndefined();
    call.take({ type: 'queue_left', visitId: call.last('enqueue').visitId, result: 'CONTINUE' });
    expect(call.lastPrompts).toEqual([5]);
  });
});
