import { isOurs } from '../kernel/ids.js';
import type { Clock } from '../lib/clock.js';
import { textOf } from './ami/ami-connection.js';
import type { AmiEvent } from './ami/ami-connection.js';
import { DIALLED, snapshotOf } from './ari/ari-schema.js';
import type { AriEvent } from './ari/ari-schema.js';
import { causeNumberOfDialStatus, causeOf } from './cause.js';
import { RecentIds } from './recent-ids.js';
import type { AsteriskEvent } from './port.js';

/** ARI and AMI tell of the same hang-up over two sockets: this long ARI's word, which keeps the order, is waited for. */
const SETTLE_MS = 250;
const NORMAL_CLEARING = 16;
/** SIP responses from here on refuse a call. */
const FIRST_REFUSAL = 300;
/** Numbers that say nothing about why: none given (a plain BYE), and "the application asked". */
const SAYING_NOTHING = [0, 32];

type EventOf<T extends AriEvent['type']> = Extract<AriEvent, { type: T }>;

/** A sign that a channel is going, whose second sign has not come yet. */
interface Unsettled {
  /** By Asterisk's clock, ms since 1970; NaN where the event does not say. */
  at: number;
  /** Tells that it left for the dialplan; for a StasisEnd. */
  left?: () => void;
  cancel: () => void;
}

/** A leg that is being created. */
export class ExpectedLeg {
  #hasEntered = false;
  #entered: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    /** Ends the expectation. Calling it twice is harmless. */
    readonly forget: () => void,
  ) {}

  /** It is in the application, or there is no use in waiting any longer. */
  arrive(): void {
    this.#hasEntered = true;
    this.forget();
    this.#entered();
  }

  /** Resolves with true when it has entered, with false `withinMs` later. */
  entered(withinMs: number): Promise<boolean> {
    if (this.#hasEntered) return Promise.resolve(true);
    return new Promise((resolve) => {
      const cancel = this.clock.wakeAt(this.clock.now() + withinMs, () => resolve(false));
      this.#entered = () => {
        cancel();
        resolve(true);
      };
    });
  }
}

interface ChannelEventsOptions {
  app: string;
  clock: Clock;
  emit: (event: AsteriskEvent) => void;
  /** Clears away a leg that failed to answer and that Asterisk would keep until its time-out. */
  abandonLeg: (channelId: string) => void;
}

/**
 * Turns what Asterisk says into the events of the port. Remembers only what makes one event out of several:
 * which channels are gone already, which of them may be leaving, and which playbacks have begun.
 */
export class ChannelEvents {
  readonly #gone = new RecentIds();
  readonly #playing = new RecentIds();
  readonly #continued = new RecentIds();
  /** Legs of ours that are being created, until Asterisk has put them into our application. */
  readonly #legsToCome = new Map<string, ExpectedLeg>();
  /** Waiting for a second sign that tells a hang-up from a channel that lives on. */
  readonly #unsettled = new Map<string, Unsettled>();

  constructor(private readonly options: ChannelEventsOptions) {}

  /** The dialplan was told to take this channel: its StasisEnd is no hang-up. */
  willContinue(channelId: string): void {
    this.#continued.add(channelId);
  }

