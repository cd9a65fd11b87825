import { describe, expect, it } from 'vitest';
import type { ChannelStatus } from '../../src/kernel/event.js';
import { PlannedCall } from '../call-plan/planned-call.js';
import { program } from '../call-plan/property-harness.js';
import { program as bridgeProgram, TestedBridge } from '../masked-bridges/bridge-harness.js';

/** A leg whose trunk fails before it rings is dialled over the next trunk, under another id. */

const route = { trunk: 'main', others: ['backup'] };
const found = (channels: Record<string, ChannelStatus>, after: 'gateway_restart' | 'asterisk_restart') =>
  ({ type: 'reconciled', after, channels, playbacks: [] as string[] }) as const;

/** A caller for whom a number is dialled. */
function dialled() {
  const call = new PlannedCall(program([{ ring: { number: '+420777888999', timeout: 60 } }]));
  const { legId } = call.last('dial');
  call.take({ type: 'leg_dialling', legId, route });
  return { call, legId, own: call.state.channelId };
}

describe('a leg of a caller', () => {
  it('whose trunk fails is dialled over the next one, and talks', () => {
    const { call, legId } = dialled();
    call.take({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
    const again = call.last('dial');
    expect(again).toMatchObject({ to: { number: '+420777888999' }, after: { legId, trunks: ['main'] } });
    expect(again.legId).not.toBe(legId);
    expect(call.entries.at(-1)).toMatchObject({ kind: 'trunk_failed', data: { trunk: 'main', next: 'backup' } });
    expect(JSON.stringify(call.state.action)).not.toContain(legId);
    call.take({ type: 'leg_dialling', legId: again.legId, route: { trunk: 'backup', others: [] } });
    call.take({ type: 'leg_ringing', legId: again.legId });
    expect(call.take({ type: 'leg_answered', legId: again.legId })).toContainEqual(
      expect.objectContaining({ type: 'bridge' }),
    );
    expect(call.state.unanswered).toBeUndefined();
  });

  it('that is refused before its route is known is dialled over the next trunk as soon as it is', () => {
    const call = new PlannedCall(program([{ ring: { number: '+420777888999', timeout: 60 } }]));
    const { legId } = call.last('dial');
    call.take({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
    expect(call.entries.map(({ kind }) => kind)).not.toContain('leg_over');
    call.take({ type: 'leg_dialling', legId, route });
    expect(call.last('dial')).toMatchObject({ after: { legId, trunks: ['main'] } });
  });

  it.each([
    ['without another trunk', { route: { trunk: 'main', others: [] } }],
    ['over an endpoint of other files', {}],
  ])('that is refused before it is known to be dialled ends then: %s', (_, known) => {
    const call = new PlannedCall(program([{ ring: { number: '+420777888999', timeout: 60 } }]));
    const { legId } = call.last('dial');
    call.take({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
    call.take({ type: 'leg_dialling', legId, ...known });
    expect(call.effects.filter(({ type }) => type === 'dial')).toHaveLength(1);
    expect(call.entries.find(({ kind }) => kind === 'leg_over')?.data).toMatchObject({ cause: 'failed' });
  });

  it('ends with the cause of the last trunk', () => {
    const { call, legId } = dialled();
    call.take({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
    const again = call.last('dial');
    const last = { type: 'leg_over', legId: again.legId, cause: 'provider_refused', trunkFailed: true } as const;
    call.take({ ...last, route: { trunk: 'backup', others: [] } });
    expect(call.effects.filter(({ type }) => type === 'dial')).toHaveLength(2);
    expect(call.entries.find(({ kind }) => kind === 'leg_over')?.data).toMatchObject({ cause: 'provider_refused' });
  });

  it.each([
    ['the callee ended it', { cause: 'busy' } as const, false],
    ['it had rung', { cause: 'failed', trunkFailed: true } as const, true],
  ])('is not dialled again when %s', (_, over, rang) => {
    const { call, legId } = dialled();
    if (rang) call.take({ type: 'leg_ringing', legId });
    call.take({ type: 'leg_over', legId, ...over });
    expect(call.effects.filter(({ type }) => type === 'dial')).toHaveLength(1);
  });

  it('is not dialled again when the caller has gone meanwhile', () => {
    const { call, legId } = dialled();
    call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    call.take({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
    expect(call.effects.filter(({ type }) => type === 'dial')).toHaveLength(1);
  });

  it('that ended while the gateway was down is dialled over the next trunk, if the caller still waits', () => {
    const { call, legId, own } = dialled();
    call.take(found({ [own]: 'ringing' }, 'gateway_restart'));
    expect(call.last('dial')).toMatchObject({ after: { legId, trunks: ['main'] } });
    const lost = dialled();
    lost.call.take(found({}, 'asterisk_restart'));
    expect(lost.call.effects.filter(({ type }) => type === 'dial')).toHaveLength(1);
  });
});

describe('a trunk that says nothing', () => {
  const silence = (call: PlannedCall) => {
    const due = call.timers['silent_trunk'] ?? expect.fail('no timer');
    call.at = due - 1000;
    call.take({ type: 'timer', name: 'silent_trunk' });
    return due;
  };

  it('is given up after a while: the leg is hung up and dialled over the next one', () => {
    const { call, legId } = dialled();
    const before = call.state.startedAt;
    expect(silence(call)).toBeGreaterThan(before + 10_000);
    expect(call.last('hang_up')).toMatchObject({ channelId: legId });
    const again = call.last('dial');
    expect(again.after).toEqual({ legId, trunks: ['main'], silent: true });
    expect(call.entries.at(-1)).toMatchObject({ kind: 'trunk_failed', data: { trunk: 'main', silent: true } });
    // Its late end means nothing any more, and the last trunk has all the time that the plan gives.
    call.take({ type: 'leg_over', legId, cause: 'normal' });
    call.take({ type: 'leg_dialling', legId: again.legId, route: { trunk: 'backup', others: [] } });
    expect(call.timers).not.toHaveProperty('silent_trunk');
    call.take({ type: 'leg_answered', legId: again.legId });
    expect(call.last('bridge').channelIds).toContain(again.legId);
  });

  it.each([
    ['it has said something', 'leg_progress'],
    ['it rings', 'leg_ringing'],
    ['it was answered', 'leg_answered'],
  ] as const)('is kept when %s', (_, type) => {
    const { call, legId } = dialled();
    call.take({ type, legId });
    expect(call.timers).not.toHaveProperty('silent_trunk');
  });

  it('is kept after a restart: what it said meanwhile is not known', () => {
    const { call, legId, own } = dialled();
    call.take(found({ [own]: 'ringing', [legId]: 'down' }, 'gateway_restart'));
    expect(call.timers).not.toHaveProperty('silent_trunk');
    call.take({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
    expect(call.last('dial')).toMatchObject({ after: { legId } });
  });

  it('is not followed by another one when nobody waits any more', () => {
    const { call } = dialled();
    call.take({ type: 'caller_gone', cause: 'normal', q850: 16 });
    expect(call.timers).not.toHaveProperty('silent_trunk');
  });

  it('is given up in a masked bridge as well', () => {
    const bridge = new TestedBridge(bridgeProgram());
    const legId = bridge.state.legs.a.id;
    bridge.give({ type: 'leg_dialling', legId, route });
    bridge.at = (bridge.flow.timers(bridge.state)['silent_trunk'] ?? expect.fail('no timer')) - 1000;
    expect(bridge.timer('silent_trunk')).toMatchObject([
      { type: 'hang_up' },
      { type: 'dial', after: { legId, silent: true } },
    ]);
    expect(bridge.state.legs.a.id).not.toBe(legId);
  });
});

it('a leg of a masked bridge is dialled over the next trunk, and its failure is that of the last one', () => {
  const bridge = new TestedBridge(bridgeProgram());
  const legId = bridge.state.legs.a.id;
  bridge.give({ type: 'leg_dialling', legId, route });
  bridge.give({ type: 'leg_over', legId, cause: 'failed', trunkFailed: true });
  const { id } = bridge.state.legs.a;
  expect(id).not.toBe(legId);
  expect(bridge.state.legs.a).toMatchObject({ known: false, stands: 'dialling' });
  bridge.give({ type: 'leg_over', legId: id, cause: 'busy' });
  expect(bridge.state.standing.state).toBe('failed');
});
