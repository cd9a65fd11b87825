import type { Instant } from '../lib/clock.js';

export interface FlowEvent {
  type: string;
  at: Instant;
}

/** What the runtime itself tells every flow. */
export type RuntimeEvent =
  | { type: 'timer'; at: Instant; name: string }
  /**
   * The process was started again and has loaded this flow; nothing else is known yet. The stored state can be older than
   * what others have seen (the database could not be written before the crash), so no number or id that the flow gives from
   * now on may be one that it could have given before.
   */
  | { type: 'resumed'; at: Instant }
  /** An effect could not be carried out: what it was about is gone, or refused it. */
  | { type: 'effect_failed'; at: Instant; effectId: string; effect: string; reason: string }
  /** The gateway was away, cut off or uncertain: this is what exists now of what the flow watches. */
  | {
      type: 'reconciled';
      at: Instant;
      after: ReconcileCause;
      channels: Record<string, ChannelStatus>;
      playbacks: string[];
    };

/** `elsewhere`: Asterisk's dialplan has taken it back. What is not listed is gone. */
export type ChannelStatus = 'down' | 'ringing' | 'up' | 'elsewhere';

/** `stall`: one request stayed without an answer, or the gateway or Asterisk stood still for a while. */
export type ReconcileCause = 'gateway_restart' | 'link_lost' | 'asterisk_restart' | 'stall';

/** An effect is data; `id` is unique within the flow and derived from its step, so that the far end can recognise a repetition. */
export interface Effect {
  type: string;
  id: string;
}

/** An effect as it is asked for within a step, which gives it its id. */
export type EffectRequest<F extends Effect> = F extends unknown ? Omit<F, 'id'> : never;