  /**
   * A leg of ours is about to be created: until it has entered the application, Asterisk refuses to dial it. To be
   * called before the request, as the leg's StasisStart may overtake the answer.
   */
  expectLeg(channelId: string): ExpectedLeg {
    const leg = new ExpectedLeg(this.options.clock, () => this.#legsToCome.delete(channelId));
    this.#legsToCome.set(channelId, leg);
    return leg;
  }

  /** Drops what waits; for when the link is gone and reconcile will make up for it. */
  reset(): void {
    for (const { cancel } of this.#unsettled.values()) cancel();
    this.#unsettled.clear();
    for (const leg of this.#legsToCome.values()) leg.arrive();
  }

  fromAri(event: AriEvent): void {
    switch (event.type) {
      case 'StasisStart':
        this.#entered(event);
        break;
      case 'StasisEnd':
        this.#stasisEnd(event.channel.id, Date.parse(event.timestamp));
        break;
      case 'ChannelStateChange':
        this.#stateChange(event);
        break;
      case 'ChannelDtmfReceived':
        this.#digit(event);
        break;
      case 'ChannelHangupRequest':
        // A soft request is our own or Asterisk's time-out; only ChannelDestroyed, which follows, knows the cause.
        if (event.soft) this.#goneSoon(event.channel.id, event.cause);
        else this.#goneNow(event.channel.id, event.cause, event.tech_cause);
        break;
      case 'ChannelDestroyed':
        this.#goneNow(event.channel.id, event.cause, event.tech_cause);
        break;
      case 'Dial':
        this.#dial(event);
        break;
      case 'PlaybackStarted':
      case 'PlaybackFinished':
        this.#playback(event);
        break;
      case 'RecordingStarted':
      case 'RecordingFinished':
      case 'RecordingFailed':
        this.#recording(event);
        break;
    }
  }

  /** AMI tells of the end of channels that ARI no longer follows, because they went on in the dialplan. */
  fromAmi(event: AmiEvent): void {
    if (event.event !== 'Hangup') return;
    const channelId = textOf(event, 'uniqueid');
    const at = Number(textOf(event, 'timestamp') || NaN) * 1000;
    const before = this.#unsettled.get(channelId);
    if (before?.left && at - before.at > SETTLE_MS) before.left();
    this.#goneSoon(channelId, Number(textOf(event, 'cause')) || 0, at, Number(textOf(event, 'techcause')) || 0);
  }

  #entered({ channel, args }: EventOf<'StasisStart'>): void {
    if (args[0] === DIALLED && isOurs(channel.id)) {
      this.#legsToCome.get(channel.id)?.arrive();
      return;
    }
    this.#settle(channel.id);
    this.#emit({ type: 'channel_entered', channel: snapshotOf(channel, this.options.app), args });
  }

  /** @param at when, by Asterisk's clock: after a freeze of ours what was minutes apart comes at once. */
  #stasisEnd(channelId: string, at: number): void {
    if (this.#gone.has(channelId)) return;
    const left = () => this.#emit({ type: 'channel_left', channelId });
    const other = this.#unsettled.get(channelId);
    if (this.#continued.delete(channelId) || (other && other.at - at > SETTLE_MS)) left();
    else if (!other) this.#unsettledFor(channelId, left, { at, left });
  }

  #stateChange({ channel }: EventOf<'ChannelStateChange'>): void {
    if (channel.state === 'Up') this.#emit({ type: 'channel_answered', channelId: channel.id });
    else if (channel.state === 'Ringing' && isOurs(channel.id)) {
      this.#emit({ type: 'channel_ringing', channelId: channel.id });
    }
  }

  #digit({ channel, digit, duration_ms: durationMs }: EventOf<'ChannelDtmfReceived'>): void {
    this.#emit({ type: 'digit', channelId: channel.id, digit, durationMs });
  }

  #dial({ peer, dialstatus }: EventOf<'Dial'>): void {
    const q850 = causeNumberOfDialStatus(dialstatus);
    if (q850 === undefined || !isOurs(peer.id)) return;
    this.#goneNow(peer.id, q850);
    this.options.abandonLeg(peer.id);
  }

  #playback(event: EventOf<'PlaybackStarted' | 'PlaybackFinished'>): void {
    const { id: playbackId, target_uri: target, state } = event.playback;
    const [kind, channelId] = target.split(/:(.*)/s);
    if (kind !== 'channel' || channelId === undefined) return;
    if (event.type === 'PlaybackFinished') {
      this.#playing.delete(playbackId);
      this.#emit({ type: 'playback_finished', playbackId, channelId, failed: state === 'failed' });
    } else if (!this.#playing.has(playbackId)) {
      // Asterisk says it once for each of the media of one playback.
      this.#playing.add(playbackId);
      this.#emit({ type: 'playback_started', playbackId, channelId });
    }
  }

  #recording({ type, recording }: EventOf<'RecordingStarted' | 'RecordingFinished' | 'RecordingFailed'>): void {
    const [folder, recordingId] = recording.name.split(/\/(.*)/s);
    if (folder !== this.options.app || recordingId === undefined) return;
    if (type === 'RecordingStarted') this.#emit({ type: 'recording_started', recordingId });
    else if (type === 'RecordingFailed') this.#emit({ type: 'recording_failed', recordingId, reason: recording.cause });
    else this.#emit({ type: 'recording_finished', recordingId, durationMs: recording.duration * 1000 });
  }

  #goneNow(channelId: string, q850: number, techCause = 0): void {
    this.#settle(channelId);
    this.#continued.delete(channelId);
    if (this.#gone.has(channelId)) return;
    this.#gone.add(channelId);
    const number = SAYING_NOTHING.includes(q850) ? NORMAL_CLEARING : q850;
    const cause = causeOf(number, techCause);
    const sipStatus = techCause >= FIRST_REFUSAL ? { sipStatus: techCause } : {};
    this.#emit({ type: 'channel_gone', channelId, cause, q850: number, ...sipStatus });
  }

  #goneSoon(channelId: string, q850: number, at = NaN, techCause = 0): void {
    if (channelId === '' || this.#gone.has(channelId)) return;
    this.#unsettledFor(channelId, () => this.#goneNow(channelId, q850, techCause), { at });
  }

  #unsettledFor(channelId: string, settle: () => void, sign: Omit<Unsettled, 'cancel'>): void {
    this.#settle(channelId);
    const cancel = this.options.clock.wakeAt(this.options.clock.now() + SETTLE_MS, () => {
      this.#unsettled.delete(channelId);
      settle();
    });
    this.#unsettled.set(channelId, { ...sign, cancel });
  }

  #settle(channelId: string): void {
    this.#unsettled.get(channelId)?.cancel();
    this.#unsettled.delete(channelId);
  }

  #emit(event: DistributiveOmit<AsteriskEvent, 'at'>): void {
    this.options.emit({ ...event, at: this.options.clock.now() });
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
