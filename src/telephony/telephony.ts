import type { Cause, DetectionRequest, SnoopRequest } from '../asterisk/port.js';
import type { QueueVisit } from '../asterisk/queue-port.js';
import type { Instant } from '../lib/clock.js';
import type { Command } from './command.js';
import type { Effect, FlowEvent } from '../kernel/event.js';

/** What a flow can ask for on a phone line. Every kind has one handler in calls/effects.ts. */
export type TelephonyEffect =
  | (Effect & { type: 'answer'; channelId: string })
  /**
   * Plays media one after another, each in the first language that has it. Comes back as `play_accepted` or `play_refused`.
   * `fallback`: played where `media` cannot be.
   */
  | (Effect & {
      type: 'play';
      channelId: string;
      playbackId: string;
      media: Medium[];
      fallback?: Medium[];
      languages: string[];
      /** The channel's, as Asterisk names it; empty where it is not known. */
      codec: string;
    })
  | (Effect & { type: 'stop_play'; playbackId: string })
  | (Effect & { type: 'start_ringing'; channelId: string })
  | (Effect & { type: 'stop_ringing'; channelId: string })
  /** Goes through the dial policy. Comes back as `leg_dialling` or `leg_over`. */
  | (Effect & {
      type: 'dial';
      legId: string;
      to: DialTarget;
      line: string;
      callerId: string | null;
      timeoutS: number;
      /** The channel for which it is dialled; null for one that stands by itself. */
      originatorId: string | null;
      /** Asks the handset to answer by itself. */
      autoAnswer?: boolean;
    })
  | (Effect & { type: 'bridge'; bridgeId: string; channelIds: string[] })
  | (Effect & { type: 'unbridge'; bridgeId: string })
  /** Records what is said in a bridge, until it is stopped or the bridge is gone. */
  | (Effect & { type: 'record_start'; recordingId: string; bridgeId: string })
  | (Effect & { type: 'record_stop'; recordingId: string })
  | (Effect & { type: 'hang_up'; channelId: string; cause: 'normal' | 'busy' | 'congestion' })
  /** Into a queue of Asterisk, out of our hands. Comes back as `queue_left`. */
  | (Effect & QueueVisit & { type: 'enqueue' })
  /** Out of that queue again, also out of the talk there. Comes back as `queue_left`. */
  | (Effect & { type: 'withdraw'; channelId: string; visitId: string; queue: number })
  /** Asterisk listens whether a machine has answered. Comes back as `answerer_known`. */
  | (Effect & DetectionRequest & { type: 'detect_machine' })
  /** A channel that hears another one, or speaks into it, unnoticed. It ends with that one. */
  | (Effect & { type: 'snoop' } & SnoopRequest)
  /** Sets for how long (seconds) Asterisk lets the channel live without a word from us; 0 for no limit. */
  | (Effect & { type: 'leash'; channelId: string; seconds: number });

/** A prompt of the company, by its id, or a sound that comes with the product. */
export type Medium = { prompt: number } | { sound: string };

export type DialTarget = { handset: string } | { number: string } | PartyTarget;

/** Somebody of an order of the dispatch: nobody but who dials learns the number. */
export interface PartyTarget {
  party: 'client' | 'driver';
  order: string;
}

/** Sends a request to somebody's web application. Comes back as `http_answered` or `http_failed`. */
export type HttpEffect = Effect & {
  type: 'http';
  url: string;
  method: 'POST';
  contentType: string;
  body: string;
  /** The flow's own word for what this request is about. */
  purpose: string;
  connectTimeoutMs: number;
  totalTimeoutMs: number;
};

/** Looks for living orders of whoever calls. Comes back as `orders_found`. */
export type OrderEffect = Effect & {
  type: 'order_lookup';
  /** `own`: orders of which the caller is the client; `pair`: those whose people know each other under the line. */
  among: 'own' | 'pair';
  /** E.164. */
  caller: string;
  /** E.164. */
  line: string;
  /** In which what is found may be spoken, in this order. */
  languages: string[];
  limitMs: number;
};

/** An order that lives, as a flow needs to know it: without anybody's number. */
export interface FoundOrder {
  id: string;
  /** Who of it the caller is. */
  role: 'client' | 'driver';
  /** Null: one that is not among ours. */
  status: string | null;
  /** The other one's number is known. */
  hasOther: boolean;
  /** Prompts that say how it stands; empty where that cannot be said. */
  says: number[];
}

/** What comes along to be said about orders, as prompts; empty where it is not recorded. */
export interface OrderWords {
  /** Which key is for the first order, the second, and so on. */
  choose: number[];
  /** That 1 is for the driver. */
  driver: number[];
  /** That 2 is for an operator. */
  operator: number[];
}

