import type { RuntimeEvent } from '../flows/flow.js';
import { resourceId } from '../flows/flow.js';
import type { TelephonyEvent } from '../flows/telephony.js';
import type { Bridging } from './bridging.js';
import { whoIs } from './legs.js';
import type { BridgeFlowState } from './state.js';

const EFFECTS: ReadonlySet<string> = new Set(['record_start', 'record_stop']);

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

/** True when the event was about a recording, and is done with. */
export function heardOfRecording(step: Bridging, event: TelephonyEvent | RuntimeEvent): boolean {
  switch (event.type) {
    case 'recording_started':
      step.note('recording_started', { recording: event.recordingId });
      return true;
    case 'recording_finished':
      step.note('recording_finished', { recording: event.recordingId, duration_ms: event.durationMs });
      return true;
    case 'recording_failed':
      step.note('recording_failed', { recording: event.recordingId, reason: event.reason });
      return true;
    case 'effect_failed':
      if (!EFFECTS.has(event.effect)) return false;
      step.note('recording_failed', { reason: event.reason });
      return true;
    default:
      return false;
  }
}
