import { messageOf } from '../lib/error-message.js';
import { OutboundError, type OutboundClient } from '../http/outbound.js';
import type { Clock } from '../lib/clock.js';
import { isBelow } from './callbacks.js';
import { headersOf, type WebhookRequest } from './request.js';
import type { DueDelivery } from './outbox.js';
import type { AttemptResult } from './schedule.js';
import type { Webhook } from './schema.js';

const ATTEMPT_MS = 5_000;
const CONNECT_MS = 3_000;

/** Sends one attempt. Never throws. */
export type SendRequest = (hook: Webhook, letter: WebhookRequest) => Promise<AttemptResult>;
/** Sends one attempt of a stored delivery. */
export type SendDelivery = (hook: Webhook, delivery: DueDelivery) => Promise<AttemptResult>;
/** Called with every response. Must not block or throw. */
export type OnAnswer = (
  hook: Webhook,
  delivery: DueDelivery,
  answer: Extract<AttemptResult, { status: number }>,
) => void;

/** Reports each response to a listener. */
export function withAnswerHook(send: SendRequest, onAnswer: OnAnswer): SendDelivery {
  return async (hook, delivery) => {
    const result = await send(hook, delivery);
    if ('status' in result) onAnswer(hook, delivery, result);
    return result;
  };
}

/** @param secrets by name of environment variable */
export function deliverySender(
  client: OutboundClient,
  secrets: Readonly<Record<string, string>>,
  clock: Clock,
): SendRequest {
  return async (hook, letter) => {
    if (letter.url !== undefined && !isBelow(letter.url, hook.url))
      return { failed: 'the address is no longer below that of the callback', latencyMs: 0 };
    try {
      const headers = headersOf(hook, letter, secrets, Math.floor(clock.now() / 1000));
      const limits = { connectTimeoutMs: CONNECT_MS, totalTimeoutMs: ATTEMPT_MS };
      const { body } = letter;
      return await attempt(client, { url: letter.url ?? hook.url, method: 'POST', headers, body, ...limits });
    } catch (error) {
      return { failed: messageOf(error), latencyMs: 0 };
    }
  };
}

/** Sends one request. A failure of the network is a result. */
export async function attempt(
  client: Pick<OutboundClient, 'request'>,
  request: Parameters<OutboundClient['request']>[0],
): Promise<AttemptResult> {
  try {
    const { status, body, latencyMs } = await client.request(request);
    return { status, answer: body, latencyMs };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { failed: `${error.reason}: ${error.detail}`, latencyMs: error.latencyMs };
  }
}
