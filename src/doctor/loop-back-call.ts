import type { LoopBackPort } from '../asterisk/loop-back.js';
import type { AsteriskEvent, AsteriskPort } from '../asterisk/port.js';
import { newTestCallId, resourceId } from '../kernel/ids.js';
import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/error-message.js';
import { CallEvents, DIALLED, DIGITS } from './call-events.js';
import { failed, ok, skipped, type Finding } from './finding.js';
import { lostOfTone, samplesOf, TAIL_MS, type ServedTone } from './tone.js';

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

const DIGIT_MS = 100;
/** Asterisk ends both halves then, should the gateway die meanwhile: before the lease of the dialplan, which rings handsets. */
const LIFETIME_S = 40;

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
  readonly #events: CallEvents;

  constructor(private readonly options: LoopBackCallOptions) {
    this.#events = new CallEvents({ ...options, concerns: (event) => this.#concerns(event) });
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
    await this.#events.until(`no call from the context ${context}`, ({ type }) => type === 'channel_entered');
    const enteredMs = clock.now() - begunAt;
    this.phase = 'answer';
    await asterisk.answer(this.#far);
    await this.#events.until(
      'no answer',
      (event) => event.type === 'channel_answered' && event.channelId === this.#near,
    );
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
    this.#events.close();
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
    return Math.max(0, (await this.#events.digits(DIGITS, to)) - sentAt - DIGIT_MS);
  }

  async #sendTone({ hz, milliseconds, media }: ServedTone, from: string, to: string): Promise<void> {
    const { asterisk, loopBack } = this.options;
    const playbackId = resourceId(this.#id, `p${hz}`);
    await loopBack.startRecording(this.#bridgeOf(to));
    await asterisk.play({ channelId: from, playbackId, media: [media] });
    const played = await this.#events.until(
      'the tone was not played to its end',
      (event) => event.type === 'playback_finished' && event.playbackId === playbackId,
    );
    await this.#events.wait(TAIL_MS);
    const wav = await loopBack.takeRecording();
    if (played.type === 'playback_finished' && played.failed)
      throw new Error('Asterisk could not fetch the tone from PUBLIC_URL');
    const lost = lostOfTone(samplesOf(wav), { hz, milliseconds });
    if (lost !== undefined) throw new Error(lost);
  }

  #concerns(event: AsteriskEvent): boolean {
    if (event.type === 'channel_entered') return event.channel.id === this.#far;
    return 'channelId' in event && (event.channelId === this.#near || event.channelId === this.#far);
  }
}
