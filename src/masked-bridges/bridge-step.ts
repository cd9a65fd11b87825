import type { ResourceEvent } from '../telephony/domain-events.js';
import type { TelephonyEffect } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { BridgeState } from './port.js';
import type { BridgeProgram } from './program.js';
import { presentBridge } from './bridge-view.js';
import type { BridgeFlowState, Leg, LegName } from './state.js';
import { StepBuilder } from '../kernel/step-builder.js';

/** One step of a bridge under construction. */
export class BridgeStep extends StepBuilder<BridgeFlowState, TelephonyEffect, ResourceEvent> {
  constructor(
    readonly program: BridgeProgram,
    state: BridgeFlowState,
    at: Instant,
  ) {
    super(state, at);
  }

  leg(name: LegName): Leg {
    return this.state.legs[name];
  }

  /** Sets the state of the bridge, and emits the event `bridge`. */
  setState(state: BridgeState): void {
    const { standing } = this.state;
    standing.state = state;
    const { failed, endedBy } = standing;
    this.appendLog('bridge_state', { state, ...failed, by: endedBy ?? undefined });
    this.events.push(this.nextEvent('bridge'));
  }

  nextEvent(event: 'bridge' | 'bridge_recording'): ResourceEvent {
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
}
