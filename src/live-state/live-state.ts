import type { QueueEvent, QueueMember, QueueSnapshot, QueueTalk } from '../asterisk/queue-port.js';
import type { FlowSummary } from '../kernel/flow.js';
import { flowIdOf } from '../kernel/ids.js';
import type { Instant } from '../lib/clock.js';

/** The calls, queues and handsets at one moment, as far as the monitor shows them. Immutable. */
export interface LiveState {
  /** False while Asterisk is unreachable: the rest is the last known state. */
  current: boolean;
  /** False while the database cannot be written: running calls would not survive a restart. */
  durable: boolean;
  directory: Directory;
  /** By call id. */
  calls: ReadonlyMap<string, LiveCall>;
  /** By {@link memberKey}. */
  members: ReadonlyMap<string, Member>;
}

/** The part of the configuration that the monitor shows. */
export interface Directory {
  queues: readonly { id: number; name: string }[];
  /** `operator`: name of the operator of the handset. */
  handsets: readonly { name: string; displayName: string; operator?: string | undefined }[];
}

/** A call in progress: the summary of its flow, its place in a queue, and the shop's data about the caller. */
export interface LiveCall {
  id: string;
  /** Null when Asterisk lists a caller in a queue without a flow. */
  flow: FlowSummary | null;
  stay: QueueStay | null;
  customer: Customer | null;
}

/** The stay of a caller in a queue: waiting, or talking with one of its handsets. */
export interface QueueStay {
  queue: number;
  caller: { number: string; name: string };
  joinedAt: Instant;
  /** Sort key among the waiting callers of the queue; null when the caller no longer waits. */
  rank: number | null;
  rings: readonly { handset: string; since: Instant }[];
  talk: { handset: string; since: Instant } | null;
}

export interface Member extends QueueMember {
  queue: number;
}

/** The shop's data about a number. */
export interface Customer {
  name: string;
  /** The customer's page at the shop. */
  url?: string | undefined;
  orders: readonly Order[];
}

interface Order {
  id: string;
  status?: string | undefined;
  /** The order's page at the shop. */
  url?: string | undefined;
  /** As the shop writes it. */
  total?: string | undefined;
}

/** An event that changes the live state. */
export type LiveStateEvent =
  | QueueEvent
  /** The complete content of Asterisk's queues; replaces the state of all queues, so missed events do no harm. */
  | { type: 'listed'; at: Instant; queues: QueueSnapshot[]; talks: QueueTalk[]; rings: QueueTalk[] }
  | { type: 'link_lost' }
  | { type: 'durable'; durable: boolean }
  | { type: 'directory'; directory: Directory }
  | { type: 'flow'; id: string; summary: FlowSummary; ended: boolean }
  /** The caller has left all queues. */
  | { type: 'left_queues'; id: string }
  | { type: 'customer'; id: string; customer: Customer };

/** The live state after an event that changed it. */
export interface LiveStateChange {
  state: LiveState;
  event: LiveStateEvent;
}

/** Id of the only call that the event can have changed; undefined when it is about no call, or about all of them. */
export function callOf(event: LiveStateEvent): string | undefined {
  if ('id' in event) return event.id;
  return 'channelId' in event ? flowIdOf(event.channelId) : undefined;
}

export const emptyLiveState: LiveState = {
  current: false,
  durable: true,
  directory: { queues: [], handsets: [] },
  calls: new Map(),
  members: new Map(),
};

export function memberKey(queue: number, handset: string): string {
  return `${queue}/${handset}`;
}

/** The waiting callers of a queue, in order. */
export function waitingCalls(calls: LiveState['calls'], queue: number): LiveCall[] {
  const rankOf = ({ stay }: LiveCall) => stay?.rank ?? 0;
  return [...calls.values()].filter(waitsIn(queue)).sort((a, b) => rankOf(a) - rankOf(b));
}

function waitsIn(queue: number) {
  return ({ stay }: LiveCall): boolean => stay?.queue === queue && stay.rank !== null;
}

/** Whether the call still exists. A call without a flow exists only while its caller waits or talks. */
export function isInProgress({ flow, stay }: LiveCall): boolean {
  return flow !== null || (stay !== null && (stay.rank !== null || stay.talk !== null));
}
