import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reducePhone } from '../../../../src/web/console/phone/machine.js';
import {
  initialState,
  type PhoneEffect,
  type PhoneEvent,
  type PhoneState,
} from '../../../../src/web/console/phone/phone-state.js';

const ACCOUNT = { user: 'eva', authorizationUser: 'eva~1', password: 'x', iceServers: [] };

/** Events that lead to a phone that is ready. */
const GETS_READY: PhoneEvent[] = [
  { type: 'switched_on' },
  { type: 'tab_claimed' },
  { type: 'microphone_opened' },
  { type: 'account_received', account: ACCOUNT },
  { type: 'sip_registered' },
  { type: 'sip_reached' },
];
const ARRIVES: PhoneEvent = { type: 'call_arrived', id: 'a', number: '777', name: 'Jana' };
const ANSWERED: PhoneEvent[] = [ARRIVES, { type: 'answered', id: 'a' }, { type: 'call_connected', id: 'a', at: 5 }];

function run(events: PhoneEvent[], from: PhoneState = initialState): { state: PhoneState; effects: PhoneEffect[] } {
  let state = from;
  const effects: PhoneEffect[] = [];
  for (const event of events) {
    const next = reducePhone(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

const ready = () => run(GETS_READY).state;
const typesOf = (effects: PhoneEffect[]) => effects.map(({ type }) => type);
const reachAfter = (events: PhoneEvent[], from?: PhoneState) => run(events, from).state.reach;

describe('on the way to be ready', () => {
  test('takes the tab, opens the microphone, fetches the account and registers, in this order', () => {
    const { state, effects } = run(GETS_READY);
    expect(state.reach).toBe('ready');
    expect(typesOf(effects)).toEqual([
      'remember',
      'claim_tab',
      'stop_timers',
      'open_microphone',
      'fetch_account',
      'start_sip',
      'watch_reach',
      'watch_reach',
    ]);
  });

  test('a registration alone does not count: a request of Asterisk has to arrive', () => {
    expect(reachAfter(GETS_READY.slice(0, -1))).toBe('registered');
  });

  test.each(['denied', 'missing', 'insecure'] as const)(
    'without a microphone (%s) no call arrives; with one it goes on',
    (why) => {
      const failed = run([...GETS_READY.slice(0, 2), { type: 'microphone_failed', why }]);
      expect(failed.state).toMatchObject({ reach: 'no_microphone', microphone: why });
      expect(typesOf(failed.effects)).not.toContain('start_sip');
      const again = run([{ type: 'retried' }, { type: 'microphone_opened' }], failed.state);
      expect(typesOf(again.effects)).toEqual(['open_microphone', 'fetch_account']);
    },
  );

  test('a refused account is fetched again, because its password may be new', () => {
    const refused = run([{ type: 'sip_refused' }], ready());
    expect(refused.state.reach).toBe('refused');
    expect(typesOf(refused.effects)).toEqual(['retry_later']);
    const again = run([{ type: 'retry_due' }, { type: 'microphone_opened' }], refused.state);
    expect(again.state.reach).toBe('connecting');
    expect(typesOf(again.effects)).toEqual(['stop_sip', 'stop_timers', 'open_microphone', 'fetch_account']);
  });
});

describe('says when it cannot be reached', () => {
  test('a lost connection, until it is proved again', () => {
    const lost = run([{ type: 'sip_disconnected' }], ready()).state;
    expect(lost.reach).toBe('lost');
    expect(reachAfter([{ type: 'sip_registered' }], lost)).toBe('registered');
    expect(reachAfter([{ type: 'sip_registered' }, { type: 'sip_reached' }], lost)).toBe('ready');
  });

  test('no request of Asterisk for too long: connects again', () => {
    const { state, effects } = run([{ type: 'reach_expired' }], ready());
    expect(state.reach).toBe('lost');
    expect(typesOf(effects)).toEqual(['reconnect_sip']);
  });

  test('a renewed registration is no proof by itself, and does not end one', () => {
    expect(reachAfter([{ type: 'sip_registered' }], ready())).toBe('ready');
  });
});

describe('tabs', () => {
  test('another tab has the phone: waits, and takes over when it may', () => {
    const waiting = run([{ type: 'switched_on' }, { type: 'tab_elsewhere' }]);
    expect(waiting.state.reach).toBe('elsewhere');
    const requested = run([{ type: 'take_over_requested' }], waiting.state);
    expect(typesOf(requested.effects)).toEqual(['request_tab']);
    expect(typesOf(run([{ type: 'tab_claimed' }], requested.state).effects)).toContain('open_microphone');
  });

  test('gives the phone to another tab, but not during a call', () => {
    const given = run([{ type: 'tab_requested' }], ready());
    expect(given.state.reach).toBe('elsewhere');
    expect(typesOf(given.effects)).toEqual(['stop_sip', 'stop_timers', 'close_microphone', 'release_tab', 'claim_tab']);
    const kept = run([...ANSWERED, { type: 'tab_requested' }], ready());
    expect(kept.state.reach).toBe('ready');
    expect(typesOf(kept.effects)).toEqual(['answer', 'refuse_tab']);
    const asking = run([{ type: 'switched_on' }, { type: 'tab_elsewhere' }, { type: 'take_over_refused' }]).state;
    expect(asking.isTakeOverRefused).toBe(true);
  });
});

describe('calls', () => {
  test('rings, is answered, held, resumed and ended', () => {
    const talking = run(ANSWERED, ready()).state;
    expect(talking.calls).toMatchObject([{ id: 'a', stage: 'talking', talksSince: 5, held: false }]);
    const held = run(
      [
        { type: 'held', id: 'a' },
        { type: 'key_pressed', id: 'a', key: '1' },
      ],
      talking,
    );
    expect(held.state.calls).toMatchObject([{ held: true }]);
    expect(typesOf(held.effects)).toEqual(['hold']);
    const { state, effects } = run(
      [
        { type: 'resumed', id: 'a' },
        { type: 'hung_up', id: 'a' },
      ],
      held.state,
    );
    expect(typesOf(effects)).toEqual(['resume', 'hang_up']);
    expect(state).toMatchObject({ calls: [], ended: { why: 'over' } });
  });

  test('a ringing call is declined, missed, or taken by another phone', () => {
    const declined = run([ARRIVES, { type: 'hung_up', id: 'a' }], ready());
    expect(declined.effects).toContainEqual({ type: 'reject', id: 'a', status: 603 });
    expect(declined.state.ended?.why).toBe('declined');
    expect(run([ARRIVES, { type: 'call_ended', id: 'a', why: 'over' }], ready()).state.ended?.why).toBe('missed');
    expect(run([ARRIVES, { type: 'call_ended', id: 'a', why: 'taken' }], ready()).state.ended?.why).toBe('taken');
  });

  test('a second caller hears busy', () => {
    const { state, effects } = run([...ANSWERED, { ...ARRIVES, id: 'b' }], ready());
    expect(state.calls.map(({ id }) => id)).toEqual(['a']);
    expect(effects).toContainEqual({ type: 'reject', id: 'b', status: 486 });
  });

  test('a call during a talk holds it; to resume one holds the other', () => {
    const dials: PhoneEvent[] = [
      { type: 'dialled', id: 'b', number: '+420777' },
      { type: 'call_connected', id: 'b', at: 9 },
    ];
    const { state, effects } = run([...ANSWERED, ...dials], ready());
    expect(state.calls).toMatchObject([{ held: true }, { held: false }]);
    expect(typesOf(effects)).toEqual(['answer', 'hold', 'dial']);
    const back = run([{ type: 'resumed', id: 'a' }], state);
    expect(back.state.calls).toMatchObject([{ held: false }, { held: true }]);
    expect(back.effects).toEqual([
      { type: 'hold', id: 'b' },
      { type: 'resume', id: 'a' },
    ]);
  });

  test('a held call is not resumed while a second number is called: its answer would be heard as well', () => {
    const calling = run([...ANSWERED, { type: 'dialled', id: 'b', number: '+420777' }], ready()).state;
    const { state, effects } = run([{ type: 'resumed', id: 'a' }], calling);
    expect(effects).toEqual([]);
    expect(state.calls).toMatchObject([{ held: true }, { held: false }]);
  });

  test('does not dial while it cannot be reached, and keeps the last number for a redial', () => {
    const dialled: PhoneEvent = { type: 'dialled', id: 'b', number: '+420777' };
    expect(run([{ type: 'sip_disconnected' }, dialled], ready()).effects).toEqual([{ type: 'stop_timers' }]);
    const { state } = run([dialled, { type: 'call_ended', id: 'b', why: 'busy' }], ready());
    expect(state).toMatchObject({ lastDialled: '+420777', ended: { why: 'busy' }, calls: [] });
  });

  test('another microphone during a talk is heard in it', () => {
    const talk = run(ANSWERED, ready()).state;
    const effects = (events: PhoneEvent[]) => typesOf(run(events, talk).effects);
    expect(effects([{ type: 'microphone_lost' }, { type: 'microphone_opened' }])).toEqual([
      'open_microphone',
      'replace_voice',
    ]);
  });

  test('a talk survives a lost connection and a lost microphone', () => {
    const lost = run([...ANSWERED, { type: 'sip_disconnected' }, { type: 'microphone_lost' }], ready());
    expect(lost.state.calls).toHaveLength(1);
    const without = run([{ type: 'microphone_failed', why: 'missing' }], lost.state);
    expect(without.state.calls).toHaveLength(1);
    expect(typesOf(without.effects)).not.toContain('stop_sip');
    expect(typesOf(run([{ type: 'hung_up', id: 'a' }], without.state).effects)).toEqual(['hang_up', 'open_microphone']);
  });
});

const ids = fc.constantFrom('a', 'b', 'c');
const event: fc.Arbitrary<PhoneEvent> = fc.oneof(
  fc.constantFrom<PhoneEvent>(
    ...GETS_READY,
    { type: 'switched_off' },
    { type: 'retried' },
    { type: 'retry_due' },
    { type: 'take_over_requested' },
    { type: 'take_over_refused' },
    { type: 'ended_dismissed' },
    { type: 'tab_elsewhere' },
    { type: 'tab_lost' },
    { type: 'tab_requested' },
    { type: 'microphone_lost' },
    { type: 'microphone_failed', why: 'denied' },
    { type: 'account_failed', isFinal: true },
    { type: 'account_failed', isFinal: false },
    { type: 'sip_refused' },
    { type: 'sip_disconnected' },
    { type: 'reach_expired' },
  ),
  ids.map((id): PhoneEvent => ({ type: 'dialled', id, number: '777' })),
  ids.map((id): PhoneEvent => ({ type: 'call_arrived', id, number: '777', name: '' })),
  ids.map((id): PhoneEvent => ({ type: 'call_connected', id, at: 1 })),
  ids.map((id): PhoneEvent => ({ type: 'call_ended', id, why: 'over' })),
  fc
    .tuple(ids, fc.constantFrom('answered', 'hung_up', 'held', 'resumed', 'muted', 'unmuted'))
    .map(([id, type]): PhoneEvent => ({ type, id })),
);
/** Half of the sequences begin with a phone that is ready. */
const history = fc
  .tuple(fc.boolean(), fc.array(event, { maxLength: 60 }))
  .map(([isReady, events]) => (isReady ? [...GETS_READY, ...events] : events));

describe('whatever happens', () => {
  test('at most one call is heard, and a phone without SIP has no calls', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { state } = run(events);
        expect(state.calls.filter(({ held }) => !held).length).toBeLessThanOrEqual(1);
        if (['off', 'elsewhere', 'connecting', 'no_microphone'].includes(state.reach)) expect(state.calls).toEqual([]);
      }),
    );
  });

  test('it says ready only when Asterisk has reached it since the last registration', () => {
    fc.assert(
      fc.property(history, (events) => {
        let isProved = false;
        let state = initialState;
        for (const one of events) {
          state = reducePhone(state, one).state;
          if (one.type === 'sip_reached') isProved = state.reach === 'ready';
          else if (one.type !== 'sip_registered' && state.reach !== 'ready') isProved = false;
          if (state.reach === 'ready') expect(isProved).toBe(true);
        }
      }),
    );
  });

  test('every call of the SIP client is shown, or was ended there', () => {
    fc.assert(
      fc.property(history, (events) => {
        const open = new Set<string>();
        let state = initialState;
        for (const one of events) {
          const next = reducePhone(state, one);
          state = next.state;
          if (one.type === 'call_arrived') open.add(one.id);
          if (one.type === 'call_ended') open.delete(one.id);
          for (const effect of next.effects) {
            if (effect.type === 'dial') open.add(effect.id);
            if (effect.type === 'hang_up' || effect.type === 'reject') open.delete(effect.id);
            if (effect.type === 'stop_sip') open.clear();
          }
          if (state.reach === 'off') open.clear();
          for (const { id } of state.calls) open.add(id);
        }
        expect([...open].sort()).toEqual(state.calls.map(({ id }) => id).sort());
      }),
    );
  });

  test('switched off, it leaves nothing behind', () => {
    fc.assert(
      fc.property(history, (events) => {
        const before = run(events).state;
        const { state, effects } = run([{ type: 'switched_off' }], before);
        expect(state).toEqual({ ...initialState, lastDialled: before.lastDialled });
        if (before.reach !== 'off')
          for (const type of ['stop_sip', 'close_microphone', 'release_tab'] as const)
            expect(typesOf(effects)).toContain(type);
      }),
    );
  });
});
