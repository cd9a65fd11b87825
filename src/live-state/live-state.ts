import type { QueueEvent, QueueMember, QueueSnapshot, QueueTalk } from '../asterisk/queue-port.js';
import type { FlowSummary } from '../kernel/flow.js';
import type { Instant } from '../lib/clock.js';

/** Who calls, who waits, who rings and who talks: all that a watcher can be shown, at one moment. Never changed in place. */
export interface LiveState {
  /** False while Asterisk is out of reach: this is how it was then. */
  current: boolean;
  /** False while the database cannot be written: what goes on would not survive a restart. */
  durable: boolean;
  directory: Directory;
  /** By call id. */
  calls: ReadonlyMap<string, WatchedCall>;
  /** By {@link memberKey}. */
  members: ReadonlyMap<string, Member>;
}

/** What is set up, as far as watchers are shown it. */
export interface Directory {
  queues: readonly { id: number; name: string }[];
  /** `operator`: name of the person who answers there. */
  handsets: readonly { name: string; displayName: string; operator?: string | undefined }[];
}

/** A call that goes on: how its flow stands, where it is in a queue, and what the shop knows of the caller. */
export interface WatchedCall {
  id: string;
  /** Null for a caller in a queue whom no flow of ours knows. */
  flow: FlowSummary | null;
  stay: Stay | null;
  customer: Customer | null;
}

/** Of a caller who waits in a queue, or talks to a handset of it. */
export interface Stay {
  queue: number;
  caller: { number: string; name: string };
  joinedAt: Instant;
  /** Orders those who wait in one queue; null once the caller waits no more. */
  rank: number | null;
  rings: readonly { handset: string; since: Instant }[];
  talk: { handset: string; since: Instant } | null;
}

export interface Member extends QueueMember {
  queue: number;
}

/** What the shop says of a number. */
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

/** What changes the picture. */
export type Sighting =
  | QueueEvent
  /** All that is in Asterisk's queues now: makes up for whatever was missed. */
  | { type: 'listed'; at: Instant; queues: QueueSnapshot[]; talks: QueueTalk[]; rings: QueueTalk[] }
  | { type: 'out_of_reach' }
  | { type: 'durable'; durable: boolean }
  | { type: 'directory'; directory: Directory }
  | { type: 'flow'; id: string; summary: FlowSummary; over: boolean }
  /** The caller is out of every queue again. */
  | { type: 'back'; id: string }
  | { type: 'customer'; id: string; customer: Customer };

export const nothingSeen: LiveState = {
  current: false,
  durable: true,
  directory: { queues: [], handsets: [] },
  calls: new Map(),
  members: new Map(),
};

export function memberKey(queue: number, handset: string): string {
  return `${queue}/${handset}`;
}

/** Those who wait in a queue, first in line first. */
export function inLine(calls: LiveState['calls'], queue: number): WatchedCall[] {
  const rankOf = ({ stay }: WatchedCall) => stay?.rank ?? 0;
  return [...calls.values()].filter(waitsIn(queue)).sort((a, b) => rankOf(a) - rankOf(b));
}

function waitsIn(queue: number) {
  return ({ stay }: WatchedCall): boolean => stay?.queue === queue && stay.rank !== null;
}

/** A call without a flow is one only as long as somebody waits or talks in it. */
export function isThere({ flow, stay }: WatchedCall): boolean {
  return flow !== null || (stay !== null && (stay.rank !== null || stay.talk !== null));
}
