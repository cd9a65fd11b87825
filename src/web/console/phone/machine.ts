import { dial, endCall, reduceCall, takeCall } from './machine-calls.js';
import {
  initialState,
  same,
  step,
  withSip,
  type PhoneEffect,
  type PhoneEvent,
  type PhoneState,
  type PhoneStep,
} from './phone-state.js';

/**
 * The operator's phone in the console as a pure state machine: `(state, event) -> { state, effects }`. Ports carry the effects out
 * (operator-phone.ts) and report what happens as events.
 */
export function reducePhone(state: PhoneState, event: PhoneEvent): PhoneStep {
  switch (event.type) {
    case 'switched_on':
      if (state.reach !== 'off') return same(state);
      return step({ ...state, reach: 'connecting' }, { type: 'remember', on: true }, { type: 'claim_tab' });
    case 'switched_off':
      return state.reach === 'off' ? same(state) : switchOff(state);
    default:
      return state.reach === 'off' ? same(state) : reduceSwitchedOn(state, event);
  }
}

function reduceSwitchedOn(state: PhoneState, event: PhoneEvent): PhoneStep {
  switch (event.type) {
    case 'tab_claimed':
    case 'tab_elsewhere':
    case 'tab_lost':
    case 'tab_requested':
    case 'take_over_requested':
    case 'take_over_refused':
      return reduceTab(state, event.type);
    case 'microphone_opened':
    case 'microphone_lost':
    case 'microphone_failed':
    case 'account_received':
    case 'account_failed':
    case 'retried':
    case 'retry_due':
      return reducePreparation(state, event);
    case 'sip_registered':
    case 'sip_reached':
    case 'sip_refused':
    case 'sip_disconnected':
    case 'reach_expired':
      return reduceRegistration(state, event.type);
    case 'ended_dismissed':
      return step({ ...state, ended: undefined });
    case 'dialled':
      return dial(state, event);
    case 'call_arrived':
      return takeCall(state, event);
    case 'call_ended':
      return endCall(state, event.id, event.why);
    default:
      return reduceCall(state, event);
  }
}

function switchOff(state: PhoneState): PhoneStep {
  return step({ ...initialState, lastDialled: state.lastDialled }, { type: 'remember', on: false }, ...stopAll(state), {
    type: 'release_tab',
  });
}

/** Ends the calls, the registration and the use of the microphone. */
function stopAll({ calls }: PhoneState): PhoneEffect[] {
  const hangUps = calls.map(({ id }): PhoneEffect => ({ type: 'hang_up', id }));
  return [...hangUps, { type: 'stop_sip' }, { type: 'stop_timers' }, { type: 'close_microphone' }];
}

type TabEvent = Extract<PhoneEvent['type'], `tab_${string}` | `take_over_${string}`>;

function reduceTab(state: PhoneState, type: TabEvent): PhoneStep {
  const isPhone = state.reach !== 'elsewhere';
  // The tab has its turn already.
  const isInUse = withSip.has(state.reach) || state.reach === 'no_microphone';
  switch (type) {
    case 'tab_claimed':
      if (isInUse) return same(state);
      return step(
        { ...state, reach: 'connecting', isTakeOverRefused: false },
        { type: 'stop_timers' },
        { type: 'open_microphone' },
      );
    case 'tab_elsewhere':
      return isInUse ? same(state) : step({ ...state, reach: 'elsewhere' });
    case 'take_over_requested':
      return isPhone ? same(state) : step({ ...state, isTakeOverRefused: false }, { type: 'request_tab' });
    case 'take_over_refused':
      return isPhone ? same(state) : step({ ...state, isTakeOverRefused: true });
    case 'tab_requested':
      if (!isPhone) return same(state);
      return state.calls.length > 0 ? step(state, { type: 'refuse_tab' }) : leaveToOtherTab(state, true);
    case 'tab_lost':
      return isPhone ? leaveToOtherTab(state, false) : same(state);
  }
}

/** @param hasTab this tab still has the turn, and gives it up; it then waits until the other one is closed */
function leaveToOtherTab(state: PhoneState, hasTab: boolean): PhoneStep {
  const next: PhoneState = { ...state, reach: 'elsewhere', calls: [], microphone: 'unknown' };
  const release: PhoneEffect[] = hasTab ? [{ type: 'release_tab' }] : [];
  return step(next, ...stopAll(state), ...release, { type: 'claim_tab' });
}

type PreparationEvent = Extract<
  PhoneEvent,
  { type: 'retried' | 'retry_due' } | { type: `microphone_${string}` } | { type: `account_${string}` }
>;

function reducePreparation(state: PhoneState, event: PreparationEvent): PhoneStep {
  if (state.reach === 'elsewhere') return same(state);
  switch (event.type) {
    case 'microphone_opened': {
      const next: PhoneState = { ...state, microphone: 'open' };
      // During a talk: another one was plugged in, or chosen.
      if (withSip.has(state.reach)) return step(next, { type: 'replace_voice' });
      return step({ ...next, reach: 'connecting' }, { type: 'fetch_account' });
    }
    case 'microphone_failed': {
      const next: PhoneState = { ...state, microphone: event.why };
      // A talk goes on: the other party is still heard.
      if (state.calls.length > 0) return step(next);
      return step({ ...next, reach: 'no_microphone' }, { type: 'stop_sip' }, { type: 'stop_timers' });
    }
    case 'microphone_lost':
      return step({ ...state, microphone: 'unknown' }, { type: 'open_microphone' });
    case 'account_received':
      if (state.reach !== 'connecting' || state.microphone !== 'open') return same(state);
      return step(state, { type: 'start_sip', account: event.account });
    case 'account_failed':
      if (state.reach !== 'connecting') return same(state);
      return step({ ...state, reach: event.isFinal ? 'refused' : 'lost' }, { type: 'retry_later' });
    case 'retried':
    case 'retry_due':
      return startAgain(state);
  }
}

/** Begins with the microphone again, unless calls arrive already. */
function startAgain(state: PhoneState): PhoneStep {
  if (state.reach === 'no_microphone') return step(state, { type: 'open_microphone' });
  if (state.reach !== 'refused' && state.reach !== 'lost') return same(state);
  // A running talk would end with its SIP client.
  if (state.calls.length > 0) return step(state, { type: 'reconnect_sip' });
  return step(
    { ...state, reach: 'connecting' },
    { type: 'stop_sip' },
    { type: 'stop_timers' },
    { type: 'open_microphone' },
  );
}

type RegistrationEvent = Extract<PhoneEvent['type'], `sip_${string}` | 'reach_expired'>;

function reduceRegistration(state: PhoneState, type: RegistrationEvent): PhoneStep {
  if (state.reach === 'elsewhere' || state.reach === 'no_microphone') return same(state);
  switch (type) {
    case 'sip_registered':
      // A renewed registration of the same connection.
      if (state.reach === 'ready') return same(state);
      return step({ ...state, reach: 'registered' }, { type: 'watch_reach' });
    case 'sip_reached':
      if (state.reach !== 'registered' && state.reach !== 'ready') return same(state);
      return step({ ...state, reach: 'ready' }, { type: 'watch_reach' });
    case 'reach_expired':
      if (state.reach !== 'registered' && state.reach !== 'ready') return same(state);
      return step({ ...state, reach: 'lost' }, { type: 'reconnect_sip' });
    case 'sip_disconnected':
      return step({ ...state, reach: 'lost' }, { type: 'stop_timers' });
    case 'sip_refused':
      // The password may have been renewed meanwhile, so the account is fetched again.
      return step({ ...state, reach: 'refused' }, { type: 'retry_later' });
  }
}
