import type { Call } from './call.js';
import type { AnnounceState } from './actions/announce.js';
import type { CallBackState } from './actions/call-back.js';
import type { CollectState } from './actions/collect.js';
import type { ConnectState } from './actions/connect.js';
import type { DetectMachineState } from './actions/detect-machine.js';
import type { EnqueueState } from './actions/enqueue.js';
import type { HandOverState } from './actions/hand-over/state.js';
import type { MenuState } from './actions/menu.js';
import type { OrderStatusState } from './actions/order-status.js';
import type { PlayState } from './actions/play.js';
import type { RingState } from './actions/ring.js';
import type { Overlay } from './overlays.js';
import type { CallState } from './call-state.js';

export type ActionState =
  | AnnounceState
  | PlayState
  | MenuState
  | CollectState
  | HandOverState
  | RingState
  | ConnectState
  | OrderStatusState
  | CallBackState
  | EnqueueState
  | DetectMachineState;

/** The whole state of a call on its way through a plan. */
export interface PlanState extends CallState {
  /** Prompts and supervisors that run beside the plan. */
  overlays: Overlay[];
  action: ActionState | null;
}

/** A step of the call while the interpreter works it out. */
export type PlanCall = Call<PlanState>;
