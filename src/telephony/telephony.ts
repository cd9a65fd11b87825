import type { Cause, DetectionRequest, SnoopRequest } from '../asterisk/port.js';
import type { QueueVisit } from '../asterisk/queue-port.js';
import type { Instant } from '../lib/clock.js';
import type { Command, TransferTarget } from './command.js';
import type { Effect, FlowEvent } from '../kernel/event.js';

/** The effects of flows on phone lines. Every type has one handler in calls/effect-handlers.ts. */
export type TelephonyEffect =
  | (Effect & { type: 'answer'; channelId: string })
  /**
   * Plays media one after another, each in the first language that has it. Answered by `playback_accepted` or
   * `playback_refused`.
   * `fallback`: played when `media` cannot be.
   */
  | (Effect & {
      type: 'play';
      channelId: string;
      playbackId: string;
      media: PlayableMedia[];
      fallback?: PlayableMedia[] | undefined;
      languages: string[];
      /** Of the channel, as Asterisk names it; empty when unknown. */
      codec: string;
    })
  | (Effect & { type: 'stop_play'; playbackId: string })
  /** Plays a tone of Asterisk, such as `dial` or `busy`, until `stop_play`. */
  | (Effect & { type: 'play_tone'; channelId: string; playbackId: string; tone: string })
  | (Effect & { type: 'start_music'; channelId: string })
  | (Effect & { type: 'stop_music'; channelId: string })
  | (Effect & { type: 'start_ringing'; channelId: string })
  | (Effect & { type: 'stop_ringing'; channelId: string })
  /** Subject to the dial policy. Answered by `leg_dialling` or `leg_over`. */
  | (Effect & {
      type: 'dial';
      legId: string;
      to: DialTarget;
      line: string;
      callerId: string | null;
      timeoutS: number;
      /** The channel for which the leg is dialled; null for an independent leg. */
      originatorId: string | null;
      /** Asks the handset to answer automatically. */
      autoAnswer?: boolean;
      /** The leg that this one replaces. */
      after?: FailedLeg;
      /** The only trunk to try; default: by the dial policy. */
      trunk?: string | undefined;
      /** The handset that calls a number; its limits hold. */
      by?: string | undefined;
    })
  | (Effect & { type: 'bridge'; bridgeId: string; channelIds: string[] })
  | (Effect & { type: 'unbridge'; bridgeId: string })
  /** Records a bridge until `record_stop` or the end of the bridge. */
  | (Effect & { type: 'record_start'; recordingId: string; bridgeId: string })
  | (Effect & { type: 'record_stop'; recordingId: string })
  /** Records what comes from a channel until `record_stop`, `#`, the end of the channel, or a limit. Answered by `recording_finished`. */
  | (Effect & { type: 'record_message'; recordingId: string; channelId: string; maxS: number; silenceS: number })
  /** Asks whether a recording has ended. Answered by `recording_finished` if it has, else not at all. */
  | (Effect & { type: 'find_recording'; recordingId: string })
  | (Effect & { type: 'hang_up'; channelId: string; cause: HangUpCause })
  /** Sends the caller out of the application into an Asterisk queue. Answered by `queue_left`. */
  | (Effect & QueueVisit & { type: 'enqueue' })
  /** Takes the caller out of the queue, or out of the talk there. Answered by `queue_left`. */
  | (Effect & { type: 'withdraw'; channelId: string; visitId: string; queue: number })
  /**
   * Takes both parties of a talk out of an Asterisk queue into the application. Answered by `queue_left` for the caller, and by
   * `leg_taken` for the handset. `partyId`: the handset's channel.
   */
  | (Effect & { type: 'take_talk'; channelId: string; visitId: string; partyId: string })
  /** Finds the channel of the handset with which a caller talks in a queue. Answered by `party_found`. */
  | (Effect & { type: 'find_party'; channelId: string; handset: string })
  /** Assigns a place for a parked outside party. Answered by `place_found`. */
  | (Effect & { type: 'find_place' })
  /** Finds what a handset dialled to transfer a call. Answered by `target_found`. */
  | (Effect & { type: 'find_target'; digits: string })
  /** Tells a phone whether the transfer that its key requested is carried out. */
  | (Effect & { type: 'answer_transfer'; channelId: string; isAccepted: boolean })
  /** Moves a waiting caller to a position, from 1; beyond the end: the last one. */
  | (Effect & { type: 'move_in_queue'; channelId: string; queue: number; position: number })
  /** Starts answering machine detection in Asterisk. Answered by `answerer_known`. */
  | (Effect & DetectionRequest & { type: 'detect_machine' })
  /** Creates a channel that listens to another channel, or plays into it. It ends with that channel. */
  | (Effect & { type: 'snoop' } & SnoopRequest)
  /** Sets the lease: Asterisk ends the channel after so many seconds without a renewal; 0: no limit. */
  | (Effect & { type: 'leash'; channelId: string; seconds: number });

