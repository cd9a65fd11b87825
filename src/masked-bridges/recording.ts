import type { BridgeStep } from './bridge-step.js';
import { whoIs } from './legs.js';
import type { BridgeFlowState } from './state.js';
import { resourceId } from '../kernel/ids.js';

/** The bridge in Asterisk, of which each flow has one. */
export function bridgeIdOf({ flowId }: BridgeFlowState): string {
  return resourceId(flowId, 'm');
}

export function startRecording(step: BridgeStep): void {
  const { state, at } = step;
  const id = resourceId(state.flowId, 'r');
  step.request({ type: 'record_start', recordingId: id, bridgeId: bridgeIdOf(state) });
  state.recordings.push({ id, queue: null, agent: whoIs(state, state.legs.b), startedAt: at, news: null });
}

/** Before its bridge is taken away, so that Asterisk tells of its end. */
export function stopRecording(step: BridgeStep): void {
  for (const { id } of step.state.recordings) step.request({ type: 'record_stop', recordingId: id });
}

/** To be told of each recording when it is there, long after this. */
export function promiseRecordings(step: BridgeStep): void {
  for (const recording of step.state.recordings) recording.news = step.report('bridge_recording');
}
