import type { AnnounceState } from './announce.js';
import { answer } from './answer.js';
import { callBack } from './call-back.js';
import { collect } from './collect.js';
import { connect } from './connect.js';
import { detectMachine } from './detect-machine.js';
import { enqueue } from './enqueue.js';
import { enterLine } from './enter-line.js';
import { goToPart } from './go-to-part.js';
import { handOver } from './hand-over/module.js';
import { hangUpAction } from './hang-up.js';
import { hours } from './hours.js';
import { menu } from './menu.js';
import { orderStatus } from './order-status.js';
import { park } from './park.js';
import { play } from './play.js';
import { ring } from './ring.js';
import { takeMessage } from './take-message.js';

/** The interpreter's side of every action; the document's side is in company/actions. */
export const actionModules = {
  answer,
  play,
  menu,
  collect,
  hand_over: handOver,
  hours,
  go_to_part: goToPart,
  ring,
  connect,
  order_status: orderStatus,
  call_back: callBack,
  enqueue,
  take_message: takeMessage,
  detect_machine: detectMachine,
  park,
  enter_line: enterLine,
  hang_up: hangUpAction,
};

type StateOf<Module> = Module extends { timers(state: infer S): unknown } ? S : never;
type Modules = typeof actionModules;

/** State of the current action while it waits. */
export type ActionState = AnnounceState | StateOf<Modules[keyof Modules]>;
