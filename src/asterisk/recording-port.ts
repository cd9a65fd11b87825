import type { Readable } from 'node:stream';

/**
 * Recordings of talks and messages, kept in Asterisk's spool until they are fetched and removed; no disk is shared. Part of the Asterisk
 * port: `recordings` of the same two classes, checked by the same conformance suite.
 */
export interface RecordingPort {
  /**
   * Starts to record a bridge. Does nothing when the recording exists. Ends at the latest with the bridge. @throws AsteriskError
   */
  start(request: { recordingId: string; bridgeId: string }): Promise<void>;
  /**
   * Starts to record what comes from a channel that is in no bridge. Does nothing when the recording exists. Ends at `#`, with the
   * channel, after `silenceS` seconds of silence, or after `maxS` seconds. @throws AsteriskError `conflict` when the channel is in the dialplan
   */
  startMessage(request: { recordingId: string; channelId: string; maxS: number; silenceS: number }): Promise<void>;
  /** True for a recording that has not ended. @throws AsteriskError */
  isRunning(recordingId: string): Promise<boolean>;
  /** Does nothing when the recording has ended or is unknown. @throws AsteriskError */
  stop(recordingId: string): Promise<void>;
  /**
   * Our recordings in Asterisk, unfinished ones included: of bridges, and of queue talks, which have the id of their
   * visit. @throws AsteriskError
   */
  list(): Promise<string[]>;
  /** The WAV file in its present state; the header of an unfinished one does not give its length. @throws AsteriskError `gone` */
  read(recordingId: string): Promise<RecordedFile>;
  /** Does nothing when there is no such recording. @throws AsteriskError */
  remove(recordingId: string): Promise<void>;
}

export interface RecordedFile {
  bytes: number;
  /** Must be read to its end or discarded: until then it occupies a connection. */
  content: Readable;
}

/** Closes a file before its end; does nothing after its end. */
export function discard(file: RecordedFile | undefined): void {
  // An HTTP body that is destroyed early raises an error event, which would end the process without a listener.
  file?.content.on('error', () => undefined);
  file?.content.destroy();
}

/** Events of bridge recordings. A recording that ends with its bridge may raise no event. */
export type RecordingEvent =
  | { type: 'recording_started'; at: number; recordingId: string }
  | { type: 'recording_finished'; at: number; recordingId: string; durationMs: number }
  | { type: 'recording_failed'; at: number; recordingId: string; reason: string };

const ID = /^[A-Za-z0-9._~-]{1,150}$/;

/** True for ids that are safe as file names. Asterisk creates other channel ids only when its system name has such characters. */
export function isRecordingId(id: string): boolean {
  return ID.test(id);
}
