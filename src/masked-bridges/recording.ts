import type { BridgeStep } from './bridge-step.js';
import { partyOf } from './legs.js';
import type { BridgeFlowState } from './state.js';
import { resourceId } from '../kernel/ids.js';

/** Id of the flow's bridge in Asterisk; each flow has one. */
export function bridgeIdOf({ flowId }: BridgeFlowState): string {
  return resourceId(flowId, 'm');
}

export function startBridgeRecording(step: BridgeStep): void {
  const { state, at } = step;
  const id = resourceId(state.flowId, 'r');
  step.request({ type: 'record_start', recordingId: id, bridgeId: bridgeIdOf(state) });
  state.recordings.push({ id, queue: null, agent: partyOf(state, state.legs.b), startedAt: at, news: null });
}

/** Must come before the bridge is destroyed: otherwise Asterisk does not report the end of the recording. */
export function stopBridgeRecordings(step: BridgeStep): void {
  for (const { id } of step.state.recordings) step.request({ type: 'record_stop', recordingId: id });
}

/** Reserves a `bridge_recording` event for each recording; it is published after the import, long after the call. */
export function reserveRecordingEvents(step: BridgeStep): void {
  for (const recording of step.state.recordings) recording.news = step.nextEvent('bridge_recording');
}
