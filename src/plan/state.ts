import type { CallResult, QueuePlace } from '../flows/news.js';
import type { DialTarget } from '../flows/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { CollectState } from './actions/collect.js';
import type { EnqueueState } from './actions/enqueue.js';
import type { HandOverState } from './actions/hand-over.js';
import type { MenuState } from './actions/menu.js';
import type { PlayState } from './actions/play.js';
import type { RingState } from './actions/ring.js';
import type { ListPointer } from './program.js';

/**
 * One call on its way through a plan. `phase`:
 * - `running`: an action waits for something;
 * - `hanging_up`: we asked Asterisk to hang up and wait until it has;
 * - `settling`: the caller is gone and the last action has something left to do;
 * - `over`.
 */
export interface PlanState {
  flowId: string;
  channelId: string;
  /** E.164. */
  line: string;
  phase: 'running' | 'hanging_up' | 'settling' | 'over';
  /** As Asterisk gave it; empty when withheld. */
  caller: { number: string; name: string };
  codec: string;
  startedAt: Instant;
  answeredAt: Instant | null;
  endedAt: Instant | null;
  endedBy: EndedBy | null;
  /** Of the last queue action that had one. */
  label: string | null;
  /** Where the caller waits for somebody to answer. */
  queue: QueuePlace | null;
  /** Who talks with the caller, or did last. */
  agent: DialTarget | null;
  /** When somebody first answered whom the caller was connected with. */
  talkedAt: Instant | null;
  /** What the call has come to if it ends now; null when nobody has been rung. */
  result: CallResult | null;
  /** News told so far. */
  told: number;
  /** Innermost last. */
  frames: Frame[];
  action: ActionState | null;
  /** Digits that nobody has asked for yet. */
  typedAhead: string;
  /** When the last digit beyond an input's maximum came: the rest of that burst is not meant for the next question. */
  overflowAt: Instant | null;
  collected: Record<string, string>;
  jumps: number;
  /** Number of the last effect. */
  effects: number;
  /** When Asterisk is next told that we are still there; null while the caller talks to somebody or is in a queue. */
  leashAt: Instant | null;
  /** Phase `hanging_up` ends at the latest then. */
  hangUpBy: Instant | null;
}

export type EndedBy = 'caller' | 'plan' | 'shop' | 'handset' | 'asterisk' | 'fallback' | 'limit';

export interface Frame {
  list: ListPointer;
  index: number;
}

export type ActionState = PlayState | MenuState | CollectState | HandOverState | RingState | EnqueueState;
