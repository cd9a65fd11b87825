import { expect, it } from 'vitest';
import type { ChannelStatus } from '../../src/kernel/event.js';
import { PlannedCall } from './planned-call.js';
import { program, START } from './property-harness.js';

/** Reconciling dialled legs after the gateway was down. */

const found = (channels: Record<string, ChannelStatus>) =>
  ({ type: 'reconciled', after: 'gateway_restart', channels, playbacks: [] as string[] }) as const;

const rung = () => {
  const call = new PlannedCall(program([{ ring: { handset: 'a', timeout: 30 } }]));
  const { legId } = call.last('dial');
  call.take({ type: 'leg_dialling', legId });
  return { call, legId, own: call.state.channelId };
};

it('a handset that began to ring is published and shown as ringing, once', () => {
  const { call, legId, own } = rung();
  const ringing = found({ [own]: 'ringing', [legId]: 'ringing' });
  call.take(ringing);
  expect(call.summary.live?.rings).toMatchObject([{ who: { handset: 'a' } }]);
  call.take(ringing);
  call.take({ type: 'leg_ringing', legId });
  expect(call.news.filter(({ event }) => event === 'ringing')).toMatchObject([{ agent: { handset: 'a' } }]);
});

it('a handset that does not ring yet is not published', () => {
  const { call, legId, own } = rung();
  call.take(found({ [own]: 'ringing', [legId]: 'down' }));
  expect(call.news.map(({ event }) => event)).not.toContain('ringing');
  expect(call.summary.live?.rings).toEqual([]);
});

it('of two handsets the one that rings on is over once the other is found to have answered', () => {
  const { call, legId, own } = rung();
  const { action } = call.state;
  if (action?.type !== 'ring') throw new Error('the call does not ring');
  const other = { id: 'other', to: { handset: 'b' }, stands: 'dialling', cause: null, known: true } as const;
  const legs = [...action.ringing.legs, other];
  call.state = { ...call.state, action: { ...action, ringing: { ...action.ringing, legs } } };
  const effects = call.take(found({ [own]: 'ringing', [legId]: 'up', other: 'ringing' }));
  expect(effects.filter(({ type }) => type === 'hang_up')).toMatchObject([{ channelId: 'other' }]);
  expect(call.summary.live).toMatchObject({ rings: [], talk: { who: { handset: 'a' } } });
});

it('a number that rings beside the handset is published and shown, once', () => {
  const call = new PlannedCall(program([{ play: 1 }]), {
    type: 'call_requested',
    at: START,
    channelId: 'c_2~l1',
    to: { handset: 'a' },
    rival: { legId: 'c_2~m1', to: { number: '+420777111222' } },
    party: { number: '+420777888999', name: '' },
    callerId: null,
    timeoutMs: 30_000,
    autoAnswer: false,
  });
  call.take(found({ 'c_2~l1': 'down', 'c_2~m1': 'ringing' }));
  expect(call.summary.live?.rings).toHaveLength(1);
  call.take({ type: 'leg_ringing', legId: 'c_2~m1' });
  expect(call.news.filter(({ event }) => event === 'ringing')).toHaveLength(1);
});