/** What the party's phone or network is told. */
export type HangUpCause = 'normal' | 'busy' | 'congestion' | 'no_answer';

/** A prompt of the company by its id, or a shipped sound. */
export type PlayableMedia = { prompt: number } | { sound: string } | { recording: string };

export type DialTarget = { handset: string } | { number: string } | PartyTarget;

/** A party of an order: only the dial handler learns the number. */
export interface PartyTarget {
  party: 'client' | 'driver';
  order: string;
}

/** How a call to a number leaves: over one of the company's trunks, with others that can be tried if it fails. */
export interface LegRoute {
  trunk: string;
  others: string[];
}

/** The last attempt of a call to a number. `trunks`: all that have failed; `silent`: the last of them has said nothing. */
export interface FailedLeg {
  legId: string;
  trunks: string[];
  silent?: true;
}

/** Sends a request to a web application. Answered by `http_answered` or `http_failed`. */
export type HttpEffect = Effect & {
  type: 'http';
  url: string;
  method: 'POST';
  contentType: string;
  body: string;
  /** Purpose of the request, for the flow itself. */
  purpose: string;
  connectTimeoutMs: number;
  totalTimeoutMs: number;
};

/** Looks up the active orders of the caller. Answered by `orders_found`. */
export type OrderEffect = Effect & {
  type: 'order_lookup';
  /** `own`: orders whose client is the caller; `pair`: orders whose parties can call each other through the line. */
  among: 'own' | 'pair';
  /** E.164. */
  caller: string;
  /** E.164. */
  line: string;
  /** For the prompts that speak the orders, in order of preference. */
  languages: string[];
  limitMs: number;
};

/** An active order as a flow sees it, without numbers. */
export interface FoundOrder {
  id: string;
  /** The caller's role. */
  role: 'client' | 'driver';
  /** Null for a status that the gateway does not know. */
  status: string | null;
  /** The number of the other party is known. */
  hasOther: boolean;
  /** Prompts that speak the status; empty when it cannot be spoken. */
  says: number[];
}

/** Shipped prompts about orders; empty where there is no recording. */
export interface OrderPrompts {
  /** The key for the first order, the second, and so on. */
  choose: number[];
  /** "Press 1 for the driver". */
  driver: number[];
  /** "Press 2 for an operator". */
  operator: number[];
}

/** Personal data of one bridge, kept in its state and deleted with it. */
export interface BridgeRequestData {
  orderId: string;
  /** E.164, by leg. */
  phones: { a: string; b: string };
  /** Receives the status of the bridge in addition to the webhooks. */
  callbackUrl: string | null;
  /** Returned with every response and event. */
  metadata: Record<string, string | number | boolean>;
}

