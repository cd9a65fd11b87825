import { AsteriskError, DETECTED, type AsteriskPort, type ChannelSnapshot } from '../asterisk/port.js';
import { RESUMED, type QueuePort } from '../asterisk/queue-port.js';
import { OutcomeUnknown, type EffectHandler, type Handlers } from '../kernel/runtime-types.js';
import type {
  DialTarget,
  HttpEffect,
  PlayableMedia,
  PartyTarget,
  TelephonyEffect,
  TelephonyEvent,
} from '../telephony/telephony.js';
import type { Clock } from '../lib/clock.js';

/** Finds audio; implemented by prompts/. */
export interface PromptSource {
  resolve(
    media: PlayableMedia[],
    languages: string[],
    codec: string,
  ): Promise<
    | { media: string[]; durationMs: number; played: { id: number; language: string; sha256: string }[] }
    | { refused: string }
  >;
}

/** Decides about every dial; implemented by directory/dial-policy. */
export interface DialGate {
  allow(question: {
    legId: string;
    to: Exclude<DialTarget, PartyTarget>;
    line: string;
    callerId: string | null;
    at: number;
  }): Promise<
    | { allowed: true; endpoint: string; callerId: string | null }
    /** `forNow`: a limit is reached, which passes. */
    | { allowed: false; reason: string; forNow?: true }
  >;
  ended(legId: string): Promise<void>;
}

/** Tells the number of somebody of a living order; implemented by orders/. */
export interface PartyNumbers {
  /** E.164; undefined when nobody may be connected. Never rejects. */
  numberOf(who: PartyTarget, at: number): Promise<string | undefined>;
}

/** Sends requests to other people's web applications; implemented by http/outbound. */
export interface HttpSender {
  send(
    effect: HttpEffect,
  ): Promise<
    | { status: number; body: string; latencyMs: number; attempts: number }
    | { failed: string; latencyMs: number; attempts: number }
  >;
}

interface EffectPorts {
  asterisk: AsteriskPort & Pick<QueuePort, 'enqueue' | 'withdraw'>;
  prompts: PromptSource;
  dials: DialGate;
  parties: PartyNumbers;
  http: HttpSender;
  clock: Clock;
}

/** For how long (seconds) a leg may be up before its lease is set for the first time. */
const UNSUPERVISED_LEG_S = 30;

type Effects = TelephonyEffect | HttpEffect;
type EffectOf<K extends Effects['type']> = Extract<Effects, { type: K }>;
type Outcome = Promise<TelephonyEvent | undefined>;

