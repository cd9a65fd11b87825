import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/**
 * Something that others are to be told about a call. A step of a flow gives it as data, the store writes down who is to
 * hear of it in the same transaction as the step: what happened and what is told of it cannot part.
 */
export interface CallEvent {
  event: CallEventName;
  /** Counts the news of one flow, from 1; with the flow's id it names this piece of news for ever. */
  seq: number;
  at: Instant;
  direction: 'incoming' | 'outgoing';
  /** E.164. */
  line: string;
  /** As Asterisk gave it; empty when withheld. */
  caller: string;
  /** The label of the queue action that the call came to last: what tells the shop which handset this is about. */
  label: string | null;
  /** Where the caller waits; null when in no queue, or no more. */
  queue: QueuePlace | null;
  /** Who is rung or talks with the caller: a handset's name, a number, or somebody of an order. */
  agent: DialTarget | null;
  startedAt: Instant;
  /** When somebody answered whom the caller was connected with; the plan's own `answer` is not that. */
  answeredAt: Instant | null;
  endedAt: Instant | null;
  /** What the stay in the queue, or the call, has come to. Null before that, and when nobody was rung at all. */
  result: CallResult | null;
  /** With `recording_ready`. */
  recording?: ReadyRecording;
}

/**
 * Something that is told of what is no call to the world, but a matter of its own: how a bridge or a notification stands. It is
 * stored and delivered as news of calls are, and written as it is here, whatever a webhook's profile says.
 */
export interface ResourceEvent {
  event: ResourceEventName;
  /** Counts what is told of one matter, from 1; with the matter's id it names this report for ever. */
  seq: number;
  at: Instant;
  /** In the words of the API. No number of a person among them: whoever takes it may be on either side. */
  fields: Record<string, unknown>;
  /** Told there, too: an address that {@link ../webhooks/callbacks.ts} has let through. */
  callbackUrl: string | null;
  /** With `bridge_recording`. */
  recording?: ReadyRecording;
}

export const resourceEventNames = ['bridge', 'bridge_recording', 'notification'] as const;
export type ResourceEventName = (typeof resourceEventNames)[number];

export type DomainEvent = CallEvent | ResourceEvent;

/** True for what is told of a matter of its own. */
export function isResourceEvent(telling: DomainEvent): telling is ResourceEvent {
  return 'fields' in telling;
}

export interface ReadyRecording {
  id: string;
  /** Where it is heard; the scope `recordings:read` is needed. */
  url: string;
  durationMs: number;
  /** How long the recorded talk lasted; missing when that is not known. */
  talkMs?: number;
}

export interface QueuePlace {
  id: number;
  name: string;
  /** When the caller came, from 1. */
  position: number;
  /** Callers in the queue when this one came, this one included. */
  waiting: number;
  joinedAt: Instant;
}

export const callEventNames = [
  'call_started',
  'queue_joined',
  'ringing',
  'answered',
  'queue_left',
  'hangup',
  'recording_ready',
] as const;
export type CallEventName = (typeof callEventNames)[number];

/** `ABANDONED`: the call ended while somebody was being rung. `REJECTED`: somebody of the company ended it. */
export type CallResult = 'SUCCESS' | 'NO_ANSWER' | 'USER_BUSY' | 'USER_NOT_REGISTERED' | 'ABANDONED' | 'REJECTED';
