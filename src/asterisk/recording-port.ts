import type { Readable } from 'node:stream';

/**
 * Recordings of talks: made by Asterisk, in its own spool, until they are fetched and removed there. No disk is shared.
 * Part of the Asterisk port: `recordings` of the same two classes, held to its promises by the same conformance suite.
 */
export interface RecordingPort {
  /**
   * Records all that is said in a bridge, from now on. Starting one that exists already does nothing. Ends with the
   * bridge at the latest. @throws AsteriskError
   */
  start(request: { recordingId: string; bridgeId: string }): Promise<void>;
  /** Stopping one that is over or unknown does nothing. @throws AsteriskError */
  stop(recordingId: string): Promise<void>;
  /**
   * Our recordings in Asterisk, those that are still being made included: of bridges, and of talks in queues, which have
   * the id of their visit. @throws AsteriskError
   */
  list(): Promise<string[]>;
  /** The WAV file as it is now; the header of one that is still being made says nothing of its length. @throws AsteriskError `gone` */
  read(recordingId: string): Promise<RecordedFile>;
  /** Removing one that is not there does nothing. @throws AsteriskError */
  remove(recordingId: string): Promise<void>;
}

export interface RecordedFile {
  bytes: number;
  /** To be read to its end, or discarded: until then it holds a connection. */
  content: Readable;
}

/** Ends the reading of a file; does nothing once it was read to its end. */
export function discard(file: RecordedFile | undefined): void {
  // An HTTP body that is destroyed before its end reports that as an error, which would end the process without a listener.
  file?.content.on('error', () => undefined);
  file?.content.destroy();
}

/** Told of recordings of bridges. One that ends with its bridge may end unheard. */
export type RecordingEvent =
  | { type: 'recording_started'; at: number; recordingId: string }
  | { type: 'recording_finished'; at: number; recordingId: string; durationMs: number }
  | { type: 'recording_failed'; at: number; recordingId: string; reason: string };

const ID = /^[A-Za-z0-9._~-]{1,150}$/;

/** True for ids that are safe as the name of a file. Asterisk gives channels others only if its name is set so. */
export function isRecordingId(id: string): boolean {
  return ID.test(id);
}
