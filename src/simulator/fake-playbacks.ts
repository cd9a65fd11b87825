import type { Clock } from '../lib/clock.js';
import { AsteriskError, type AsteriskEvent } from '../asterisk/port.js';

type PlaybackEvent = Extract<AsteriskEvent, { type: 'playback_started' | 'playback_finished' }>;

interface Playback {
  id: string;
  channelId: string;
  media: string[];
  playing: boolean;
  cancel: () => void;
}

/** The playbacks of all channels. On each channel one plays at a time and the others wait, as in Asterisk. */
export class FakePlaybacks {
  #queue: Playback[] = [];

  constructor(
    private readonly clock: Clock,
    /** Duration of one medium in milliseconds; undefined: the file does not exist. */
    private readonly durationOf: (media: string) => number | undefined,
    private readonly emit: (event: PlaybackEvent) => void,
  ) {}

  has(id: string): boolean {
    return this.#queue.some((playback) => playback.id === id);
  }

  play({ id: channelId }: { id: string }, { playbackId: id, media }: { playbackId: string; media: string[] }): void {
    this.#queue.push({ id, channelId, media, playing: false, cancel: () => undefined });
    this.#startNext(channelId);
  }

  stop(id: string): void {
    const playback = this.#queue.find((queued) => queued.id === id);
    if (playback) this.#finish(playback, false);
  }

  /** @throws {AsteriskError} `refused` when the file does not exist */
  fetch(media: string): void {
    if (this.durationOf(media) === undefined) throw new AsteriskError('refused', 'Asterisk could not fetch the medium');
  }

  channelGone(channelId: string): void {
    for (const playback of this.#queue.filter((queued) => queued.channelId === channelId)) {
      this.#queue = this.#queue.filter((queued) => queued !== playback);
      playback.cancel();
      this.#emitFinished(playback, true);
    }
  }

  /** Asterisk died: drops everything without an event. */
  forgetAll(): void {
    for (const playback of this.#queue) playback.cancel();
    this.#queue = [];
  }

  #startNext(channelId: string): void {
    const next = this.#queue.find((queued) => queued.channelId === channelId);
    if (next === undefined || next.playing) return;
    next.playing = true;
    this.emit({ type: 'playback_started', at: this.clock.now(), playbackId: next.id, channelId });
    const lengths = next.media.map((media) => this.durationOf(media));
    const totalMs = lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0);
    // Asterisk reports only the last of the media.
    const failed = lengths.at(-1) === undefined;
    if (totalMs === 0) this.#finish(next, failed);
    else next.cancel = this.clock.wakeAt(this.clock.now() + totalMs, () => this.#finish(next, failed));
  }

  #finish(playback: Playback, failed: boolean): void {
    this.#queue = this.#queue.filter((queued) => queued !== playback);
    playback.cancel();
    this.#emitFinished(playback, failed);
    this.#startNext(playback.channelId);
  }

  #emitFinished({ id: playbackId, channelId }: Playback, failed: boolean): void {
    this.emit({ type: 'playback_finished', at: this.clock.now(), playbackId, channelId, failed });
  }
}
