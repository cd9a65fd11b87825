import type { Answer } from '../../http/answer.js';
import type { Request } from '../../http/route.js';

export interface RecordingSummary {
  id: string;
  state: string;
  durationMs: number | null;
}

/** Recordings of calls. */
export interface RecordingAccess {
  /** By call id; calls without any may be left out. */
  ofCalls(callIds: readonly string[]): Promise<ReadonlyMap<string, RecordingSummary[]>>;
  /** Undefined: there is no such recording, or it is not ready or not there any more. */
  audio(id: string, headers: Request['headers']): Promise<Answer | undefined>;
}