/** What one bridge is about: it goes when the bridge is forgotten. */
export interface BridgeRequestData {
  orderId: string;
  /** E.164, by leg. */
  phones: { a: string; b: string };
  /** Where it is told how the bridge stands, besides the webhooks. */
  callbackUrl: string | null;
  /** Given back with everything that is told. */
  metadata: Record<string, string | number | boolean>;
}

export type TelephonyEvent = FlowEvent &
  /** A call came in: the first event of its flow. `sip`: what the timeline keeps of the INVITE. */
  (
    | {
        type: 'call_arrived';
        channelId: string;
        caller: { number: string; name: string };
        codec: string;
        sip: { callId: string; remote: string; endpoint: string };
        /** The handset that calls out: `caller` is whom it calls. */
        forHandset?: string;
      }
    /** We are to call somebody: the first event of its flow. `party`: whom the call is with, as seen from the company. */
    | {
        type: 'call_requested';
        /** Ours: the leg that will be the call's own channel. */
        channelId: string;
        to: DialTarget;
        /** Called at the same time as `to`: who answers first is the call. */
        rival?: { legId: string; to: DialTarget };
        /** Whose call it is, where no handset is called: a handset's name, or a number. Left out: the call is with `to` itself. */
        forHandset?: string;
        party: { number: string; name: string };
        /** Shown to `to`; null for the line's own. */
        callerId: string | null;
        timeoutMs: number;
        autoAnswer: boolean;
      }
    /** Two people are to be connected: the first event of its flow. */
    | ({ type: 'bridge_requested'; bridgeId: string } & BridgeRequestData)
    /** Somebody of the company, or another system, wants something done with this call. */
    | { type: 'commanded'; command: Command }
    | { type: 'caller_gone'; cause: Cause; q850: number }
    /** The call is in Asterisk's dialplan: it went into a queue, or its leash ran out while nobody here answered. */
    | { type: 'caller_left' }
    /** The caller is ours again. `result`: of Asterisk's queue, see asterisk/queue-port.ts. */
    | { type: 'queue_left'; visitId: string; result: string }
    /** The channel is ours again. `result`, `cause`: AMDSTATUS and AMDCAUSE of Asterisk. */
    | { type: 'answerer_known'; visitId: string; result: string; cause: string }
    /** The caller has been let in. `position` counts from 1, `waiting` is how many wait there now. */
    | { type: 'queue_joined'; queue: number; position: number; waiting: number; joinedAt: Instant }
    | { type: 'queue_ringing'; queue: number; handset: string }
    | { type: 'queue_ring_over'; queue: number; handset: string }
    | { type: 'queue_answered'; queue: number; handset: string }
    | { type: 'digit'; digit: string; durationMs: number }
    /** A handset stands in its queues as its operator wished. */
    | { type: 'duty_done'; handset: string }
    /** Asterisk has the playback; `durationMs` is how long the prompts last together. */
    | {
        type: 'play_accepted';
        playbackId: string;
        durationMs: number;
        prompts: { id: number; language: string; sha256: string }[];
      }
    | { type: 'play_refused'; playbackId: string; reason: string }
    /** Nobody knows whether Asterisk has it: a crash came between. It will not be heard of again. */
    | { type: 'play_lost'; playbackId: string }
    | { type: 'play_started'; playbackId: string }
    | { type: 'play_finished'; playbackId: string; failed: boolean }
    | { type: 'recording_started'; recordingId: string }
    | { type: 'recording_finished'; recordingId: string; durationMs: number }
    | { type: 'recording_failed'; recordingId: string; reason: string }
    /** Newest first. */
    | { type: 'orders_found'; effectId: string; orders: FoundOrder[]; words?: OrderWords }
    | { type: 'leg_dialling'; legId: string }
    | { type: 'leg_ringing'; legId: string }
    | { type: 'leg_answered'; legId: string }
    | { type: 'leg_digit'; legId: string; digit: string; durationMs: number }
    /** It is in Asterisk's dialplan. */
    | { type: 'leg_left'; legId: string }
    /**
     * `refused`: by the dial policy, with its reason; `limited`: by its limits, which will let others through again;
     * `unknown`: lost in a crash of ours, may have rung.
     */
    | { type: 'leg_over'; legId: string; cause: Cause | 'refused' | 'limited' | 'unknown'; reason?: string }
    | { type: 'http_answered'; effectId: string; status: number; body: string; latencyMs: number; attempts: number }
    | { type: 'http_failed'; effectId: string; reason: string; latencyMs: number; attempts: number }
  );
