import { AsteriskError, DETECTED, type AsteriskPort, type ChannelSnapshot } from '../asterisk/port.js';
import { RESUMED, type QueuePort } from '../asterisk/queue-port.js';
import { OutcomeUnknown, type EffectHandler, type Handlers } from '../kernel/runtime-types.js';
import type {
  DialTarget,
  FailedLeg,
  HttpEffect,
  LegRoute,
  PlayableMedia,
  PartyTarget,
  TelephonyEffect,
  TelephonyEvent,
} from '../telephony/telephony.js';
import type { TransferTarget } from '../telephony/command.js';
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
  check(question: DialQuestion): Promise<
    /** `route`: of a call to a number over one of the company's trunks. */
    | { allowed: true; endpoint: string; callerId: string | null; route?: LegRoute }
    /** `forNow`: refused by a limit that lifts later. */
    | { allowed: false; reason: string; forNow?: true }
  >;
  release(legId: string): Promise<void>;
  /** The route of a leg that was dialled before a crash; undefined for one without a route. */
  routeOf(question: DialQuestion): Promise<LegRoute | undefined>;
}

interface DialQuestion {
  legId: string;
  to: Exclude<DialTarget, PartyTarget>;
  line: string;
  callerId: string | null;
  /** The handset that calls a number. */
  by?: string | undefined;
  /** The only trunk to try. */
  trunk?: string | undefined;
  /** The leg that this one replaces, because its trunk failed. */
  after?: FailedLeg | undefined;
  at: number;
}

/** Finds the numbers of the parties of active orders; implemented by orders/. */
export interface PartyNumberSource {
  /** E.164; undefined when the party cannot be connected. Never rejects. */
  numberOf(party: PartyTarget, at: number): Promise<string | undefined>;
}

/** Finds what a handset dialled to transfer a call; implemented by transfer-targets. */
export interface TransferTargetSource {
  find(digits: string): { to: TransferTarget } | { to: null; reason: string };
}

/** Assigns places to parked parties; implemented by calls/parking-places. */
interface PlaceSource {
  /** @returns null when all are taken */
  assign(): number | null;
}

/** Sends requests to the web applications of shops; implemented by http/effect-sender. */
export interface HttpSender {
  send(
    effect: HttpEffect,
    signal?: AbortSignal,
  ): Promise<
    | { status: number; body: string; latencyMs: number; attempts: number }
    | { failed: string; latencyMs: number; attempts: number }
  >;
}

interface EffectPorts {
  asterisk: AsteriskPort & Pick<QueuePort, 'enqueue' | 'withdraw' | 'findParty' | 'takeTalk' | 'moveCaller'>;
  prompts: PromptSource;
  dials: DialGate;
  parties: PartyNumberSource;
  targets: TransferTargetSource;
  places: PlaceSource;
  http: HttpSender;
  clock: Clock;
}

/** How long (seconds) a leg may exist after its ringing limit before its lease is first set. */
const UNSUPERVISED_LEG_S = 30;

type Effects = TelephonyEffect | HttpEffect;
type EffectOf<K extends Effects['type']> = Extract<Effects, { type: K }>;
type HandlerOutcome = Promise<TelephonyEvent | undefined>;