export type TelephonyEvent = FlowEvent &
  /** An incoming call: the first event of its flow. `sip`: data of the INVITE for the timeline. */
  (
    | {
        type: 'call_arrived';
        channelId: string;
        caller: { number: string; name: string };
        codec: string;
        sip: { callId: string; remote: string; endpoint: string };
        /** Set when a handset makes the call: `caller` is then the called party. */
        forHandset?: string;
      }
    /** An outgoing call: the first event of its flow. `party`: the outside party. */
    | {
        type: 'call_requested';
        /** Id for the leg that becomes the call's own channel. */
        channelId: string;
        to: DialTarget;
        /** Rings at the same time as `to`; the first to answer takes the call. */
        rival?: { legId: string; to: DialTarget } | undefined;
        /**
         * The handset or number that makes the call, if `to` is not a handset. Left out: the call is with `to` itself.
         */
        forHandset?: string;
        party: { number: string; name: string };
        /** Caller ID shown to `to`; null for the line's own. */
        callerId: string | null;
        timeoutMs: number;
        autoAnswer: boolean;
        /** The only trunk that `to` is called over: a test call. */
        trunk?: string | undefined;
      }
    /** A masked bridge: the first event of its flow. */
    | ({ type: 'bridge_requested'; bridgeId: string } & BridgeRequestData)
    /** A command of an operator or another system. */
    | { type: 'commanded'; command: Command }
    | { type: 'caller_gone'; cause: Cause; q850: number; channelId?: string }
    /** The call has left the application for Asterisk's dialplan: it entered a queue, or its lease ran out. */
    | { type: 'caller_left'; channelId?: string }
    /** The caller has returned to the application. `result`: of Asterisk's queue, see asterisk/queue-port.ts. */
    | { type: 'queue_left'; visitId: string; result: string }
    /** The channel has returned to the application. `result`, `cause`: AMDSTATUS and AMDCAUSE of Asterisk. */
    | { type: 'answerer_known'; visitId: string; result: string; cause: string }
    /** The caller has entered the queue. `position` counts from 1, `waiting` is the number of callers in the queue. */
    | { type: 'queue_joined'; queue: number; position: number; waiting: number; joinedAt: Instant }
    | { type: 'queue_ringing'; queue: number; handset: string }
    | { type: 'queue_ring_over'; queue: number; handset: string }
    | { type: 'queue_answered'; queue: number; handset: string }
    /** `channelId` in these three: missing in events that an earlier version recorded. */
    | { type: 'digit'; digit: string; durationMs: number; channelId?: string }
    /** A key of the handset that talks with the caller in a queue. `partyId`: its channel. */
    | { type: 'talk_digit'; partyId: string; digit: string; durationMs: number }
    /** The transfer key of a phone. `partyId`: its channel. `to`: what it names as a number; null for anything else, which is refused. */
    | { type: 'transfer_key'; partyId: string; handset: string; to: string | null }
    /** `to`: null when the digits are no target, or one that may not be called; `reason` says why. */
    | { type: 'target_found'; effectId: string; to: TransferTarget | null; reason?: string }
    /** `fresh`: how many of the messages nobody has heard; `count`, `number`: prompts that say numbers. `mark`: what the listener did last. */
    | {
        type: 'messages_found';
        fresh: number;
        count: number[];
        messages: { id: string; number: number[]; mark?: 'heard' | 'done' | 'deleted' }[];
      }
    /** `partyId`: the handset's channel; null when it is not in that talk. */
    | { type: 'party_found'; effectId: string; partyId: string | null }
    /** The handset of a queue's talk has entered the application: see `take_talk`; or a handset that picks up a parked call. `handset`: missing in events that an earlier version recorded. */
    | { type: 'leg_taken'; legId: string; handset?: string }
    /** `place`: from 1; null when all are taken. */
    | { type: 'place_found'; effectId: string; place: number | null }
    /** The agent login of a handset has been changed as requested. */
    | { type: 'duty_done'; handset: string }
    /** Asterisk has accepted the playback; `durationMs`: of all prompts together. */
    | {
        type: 'playback_accepted';
        playbackId: string;
        durationMs: number;
        prompts: { id: number; language: string; sha256: string }[];
      }
    | { type: 'playback_refused'; playbackId: string; reason: string }
    /** The gateway crashed before it knew whether Asterisk has the playback. No other event of it follows. */
    | { type: 'playback_lost'; playbackId: string }
    | { type: 'playback_started'; playbackId: string }
    | { type: 'playback_finished'; playbackId: string; failed: boolean }
    | { type: 'recording_started'; recordingId: string }
    /** `durationMs`: missing when the end was missed. */
    | { type: 'recording_finished'; recordingId: string; durationMs?: number }
    | { type: 'recording_failed'; recordingId: string; reason: string }
    /** Newest first. */
    | { type: 'orders_found'; effectId: string; orders: FoundOrder[]; words?: OrderPrompts }
    /** `route`: of a call over one of the company's trunks. */
    | { type: 'leg_dialling'; legId: string; route?: LegRoute }
    /** The far end works on the call: it can be heard, but does not ring yet (SIP 183). */
    | { type: 'leg_progress'; legId: string }
    | { type: 'leg_ringing'; legId: string }
    | { type: 'leg_answered'; legId: string }
    | { type: 'leg_digit'; legId: string; digit: string; durationMs: number }
    /** The leg has left the application for Asterisk's dialplan. */
    | { type: 'leg_left'; legId: string }
    /**
     * `refused`: by the dial policy, with its reason; `limited`: by a limit of the dial policy, for now;
     * `unknown`: lost in a crash of the gateway, may have rung.
     */
    | {
        type: 'leg_over';
        legId: string;
        cause: Cause | 'refused' | 'limited' | 'unknown';
        reason?: string;
        /** The trunk failed, not the callee. */
        trunkFailed?: true;
        /** Of a leg that Asterisk did not accept. */
        route?: LegRoute;
      }
    | { type: 'http_answered'; effectId: string; status: number; body: string; latencyMs: number; attempts: number }
    | { type: 'http_failed'; effectId: string; reason: string; latencyMs: number; attempts: number }
  );