/** One handler for each kind of effect: the only place where a flow's wishes touch the world. */
export function effectHandlers({
  asterisk,
  prompts,
  dials,
  parties,
  http,
  clock,
}: EffectPorts): Handlers<Effects, TelephonyEvent> {
  const at = () => clock.now();

  /** For effects that do nothing when they are done already: recovery is doing them again. */
  const again = <K extends Effects['type']>(
    carryOut: (effect: EffectOf<K>) => Promise<void>,
  ): EffectHandler<EffectOf<K>, TelephonyEvent> => {
    const perform = async (effect: EffectOf<K>): Outcome => {
      await orOutcomeUnknown(carryOut(effect));
      return undefined;
    };
    return { lane: 'phone', perform, recover: perform };
  };

  /** Not done while the channel is still ours; one that is back from this visit has been there. */
  const stillToGo = async (visit: { channelId: string; visitId: string }, cameBack: string): Promise<boolean> => {
    const channel = (await orOutcomeUnknown(asterisk.listChannels())).find(({ id }) => id === visit.channelId);
    const [why, visitId] = channel?.appArgs ?? [];
    return channel?.appArgs !== undefined && !(why === cameBack && visitId === visit.visitId);
  };

  const areAllThere = async (channelIds: string[]): Promise<boolean> => {
    const there = new Set((await asterisk.listChannels()).map(({ id }) => id));
    return channelIds.every((id) => there.has(id));
  };

  const numberOf = async (to: PartyTarget) => {
    const number = await parties.numberOf(to, at());
    return number === undefined ? undefined : { number };
  };

  const send = async (effect: HttpEffect): Outcome => {
    const result = await http.send(effect);
    const { latencyMs, attempts } = result;
    return 'failed' in result
      ? { type: 'http_failed', at: at(), effectId: effect.id, reason: result.failed, latencyMs, attempts }
      : {
          type: 'http_answered',
          at: at(),
          effectId: effect.id,
          status: result.status,
          body: result.body,
          latencyMs,
          attempts,
        };
  };

  return {
    answer: again(({ channelId }) => asterisk.answer(channelId)),
    stop_play: again(({ playbackId }) => asterisk.stopPlayback(playbackId)),
    start_ringing: again(({ channelId }) => asterisk.startRinging(channelId)),
    stop_ringing: again(({ channelId }) => asterisk.stopRinging(channelId)),
    unbridge: again(({ bridgeId }) => asterisk.destroyBridge(bridgeId)),
    record_start: again(({ recordingId, bridgeId }) => asterisk.recordings.start({ recordingId, bridgeId })),
    record_stop: again(({ recordingId }) => asterisk.recordings.stop(recordingId)),
    hang_up: again(({ channelId, cause }) => asterisk.hangUp(channelId, cause)),
    leash: again(({ channelId, seconds }) => asterisk.renewLease(channelId, seconds)),
    withdraw: again(({ channelId, visitId, queue }) => asterisk.withdraw({ channelId, visitId, queue })),
    snoop: again(({ channelId, snoopId, whisper, spies }) => asterisk.snoop({ channelId, snoopId, whisper, spies })),
    bridge: again(async ({ bridgeId, channelIds }) => {
      await asterisk.createBridge(bridgeId);
      try {
        await asterisk.addToBridge(bridgeId, channelIds);
      } catch (error) {
        // That one of them is gone is told by itself: as an event, or by the reconcile, which also knows why.
        if (!(error instanceof AsteriskError && error.reason === 'gone') || (await areAllThere(channelIds)))
          throw error;
      }
    }),

    play: {
      lane: 'phone',
      async perform({ channelId, playbackId, media: wanted, fallback, languages, codec }) {
        const first = await prompts.resolve(wanted, languages, codec);
        const found =
          'refused' in first && fallback !== undefined ? await prompts.resolve(fallback, languages, codec) : first;
        if ('refused' in found) return { type: 'playback_refused', at: at(), playbackId, reason: found.refused };
        const { media, durationMs, played } = found;
        const refusal = await orOutcomeUnknown(
          asterisk.play({ channelId, playbackId, media }).then(() => undefined, refusalReason),
        );
        if (refusal !== undefined) return { type: 'playback_refused', at: at(), playbackId, reason: refusal };
        return { type: 'playback_accepted', at: at(), playbackId, durationMs, prompts: played };
      },
      recover: ({ playbackId }) => Promise.resolve({ type: 'playback_lost', at: at(), playbackId }),
    },

    dial: {
      lane: 'phone',
      async perform({ legId, to, line, callerId, timeoutS, originatorId, autoAnswer = false }) {
        const known = 'party' in to ? await numberOf(to) : to;
        if (known === undefined)
          return { type: 'leg_over', at: at(), legId, cause: 'refused', reason: 'the order does not tell the number' };
        const answer = await dials.allow({ legId, to: known, line, callerId, at: at() });
        if (!answer.allowed) {
          const cause = answer.forNow === true ? 'limited' : 'refused';
          return { type: 'leg_over', at: at(), legId, cause, reason: answer.reason };
        }
        const shown = answer.callerId === null ? {} : { callerId: { number: answer.callerId } };
        const dialling = asterisk.dial({
          channelId: legId,
          endpoint: answer.endpoint,
          ...shown,
          timeoutS,
          // Nobody but us keeps a leg that stands by itself: without us it shall not outlive its ringing for long.
          ...(originatorId === null
            ? { variables: { 'TIMEOUT(absolute)': String(timeoutS + UNSUPERVISED_LEG_S) } }
            : { originatorId }),
          ...(autoAnswer && { autoAnswer }),
        });
        const refusal = await orOutcomeUnknown(dialling.then(() => undefined, refusalReason));
        if (refusal === undefined) return { type: 'leg_dialling', at: at(), legId };
        await dials.ended(legId);
        return { type: 'leg_over', at: at(), legId, cause: 'unregistered', reason: refusal };
      },
      async recover({ legId }) {
        const leg = (await orOutcomeUnknown(asterisk.listChannels())).find(({ id }) => id === legId);
        if (leg !== undefined) return legStateEvent(leg, at());
        await dials.ended(legId);
        return { type: 'leg_over', at: at(), legId, cause: 'unknown', reason: 'lost in a crash: it may have rung' };
      },
    },

    enqueue: {
      lane: 'phone',
      async perform({ channelId, visitId, queue, waitS, exitKey, once, shownNumber, ...more }) {
        const { record = false, priority = 0, language = '', rings = true, skip } = more;
        const wish = { waitS, exitKey, once, shownNumber, record, priority, language, rings, skip };
        await orOutcomeUnknown(asterisk.enqueue({ channelId, visitId, queue, ...wish }));
        return undefined;
      },
      async recover(effect, context) {
        return (await stillToGo(effect, RESUMED)) ? this.perform(effect, context) : undefined;
      },
    },

    detect_machine: {
      lane: 'phone',
      async perform({ channelId, visitId, waits }) {
        await orOutcomeUnknown(asterisk.detectMachine({ channelId, visitId, waits }));
        return undefined;
      },
      async recover(effect, context) {
        return (await stillToGo(effect, DETECTED)) ? this.perform(effect, context) : undefined;
      },
    },

    http: { lane: 'outside', perform: send, recover: send },
  };
}

function legStateEvent({ id, state }: ChannelSnapshot, at: number): TelephonyEvent {
  const type = { down: 'leg_dialling', ringing: 'leg_ringing', up: 'leg_answered' } as const;
  return { type: type[state], at, legId: id };
}

/**
 * The outcome of a request to Asterisk; any error is an outcome too, but for an answer that never came.
 *
 * @throws {OutcomeUnknown} when nobody knows whether it was carried out
 */
export async function orOutcomeUnknown<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof AsteriskError && error.reason === 'unavailable')
      throw new OutcomeUnknown(error.message, { cause: error });
    throw error;
  }
}

function refusalReason(error: unknown): string {
  if (error instanceof AsteriskError && error.reason === 'refused') return error.message;
  throw error;
}
