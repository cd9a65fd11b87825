import type { Call } from './call.js';
import type { ActionState } from './actions/index.js';
import type { Overlay } from './overlays.js';
import type { CallState } from './call-state.js';

export type { ActionState } from './actions/index.js';

/** The whole state of a call through a plan. */
export interface PlanState extends CallState {
  /** Prompts and supervisors that run beside the plan. */
  overlays: Overlay[];
  action: ActionState | null;
}

/** A step of the call under construction. */
export type PlanCall = Call<PlanState>;
