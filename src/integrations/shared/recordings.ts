import type { Answer } from '../../http/answer.js';
import type { Request } from '../../http/route.js';

export interface RecordingSummary {
  id: string;
  state: string;
  durationMs: number | null;
}

/** Access to recordings of calls. */
export interface RecordingAccess {
  /** By call id; calls without recordings may be missing. */
  ofCalls(callIds: readonly string[]): Promise<ReadonlyMap<string, RecordingSummary[]>>;
  /** Undefined: the recording is unknown, not ready or deleted. */
  audio(id: string, headers: Request['headers']): Promise<Answer | undefined>;
}
