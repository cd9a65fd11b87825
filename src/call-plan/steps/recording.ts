import type { CallRecording } from '../../telephony/recording.js';
import type { DialTarget } from '../../telephony/telephony.js';
import { announcementOf, type RecordSetting } from '../../directory/schema.js';
import type { Call } from '../call.js';
import { playback, type PlayEnd, type Playing } from './playing.js';

/** The prompt with which the caller has to be told before that talk; undefined when there is nothing to tell, or no more. */
export function announcementDue(call: Call, record: RecordSetting | undefined): number | undefined {
  const prompt = announcementOf(record);
  const tried = call.state.announced?.some((one) => one.prompt === prompt) ?? false;
  return tried ? undefined : prompt;
}

/** Who has not been answered hears nothing for certain. */
export function startAnnouncing(call: Call, prompt: number): Playing {
  call.answer();
  return playback.start(call, [prompt]);
}

/** The announcement is over; without it there is no recording. */
export function announced(call: Call, prompt: number, { played, reason }: PlayEnd): void {
  call.state.announced = [...(call.state.announced ?? []), { prompt, heard: played }];
  if (!played) call.appendLog('not_recorded', { prompts: [prompt], ...(reason !== undefined && { reason }) });
}

/** True when that talk is to be recorded, and the caller knows. */
export function mayRecord(call: Call, record: RecordSetting | undefined): boolean {
  const prompt = announcementOf(record);
  return record !== undefined && record !== false && (prompt === undefined || heard(call, prompt));
}

/** Records a bridge. @returns the recording's id */
export function startRecording(call: Call, bridgeId: string, agent: DialTarget): string {
  const recordingId = call.newId('r');
  call.request({ type: 'record_start', recordingId, bridgeId });
  remember(call, { id: recordingId, queue: null, agent, startedAt: call.at, news: null });
  return recordingId;
}

/** A talk in a queue will be recorded, if there is one: under the visit's id. */
export function expectRecording(call: Call, visitId: string, queue: number): void {
  remember(call, { id: visitId, queue, agent: null, startedAt: null, news: null });
}

/** The caller of a queue talks; nothing when that is not recorded. */
export function recordingBegan(call: Call, visitId: string, agent: DialTarget | null): void {
  const recording = call.state.recordings?.find(({ id }) => id === visitId);
  if (recording === undefined) return;
  call.appendLog('recording_started', { recording: visitId });
  Object.assign(recording, { agent, startedAt: agent === null ? null : call.at });
}

function heard(call: Call, prompt: number): boolean {
  return call.state.announced?.some((one) => one.prompt === prompt && one.heard) ?? false;
}

function remember(call: Call, recording: CallRecording): void {
  call.state.recordings = [...(call.state.recordings ?? []), recording];
}
