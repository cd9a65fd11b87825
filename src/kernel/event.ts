import type { Instant } from '../lib/clock.js';

export interface FlowEvent {
  type: string;
  at: Instant;
}

/** Events that the runtime itself sends to flows. */
export type RuntimeEvent =
  | { type: 'timer'; at: Instant; name: string }
  /**
   * The process has restarted and loaded this flow; nothing else is known yet. The stored state can be older than
   * what other
systems have seen (the database was not writable before the crash), so the flow must not reuse any number or id that it
may have used before.
   */
  | { type: 'resumed'; at: Instant }
  /** An effect could not be carried out: its resource is gone, or the request was refused. */
  | { type: 'effect_failed'; at: Instant; effectId: string; effect: string; reason: string }
  /** After a restart, a lost link or an unknown outcome: the watched resources that exist now. */
  | {
      type: 'reconciled';
      at: Instant;
      after: ReconcileCause;
      channels: Record<string, ChannelStatus>;
      playbacks: string[];
    };

/** `elsewhere`: in Asterisk's dialplan. Channels that are not listed are gone. */
export type ChannelStatus = 'down' | 'ringing' | 'up' | 'elsewhere';

/** `stall`: a request got no response, or the gateway or Asterisk stood still for a while. */
export type ReconcileCause = 'gateway_restart' | 'link_lost' | 'asterisk_restart' | 'stall';

/**
 * An effect is data; `id` is unique within the flow and derived from its step, so that the far end can recognise a
 * repetition.
 */
export interface Effect {
  type: string;
  id: string;
}

/** An effect as a step requests it; the step assigns the id. */
export type EffectRequest<F extends Effect> = F extends unknown ? Omit<F, 'id'> : never;
