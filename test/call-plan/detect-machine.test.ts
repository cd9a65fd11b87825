import { playOf } from './planned-call.js';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/telephony/command.js';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { detecting, flow, START } from './property-harness.js';
import { isOurs } from '../../src/kernel/ids.js';
import type { PlanEvent } from '../../src/call-plan/event.js';
import type { PlanState } from '../../src/call-plan/state.js';

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

const LEG = 'c_2~l1';
const program = detecting();
let state: PlanState;
let log: { kind: string; data: Record<string, unknown> }[];

/** An outgoing call that has just been answered. */
beforeEach(() => {
  const to = { number: '+420777888999' };
  const step = flow.begin(program, {
    type: 'call_requested',
    at: START,
    channelId: LEG,
    to,
    party: { number: to.number, name: '' },
    callerId: null,
    timeoutMs: 30_000,
    autoAnswer: false,
  });
  state = step.state;
  expect(isOurs(LEG)).toBe(true);
  expect(types(take({ type: 'leg_answered', legId: LEG }))).toEqual(['leash', 'detect_machine']);
});

function take(event: WithoutTime<PlanEvent>): PlanEffect[] {
  const step = flow.step(program, state, { ...event, at: START + 1000 });
  state = step.state;
  log = step.log;
  return step.effects;
}

const types = (effects: PlanEffect[]) => effects.map(({ type }) => type);
const command = (order: Command) => flow.step(program, state, { type: 'commanded', at: START, command: order });
const known = (result: string) => take({ type: 'answerer_known', visitId: 'c_2~d3', result, cause: 'X' });

describe('detect_machine', () => {
  it('has a deadline and no lease while Asterisk has the call, and the call does not end', () => {
    expect(Object.keys(flow.timers(state))).toEqual(['detect']);
    expect(take({ type: 'leg_left', legId: LEG })).toEqual([]);
    take({ type: 'reconciled', after: 'gateway_restart', channels: { [LEG]: 'elsewhere' }, playbacks: [] });
    expect(state).toMatchObject({ phase: 'running', action: { type: 'detect_machine' } });
  });

  it.each(['HUMAN', 'NOTSURE', 'TOOLONG', ''])('treats %s as a person: the plan continues, with a lease', (result) => {
    expect(known(result)).toMatchObject([playOf(1)]);
    expect(flow.timers(state)).toHaveProperty('leash');
    expect(log).toContainEqual(
      expect.objectContaining({ kind: 'answerer', data: { is: 'person', result, cause: 'X' } }),
    );
  });

  it('runs the machine actions once', () => {
    expect(known('MACHINE')).toMatchObject([playOf(2)]);
    expect(known('MACHINE')).toEqual([]);
  });

  it('ignores the result of another detection', () => {
    expect(take({ type: 'answerer_known', visitId: 'c_2~d1', result: 'MACHINE', cause: '' })).toEqual([]);
    expect(state.action?.type).toBe('detect_machine');
  });

  it('continues as with a person when Asterisk cannot run the detection', () => {
    const failed = { effectId: 'e3', effect: 'detect_machine', reason: 'refused' };
    expect(take({ type: 'effect_failed', ...failed })).toMatchObject([playOf(1)]);
  });

  it('ends a call that Asterisk does not return', () => {
    expect(types(take({ type: 'timer', name: 'detect' }))).toEqual(['hang_up']);
    expect(log).toContainEqual(expect.objectContaining({ kind: 'answerer', data: { is: 'lost' } }));
  });

  it.each([
    ['that hangs up', { type: 'leg_over', legId: LEG, cause: 'normal' }],
    ['a restart of Asterisk', { type: 'reconciled', after: 'asterisk_restart', channels: {}, playbacks: [] }],
  ] satisfies [string, WithoutTime<PlanEvent>][])('ends with %s', (_name, event) => {
    expect(take(event)).toEqual([]);
    expect(flow.isOver(state)).toBe(true);
  });

  it('refuses all commands except a hang-up', () => {
    expect(command({ type: 'play', prompt: 3, side: 'caller' }).refusal).toMatchObject({ why: 'not_now' });
    expect(command({ type: 'transfer', to: { queue: 1 } }).refusal).toMatchObject({ why: 'not_now' });
    for (const order of [{ type: 'hang_up' }, { type: 'reject', prompt: 4 }] as const)
      expect(types(command(order).effects)).toEqual(['hang_up']);
  });
});
