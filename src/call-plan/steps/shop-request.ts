import type { Instant } from '../../lib/clock.js';
import { pendingTimers } from '../../telephony/timers.js';
import type { Call } from '../call.js';
import type { PlanEvent } from '../event.js';
import { playback, type PlaybackState } from './playback.js';
import { NOTHING_WATCHED, type Outcome, type StepModule } from './step.js';

/** HTTP limits of the hand-over; the shop's contract defines none. */
const CONNECT_TIMEOUT_MS = 3000;
const TOTAL_TIMEOUT_MS = 8000;
/** After this the request counts as lost, even without a report of its sender. */
const LOST_AFTER_MS = TOTAL_TIMEOUT_MS + 2000;
/** The timeline keeps this many characters of a response body. */
const KEPT_CHARS = 4096;

/** A request to the shop in progress, with a filler prompt when it takes long. */
export interface ShopRequestState {
  effectId: string;
  giveUpAt: Instant;
  fillerAt: Instant | null;
  fillerPrompt: number | null;
  filler: PlaybackState | null;
}

type ShopAnswer = { status: number; body: string } | { failed: string };

type ShopRequestOutcome = Outcome<ShopRequestState, ShopAnswer>;

interface ShopRequestOptions {
  url: string;
  contentType: string;
  body: string;
  step: number;
  filler: { prompt: number; afterMs: number } | null;
}

export const shopRequest = {
  start,
  reduce,
  stop(call, { filler }) {
    if (filler !== null) playback.stop(call, filler);
  },
  /** Continues the request without a filler: the caller is gone. */
  withoutFiller: (state: ShopRequestState): ShopRequestState => ({ ...state, filler: null, fillerAt: null }),
  timers: ({ giveUpAt, fillerAt, filler }) =>
    pendingTimers({ request: giveUpAt, filler: fillerAt, ...playback.timers(filler) }),
  watched: ({ filler }) => (filler === null ? NOTHING_WATCHED : playback.watched(filler)),
} satisfies StepModule<ShopRequestState, ShopAnswer> & Record<'start' | 'withoutFiller', unknown>;

function start(call: Call, { url, contentType, body, step, filler }: ShopRequestOptions): ShopRequestState {
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

function reduce(call: Call, requesting: ShopRequestState, event: PlanEvent): ShopRequestOutcome {
  if (event.type === 'timer' && event.name === 'request')
    return finish(call, requesting, { failed: 'no answer in time' });
  if (event.type === 'timer' && event.name === 'filler') return { waiting: startFiller(call, requesting) };
  if (event.type === 'reconciled')
    return { waiting: reduceFiller(call, { ...requesting, giveUpAt: event.at + LOST_AFTER_MS }, event) };
  if (!('effectId' in event) || event.effectId !== requesting.effectId)
    return { waiting: reduceFiller(call, requesting, event) };
  switch (event.type) {
    case 'http_answered':
      call.appendLog('shop_answer', {
        status: event.status,
        latency_ms: event.latencyMs,
        attempts: event.attempts,
        body: event.body.slice(0, KEPT_CHARS),
      });
      return finish(call, requesting, { status: event.status, body: event.body });
    case 'http_failed':
      call.appendLog('shop_no_answer', { reason: event.reason, latency_ms: event.latencyMs, attempts: event.attempts });
      return finish(call, requesting, { failed: event.reason });
    case 'effect_failed':
      return finish(call, requesting, { failed: event.reason });
    case 'orders_found':
    case 'target_found':
    case 'party_found':
    case 'place_found':
      return { waiting: requesting };
  }
}

function startFiller(call: Call, requesting: ShopRequestState): ShopRequestState {
  const { fillerAt, fillerPrompt } = requesting;
  if (fillerAt === null) return requesting;
  const filler = fillerPrompt === null ? null : playback.start(call, [fillerPrompt]);
  return { ...requesting, fillerAt: null, filler };
}

function reduceFiller(call: Call, requesting: ShopRequestState, event: PlanEvent): ShopRequestState {
  if (requesting.filler === null) return requesting;
  const outcome = playback.reduce(call, requesting.filler, event);
  return { ...requesting, filler: 'waiting' in outcome ? outcome.waiting : null };
}

function finish(call: Call, { filler }: ShopRequestState, answer: ShopAnswer): ShopRequestOutcome {
  if (filler !== null) playback.stop(call, filler);
  return { done: answer };
}
