import type { LoopBackPort } from '../asterisk/loop-back.js';
import { AsteriskError, type AsteriskEvent, type AsteriskPort } from '../asterisk/port.js';
import { newTestCallId, resourceId } from '../kernel/ids.js';
import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import { SECOND_MS } from '../lib/time.js';
import { readWavLayout } from '../prompts/wav.js';
import { failed, ok, skipped, type Finding } from './finding.js';
import { hearTone } from './tone.js';

/** The phases of the call; each failure is of one of them. */
type Phase = 'enter' | 'answer' | 'digits' | 'audio';

type BridgeMethod = 'createBridge' | 'addToBridge' | 'destroyBridge';

export interface LoopBackCallOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'dial' | 'answer' | 'play' | 'hangUp' | 'onEvent' | BridgeMethod>;
  loopBack: LoopBackPort;
  /** URLs of a tone (Hz) for Asterisk, served by the gateway like a prompt. */
  tones: readonly [there: ServedTone, back: ServedTone];
  /** The dialplan's context that calls enter the gateway from. */
  context: string;
  clock: Clock;
  /** Gives the call up. */
  stop: AbortSignal;
}

export interface ServedTone {
  hz: number;
  milliseconds: number;
  /** ARI media URI. */
  media: string;
}

/** A number that no line has: the gateway takes the call before it looks for one. */
const DIALLED = '000';
const DIGITS = '159';
const DIGIT_MS = 100;
const EVENT_MS = 8 * SECOND_MS;
/** Asterisk ends both halves then, should the gateway die meanwhile: before the lease of the dialplan, which rings handsets. */
const LIFETIME_S = 40;
/** What the recording of a tone may lack: Asterisk begins to record and to play at its own pace. */
const HEARD_PART = 0.6;
/** Silence at the end of a recording, so that it holds all of the tone. */
const TAIL_MS = 300;

/**
 * Calls Asterisk from within: a call enters the gateway through the dialplan like any other, is answered, and carries digits and a
 * tone in both directions. No line, flow or handset takes part, and nothing of it is stored. It has no SIP and no RTP.
 */
export async function makeLoopBackCall(options: LoopBackCallOptions): Promise<Finding> {
  if (!options.asterisk.usable) return skipped('no link to Asterisk');
  const call = new LoopBackCall(options);
  try {
    return ok(await call.run());
  } catch (error) {
    return failed(`${WHAT_FAILED[call.phase]}: ${messageOf(error)}`, `loop_back_${call.phase}`);
  } finally {
    await call.end();
  }
}

const WHAT_FAILED: Record<Phase, string> = {
  enter: 'the call did not reach the gateway',
  answer: 'the call was not answered',
  digits: 'digits were lost',
  audio: 'audio was lost',
};

class LoopBackCall {
  phase: Phase = 'enter';
  readonly #id = newTestCallId();
  readonly #near = resourceId(this.#id, 'l1');
  /** Asterisk names the other half of a Local channel so. */
  readonly #far = `${this.#near};2`;
  readonly #events: AsteriskEvent[] = [];
  readonly #unsubscribe: () => void;
  #notify: () => void = () => undefined;

  constructor(private readonly options: LoopBackCallOptions) {
    const unsubscribe = options.asterisk.onEvent((event) => {
      if (!this.#concerns(event)) return;
      this.#events.push(event);
      this.#notify();
    });
    const onStop = () => this.#notify();
    options.stop.addEventListener('abort', onStop);
    this.#unsubscribe = () => {
      unsubscribe();
      options.stop.removeEventListener('abort', onStop);
    };
  }

