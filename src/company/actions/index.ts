import type { ActionList } from './action.js';
import { answer } from './answer.js';
import { callBack } from './call-back.js';
import { collect } from './collect.js';
import { connect } from './connect.js';
import { detectMachine } from './detect-machine.js';
import { enqueue } from './enqueue.js';
import { enterLine } from './enter-line.js';
import { goToPart } from './go-to-part.js';
import { handOver } from './hand-over.js';
import { hangUp } from './hang-up.js';
import { hours } from './hours.js';
import { menu } from './menu.js';
import { orderStatus } from './order-status.js';
import { park } from './park.js';
import { play } from './play.js';
import { ring } from './ring.js';
import { takeMessage } from './take-message.js';

/** All action kinds, in the order in which messages list them. @param actions the codec for nested lists of actions */
export const actionRows = <A>(actions: ActionList<A>) => ({
  answer,
  play,
  menu: menu(actions),
  collect: collect(actions),
  hand_over: handOver(actions),
  hours: hours(actions),
  go_to_part: goToPart,
  ring: ring(actions),
  connect: connect(actions),
  order_status: orderStatus(actions),
  call_back: callBack(actions),
  enqueue: enqueue(actions),
  take_message: takeMessage,
  detect_machine: detectMachine(actions),
  park,
  enter_line: enterLine,
  hang_up: hangUp,
});
