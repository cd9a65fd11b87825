import { randomBytes } from 'node:crypto';
import type { LoopBackPort } from '../../asterisk/loop-back.js';
import { AsteriskError, type AsteriskEvent, type AsteriskPort } from '../../asterisk/port.js';
import { newTestCallId, resourceId } from '../../kernel/ids.js';
import type { Clock } from '../../lib/clock.js';
import { messageOf } from '../../lib/error-message.js';
import { SECOND_MS } from '../../lib/time.js';
import { CallEvents, DIALLED, DIGITS } from '../call-events.js';
import { failed, ok, skipped, type Finding } from '../finding.js';
import type { RemedyCode } from '../remedies.js';
import { lostOfTone, samplesOf, TAIL_MS, toneSamples, type ServedTone, type Tone } from '../tone.js';
import type { RemoteMedia } from './sdp.js';
import { CallRefused, NoAnswer, SipCaller } from './sip-caller.js';
import { newToken } from './sip-message.js';

type BridgeMethod = 'createBridge' | 'addToBridge' | 'destroyBridge';
type AccountMethod = 'putHandset' | 'removeHandset';
type ChannelMethod = 'answer' | 'play' | 'setVariable' | 'hangUp';

export interface SipCallOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | AccountMethod | ChannelMethod | BridgeMethod>;
  loopBack: LoopBackPort;
  /** Where telephones reach Asterisk over UDP. Undefined: it does not answer there. */
  server: () => Promise<{ host: string; port: number } | undefined>;
  /** Sent by the telephone. */
  there: Tone;
  /** Sent by Asterisk. */
  back: ServedTone;
  clock: Clock;
  /** Gives the call up. */
  stop: AbortSignal;
}

/** The parts of the call, each of which is a check of its own. */
export const SIP_CALL_CHECKS = ['sip_call', 'sip_digits', 'sip_sound_there', 'sip_sound_back'] as const;
type SipCallFindings = Record<(typeof SIP_CALL_CHECKS)[number], Finding>;

const PASSWORD_BYTES = 20;
const DIGITS_BACK_MS = 5 * SECOND_MS;

/**
 * Calls Asterisk as a telephone does: with a SIP account that exists for this call only, over UDP, with audio and digits (RFC 4733) in both
 * directions. The call enters the gateway through the dialplan. No line, flow or handset takes part, and it can dial nobody.
 */
export async function makeSipCall(options: SipCallOptions): Promise<SipCallFindings> {
  if (!options.asterisk.usable) return withoutCall(skipped('no link to Asterisk'));
  const server = await options.server();
  if (server === undefined)
    return withoutCall(failed('Asterisk does not answer SIP over UDP where telephones register', 'sip_no_answer'));
  const call = new SipCall(options);
  try {
    return await call.run(server);
  } catch (error) {
    return withoutCall(failed(messageOf(error), remedyOf(error)));
  } finally {
    await call.end();
  }
}

function withoutCall(sip_call: Finding): SipCallFindings {
  const rest = skipped('there was no call over SIP');
  return { sip_call, sip_digits: rest, sip_sound_there: rest, sip_sound_back: rest };
}

/** The account could not be written into Asterisk. */
class NoAccount extends Error {}
/** Something did not arrive at the other end. */
class Lost extends Error {}

/** What SIP statuses say of an account that Asterisk should know, and of a dialplan that should have the number. */
const REFUSALS: Record<number, RemedyCode> = {
  401: 'sip_call_account',
  403: 'sip_call_account',
  407: 'sip_call_account',
  404: 'loop_back_enter',
  415: 'sip_call_codecs',
  488: 'sip_call_codecs',
  500: 'sip_call_codecs',
};

function remedyOf(error: unknown): RemedyCode {
  if (error instanceof NoAccount) return 'sip_call_account';
  if (error instanceof NoAnswer) return 'sip_no_answer';
  if (error instanceof CallRefused) return REFUSALS[error.status] ?? 'sip_call_refused';
  return error instanceof AsteriskError ? 'no_result' : 'loop_back_enter';
}

class SipCall {
  readonly #id = newTestCallId();
  readonly #bridge = resourceId(this.#id, 'b1');
  readonly #events: CallEvents;
  #caller: SipCaller | undefined;
  #channel: string | undefined;

  constructor(private readonly options: SipCallOptions) {
    this.#events = new CallEvents({ ...options, concerns: (event) => this.#concerns(event) });
  }

