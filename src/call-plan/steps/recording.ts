import type { CallRecording, MessageOwner } from '../../telephony/recording.js';
import type { DialTarget } from '../../telephony/telephony.js';
import { announcementOf, type RecordSetting } from '../../directory/schema.js';
import type { Call } from '../call.js';
import { playback, type PlaybackResult, type PlaybackState } from './playback.js';

/**
 * The recording announcement that must be played before the talk; undefined when there is none, or it was tried
 * before.
 */
export function announcementDue(call: Call, record: RecordSetting | undefined): number | undefined {
  const prompt = announcementOf(record);
  const tried = call.state.announced?.some((one) => one.prompt === prompt) ?? false;
  return tried ? undefined : prompt;
}

/** Answers the call first: callers may not hear audio before the answer. */
export function startAnnouncement(call: Call, prompt: number): PlaybackState {
  call.answer();
  return playback.start(call, [prompt]);
}

/** Stores whether the announcement was heard; a failed one prevents the recording. */
export function markAnnounced(call: Call, prompt: number, { played, reason }: PlaybackResult): void {
  call.state.announced = [...(call.state.announced ?? []), { prompt, heard: played }];
  if (!played) call.appendLog('not_recorded', { prompts: [prompt], reason });
}

/** True when the talk is to be recorded and the caller has heard the announcement, if there is one. */
export function shouldRecord(call: Call, record: RecordSetting | undefined): boolean {
  const prompt = announcementOf(record);
  return record !== undefined && record !== false && (prompt === undefined || hasHeard(call, prompt));
}

/** Records a bridge. @returns the recording's id */
export function recordBridge(call: Call, bridgeId: string, agent: DialTarget): string {
  const recordingId = call.newId('r');
  call.request({ type: 'record_start', recordingId, bridgeId });
  addRecording(call, { id: recordingId, queue: null, agent, startedAt: call.at, news: null });
  return recordingId;
}

/** Records what the caller says. @returns the recording's id */
export function recordMessage(
  call: Call,
  limits: { maxS: number; silenceS: number },
  owner: MessageOwner | undefined,
): string {
  const { channelId, tally } = call.state;
  const id = call.newId('r');
  call.request({ type: 'record_message', recordingId: id, channelId, ...limits });
  const message = {
    id,
    queue: tally?.queue ?? null,
    agent: null,
    startedAt: null,
    news: null,
    kind: 'message',
  } as const;
  addRecording(call, owner === undefined ? message : { ...message, owner });
  return id;
}

/** Does nothing for the recording of a talk. */
export function markMessageStarted(call: Call, id: string): void {
  const message = messageOf(call, id);
  if (message !== undefined) message.startedAt = call.at;
}

/** Does nothing for the recording of a talk. */
export function markMessageEnded(call: Call, id: string): void {
  const message = messageOf(call, id);
  if (message !== undefined && message.endedAt === undefined) message.endedAt = call.at;
}

/** Adds the recording of a possible talk in a queue, under the visit's id. */
export function expectRecording(call: Call, visitId: string, queue: number): void {
  addRecording(call, { id: visitId, queue, agent: null, startedAt: null, news: null });
}

/** Marks the start of a recorded talk in a queue; does nothing for a talk that is not recorded. */
export function markRecordingStarted(call: Call, visitId: string, agent: DialTarget | null): void {
  const recording = call.state.recordings?.find(({ id }) => id === visitId);
  if (recording === undefined) return;
  call.appendLog('recording_started', { recording: visitId });
  Object.assign(recording, { agent, startedAt: agent === null ? null : call.at });
}

function hasHeard(call: Call, prompt: number): boolean {
  return call.state.announced?.some((one) => one.prompt === prompt && one.heard) ?? false;
}

function messageOf(call: Call, id: string): CallRecording | undefined {
  return call.state.recordings?.find((one) => one.id === id && one.kind === 'message');
}

function addRecording(call: Call, recording: CallRecording): void {
  call.state.recordings = [...(call.state.recordings ?? []), recording];
}
