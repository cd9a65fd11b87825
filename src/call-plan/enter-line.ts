import { giveUpLine } from './actions/enter-line.js';
import type { LineFoundEvent } from './event.js';
import { run } from './interpreter.js';
import { entryOf } from './program.js';
import type { PlanCall } from './state.js';

/** Starts the plan of the line to which the call is transferred, as if the outside party had dialled it. */
export function onLineFound(call: PlanCall, { effectId, program }: LineFoundEvent): void {
  const { state } = call;
  if (state.phase !== 'running' || state.action?.type !== 'enter_line' || state.action.effectId !== effectId) return;
  if (program === null) {
    run(call, giveUpLine(call));
    return;
  }
  call.enterProgram(program);
  Object.assign(state, {
    action: null,
    overridePlan: [],
    callStack: [{ list: entryOf(program), index: 0 }],
    collected: {},
    afterTalk: undefined,
    dialsFor: undefined,
  });
  run(call);
}
