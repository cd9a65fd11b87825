/**
 * What the gateway needs of Asterisk, and nothing more. Implemented by the real links (ARI and AMI) and by the
 * simulator's fake; one conformance suite (test/asterisk/conformance) holds both to the promises written here.
 */

import type { QueueEvent } from './queue-port.js';
import type { RecordingEvent, RecordingPort } from './recording-port.js';

/** Thrown by every method of {@link AsteriskPort} that Asterisk did not carry out. */
export class AsteriskError extends Error {
  constructor(
    readonly reason: AsteriskErrorReason,
    message: string,
    /** HTTP status of ARI's answer, where there was one. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'AsteriskError';
  }
}

/**
 * - `gone`: the channel, bridge or playback does not exist (any more).
 * - `conflict`: it exists, but not in a state that allows this (ARI 409; also 412).
 * - `refused`: Asterisk will not do it, asking again is pointless (other 4xx, 500 "Allocation failed").
 * - `unavailable`: no answer: not connected, connection lost, deadline passed. It may or may not have been carried out.
 */
export type AsteriskErrorReason = 'gone' | 'conflict' | 'refused' | 'unavailable';

export interface ChannelSnapshot {
  id: string;
  name: string;
  state: 'down' | 'ringing' | 'up';
  caller: { number: string; name: string };
  /** The number that was dialled to get here (the dialplan's extension). */
  dialled: string;
  createdAt: number;
  /** Arguments of `Stasis(app,…)`, when the channel is in our application now; else undefined. */
  appArgs?: string[];
}

export interface BridgeSnapshot {
  id: string;
  channelIds: string[];
}

export interface DialRequest {
  /** Chosen by us, so that a restart finds its own. */
  channelId: string;
  /** `PJSIP/tester`, `PJSIP/420777888999@trunk`. Built by the dial policy, never from outside input. */
  endpoint: string;
  callerId?: { number: string; name?: string };
  /** Asterisk's own last guard; the caller of this method has a shorter timer. */
  timeoutS: number;
  /** Channel that this leg is dialled for: gives it the linked id and the formats. */
  originatorId?: string;
  /** Asks the phone to answer by itself (`Call-Info`, `Alert-Info`, `Answer-Mode`); many do only when set up for it. */
  autoAnswer?: boolean;
  variables?: Record<string, string>;
}

export interface DetectionRequest {
  channelId: string;
  /** Chosen by us: tells this detection from others. */
  visitId: string;
  /** A machine is let speak to its end before the channel comes back, for 30 seconds at most. */
  waits: boolean;
}

/** First argument of `Stasis()` for a channel that comes back from {@link AsteriskPort.detectMachine}. */
export const DETECTED = 'detected';

export interface SnoopRequest {
  /** Any channel, also one in the dialplan. */
  channelId: string;
  /** Chosen by us: the channel that is made. */
  snoopId: string;
  /** `both`: what is played to the snoop is heard by the channel's party (`out`) and by whom that one talks with (`in`). */
  whisper: 'none' | 'in' | 'out' | 'both';
  /** The snoop hears both directions. */
  spies: boolean;
}

/** How a leg that we dialled ended before it was answered, in the words of Asterisk's DIALSTATUS, or when it hung up. */
export type Cause =
  | 'normal'
  | 'busy'
  | 'no_answer'
  /** By whoever was called. */
  | 'rejected'
  | 'unreachable'
  /** The number is not assigned, or not a number. */
  | 'no_such_number'
  /** The other side of the trunk does not take our calls: wrong password, no credit, a caller ID that is not ours. */
  | 'provider_refused'
  | 'unregistered'
  | 'failed';

export type AsteriskEvent =
  | QueueEvent
  | RecordingEvent
  /** Both ARI (events and requests) and AMI are usable. `restarted`: Asterisk itself is new; its channels of before are gone. */
  | { type: 'link_up'; at: number; restarted: boolean }
  /** Commands will be answered with `unavailable` from now on. */
  | { type: 'link_down'; at: number; reason: string }
  /** Another process connected under our application's name. There is no way back: stop, do not fight. */
  | { type: 'replaced'; at: number; reason?: string }
  /** A channel entered our application (StasisStart). Channels that we dialled ourselves do not raise it. */
  | { type: 'channel_entered'; at: number; channel: ChannelSnapshot; args: string[] }
  /** A channel left our application and lives on in the dialplan (StasisEnd without a hang-up). */
  | { type: 'channel_left'; at: number; channelId: string }
  /** A key was pressed. `durationMs` as Asterisk measured it. */
  | { type: 'digit'; at: number; channelId: string; digit: string; durationMs: number }
  /** A leg that we dialled rings at the other end. */
  | { type: 'channel_ringing'; at: number; channelId: string }
  /** The channel was answered: by the far end when we dialled it. */
  | { type: 'channel_answered'; at: number; channelId: string }
  /** The far end asked to hang up (BYE, CANCEL) or the channel is gone. Raised once per channel. `q850` is Asterisk's cause number, `sipStatus` the response that refused the call, where there was one. */
  | { type: 'channel_gone'; at: number; channelId: string; cause: Cause; q850: number; sipStatus?: number }
  | { type: 'playback_started'; at: number; playbackId: string; channelId: string }
  /** Over, stopped or failed. `failed` means that nothing was heard (file missing, HTTP time-out). */
  | { type: 'playback_finished'; at: number; playbackId: string; channelId: string; failed: boolean }
  /** A handset has its first phone that can be rung, or has lost the last one. */
  | { type: 'handset_state'; at: number; handset: string; registered: boolean }
  /** A phone was registered, has gone, or answers again or no more: {@link AsteriskPort.listContacts} tells how it stands. */
  | { type: 'handset_contacts'; at: number; handset: string };

export interface AsteriskPort {
  /** True between `link_up` and `link_down`. */
  readonly usable: boolean;
  /** What is not usable, in words for `/readyz`; undefined when all is well. */
  readonly trouble: { ari?: string; ami?: string };
  readonly recordings: RecordingPort;
  /** Events of one channel arrive in the order in which Asterisk sent them. Returns the unsubscribe function. */
  onEvent(listener: (event: AsteriskEvent) => void): () => void;

  /** Answering a channel that is up already does nothing. */
  answer(channelId: string): Promise<void>;
  /** Tells the caller that it rings (ringback tone on an answered channel); off again with `stopRinging`. */
  startRinging(channelId: string): Promise<void>;
  stopRinging(channelId: string): Promise<void>;
  /** Plays the media one after another as one playback. `media`: ARI media URIs such as `sound:http://…/x.wav`. */
  play(request: { channelId: string; playbackId: string; media: string[] }): Promise<void>;
  /** Stopping a playback that is over or unknown does nothing. */
  stopPlayback(playbackId: string): Promise<void>;
  /**
   * Puts a medium into Asterisk's cache before a call needs it, one at a time: it raises no event. Resolves when it is there.
   * @throws AsteriskError `refused` when it could not be fetched, `conflict` while another one is being fetched
   */
  fetchMedia(media: string): Promise<void>;
  /** True while Asterisk still has that playback queued or playing. */
  playbackExists(playbackId: string): Promise<boolean>;
  /** Creates the channel under our id and dials it. `refused` when the endpoint is unknown or unregistered. */
  dial(request: DialRequest): Promise<void>;
  /**
   * Makes a channel of our application that hears another one or speaks into it; it raises `channel_gone` and no other
   * event, at the latest when the other one ends. Doing it twice with the same id does nothing.
   */
  snoop(request: SnoopRequest): Promise<void>;
  /**
   * Sends a channel of our application, which is up, to where Asterisk listens whether a machine has answered. It raises
   * `channel_left`, and within seconds `channel_entered` with {@link DETECTED}, the visit, Asterisk's word (`MACHINE`,
   * `HUMAN`, `NOTSURE`) and its reason. It comes back also after a time without us, as long as its leash lets it live.
   */
  detectMachine(request: DetectionRequest): Promise<void>;
  /** Creating a bridge that exists already does nothing. DTMF of its members reaches us. */
  createBridge(bridgeId: string): Promise<void>;
  /** Adding a member that is in already does nothing. Connected-line updates are never passed on between members. */
  addToBridge(bridgeId: string, channelIds: string[]): Promise<void>;
  /** Destroying a bridge that is gone does nothing; its members stay up and in our application. */
  destroyBridge(bridgeId: string): Promise<void>;
  /** Hanging up a channel that is gone does nothing. `unallocated`: nobody has the number that was dialled (SIP 404). */
  hangUp(channelId: string, cause?: 'normal' | 'busy' | 'congestion' | 'unallocated'): Promise<void>;
  /** Hands the channel back to the dialplan; afterwards it raises `channel_left`. */
  continueTo(channelId: string, place: { context: string; extension: string; priority: number }): Promise<void>;
  setVariable(channelId: string, name: string, value: string): Promise<void>;
  /**
   * Asterisk takes the channel away from us in so many seconds, counted from now; the dialplan says what then. Done at
   * once whatever goes on on that channel, also while it plays a prompt. @throws AsteriskError `gone` when the channel has
   * ended or has left our application: a lease would cut it off wherever it is now.
   */
  renewLease(channelId: string, seconds: number): Promise<void>;
  /** Resolves when Asterisk answers; what it told before has been raised as events by then. */
  ping(): Promise<void>;
  listChannels(): Promise<ChannelSnapshot[]>;
  /** The bridges that our application made. */
  listBridges(): Promise<BridgeSnapshot[]>;
  /** `offline`: known but without a registered contact; `unknown`: no such endpoint. `name` as in `PJSIP/name`. */
  endpointState(name: string): Promise<'online' | 'offline' | 'unknown'>;

  /**
   * Makes or changes a SIP account of Asterisk (auth, AOR, endpoint), without shared files. Another password than before
   * ends the registrations that were made with the old one.
   */
  putHandset(handset: HandsetAccount): Promise<void>;
  removeHandset(name: string): Promise<void>;
  /** Names of the accounts that {@link putHandset} made. */
  listHandsets(): Promise<string[]>;
  /** The phones that are registered now, at whatever account of Asterisk. */
  listContacts(): Promise<HandsetContact[]>;
}

/** A phone that is registered. */
export interface HandsetContact {
  handset: string;
  /** Where it registered from: `192.0.2.7:5060`. */
  address: string;
  userAgent: string;
  /** Whether it answers when Asterisk asks it, twice a minute; `unknown`: not asked yet. */
  state: 'reachable' | 'unreachable' | 'unknown';
  expiresAt: number;
}

/** A SIP account. `name` is user name, endpoint and AOR in one, and has at least one letter so that no caller ID can equal it. */
export interface HandsetAccount {
  name: string;
  password: string;
  displayName: string;
  /** BCP 47 language of Asterisk's own prompts on this account. */
  language: string;
  /** Phones that may be registered at the same time; one more puts out the oldest. All of them ring. */
  maxContacts: number;
  /** Media as browsers want it (DTLS-SRTP, ICE): then no plain phone can use the account. */
  webrtc: boolean;
}
