import type { Effect, FlowEvent, RuntimeEvent } from '../kernel/event.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import type { PlanProgram } from './program.js';

/** Asks for the program of a line that a call is transferred to. Answered by {@link LineFoundEvent}. */
export type LineEffect = Effect & {
  type: 'find_line';
  /** E.164. */
  line: string;
  /** The outside party, as in the call's state. */
  caller: string;
};

/** `program`: null when there is no such line any more. */
export type LineFoundEvent = FlowEvent & { type: 'line_found'; effectId: string; program: PlanProgram | null };

/** The events of flows from outside the runtime. */
export type CallFlowEvent = TelephonyEvent | LineFoundEvent;

export type PlanEvent = TelephonyEvent | RuntimeEvent;
