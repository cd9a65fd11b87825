import type { Instant } from '../lib/clock.js';
import type { News, Telling } from './news.js';

/** A recording that a call has asked for. Whether there is one is known once it is looked for in Asterisk. */
export interface CallRecording {
  /** Names it in Asterisk; holds the flow's id. */
  id: string;
  /** The queue in which the caller was answered; null when not in one. */
  queue: number | null;
  /** Who talked with the caller; null when nobody here saw it. */
  agent: News['agent'];
  /** When the talk began; null when nobody here saw it. */
  startedAt: Instant | null;
  /** What is to be told once the recording is there; null until the call is over. Its number is kept free for it. */
  news: Telling | null;
}
