import { resourceId } from '../kernel/flow.js';
import type { Bridging } from './bridge-step.js';
import { whoIs } from './legs.js';
import type { BridgeFlowState } from './state.js';

/** The bridge in Asterisk, of which each flow has one. */
export function bridgeIdOf({ flowId }: BridgeFlowState): string {
  return resourceId(flowId, 'm');
}

export function startRecording(step: Bridging): void {
  const { state, at } = step;
  const id = resourceId(state.flowId, 'r');
  step.ask({ type: 'record_start', recordingId: id, bridgeId: bridgeIdOf(state) });
  state.recordings.push({ id, queue: null, agent: whoIs(state, state.legs.b), startedAt: at, news: null });
}

/** Before its bridge is taken away, so that Asterisk tells of its end. */
export function stopRecording(step: Bridging): void {
  for (const { id } of step.state.recordings) step.ask({ type: 'record_stop', recordingId: id });
}

/** To be told of each recording when it is there, long after this. */
export function promiseRecordings(step: Bridging): void {
  for (const recording of step.state.recordings) recording.news = step.report('bridge_recording');
}
