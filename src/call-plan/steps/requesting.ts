import type { Instant } from '../../lib/clock.js';
import type { Call } from '../call.js';
import { isPlaying, playingOn, startPlaying, stopPlaying, type Playing } from './playing.js';
import type { PlanEvent } from '../event.js';

/** HTTP limits of the hand-over (CONTRACTS: ours, nothing public says). */
const CONNECT_TIMEOUT_MS = 3000;
const TOTAL_TIMEOUT_MS = 8000;
/** Beyond the total limit the request is lost, whatever its sender still does. */
const LOST_AFTER_MS = TOTAL_TIMEOUT_MS + 2000;
/** Of a body, the timeline keeps this many characters. */
const KEPT_CHARS = 4096;

/** A request to the shop under way, with a filler prompt when it takes long. */
export interface Requesting {
  effectId: string;
  giveUpAt: Instant;
  fillerAt: Instant | null;
  fillerPrompt: number | null;
  filler: Playing | null;
}

interface Answer {
  status: number;
  body: string;
}

interface ShopRequest {
  url: string;
  contentType: string;
  body: string;
  step: number;
  filler: { prompt: number; afterMs: number } | null;
}

export function startRequest(call: Call, { url, contentType, body, step, filler }: ShopRequest): Requesting {
  const effectId = call.request({
    type: 'http',
    method: 'POST',
    url,
    contentType,
    body,
    purpose: 'hand_over',
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    totalTimeoutMs: TOTAL_TIMEOUT_MS,
  });
  call.appendLog('shop_request', { url, step, body });
  return {
    effectId,
    giveUpAt: call.at + LOST_AFTER_MS,
    fillerAt: filler && call.at + filler.afterMs,
    fillerPrompt: filler && filler.prompt,
    filler: null,
  };
}

/** `audible`: somebody is there to hear a filler. */
export function waitingOn(
  call: Call,
  requesting: Requesting,
  event: PlanEvent,
  audible: boolean,
): Requesting | Answer | { failed: string } {
  if (event.type === 'timer' && event.name === 'request')
    return done(call, requesting, audible, { failed: 'no answer in time' });
  if (event.type === 'timer' && event.name === 'filler') return startFiller(call, requesting, audible);
  if (event.type === 'reconciled') return fillerOn(call, { ...requesting, giveUpAt: event.at + LOST_AFTER_MS }, event);
  if (!('effectId' in event) || event.effectId !== requesting.effectId) return fillerOn(call, requesting, event);
  switch (event.type) {
    case 'http_answered':
      call.appendLog('shop_answer', {
        status: event.status,
        latency_ms: event.latencyMs,
        attempts: event.attempts,
        body: event.body.slice(0, KEPT_CHARS),
      });
      return done(call, requesting, audible, { status: event.status, body: event.body });
    case 'http_failed':
      call.appendLog('shop_no_answer', { reason: event.reason, latency_ms: event.latencyMs, attempts: event.attempts });
      return done(call, requesting, audible, { failed: event.reason });
    case 'effect_failed':
      return done(call, requesting, audible, { failed: event.reason });
    case 'orders_found':
      return requesting;
  }
}

/** Nobody waits for the answer any more. */
export function leaveRequest(call: Call, { filler }: Requesting): void {
  if (filler !== null) stopPlaying(call, filler);
}

export function requestTimers({ giveUpAt, fillerAt, filler }: Requesting): Record<string, Instant> {
  return {
    request: giveUpAt,
    ...(fillerAt !== null && { filler: fillerAt }),
    ...(filler && { play: filler.giveUpAt }),
  };
}

function startFiller(call: Call, requesting: Requesting, audible: boolean): Requesting {
  const filler = audible && requesting.fillerPrompt !== null ? startPlaying(call, [requesting.fillerPrompt]) : null;
  return { ...requesting, fillerAt: null, filler };
}

function fillerOn(call: Call, requesting: Requesting, event: PlanEvent): Requesting {
  if (requesting.filler === null) return requesting;
  const filler = playingOn(call, requesting.filler, event);
  return { ...requesting, filler: isPlaying(filler) ? filler : null };
}

function done<T>(call: Call, { filler }: Requesting, audible: boolean, outcome: T): T {
  if (filler !== null && audible) stopPlaying(call, filler);
  return outcome;
}
