import type { Instant } from '../lib/clock.js';
import type { DialTarget } from './telephony.js';

/**
 * A domain event of a call. A step of a flow returns it as data; the store writes a delivery for each subscriber in
 * the same
transaction as the step, so that state and events stay consistent.
 */
export interface CallEvent {
  event: CallEventName;
  /** Number of the event within its flow, from 1; together with the flow's id it identifies the event permanently. */
  seq: number;
  at: Instant;
  direction: 'incoming' | 'outgoing';
  /** E.164. */
  line: string;
  /** As received from Asterisk; empty when withheld. */
  caller: string;
  /** Label of the last queue action: identifies the handset to the shop. */
  label: string | null;
  /** The queue in which the caller waits; null when in none. */
  queue: QueuePlace | null;
  /** The target that rings or talks with the caller: a handset, a number, or a party of an order. */
  agent: DialTarget | null;
  startedAt: Instant;
  /** When an agent answered and was connected with the caller; not the plan's own `answer`. */
  answeredAt: Instant | null;
  endedAt: Instant | null;
  /** Result of the queue visit or the call. Null before the end, and when no target was rung. */
  result: CallResult | null;
  /** Of `recording_ready`. */
  recording?: ReadyRecording;
}

/**
 * A domain event of another resource than a call: the status of a bridge or a notification, the note about a call, or an alarm. It is stored and
 * delivered like a
call event, but its fields are sent as they are, whatever the webhook's profile.
 */
export interface ResourceEvent {
  event: ResourceEventName;
  /**
   * Number of the event within its resource, from 1; together with the resource's id it identifies the event
   * permanently.
   */
  seq: number;
  at: Instant;
  /** As in the API. Those of bridges and notifications have no numbers of people: the recipient may be either party. */
  fields: Record<string, unknown>;
  /** An additional recipient: an address that webhooks/callbacks.ts has accepted; null for none. */
  callbackUrl: string | null;
  /** Of `bridge_recording`. */
  recording?: ReadyRecording;
}

export const resourceEventNames = ['bridge', 'bridge_recording', 'notification', 'call_note', 'alarm'] as const;
export type ResourceEventName = (typeof resourceEventNames)[number];

export type DomainEvent = CallEvent | ResourceEvent;

/** True for events of bridges, notifications and notes. */
export function isResourceEvent(event: DomainEvent): event is ResourceEvent {
  return 'fields' in event;
}

export interface ReadyRecording {
  id: string;
  /** Address of the audio; needs the scope `recordings:read`. */
  url: string;
  durationMs: number;
  /** Duration of the recorded talk; missing when unknown. */
  talkMs?: number | undefined;
}

export interface QueuePlace {
  id: number;
  name: string;
  /** Position at the start of the wait, from 1. */
  position: number;
  /** Callers in the queue at that time, this one included. */
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

/** Transient events are obsolete once a later event of the same call has happened. */
const IS_TRANSIENT: Record<CallEventName, boolean> = {
  call_started: false,
  queue_joined: true,
  ringing: true,
  answered: false,
  queue_left: true,
  hangup: false,
  recording_ready: false,
};
const transientEvents: ReadonlySet<string> = new Set(callEventNames.filter((name) => IS_TRANSIENT[name]));

/** True for a call event that is obsolete once a later event of the same call has happened. */
export function isTransientEvent(name: string): boolean {
  return transientEvents.has(name);
}

/** `ABANDONED`: the call ended while a target rang. `REJECTED`: the company ended the call. */
export type CallResult = 'SUCCESS' | 'NO_ANSWER' | 'USER_BUSY' | 'USER_NOT_REGISTERED' | 'ABANDONED' | 'REJECTED';
