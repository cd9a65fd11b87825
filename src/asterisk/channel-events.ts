import { isOurs } from '../kernel/ids.js';
import type { Clock } from '../lib/clock.js';
import { textOf } from './ami/ami-connection.js';
import type { AmiEvent } from './ami/ami-connection.js';
import { DIALLED, snapshotOf } from './ari/ari-schema.js';
import type { AriEvent } from './ari/ari-schema.js';
import { causeNumberOfDialStatus, causeOf } from './cause.js';
import { endpointOfChannel, mediaStatisticsOf } from './media-statistics.js';
import type { AsteriskNames } from './names.js';
import { RecentIds } from './recent-ids.js';
import type { AsteriskEvent } from './port.js';

/** ARI and AMI report the same hang-up over two sockets: how long to wait for ARI's event, which keeps the order (ms). */
const SETTLE_MS = 250;
const NORMAL_CLEARING = 16;
/** Lowest SIP status that refuses a call. */
const FIRST_REFUSAL = 300;
/** What a phone may name as the target of a transfer: what it may dial. */
const NUMBER = /^\+?\d{1,20}$/;
/** Cause numbers without a reason: none given (a plain BYE), and a hang-up by the application. */
const UNINFORMATIVE_CAUSES = [0, 32];

type EventOf<T extends AriEvent['type']> = Extract<AriEvent, { type: T }>;

/** A first event of a channel that is ending, still without the second event that decides what happened. */
interface PendingEnd {
  /** Asterisk's clock, Unix time in ms; NaN when the event has no timestamp. */
  at: number;
  /** Emits that the channel left for the dialplan; set for a StasisEnd. */
  left?: () => void;
  cancel: () => void;
}

/** A leg that is being created and has not entered the application yet. */
export class ExpectedLeg {
  #hasEntered = false;
  #entered: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    /** Ends the expectation. Idempotent. */
    readonly forget: () => void,
  ) {}

  /** Resolves the wait: the leg is in the application, or waiting is pointless. */
  settle(): void {
    this.#hasEntered = true;
    this.forget();
    this.#entered();
  }

  /** Resolves with true when the leg has entered, or with false after `withinMs`. */
  waitForEntry(withinMs: number): Promise<boolean> {
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
  names: AsteriskNames;
  clock: Clock;
  emit: (event: AsteriskEvent) => void;
  /** Hangs up a leg that was not answered and that Asterisk would keep until its timeout. */
  abandonLeg: (channelId: string) => void;
}

/**
 * Converts events of ARI and AMI to events of the port. Keeps only the state needed to merge several events into one: channels
 * that are gone or may be leaving, and playbacks that have started.
 */
export class ChannelEvents {
  readonly #gone = new RecentIds();
  readonly #playing = new RecentIds();
  readonly #continued = new RecentIds();
  /** Dialled legs that are being created and have not entered our application yet. */
  readonly #legsToCome = new Map<string, ExpectedLeg>();
  /** Waiting for the second event, which distinguishes a hang-up from a channel that continues in the dialplan. */
  readonly #unsettled = new Map<string, PendingEnd>();

  constructor(private readonly options: ChannelEventsOptions) {}

  /** Marks a channel that the gateway sent to the dialplan: its StasisEnd is not a hang-up. */
  expectContinue(channelId: string): void {
    this.#continued.add(channelId);
  }