  /** @returns what was measured @throws Error */
  async run(): Promise<string> {
    const { asterisk, tones, context, clock } = this.options;
    const begunAt = clock.now();
    await asterisk.dial({
      channelId: this.#near,
      endpoint: `Local/${DIALLED}@${context}/n`,
      timeoutS: LIFETIME_S,
      variables: { 'TIMEOUT(absolute)': String(LIFETIME_S) },
    });
    await this.#until(`no call from the context ${context}`, ({ type }) => type === 'channel_entered');
    const enteredMs = clock.now() - begunAt;
    this.phase = 'answer';
    await asterisk.answer(this.#far);
    await this.#until('no answer', (event) => event.type === 'channel_answered' && event.channelId === this.#near);
    // Only a bridge can be recorded whatever its channel does.
    for (const channelId of [this.#near, this.#far]) {
      await asterisk.createBridge(this.#bridgeOf(channelId));
      await asterisk.addToBridge(this.#bridgeOf(channelId), [channelId]);
    }
    this.phase = 'digits';
    const thereMs = await this.#sendDigits(this.#near, this.#far);
    const backMs = await this.#sendDigits(this.#far, this.#near);
    this.phase = 'audio';
    const [there, back] = tones;
    await this.#sendTone(there, this.#near, this.#far);
    await this.#sendTone(back, this.#far, this.#near);
    return `in the gateway after ${enteredMs} ms; digits ${DIGITS} there (${thereMs} ms) and back (${backMs} ms); tones of ${there.hz} Hz there and ${back.hz} Hz back`;
  }

  async end(): Promise<void> {
    this.#unsubscribe();
    const { asterisk } = this.options;
    for (const channelId of [this.#near, this.#far]) {
      await asterisk.hangUp(channelId).catch(() => undefined);
      await asterisk.destroyBridge(this.#bridgeOf(channelId)).catch(() => undefined);
    }
  }

  #bridgeOf(channelId: string): string {
    return resourceId(this.#id, channelId === this.#near ? 'b1' : 'b2');
  }

  /** @returns the delay of the first digit (ms), without its length */
  async #sendDigits(from: string, to: string): Promise<number> {
    const { loopBack, clock } = this.options;
    const sentAt = clock.now();
    await loopBack.sendDigits(from, DIGITS);
    let firstAt: number | undefined;
    let heard = '';
    while (heard.length < DIGITS.length) {
      const event = await this.#until(
        `heard "${heard}" of "${DIGITS}"`,
        (one) => one.type === 'digit' && one.channelId === to,
      );
      if (event.type !== 'digit') continue;
      firstAt ??= event.at;
      heard += event.digit;
    }
    if (heard !== DIGITS) throw new Error(`heard "${heard}" instead of "${DIGITS}"`);
    return Math.max(0, (firstAt ?? sentAt) - sentAt - DIGIT_MS);
  }

  async #sendTone({ hz, milliseconds, media }: ServedTone, from: string, to: string): Promise<void> {
    const { asterisk, loopBack } = this.options;
    const playbackId = resourceId(this.#id, `p${hz}`);
    await loopBack.startRecording(this.#bridgeOf(to));
    await asterisk.play({ channelId: from, playbackId, media: [media] });
    const played = await this.#until(
      'the tone was not played to its end',
      (event) => event.type === 'playback_finished' && event.playbackId === playbackId,
    );
    await this.#wait(TAIL_MS);
    const wav = await loopBack.takeRecording();
    if (played.type === 'playback_finished' && played.failed)
      throw new Error('Asterisk could not fetch the tone from PUBLIC_URL');
    const layout = readWavLayout(wav);
    const { toneMs, otherMs } = hearTone(wav.subarray(layout?.dataOffset ?? wav.length), hz);
    if (toneMs < milliseconds * HEARD_PART || otherMs > toneMs)
      throw new Error(`${toneMs} ms of a tone of ${milliseconds} ms were heard, and ${otherMs} ms of something else`);
  }

  #concerns(event: AsteriskEvent): boolean {
    if (event.type === 'link_down') return true;
    if (event.type === 'channel_entered') return event.channel.id === this.#far;
    return 'channelId' in event && (event.channelId === this.#near || event.channelId === this.#far);
  }

  /** The first event that matches, which is then used up. @throws Error when the call ends, or none comes in time */
  async #until(otherwise: string, matches: (event: AsteriskEvent) => boolean): Promise<AsteriskEvent> {
    const { clock } = this.options;
    const deadline = clock.now() + EVENT_MS;
    for (;;) {
      const found = this.#events.findIndex(matches);
      const [event] = found === -1 ? [] : this.#events.splice(found, 1);
      if (event !== undefined) return event;
      if (this.#events.some(({ type }) => type === 'link_down'))
        throw new AsteriskError('unavailable', 'the link to Asterisk was lost');
      if (this.options.stop.aborted) throw new Error('the gateway stops');
      if (this.#events.some(({ type }) => type === 'channel_gone')) throw new Error(`${otherwise}: the call has ended`);
      if (clock.now() >= deadline) throw new Error(`${otherwise} within ${EVENT_MS / SECOND_MS} s`);
      await this.#wait(deadline - clock.now(), true);
    }
  }

  /** @param untilEvent resolves at the next event, too */
  #wait(milliseconds: number, untilEvent = false): Promise<void> {
    const { clock } = this.options;
    return new Promise((resolve) => {
      const cancel = clock.wakeAt(clock.now() + milliseconds, resolve);
      if (!untilEvent) return;
      this.#notify = () => {
        cancel();
        resolve();
      };
    });
  }
}
