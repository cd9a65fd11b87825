import { hangUpLeg } from '../../telephony/leg.js';
import { pendingTimers } from '../../telephony/timers.js';
import type { ActionOf } from '../../company/plan-schema.js';
import type { Call } from '../call.js';
import type { ParkState } from '../parking/state.js';
import { CONTINUE, type ActionModule } from './action.js';

/** Holds a parked outside party. It begins with the end of a talk, and its events are handled by parking/on-event.ts. */
export const park: ActionModule<ActionOf<'park'>, ParkState> = {
  start: () => ({ done: CONTINUE }),
  on: (_call, _action, state) => ({ waiting: state }),
  timers: ({ ringing, until, telling }) =>
    pendingTimers({
      park: ringing === undefined ? until : undefined,
      park_ring: ringing?.until,
      park_told: telling?.until,
    }),
  openInput: () => null,
  onCallerGone(call, _action, state) {
    hangUpLegs(call, state);
    return undefined;
  },
  stop(call, _action, state) {
    hangUpLegs(call, state);
    call.endWait();
  },
  watched: ({ ringing, telling }) => ({
    channels: [
      ...(ringing === undefined ? [] : [ringing.legId]),
      ...(telling === undefined ? [] : [telling.operator.id]),
    ],
    playbacks: [],
  }),
};

function hangUpLegs(call: Call, { ringing, telling }: ParkState): void {
  if (ringing !== undefined) hangUpLeg(call, { id: ringing.legId, stands: 'ringing' });
  if (telling !== undefined) hangUpLeg(call, { id: telling.operator.id, stands: 'talking' });
}
