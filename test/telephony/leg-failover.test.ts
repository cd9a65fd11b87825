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
