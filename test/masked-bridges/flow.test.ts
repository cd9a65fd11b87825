import { describe, expect, it } from 'vitest';
import type { PlayableMedia, TelephonyEffect } from '../../src/telephony/telephony.js';
import { CLIENT, DRIVER, program, TestedBridge } from './bridge-harness.js';

const played = (media: PlayableMedia[]) =>
  media.map((medium) => ('prompt' in medium ? `#${medium.prompt}` : Object.values(medium).join(''))).join('+');

const short = (effects: TelephonyEffect[]) =>
  effects.map((effect) =>
    [
      effect.type,
      'channelId' in effect ? effect.channelId.replace('b_1~', '') : '',
      'legId' in effect ? effect.legId.replace('b_1~', '') : '',
      effect.type === 'play' ? played(effect.fallback ?? effect.media) : '',
    ]
      .filter((word) => word !== '')
      .join(' '),
  );

const WAY = ['queued', 'dialing_a', 'a_answered', 'dialing_b'];

describe('a bridge', () => {
  it('calls A, then B, connects them, and ends when either party hangs up', () => {
    for (const [first, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const bridge = new TestedBridge(program());
      expect(short(bridge.effects)).toEqual(['dial a']);
      bridge.leg('a', 'dialling');
      bridge.leg('a', 'ringing');
      expect(short(bridge.leg('a', 'answered'))).toEqual(['leash a', 'start_ringing a', 'dial b']);
      bridge.leg('b', 'ringing');
      expect(short(bridge.leg('b', 'answered'))).toEqual([
        ...['leash a', 'leash b', 'stop_ringing a', 'leash a', 'leash b', 'bridge'],
      ]);
      expect(short(bridge.over(first, 'normal'))).toEqual(['unbridge', `hang_up ${other}`]);
      expect(bridge.states).toEqual([...WAY, 'bridged', 'ended']);
      expect(bridge.events.at(-1)?.fields).toMatchObject({
        ended_by: first,
        failed: null,
        metadata: { tariff: 'city' },
      });
      expect(bridge.isOver).toBe(true);
    }
  });

  it('retries a failed sound once, then continues without it', () => {
    const bridge = new TestedBridge(program({ confirmDigit: '1' }));
    const spoken = () => bridge.effects.filter(({ type }) => type === 'play').length;
    bridge.leg('a', 'answered');
    bridge.leg('b', 'answered');
    const before = spoken();
    expect(before).toBeGreaterThan(0);
    const first = bridge.state.saying?.playbackId;
    bridge.said(true);
    expect(spoken()).toBe(before + 1);
    expect(bridge.state.saying?.playbackId).not.toBe(first);
    bridge.said(true);
    expect(bridge.log.findLast(({ kind }) => kind === 'said')?.data).toMatchObject({ outcome: 'failed' });
  });

  it.each([
    ['busy', 'busy', null],
    ['no_answer', 'no_answer', null],
    ['normal', 'no_answer', null],
    ['rejected', 'rejected', null],
    ['unreachable', 'unreachable', null],
    ['unregistered', 'unreachable', null],
    ['refused', 'unreachable', 'refused'],
    ['limited', 'unreachable', 'refused'],
    ['unknown', 'unreachable', 'unknown_outcome'],
  ] as const)('whose leg ends with %s has failed: %s', (cause, reason, detail) => {
    const ofA = new TestedBridge(program());
    ofA.leg('a', 'dialling');
    expect(short(ofA.over('a', cause))).toEqual([]);
    expect(ofA.states).toEqual(['queued', 'dialing_a', 'failed']);
    expect(ofA.events.at(-1)?.fields['failed']).toEqual({ leg: 'a', reason, detail });
    expect(ofA.isOver).toBe(true);
    const ofB = new TestedBridge(program());
    ofB.leg('a', 'answered');
    ofB.leg('b', 'dialling');
    const sound = `bridge-${reason.replace('_', '-')}`;
    expect(short(ofB.over('b', cause))).toEqual(['stop_ringing a', 'leash a', `play a ${sound}`]);
    expect(ofB.states).toEqual([...WAY, 'failed']);
    expect(ofB.events.at(-1)?.fields['failed']).toEqual({ leg: 'b', reason, detail });
    expect(ofB.isOver).toBe(false);
    expect(short(ofB.said())).toEqual(['hang_up a']);
    expect(ofB.isOver).toBe(true);
  });

  it('explains a failure with the prompt of the company, if there is one', () => {
    const bridge = new TestedBridge(program({ prompts: { busy: 61 } }));
    bridge.leg('a', 'answered');
    expect(bridge.over('b', 'busy').find(({ type }) => type === 'play')).toMatchObject({ media: [{ prompt: 61 }] });
  });

  it('gives B up when A hangs up meanwhile', () => {
    const bridge = new TestedBridge(program());
    bridge.leg('a', 'answered');
    bridge.leg('b', 'ringing');
    expect(short(bridge.over('a', 'normal'))).toEqual(['hang_up b']);
    expect(bridge.events.at(-1)?.fields['failed']).toEqual({ leg: 'a', reason: 'canceled', detail: null });
    expect(bridge.isOver).toBe(true);
  });

  it('rings each party no longer than its limit', () => {
    const ofA = new TestedBridge(program());
    expect(ofA.flow.timers(ofA.state)).toMatchObject({ deadline: ofA.at + 30_000 });
    expect(short(ofA.timer('deadline'))).toEqual(['hang_up a']);
    expect(ofA.events.at(-1)?.fields['failed']).toEqual({ leg: 'a', reason: 'no_answer', detail: null });
    const ofB = new TestedBridge(program());
    ofB.leg('a', 'answered');
    expect(short(ofB.timer('deadline'))).toEqual([
      ...['hang_up b', 'stop_ringing a', 'leash a', 'play a bridge-no-answer'],
    ]);
  });

  it('connects B only after the key', () => {
    const bridge = new TestedBridge(program({ confirmDigit: '5' }));
    bridge.leg('a', 'answered');
    expect(short(bridge.leg('b', 'answered'))).toEqual(['leash a', 'leash b', 'play b bridge-confirm+press-5']);
    const press = (digit: string, name = 'b') =>
      short(bridge.give({ type: 'leg_digit', legId: `b_1~${name}`, digit, durationMs: 100 }));
    expect(press('4')).toEqual([]);
    expect(press('5', 'a')).toEqual([]);
    bridge.said();
    expect(bridge.states.at(-1)).toBe('dialing_b');
    expect(press('5')).toContain('bridge');
    expect(bridge.states.at(-1)).toBe('bridged');
    const unsaid = new TestedBridge(program({ confirmDigit: '5' }));
    unsaid.leg('a', 'answered');
    unsaid.leg('b', 'answered');
    expect(short(unsaid.timer('deadline'))).toContain('hang_up b');
    expect(unsaid.events.at(-1)?.fields['failed']).toEqual({ leg: 'b', reason: 'no_answer', detail: 'not_confirmed' });
  });

  it('records only after both have heard the announcement', () => {
    const record = { announce: 70 };
    const bridge = new TestedBridge(program({ record }));
    expect(short(bridge.leg('a', 'answered'))).toEqual(['leash a', 'play a #70']);
    expect(short(bridge.said())).toEqual(['start_ringing a', 'dial b']);
    expect(short(bridge.leg('b', 'answered'))).toEqual(['leash a', 'leash b', 'play b #70']);
    expect(short(bridge.said()).slice(-2)).toEqual(['bridge', 'record_start']);
    expect(short(bridge.over('b', 'normal'))).toEqual(['record_stop', 'unbridge', 'hang_up a']);
    const [recording] = bridge.flow.summary(bridge.state).recordings ?? [];
    expect(recording?.news).toMatchObject({ event: 'bridge_recording', seq: bridge.events.length + 1 });
    for (const deafLeg of ['a', 'b'] as const) {
      const unheard = new TestedBridge(program({ record }));
      unheard.leg('a', 'answered');
      const unplayed = () => [unheard.said(true), unheard.said(true)];
      if (deafLeg === 'a') unplayed();
      if (deafLeg === 'b') unheard.said();
      unheard.leg('b', 'answered');
      if (deafLeg === 'b') unplayed();
      expect(unheard.states.at(-1)).toBe('bridged');
      expect(unheard.effects.map(({ type }) => type)).not.toContain('record_start');
    }
  });

  it('warns both before the limit, and ends at the limit', () => {
    const bridge = new TestedBridge(program()).talk();
    expect(bridge.flow.timers(bridge.state)).toEqual({ warn: bridge.at + 570_000, limit: bridge.at + 600_000 });
    expect(short(bridge.timer('warn'))).toEqual(['play a bridge-ending', 'play b bridge-ending']);
    expect(short(bridge.timer('limit'))).toEqual(['unbridge', 'hang_up a', 'hang_up b']);
    expect(bridge.events.at(-1)?.fields).toMatchObject({ state: 'ended', ended_by: 'limit' });
  });

  it('can be canceled in every state', () => {
    const bridges = {
      a: new TestedBridge(program()),
      b: new TestedBridge(program()),
      talk: new TestedBridge(program()).talk(),
    };
    bridges.b.leg('a', 'answered');
    for (const [name, bridge] of Object.entries(bridges)) {
      bridge.give({ type: 'commanded', command: { type: 'transfer', to: { queue: 1 } } });
      expect(bridge.refusal).toBe('not_now');
      bridge.give({ type: 'commanded', command: { type: 'hang_up' } });
      expect(bridge.isOver).toBe(true);
      const { state, failed, ended_by: by } = bridge.events.at(-1)!.fields;
      if (name === 'talk') expect([state, by]).toEqual(['ended', 'canceled']);
      else expect([state, failed]).toEqual(['failed', { leg: name, reason: 'canceled', detail: null }]);
    }
  });

  it('contains numbers only in dial effects', () => {
    const bridge = new TestedBridge(program({ confirmDigit: '5', record: { announce: 70 } })).talk();
    bridge.said();
    bridge.over('b', 'normal');
    const said = JSON.stringify([bridge.log, bridge.events, bridge.effects.filter(({ type }) => type !== 'dial')]);
    for (const number of [CLIENT, DRIVER]) expect(said).not.toContain(number.slice(4));
    expect(JSON.stringify(bridge.flow.summary(bridge.state))).not.toContain(DRIVER.slice(4));
    const { live, caller } = bridge.flow.summary(new TestedBridge(program()).talk().state);
    expect([caller, live?.talk?.who]).toEqual([CLIENT, { party: 'driver', order: '1001' }]);
    expect(JSON.stringify([live, bridge.program])).not.toMatch(/777888999|608111222/);
    expect(bridge.effects.filter(({ type }) => type === 'dial')).toMatchObject([
      { to: { number: CLIENT }, callerId: null, originatorId: null },
      { to: { number: DRIVER }, callerId: null, originatorId: null },
    ]);
  });
});

describe('a bridge after a reconnect', () => {
  const reconcile = (bridge: TestedBridge, channels: Record<string, 'down' | 'ringing' | 'up' | 'elsewhere'>) =>
    short(
      bridge.give({
        type: 'reconciled',
        after: 'gateway_restart',
        playbacks: [],
        channels: Object.fromEntries(Object.entries(channels).map(([name, state]) => [`b_1~${name}`, state])),
      }),
    );

  it('continues in its phase', () => {
    const bridge = new TestedBridge(program());
    bridge.leg('a', 'dialling');
    expect(reconcile(bridge, { a: 'up' })).toEqual(['leash a', 'start_ringing a', 'dial b']);
    bridge.leg('b', 'dialling');
    expect(reconcile(bridge, { a: 'up', b: 'ringing' })).toEqual([]);
    expect(reconcile(bridge, { a: 'up', b: 'up' })).toContain('bridge');
    expect(reconcile(bridge, { a: 'up', b: 'up' })).toEqual([]);
    expect(reconcile(bridge, { a: 'up' })).toEqual(['unbridge', 'hang_up a']);
    expect(bridge.events.at(-1)?.fields).toMatchObject({ ended_by: 'b' });
  });

  it('has reached its limit when Asterisk ended the talk meanwhile', () => {
    const bridge = new TestedBridge(program()).talk();
    bridge.at = bridge.state.limitAt!;
    expect(reconcile(bridge, {})).toEqual(['unbridge', 'hang_up b']);
    expect(bridge.events.at(-1)?.fields).toMatchObject({ state: 'ended', ended_by: 'limit' });
    expect(bridge.isOver).toBe(true);
  });

  it('does not dial again when the phone may have rung', () => {
    const bridge = new TestedBridge(program());
    bridge.leg('a', 'dialling');
    expect(reconcile(bridge, {})).toEqual([]);
    expect(bridge.events.at(-1)?.fields['failed']).toEqual({
      leg: 'a',
      reason: 'unreachable',
      detail: 'unknown_outcome',
    });
  });

  it('explains a failure with an unknown cause', () => {
    const bridge = new TestedBridge(program());
    bridge.leg('a', 'answered');
    bridge.leg('b', 'dialling');
    expect(reconcile(bridge, { a: 'up' })).toContain('play a bridge-unreachable');
    bridge.give({
      type: 'playback_accepted',
      playbackId: bridge.state.saying!.playbackId,
      durationMs: 2000,
      prompts: [],
    });
    // Nobody knows whether the party has heard it.
    expect(reconcile(bridge, { a: 'up' })).toEqual(['play a bridge-unreachable']);
    expect(short(bridge.said())).toEqual(['hang_up a']);
  });

  it('repeats an announcement whose outcome is unknown', () => {
    const bridge = new TestedBridge(program());
    bridge.leg('a', 'answered');
    bridge.over('b', 'busy');
    const playbackId = bridge.state.saying!.playbackId;
    expect(short(bridge.give({ type: 'playback_lost', playbackId }))).toEqual(['stop_play', 'play a bridge-busy']);
    expect(bridge.state.saying!.playbackId).not.toBe(playbackId);
  });

  it('has the outcome of a call in which B is the agent', () => {
    const bridge = new TestedBridge(program()).talk();
    const bridgedAt = bridge.at;
    bridge.over('b', 'normal');
    expect(bridge.flow.summary(bridge.state).outcome).toEqual({
      name: 'answered',
      reason: null,
      queue: null,
      waitedMs: 3000,
      agent: { party: 'driver' },
      talkMs: 1000,
      endedAt: bridgedAt + 1000,
      endedBy: 'b',
    });
  });

  it.each([
    ['B is busy', 'busy', 'unanswered', (bridge: TestedBridge) => bridge.over('b', 'busy')],
    ['nobody may call B', 'refused', 'unanswered', (bridge: TestedBridge) => bridge.over('b', 'refused')],
    ['A hangs up', 'lost', 'a', (bridge: TestedBridge) => bridge.over('a', 'normal')],
    [
      'the company cancels it',
      'rejected',
      'operator',
      (bridge: TestedBridge) => bridge.give({ type: 'commanded', command: { type: 'hang_up' } }),
    ],
  ])('has an outcome without a talk: %s', (_when, name, endedBy, end) => {
    const bridge = new TestedBridge(program());
    bridge.leg('a', 'answered');
    bridge.leg('b', 'dialling');
    end(bridge);
    const { outcome } = bridge.flow.summary(bridge.state);
    expect(outcome).toMatchObject({ name, endedBy, waitedMs: 2000, talkMs: 0, agent: null });
  });

  it('ends when Asterisk has restarted', () => {
    for (const [until, fields] of [
      ['a', { failed: { leg: 'a', reason: 'unreachable', detail: 'asterisk_restart' } }],
      ['b', { failed: { leg: 'b', reason: 'unreachable', detail: 'asterisk_restart' } }],
      ['talk', { state: 'ended', ended_by: 'asterisk' }],
    ] as const) {
      const bridge = new TestedBridge(program());
      bridge.leg('a', 'dialling');
      if (until !== 'a') bridge.leg('a', 'answered');
      if (until !== 'a') bridge.leg('b', 'dialling');
      if (until === 'talk') bridge.leg('b', 'answered');
      bridge.give({ type: 'reconciled', after: 'asterisk_restart', channels: {}, playbacks: [] });
      expect(bridge.events.at(-1)?.fields).toMatchObject(fields);
      expect(bridge.isOver).toBe(true);
    }
  });
});
