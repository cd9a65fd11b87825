/** State, events and effects of the operator's phone (machine.ts). */

/** Whether calls can arrive in this browser. */
export type Reach =
  | 'off'
  /** Asks for the tab's turn, the microphone, the account or the registration. */
  | 'connecting'
  /** Another tab of this browser is the phone. */
  | 'elsewhere'
  /** Without a microphone nobody would hear the operator, so no call may arrive. */
  | 'no_microphone'
  /** Asterisk accepted the registration, but has not reached this browser yet. */
  | 'registered'
  /** A request of Asterisk has arrived since the registration: calls arrive too. */
  | 'ready'
  /** The connection was lost, or Asterisk does not reach this browser any more. */
  | 'lost'
  /** The gateway or Asterisk refuses this account. */
  | 'refused';

type Microphone = 'unknown' | 'open' | 'denied' | 'missing' | 'insecure';

type Stage = 'ringing' | 'calling' | 'answering' | 'talking';

export interface Call {
  id: string;
  direction: 'incoming' | 'outgoing';
  stage: Stage;
  /** As the SIP message names the other party. */
  number: string;
  name: string;
  held: boolean;
  muted: boolean;
  /** Start of the talk. */
  talksSince: number | undefined;
}

/** Why a call ended without a talk, or that it ended after one. */
export type Ending =
  'over' | 'missed' | 'taken' | 'declined' | 'busy' | 'refused' | 'unanswered' | 'unknown_number' | 'failed';

interface EndedCall {
  number: string;
  name: string;
  direction: Call['direction'];
  why: Ending;
}

export interface PhoneState {
  reach: Reach;
  microphone: Microphone;
  /** Oldest first. At most one of them is neither held nor about to be connected. */
  calls: readonly Call[];
  ended: EndedCall | undefined;
  /** The last number that was dialled here. */
  lastDialled: string;
  /** The tab that is the phone keeps it, because it is in a call. */
  isTakeOverRefused: boolean;
}

export interface Account {
  user: string;
  /** User name for the challenge. */
  authorizationUser: string;
  password: string;
  /** STUN and TURN servers, whose credentials live longer than the account. */
  iceServers: RTCIceServer[];
}

export type PhoneEvent =
  // The visitor.
  | { type: 'switched_on' | 'switched_off' | 'take_over_requested' | 'ended_dismissed' }
  | { type: 'retried' | 'retry_due' }
  | { type: 'dialled'; number: string; id: string }
  | { type: 'answered' | 'hung_up' | 'held' | 'resumed' | 'muted' | 'unmuted'; id: string }
  | { type: 'key_pressed'; id: string; key: string }
  // Tabs of this browser.
  | { type: 'tab_claimed' | 'tab_elsewhere' | 'tab_lost' | 'tab_requested' | 'take_over_refused' }
  // The microphone and the account.
  | { type: 'microphone_opened' | 'microphone_lost' }
  | { type: 'microphone_failed'; why: 'denied' | 'missing' | 'insecure' }
  | { type: 'account_received'; account: Account }
  | { type: 'account_failed'; isFinal: boolean }
  // SIP.
  | { type: 'sip_registered' | 'sip_reached' | 'sip_refused' | 'sip_disconnected' | 'reach_expired' }
  | { type: 'call_arrived'; id: string; number: string; name: string }
  | { type: 'call_connected'; id: string; at: number }
  | { type: 'call_ended'; id: string; why: Exclude<Ending, 'missed' | 'declined'> };

export type PhoneEffect =
  | { type: 'remember'; on: boolean }
  | { type: 'claim_tab' | 'release_tab' | 'request_tab' | 'refuse_tab' }
  | { type: 'open_microphone' | 'close_microphone' }
  | { type: 'fetch_account' | 'stop_sip' }
  /** Drops a connection that may be dead. Calls go on. */
  | { type: 'reconnect_sip' }
  /** Calls send the microphone that is open now. */
  | { type: 'replace_voice' }
  | { type: 'start_sip'; account: Account }
  /** Replaces the running timer: without an event `sip_reached` until then, `reach_expired` follows. */
  | { type: 'watch_reach' | 'retry_later' | 'stop_timers' }
  | { type: 'dial'; id: string; number: string }
  | { type: 'answer' | 'hang_up' | 'hold' | 'resume' | 'mute' | 'unmute'; id: string }
  /** @property status of the SIP response */
  | { type: 'reject'; id: string; status: 486 | 603 }
  | { type: 'send_key'; id: string; key: string };

export interface PhoneStep {
  state: PhoneState;
  effects: PhoneEffect[];
}

export const initialState: PhoneState = {
  reach: 'off',
  microphone: 'unknown',
  calls: [],
  ended: undefined,
  lastDialled: '',
  isTakeOverRefused: false,
};

/** An account is in use: registered now, or it was and connects again. */
export const withSip: ReadonlySet<Reach> = new Set(['registered', 'ready', 'lost', 'refused']);

export function step(state: PhoneState, ...effects: PhoneEffect[]): PhoneStep {
  return { state, effects };
}

export function same(state: PhoneState): PhoneStep {
  return { state, effects: [] };
}