  /**
   * Expects a leg that is about to be created: Asterisk refuses to dial it before it has entered the application. Must be called
   * before the request, because the leg's StasisStart may arrive before the response.
   */
  expectLeg(channelId: string): ExpectedLeg {
    const leg = new ExpectedLeg(this.options.clock, () => this.#legsToCome.delete(channelId));
    this.#legsToCome.set(channelId, leg);
    return leg;
  }

  /** Drops all waiting events when the link is lost; reconciling replaces them. */
  reset(): void {
    for (const { cancel } of this.#unsettled.values()) cancel();
    this.#unsettled.clear();
    for (const leg of this.#legsToCome.values()) leg.settle();
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
      case 'ChannelTransfer':
        this.#transferKey(event);
        break;
      case 'ChannelHangupRequest':
        // A soft request comes from the gateway or from Asterisk's timeout; only the following ChannelDestroyed has the cause.
        if (event.soft) this.#awaitGone(event.channel.id, event.cause);
        else this.#emitGone(event.channel.id, event.cause, event.tech_cause);
        break;
      case 'ChannelDestroyed':
        this.#emitGone(event.channel.id, event.cause, event.tech_cause);
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
      case 'DeviceStateChanged':
        break;
    }
  }

  /** AMI also reports the keys of channels outside our application. Those of Local channels are repetitions of a phone's. */
  #talkDigit(event: AmiEvent): void {
    const [partyId, channelId] = [textOf(event, 'uniqueid'), textOf(event, 'linkedid')];
    const isPhone = textOf(event, 'channel').startsWith('PJSIP/') && textOf(event, 'direction') === 'Received';
    if (!isPhone || partyId === channelId || isOurs(partyId)) return;
    const [digit, durationMs] = [textOf(event, 'digit'), Number(textOf(event, 'durationms')) || 0];
    this.#emit({ type: 'talk_digit', channelId, partyId, digit, durationMs });
  }

  /** AMI reports the end of channels that ARI no longer follows because they continued in the dialplan. */
  fromAmi(event: AmiEvent): void {
    if (event.event === 'DTMFEnd') this.#talkDigit(event);
    if (event.event !== 'Hangup') return;
    this.#mediaEnded(event);
    const channelId = textOf(event, 'uniqueid');
    const at = Number(textOf(event, 'timestamp') || NaN) * 1000;
    const before = this.#unsettled.get(channelId);
    if (before?.left && at - before.at > SETTLE_MS) before.left();
    this.#awaitGone(channelId, Number(textOf(event, 'cause')) || 0, at, Number(textOf(event, 'techcause')) || 0);
  }

  #mediaEnded(event: AmiEvent): void {
    const { names } = this.options;
    const variables: unknown = event['chanvariable'];
    const endpoint = endpointOfChannel(textOf(event, 'channel'));
    if (endpoint === undefined || typeof variables !== 'object' || variables === null) return;
    const statistics = mediaStatisticsOf(variables as Record<string, unknown>);
    if (statistics === undefined) return;
    const [channelId, linkedId] = [textOf(event, 'uniqueid'), textOf(event, 'linkedid')];
    this.#emit({ type: 'media_ended', channelId, linkedId, endpoint: names.handsetOf(endpoint), statistics });
  }

  #entered({ channel, args }: EventOf<'StasisStart'>): void {
    if (args[0] === DIALLED && isOurs(channel.id)) {
      this.#legsToCome.get(channel.id)?.settle();
      return;
    }
    this.#settle(channel.id);
    this.#emit({ type: 'channel_entered', channel: snapshotOf(channel, this.options.app), args });
  }

  /** @param at Asterisk's clock: after this process was frozen, events that are minutes apart arrive at once. */
  #stasisEnd(channelId: string, at: number): void {
    if (this.#gone.has(channelId)) return;
    const left = () => this.#emit({ type: 'channel_left', channelId });
    const other = this.#unsettled.get(channelId);
    if (this.#continued.delete(channelId) || (other && other.at - at > SETTLE_MS)) left();
    else if (!other) this.#deferFor(channelId, left, { at, left });
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

  #transferKey({ state, refer_to: target, referred_by: by }: EventOf<'ChannelTransfer'>): void {
    if (state !== undefined) return;
    const { destination, protocol_id: replaced } = target.requested_destination;
    const { source_channel: source } = by;
    this.#emit({
      type: 'transfer_key',
      channelId: source.id,
      handset: this.options.names.handsetOf(endpointOfChannel(source.name) ?? ''),
      to: replaced === undefined && NUMBER.test(destination) ? destination : null,
    });
  }

  #dial({ peer, dialstatus }: EventOf<'Dial'>): void {
    if (!isOurs(peer.id)) return;
    if (dialstatus === 'PROGRESS') this.#emit({ type: 'channel_progress', channelId: peer.id });
    const q850 = causeNumberOfDialStatus(dialstatus);
    if (q850 === undefined) return;
    this.#emitGone(peer.id, q850);
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
      // Asterisk sends it once for each medium of a playback.
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

  #emitGone(channelId: string, q850: number, techCause = 0): void {
    this.#settle(channelId);
    this.#continued.delete(channelId);
    if (this.#gone.has(channelId)) return;
    this.#gone.add(channelId);
    const number = UNINFORMATIVE_CAUSES.includes(q850) ? NORMAL_CLEARING : q850;
    const cause = causeOf(number, techCause);
    const sipStatus = techCause >= FIRST_REFUSAL ? { sipStatus: techCause } : {};
    this.#emit({ type: 'channel_gone', channelId, cause, q850: number, ...sipStatus });
  }

  #awaitGone(channelId: string, q850: number, at = NaN, techCause = 0): void {
    if (channelId === '' || this.#gone.has(channelId)) return;
    this.#deferFor(channelId, () => this.#emitGone(channelId, q850, techCause), { at });
  }

  #deferFor(channelId: string, settle: () => void, sign: Omit<PendingEnd, 'cancel'>): void {
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
