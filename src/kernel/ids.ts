import { randomUUID } from 'node:crypto';

/*
 * All ids that the gateway makes. A flow is `c_…` (a call), `b_…` (a masked bridge) or `n_…-1` (the first call of notification
 * `n_…`). `t_…` is a test call, which has no flow. A channel, playback, bridge or recording that a flow requests is `<flow id>~<part>`.
 */

/** Separates the flow's id from the resource's own part. Asterisk's own channel ids never hold it. */
const RESOURCE_MARK = '~';
/** Sorts after every character of an id. */
const AFTER_ANY_PART = '\u007f';

/** The ids of {@link newCallId}. */
export const CALL_ID = /^c_[0-9a-f-]{36}$/;

export function newCallId(): string {
  return callIdOf(randomUUID());
}

export function newBridgeId(): string {
  return `b_${randomUUID()}`;
}

export function newNotificationId(): string {
  return `n_${randomUUID()}`;
}

const TEST_CALL = 't_';
/** Longer than the names that companies give to handsets. */
const TEST_CALL_ID = /^t_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(~|$)/;

export function newTestCallId(): string {
  return TEST_CALL + randomUUID();
}

/** True for the ids of {@link newTestCallId}, of its channels, and for the SIP account that it is made with. */
export function isTestCall(id: string): boolean {
  return TEST_CALL_ID.test(id);
}

/** The same on every call, so that a call that was begun before a crash is recognised. */
export function attemptCallId(notificationId: string, attempt: number): string {
  return `${notificationId}-${attempt}`;
}

/** True for the ids of {@link attemptCallId}. */
export function isAttemptCall(flowId: string): boolean {
  return flowId.startsWith('n_');
}

/** p: playback, l: leg, b: bridge, d: detection of an answering machine, q: visit of a queue, r: recording, s: snoop channel. */
export type ResourceLetter = 'p' | 'l' | 'b' | 'd' | 'q' | 'r' | 's';

export function resourceId(flowId: string, part: string): string {
  return flowId + RESOURCE_MARK + part;
}

/** The leg that is dialled first in a call that we make: the call's own channel. */
export function ownLegId(callId: string): string {
  return resourceId(callId, 'l1');
}

/** The leg that is dialled at the same time as {@link ownLegId}. */
export function rivalLegId(callId: string): string {
  return resourceId(callId, 'm1');
}

/** The ids of all resources of a flow, in the order of their characters: from `first`, up to and without `end`. */
export function resourceIdRange(flowId: string): { first: string; end: string } {
  return { first: resourceId(flowId, ''), end: resourceId(flowId, AFTER_ANY_PART) };
}

/** True for ids that a flow gave; those of callers' channels are Asterisk's. */
export function isOurs(id: string): boolean {
  return id.includes(RESOURCE_MARK);
}

/** The flow that a channel, playback or bridge belongs to: named in the ids that we gave, derived from those that Asterisk gave. */
export function flowIdOf(id: string): string {
  const mark = id.indexOf(RESOURCE_MARK);
  return mark === -1 ? callIdOf(id) : id.slice(0, mark);
}

function callIdOf(part: string): string {
  return `c_${part}`;
}
