import type { Ending, PhoneState } from '../phone/phone-state.js';

/** The messages between `phone.js` in a page of another server and the phone in its frame. */

/** From the frame: its listener is ready. From the page, with a port as transfer: the other messages go over it. */
export type Handshake = { cordboard: 'ready' } | { cordboard: 'connect'; token: string; isOn: boolean };

export const commandNames = [
  'switchOn',
  'switchOff',
  'dial',
  'answer',
  'hangUp',
  'hold',
  'resume',
  'mute',
  'sendKeys',
  'transfer',
] as const;
export type CommandName = (typeof commandNames)[number];

export type ToFrame =
  | { type: 'token'; token: string }
  | { type: 'command'; id: number; name: CommandName; args: unknown[] }
  | { type: 'locked'; id: number; isHeld: boolean }
  /** Another tab has taken the lock, or the request was cancelled. */
  | { type: 'lock_lost'; id: number };

/** A call as the page sees it. */
export interface EmbeddedCall {
  /** Of the phone, for commands. */
  id: string;
  /** Of the gateway, as in webhooks and the API; null while unknown. */
  callId: string | null;
  direction: 'incoming' | 'outgoing';
  /** Null when it is withheld, or when the operator may not see numbers. */
  number: string | null;
  name: string;
  /** The company's number that was called. */
  line: string | null;
  stage: 'ringing' | 'calling' | 'answering' | 'talking';
  held: boolean;
  muted: boolean;
}

interface EmbeddedState {
  /** Whether calls can arrive, see `Reach`. */
  reach: PhoneState['reach'];
  microphone: PhoneState['microphone'];
  calls: EmbeddedCall[];
}

export type EmbeddedEvent =
  | { name: 'state'; detail: EmbeddedState }
  | { name: 'ringing' | 'calling' | 'answered'; detail: EmbeddedCall }
  | { name: 'ended'; detail: EmbeddedCall & { why: Ending } };

/** Why a command did nothing. */
export type CommandError = 'not_possible' | 'invalid' | 'refused';

export type LockRequest = 'wait' | 'if_available' | 'steal';

export type FromFrame =
  | { type: 'event'; event: EmbeddedEvent }
  | { type: 'answer'; id: number; error: CommandError | null }
  | { type: 'height'; px: number }
  /** The page must send another token. */
  | { type: 'token_needed' }
  /** A lock of the browser among the pages of this origin: browsers give none to frames of other sites. */
  | { type: 'lock'; id: number; name: string; how: LockRequest }
  | { type: 'unlock'; id: number };
