import type { LogEntry, Refusal, Step } from '../kernel/flow.js';
import type { ResourceEvent } from '../telephony/domain-events.js';
import type { TelephonyEffect } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { BridgeState } from './port.js';
import type { BridgeProgram } from './program.js';
import { presentBridge } from './bridge-view.js';
import type { BridgeFlowState, Leg, LegName } from './state.js';
import type { EffectRequest, Effect } from '../kernel/event.js';
import { resourceId } from '../kernel/ids.js';

export type BridgeEffect =
  | TelephonyEffect
  /**
   * Plays the company's prompt, or where there is none (or it cannot be played) shipped sounds. Comes back as
   * `play_accepted` or `play_refused`.
   */
  | (Effect & {
      type: 'speak';
      channelId: string;
      playbackId: string;
      prompt: number | null;
      sounds: string[];
      languages: string[];
    });

/** One step of a bridge while it is being worked out: a copy of the state to write on, and what is asked and told so far. */
export class BridgeStep {
  readonly state: BridgeFlowState;
  refusal: Refusal | undefined;
  readonly #effects: BridgeEffect[] = [];
  readonly #log: LogEntry[] = [];
  readonly #news: ResourceEvent[] = [];

  constructor(
    readonly program: BridgeProgram,
    state: BridgeFlowState,
    readonly at: Instant,
  ) {
    this.state = structuredClone(state);
  }

  /** Asks for an effect; returns its id. */
  request(effect: EffectRequest<BridgeEffect>): string {
    this.state.effects += 1;
    const id = `e${this.state.effects}`;
    this.#effects.push({ ...effect, id });
    return id;
  }

  /** An id for a playback that no other has had. */
  newPlaybackId(): string {
    this.state.effects += 1;
    return resourceId(this.state.flowId, `p${this.state.effects}`);
  }

  appendLog(kind: string, data: Record<string, unknown> = {}): void {
    this.#log.push({ at: this.at, kind, data });
  }

  leg(name: LegName): Leg {
    return this.state.legs[name];
  }

  /** The bridge stands so from now on, and the world is told. */
  reach(state: BridgeState): void {
    const { standing } = this.state;
    standing.state = state;
    const { failed, endedBy } = standing;
    this.appendLog('bridge_state', { state, ...(failed ?? {}), ...(endedBy !== null && { by: endedBy }) });
    this.#news.push(this.report('bridge'));
  }

  report(event: 'bridge' | 'bridge_recording'): ResourceEvent {
    const { flowId, standing, callbackUrl } = this.state;
    this.state.told += 1;
    return {
      event,
      seq: this.state.told,
      at: this.at,
      callbackUrl,
      fields: presentBridge({ id: flowId, ...standing }),
    };
  }

  done(): Step<BridgeFlowState, BridgeEffect, ResourceEvent> {
    return {
      state: this.state,
      effects: this.#effects,
      log: this.#log,
      news: this.#news,
      ...(this.refusal && { refusal: this.refusal }),
    };
  }
}