/** One handler for each type of effect: the only code that carries out what flows request. */
export function effectHandlers({
  asterisk,
  prompts,
  dials,
  parties,
  targets,
  places,
  http,
  clock,
}: EffectPorts): Handlers<Effects, TelephonyEvent> {
  const at = () => clock.now();

  /** For idempotent effects: recovery repeats them. */
  const again = <K extends Effects['type']>(
    carryOut: (effect: EffectOf<K>) => Promise<void>,
  ): EffectHandler<EffectOf<K>, TelephonyEvent> => {
    const perform = async (effect: EffectOf<K>): HandlerOutcome => {
      await orOutcomeUnknown(carryOut(effect));
      return undefined;
    };
    return { lane: 'phone', perform, recover: perform };
  };

  /** True when the channel is still in the application and has not returned from this visit. */
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

  const findTarget = ({ id: effectId, digits }: EffectOf<'find_target'>): HandlerOutcome =>
    Promise.resolve({ type: 'target_found', at: at(), effectId, ...targets.find(digits) });

  const findPlace = ({ id: effectId }: EffectOf<'find_place'>): HandlerOutcome =>
    Promise.resolve({ type: 'place_found', at: at(), effectId, place: places.assign() });

  const findRecording = async ({ recordingId }: EffectOf<'find_recording'>): HandlerOutcome =>
    (await orOutcomeUnknown(asterisk.recordings.isRunning(recordingId)))
      ? undefined
      : { type: 'recording_finished', at: at(), recordingId };

  const findParty = async ({ id: effectId, channelId, handset }: EffectOf<'find_party'>) => {
    const partyId = (await orOutcomeUnknown(asterisk.findParty({ channelId, handset }))) ?? null;
    return { type: 'party_found' as const, at: at(), effectId, partyId };
  };

  const send = async (effect: HttpEffect): HandlerOutcome => {
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
    start_music: again(({ channelId }) => asterisk.startMusic(channelId)),
    stop_music: again(({ channelId }) => asterisk.stopMusic(channelId)),
    start_ringing: again(({ channelId }) => asterisk.startRinging(channelId)),
    stop_ringing: again(({ channelId }) => asterisk.stopRinging(channelId)),
    unbridge: again(({ bridgeId }) => asterisk.destroyBridge(bridgeId)),
    record_start: again(({ recordingId, bridgeId }) => asterisk.recordings.start({ recordingId, bridgeId })),
    record_message: again(({ recordingId, channelId, maxS, silenceS }) =>
      asterisk.recordings.startMessage({ recordingId, channelId, maxS, silenceS }),
    ),
    record_stop: again(({ recordingId }) => asterisk.recordings.stop(recordingId)),
    hang_up: again(({ channelId, cause }) => asterisk.hangUp(channelId, cause)),
    leash: again(({ channelId, seconds }) => asterisk.renewLease(channelId, seconds)),
    withdraw: again(({ channelId, visitId, queue }) => asterisk.withdraw({ channelId, visitId, queue })),
    take_talk: again(({ channelId, visitId, partyId }) => asterisk.takeTalk({ channelId, visitId, partyId })),
    answer_transfer: again(({ channelId, isAccepted }) => asterisk.transfers.answer({ channelId, isAccepted })),
    move_in_queue: again(({ channelId, queue, position }) => asterisk.moveCaller({ channelId, queue, position })),
    snoop: again(({ channelId, snoopId, whisper, spies }) => asterisk.snoop({ channelId, snoopId, whisper, spies })),
    bridge: again(async ({ bridgeId, channelIds }) => {
      await asterisk.createBridge(bridgeId);
      try {
        await asterisk.addToBridge(bridgeId, channelIds);
      } catch (error) {
        // A channel that is gone is reported by its own event, or by the reconcile, with the cause.
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

    play_tone: {
      lane: 'phone',
      async perform({ channelId, playbackId, tone }) {
        await orOutcomeUnknown(asterisk.play({ channelId, playbackId, media: [`tone:${tone}`] }));
        return undefined;
      },
      async recover(effect, context) {
        const isPlaying = await orOutcomeUnknown(asterisk.playbackExists(effect.playbackId));
        return isPlaying ? undefined : this.perform(effect, context);
      },
    },

    find_place: { lane: 'phone', perform: findPlace, recover: findPlace },

    find_recording: { lane: 'phone', perform: findRecording, recover: findRecording },

    find_party: { lane: 'phone', perform: findParty, recover: findParty },

    find_target: { lane: 'phone', perform: findTarget, recover: findTarget },

    dial: {
      lane: 'phone',
      async perform({ legId, to, line, callerId, timeoutS, originatorId, autoAnswer = false, after, trunk, by }) {
        const known = 'party' in to ? await numberOf(to) : to;
        if (known === undefined)
          return {
            type: 'leg_over',
            at: at(),
            legId,
            cause: 'refused',
            reason: 'the order has no number of this party',
          };
        const answer = await dials.check({ legId, to: known, line, callerId, after, trunk, by, at: at() });
        if (!answer.allowed) {
          const cause = answer.forNow === true ? 'limited' : 'refused';
          return { type: 'leg_over', at: at(), legId, cause, reason: answer.reason };
        }
        const dialling = asterisk.dial({
          channelId: legId,
          endpoint: answer.endpoint,
          callerId: answer.callerId === null ? undefined : { number: answer.callerId },
          timeoutS,
          originatorId: originatorId ?? undefined,
          // Without the gateway, an independent leg must not outlive its ringing for long.
          variables: originatorId === null ? { 'TIMEOUT(absolute)': String(timeoutS + UNSUPERVISED_LEG_S) } : undefined,
          autoAnswer,
        });
        const refusal = await orOutcomeUnknown(dialling.then(() => undefined, refusalReason));
        const route = answer.route === undefined ? {} : { route: answer.route };
        if (refusal === undefined) return { type: 'leg_dialling', at: at(), legId, ...route };
        await dials.release(legId);
        const failed = answer.route === undefined ? {} : { ...route, trunkFailed: true as const };
        return { type: 'leg_over', at: at(), legId, cause: 'unregistered', reason: refusal, ...failed };
      },
      async recover({ legId, to, line, callerId, after, trunk }) {
        const leg = (await orOutcomeUnknown(asterisk.listChannels())).find(({ id }) => id === legId);
        if (leg !== undefined) {
          const known = 'party' in to ? await numberOf(to) : to;
          const question = known && { legId, to: known, line, callerId, after, trunk, at: at() };
          return legStateEvent(leg, at(), question && (await dials.routeOf(question)));
        }
        await dials.release(legId);
        return { type: 'leg_over', at: at(), legId, cause: 'unknown', reason: 'lost in a crash: it may have rung' };
      },
    },

    enqueue: {
      lane: 'phone',
      async perform({ channelId, visitId, queue, waitS, exitKey, once, shownNumber, ...more }) {
        const { record = false, priority = 0, language = '', rings = true, skip, keys = false } = more;
        const wish = { waitS, exitKey, once, shownNumber, record, priority, language, rings, skip, keys };
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

function legStateEvent({ id, state }: ChannelSnapshot, at: number, route?: LegRoute): TelephonyEvent {
  const type = { down: 'leg_dialling', ringing: 'leg_ringing', up: 'leg_answered' } as const;
  const event = { type: type[state], at, legId: id };
  return route === undefined ? event : { ...event, route };
}

/**
 * Waits for a request to Asterisk. Errors pass through as outcomes, except a missing response.
 *
 * @throws {OutcomeUnknown} when the request may or may not have been carried out
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
