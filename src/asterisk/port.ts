/**
 * Everything that the gateway uses of Asterisk. Implemented by the real links (ARI and AMI) and by the simulator's fake;
 * one conformance suite (test/asterisk/conformance) checks both against the guarantees documented here.
 */

import type { AsteriskNames } from './names.js';
import type { MediaStatistics } from './media-statistics.js';
import type { QueueEvent } from './queue-port.js';
import type { RecordingEvent, RecordingPort } from './recording-port.js';

/** Thrown by every method of {@link AsteriskPort} when Asterisk did not carry the request out. */
export class AsteriskError extends Error {
  constructor(
    readonly reason: AsteriskErrorReason,
    message: string,
    /** HTTP status of ARI's response, if there was one. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'AsteriskError';
  }
}

/**
 * - `gone`: the channel, bridge or playback does not exist (any more).
 * - `conflict`: it exists, but not in a state that allows this (ARI 409; also 412).
 * - `refused`: Asterisk rejects the request; a retry is pointless (other 4xx, 500 "Allocation failed").
 * - `unavailable`: no response: not connected, connection lost, deadline passed. The request may or may not have been carried out.
 */
export type AsteriskErrorReason = 'gone' | 'conflict' | 'refused' | 'unavailable';

export interface ChannelSnapshot {
  id: string;
  name: string;
  state: 'down' | 'ringing' | 'up';
  caller: { number: string; name: string };
  /** The dialled number (the dialplan's extension). */
  dialled: string;
  createdAt: number;
  /** Arguments of `Stasis(app,…)` while the channel is in our application; else undefined. */
  appArgs?: string[] | undefined;
}

export interface BridgeSnapshot {
  id: string;
  channelIds: string[];
}

export interface DialRequest {
  /** Chosen by the gateway, so that it finds the channel again after a restart. */
  channelId: string;
  /** `PJSIP/tester`, `PJSIP/420777888999@trunk`. Built by the dial policy, never from outside input. */
  endpoint: string;
  callerId?: { number: string; name?: string } | undefined;
  /** Asterisk's own limit as a safety net; the gateway's timer is shorter. */
  timeoutS: number;
  /** Channel that this leg is dialled for; the leg inherits its linked id and formats. */
  originatorId?: string | undefined;
  /**
   * Requests that the phone answers automatically (`Call-Info`, `Alert-Info`, `Answer-Mode`); many phones do so only
   * when configured for it.
   */
  autoAnswer?: boolean;
  variables?: Record<string, string> | undefined;
}

export interface DetectionRequest {
  channelId: string;
  /** Chosen by the gateway; identifies this detection. */
  visitId: string;
  /** Waits until the machine has stopped speaking, at most 30 seconds, before the channel returns. */
  waits: boolean;
}

/** First argument of `Stasis()` for a channel that returns from {@link AsteriskPort.detectMachine}. */
export const DETECTED = 'detected';

export interface SnoopRequest {
  /** Any channel, also one in the dialplan. */
  channelId: string;
  /** Chosen by the gateway: id of the created channel. */
  snoopId: string;
  /** Audio played to the snoop reaches the channel's party (`out`), the other party of its talk (`in`), or `both`. */
  whisper: 'none' | 'in' | 'out' | 'both';
  /** The snoop hears both directions. */
  spies: boolean;
}

/** Why a dialled leg ended, before or after it was answered; close to Asterisk's DIALSTATUS. */
export type Cause =
  | 'normal'
  | 'busy'
  | 'no_answer'
  /** The callee rejected the call. */
  | 'rejected'
  | 'unreachable'
  /** The number is not assigned, or not a number. */
  | 'no_such_number'
  /** The provider rejects our calls: wrong password, no credit, a caller ID that is not ours. */
  | 'provider_refused'
  | 'unregistered'
  | 'failed';

export type AsteriskEvent =
  | QueueEvent
  | RecordingEvent
  /** Both ARI (events and requests) and AMI are usable. `restarted`: Asterisk has restarted since; all earlier channels are gone. */
  | { type: 'link_up'; at: number; restarted: boolean }
  /** All requests fail with `unavailable` from now on. */
  | { type: 'link_down'; at: number; reason: string }
  /** Another process connected under our application's name. This process must stop and must not reconnect. */
  | { type: 'replaced'; at: number; reason?: string | undefined }
  /** A channel entered our application (StasisStart). Not raised for channels that the gateway dialled. */
  | { type: 'channel_entered'; at: number; channel: ChannelSnapshot; args: string[] }
  /** A channel left our application and continues in the dialplan (StasisEnd without a hang-up). */
  | { type: 'channel_left'; at: number; channelId: string }
  /** A key was pressed. `durationMs` as Asterisk measured it. */
  | { type: 'digit'; at: number; channelId: string; digit: string; durationMs: number }
  /** A key of a party outside our application, in a queue's talk. `channelId`: the caller's; `partyId`: that of the pressing party. */
  | { type: 'talk_digit'; at: number; channelId: string; partyId: string; digit: string; durationMs: number }
  /**
   * The transfer key of a handset's phone was pressed in a talk (REFER); see {@link TransferPort}. `to`: what the
   * phone names as a number; null for anything else, such as another call (`Replaces`).
   */
  | { type: 'transfer_key'; at: number; channelId: string; handset: string; to: string | null }
  /** The far end of a dialled leg has sent progress, such as an announcement, and no ringing (SIP 183). */
  | { type: 'channel_progress'; at: number; channelId: string }
  /** A dialled leg rings at the far end. */
  | { type: 'channel_ringing'; at: number; channelId: string }
  /** The channel was answered; a dialled leg by the far end. */
  | { type: 'channel_answered'; at: number; channelId: string }
  /**
   * The far end requested a hang-up (BYE, CANCEL) or the channel is gone. Raised once per channel. `q850` is Asterisk's
   * cause number, `sipStatus` the SIP response that refused the call, if any.
   */
  | { type: 'channel_gone'; at: number; channelId: string; cause: Cause; q850: number; sipStatus?: number | undefined }
  | { type: 'playback_started'; at: number; playbackId: string; channelId: string }
  /** Played to the end, stopped or failed. `failed`: nothing was played (file missing, HTTP timeout). */
  | { type: 'playback_finished'; at: number; playbackId: string; channelId: string; failed: boolean }
  /** A handset got its first reachable phone, or lost the last one. */
  | { type: 'handset_state'; at: number; handset: string; registered: boolean }
  /** A phone registered or unregistered, or its reachability changed: {@link AsteriskPort.listContacts} returns the new state. */
  | { type: 'handset_contacts'; at: number; handset: string }
  /**
   * A SIP channel has ended that had audio, also one outside our application. `linkedId`: the oldest channel of its call. Raised once,
   * and not for channels that end while the link is down.
   */
  | {
      type: 'media_ended';
      at: number;
      channelId: string;
      linkedId: string;
      endpoint: string;
      statistics: MediaStatistics;
    };

/** Transfers by phones (REFER). */
export interface TransferPort {
  /**
   * Transfer keys of phones raise `transfer_key`. False for a version of Asterisk that ends at some requests of phones: they are refused
   * then. Handsets with several phones are always refused.
   */
  readonly areHandedOver: boolean;
  /** Tells a phone whether its transfer is carried out. Does nothing for a channel outside our application. */
  answer(answer: { channelId: string; isAccepted: boolean }): Promise<void>;
  /**
   * Lets the transfer key of this handset, which talks with a queue's caller, raise `transfer_key`.
   * @returns the handset's channel; undefined when it is not in that talk
   * @throws AsteriskError
   */
  follow(talk: { channelId: string; handset: string }): Promise<string | undefined>;
}

export interface AsteriskPort {
  /** True between `link_up` and `link_down`. */
  readonly usable: boolean;
  /** Error messages of the links that are down, for `/readyz`; undefined when both are up. */
  readonly linkErrors: { ari?: string | undefined; ami?: string | undefined };
  readonly recordings: RecordingPort;
  readonly transfers: TransferPort;
  /** Events of one channel arrive in the order in which Asterisk sent them. Returns the unsubscribe function. */
  onEvent(listener: (event: AsteriskEvent) => void): () => void;

  /** Does nothing when the channel is up already. */
  answer(channelId: string): Promise<void>;
  /** Indicates ringing to the caller (ringback tone on an answered channel) until `stopRinging`. */
  startRinging(channelId: string): Promise<void>;
  stopRinging(channelId: string): Promise<void>;
  /** Plays music on hold to a channel of our application until `stopMusic`. */
  startMusic(channelId: string): Promise<void>;
  stopMusic(channelId: string): Promise<void>;
  /** Plays the media one after another as one playback. `media`: ARI media URIs such as `sound:http://…/x.wav`. */
  play(request: { channelId: string; playbackId: string; media: string[] }): Promise<void>;
  /** Does nothing when the playback has ended or is unknown. */
  stopPlayback(playbackId: string): Promise<void>;
  /**
   * Loads a medium into Asterisk's cache before a call needs it, one at a time. Raises no event; resolves when the medium is cached.
   * @throws AsteriskError `refused` when the fetch failed, `conflict` while another medium is being fetched
   */
  fetchMedia(media: string): Promise<void>;
  /** True while the playback is queued or playing. */
  playbackExists(playbackId: string): Promise<boolean>;
  /** Creates the channel under the given id and dials it. `refused` when the endpoint is unknown or unregistered. */
  dial(request: DialRequest): Promise<void>;
  /**
   * Creates a channel in our application that listens to another channel or speaks into it. It raises only `channel_gone`, at
   * the latest when the other channel ends. Idempotent for the same id.
   */
  snoop(request: SnoopRequest): Promise<void>;
  /**
   * Sends an answered channel of our application to answering machine detection (AMD). Raises `channel_left`, and within
   * seconds `channel_entered` with {@link DETECTED}, the visit, AMD's status (`MACHINE`, `HUMAN`, `NOTSURE`) and its cause.
   * The channel also returns after the gateway was down, unless its lease has expired.
   */
  detectMachine(request: DetectionRequest): Promise<void>;
  /** Does nothing when the bridge exists. DTMF of its members raises `digit`. */
  createBridge(bridgeId: string): Promise<void>;
  /** Does nothing for channels that are members already. Connected-line updates are never forwarded between members. */
  addToBridge(bridgeId: string, channelIds: string[]): Promise<void>;
  /** Does nothing when the bridge is gone; its members stay up and in our application. */
  destroyBridge(bridgeId: string): Promise<void>;
  /** Does nothing when the channel is gone. */
  hangUp(channelId: string, reason?: HangUpReason): Promise<void>;
  /** Returns the channel to the dialplan; it then raises `channel_left`. */
  continueTo(channelId: string, place: { context: string; extension: string; priority: number }): Promise<void>;
  setVariable(channelId: string, name: string, value: string): Promise<void>;
  /**
   * Sets the channel's absolute timeout in seconds from now; on expiry Asterisk takes the channel to the dialplan's fallback.
   * Takes effect immediately, also while the channel plays a prompt.
   *
   * @throws AsteriskError `gone` when the channel has ended or has left our application, where a lease would cut it off
   */
  renewLease(channelId: string, seconds: number): Promise<void>;
  /** Resolves when Asterisk responds; all earlier messages have been raised as events by then. */
  ping(): Promise<void>;
  listChannels(): Promise<ChannelSnapshot[]>;
  /** The bridges that our application created. */
  listBridges(): Promise<BridgeSnapshot[]>;
  /** `offline`: no registered contact; `unknown`: no such endpoint. `name` as in `PJSIP/name`. */
  endpointState(name: string): Promise<'online' | 'offline' | 'unknown'>;

  /**
   * Creates or changes a SIP account of Asterisk (auth, AOR, endpoint), without shared files. A new password ends the
   * registrations made with the old one.
   */
  putHandset(handset: HandsetAccount): Promise<void>;
  removeHandset(name: string): Promise<void>;
  /** Names of those accounts that {@link putHandset} would not change, found with few requests. It may miss some. */
  currentHandsets(accounts: readonly HandsetAccount[]): Promise<ReadonlySet<string>>;
  /** Names of the accounts created by {@link putHandset}. */
  listHandsets(): Promise<string[]>;
  /**
   * Publishes the states of handsets and queues to phones of our handsets that subscribe to these names (RFC 3265); replaces all
   * earlier names. Subscribers never see who calls. @throws AsteriskError
   */
  putPresence(keys: PresenceKey[]): Promise<void>;
  /**
   * Sets the number of new messages that the phones of a handset with {@link HandsetAccount.hasMessageLamp} show. Asterisk forgets it at
   * its restart. Resolves when Asterisk has it. @throws AsteriskError
   */
  putNewMessages(handset: string, count: number): Promise<void>;
  /** How the gateway's things are named in Asterisk. */
  readonly names: AsteriskNames;
  /** The phones that are registered now, of all accounts of Asterisk. */
  listContacts(): Promise<HandsetContact[]>;
}

/**
 * Before the answer the caller is refused: with SIP 603, 486, 503, 404 (`unallocated`: the dialled number is not assigned) or 480
 * (`no_answer`).
 */
export type HangUpReason = 'normal' | 'busy' | 'congestion' | 'unallocated' | 'no_answer';

/** What a phone can subscribe to, under a name. */
export type PresenceKey = { name: string } & ({ handset: string } | { queue: number });

/** A registered phone. */
export interface HandsetContact {
  handset: string;
  /** Source address of its registration: `192.0.2.7:5060`. */
  address: string;
  userAgent: string;
  /** Result of Asterisk's OPTIONS request, sent twice a minute; `unknown`: none sent yet. */
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
  /** Limit of phones registered at the same time; a further one replaces the oldest. All of them ring. */
  maxContacts: number;
  /** Media for browsers (DTLS-SRTP, ICE); an ordinary phone cannot use the account then. */
  webrtc: boolean;
  /**
   * SIP over TLS and SRTP with SDES; without meaning for browsers, which always encrypt. `required`: calls and registrations over UDP
   * and TCP are refused, and calls without SRTP. Default: `off`.
   */
  encryption?: 'off' | 'wanted' | 'required';
  /** Hashes that Asterisk offers for the login, those of SHA-256 first. Default: `md5`, also for browsers. */
  digest?: 'md5' | 'both' | 'sha-256';
  /** Its operator may not see numbers, so Asterisk sends none of them to its phones. */
  masksCallers?: boolean;
  /** Its phones show new messages: see {@link AsteriskPort.putNewMessages}. Without meaning for browsers. */
  hasMessageLamp?: boolean;
}