  /** @throws Error when there is no call */
  async run(server: { host: string; port: number }): Promise<SipCallFindings> {
    const { clock, there, back } = this.options;
    const account = await this.#makeAccount();
    const begunAt = clock.now();
    const caller = await SipCaller.open({ server, account, dialled: DIALLED, callId: newToken() });
    this.#caller = caller;
    const { media, channel } = await this.#connect(caller);
    const answeredMs = clock.now() - begunAt;
    caller.audio.start(media);
    const codec = media.payloadType === 8 ? 'alaw' : 'ulaw';
    const audio = `Asterisk’s audio is at ${media.host}:${media.port}/udp`;
    return {
      sip_call: ok(`${server.host}:${server.port}/udp answered a call after ${answeredMs} ms; ${codec}; ${audio}`),
      sip_digits: await finding('sip_digits', () => this.#digits(caller, channel)),
      sip_sound_there: await finding('sip_sound_there', () => this.#soundThere(caller, there), audio),
      sip_sound_back: await finding('sip_sound_back', () => this.#soundBack(caller, channel, back), audio),
    };
  }

  /** Leaves nothing of the call in Asterisk. */
  async end(): Promise<void> {
    const { asterisk } = this.options;
    this.#events.close();
    await this.#caller?.end();
    if (this.#channel !== undefined) await asterisk.hangUp(this.#channel).catch(() => undefined);
    await asterisk.destroyBridge(this.#bridge).catch(() => undefined);
    await asterisk.removeHandset(this.#id).catch(() => undefined);
  }

  /** Only a call of this account is a test call, so nobody else may know the password. */
  async #makeAccount(): Promise<{ user: string; password: string }> {
    const password = randomBytes(PASSWORD_BYTES).toString('hex');
    const settings = { displayName: 'cordboard doctor', language: 'en', maxContacts: 1, webrtc: false };
    try {
      await this.options.asterisk.putHandset({ name: this.#id, password, ...settings });
    } catch (error) {
      throw new NoAccount(`the account of the call: ${messageOf(error)}`);
    }
    return { user: this.#id, password };
  }

  async #connect(caller: SipCaller): Promise<{ media: RemoteMedia; channel: string }> {
    const { asterisk } = this.options;
    const answered = caller.call();
    const entered = this.#events.until('the call did not reach the gateway', ({ type }) => type === 'channel_entered');
    // Whichever fails first says why; the other one then fails, too.
    entered.catch(() => undefined);
    await Promise.race([entered, answered]);
    await entered;
    const channel = this.#channel ?? '';
    // Should the gateway die, the lease of the dialplan then hangs up instead of ringing handsets.
    await asterisk.setVariable(channel, 'DIALLED', '');
    await asterisk.answer(channel);
    const media = await answered;
    // Only a bridge can be recorded whatever its channel does.
    await asterisk.createBridge(this.#bridge);
    await asterisk.addToBridge(this.#bridge, [channel]);
    return { media, channel };
  }

  async #digits(caller: SipCaller, channel: string): Promise<string> {
    const directions = {
      there: await lossOf(this.#digitsThere(caller, channel)),
      back: await lossOf(this.#digitsBack(caller, channel)),
    };
    const lost = Object.entries(directions).flatMap(([name, loss]) => (loss === undefined ? [] : [`${name}: ${loss}`]));
    if (lost.length > 0) throw new Lost(lost.join('; '));
    return `${DIGITS} there and back, as RFC 4733`;
  }

  async #digitsThere({ audio }: SipCaller, channel: string): Promise<void> {
    await audio.press(DIGITS);
    await this.#events.digits(DIGITS, channel);
  }

  async #digitsBack({ audio }: SipCaller, channel: string): Promise<void> {
    const { loopBack, clock } = this.options;
    audio.takeHeard();
    await loopBack.sendDigits(channel, DIGITS);
    const deadline = clock.now() + DIGITS_BACK_MS;
    let heard = '';
    while (heard.length < DIGITS.length && clock.now() < deadline) {
      await this.#events.wait(TAIL_MS);
      heard += audio.takeHeard().digits;
    }
    if (heard !== DIGITS) throw new Lost(`heard "${heard}" instead of "${DIGITS}"`);
  }

  async #soundThere({ audio }: SipCaller, tone: Tone): Promise<string> {
    const { loopBack } = this.options;
    await loopBack.startRecording(this.#bridge);
    await audio.say(toneSamples(tone.hz, tone.milliseconds));
    await this.#events.wait(TAIL_MS);
    return heardTone(samplesOf(await loopBack.takeRecording()), tone);
  }

  async #soundBack({ audio }: SipCaller, channel: string, tone: ServedTone): Promise<string> {
    const { asterisk } = this.options;
    const playbackId = resourceId(this.#id, 'p1');
    audio.takeHeard();
    await asterisk.play({ channelId: channel, playbackId, media: [tone.media] });
    const played = await this.#events.until(
      'the tone was not played to its end',
      (event) => event.type === 'playback_finished' && event.playbackId === playbackId,
    );
    if (played.type === 'playback_finished' && played.failed)
      throw new Error('Asterisk could not fetch the tone from PUBLIC_URL');
    await this.#events.wait(TAIL_MS);
    return heardTone(audio.takeHeard().samples, tone);
  }

  #concerns(event: AsteriskEvent): boolean {
    if (event.type === 'channel_entered') {
      if (!event.args.includes(this.#id)) return false;
      this.#channel = event.channel.id;
      return true;
    }
    return 'channelId' in event && event.channelId === this.#channel;
  }
}

/** @throws Lost */
function heardTone(samples: Buffer, tone: Tone): string {
  const lost = lostOfTone(samples, tone);
  if (lost !== undefined) throw new Lost(lost);
  return `a tone of ${tone.hz} Hz was heard`;
}

/** Why something failed; undefined when it did not. */
function lossOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(() => undefined, messageOf);
}

/** @param more for people who look for what is lost */
async function finding(
  remedy: 'sip_digits' | 'sip_sound_there' | 'sip_sound_back',
  measure: () => Promise<string>,
  more?: string,
): Promise<Finding> {
  try {
    return ok(await measure());
  } catch (error) {
    const value = [messageOf(error), more].filter((one) => one !== undefined).join('; ');
    return failed(value, error instanceof Lost ? remedy : 'loop_back_audio');
  }
}
