import { findLine } from '../directory/caller.js';
import type { MessageCall, MessageKey } from '../calls/message-call.js';
import type { OrderStatus } from '../orders/status.js';
import type { StatusSpeech } from '../orders/status-speech.js';
import type { NotificationRow } from '../storage/schema.js';
import { operatorQueue, type NotifyingCompany } from './check.js';
import type { DigitAction } from './port.js';
import type { NotificationSettings } from './schema.js';
import type { Terms } from './terms.js';
import { compact } from '../lib/compact.js';

interface MessageSource {
  /** Null: a status that is not one of ours. */
  status: OrderStatus | null;
  /** Language codes of the line; the first one is spoken. */
  languages: readonly string[];
  terms: Pick<Terms, 'details' | 'template' | 'vars' | 'prompts'>;
}

/**
 * Composes the message without the offers of keys. `silent`: the company does not speak this status. `refused`: the reason
 * why it cannot be spoken, for people.
 */
export async function composeMessage(
  { status, languages, terms }: MessageSource,
  speech: StatusSpeech,
): ReturnType<StatusSpeech['compose']> {
  const { prompts, details, template, vars } = terms;
  if (prompts !== undefined) return { prompts };
  return speech.compose(
    compact({ status, details, language: languages[0] ?? 'en', occasion: 'notification' as const, template, vars }),
  );
}

/** The call that plays the message. @param prompts the message, as {@link composeMessage} composed it */
export function toMessageCall(
  { to_number: to, order_id: order, line, terms: stored }: NotificationRow,
  callId: string,
  prompts: number[],
  { notifications: settings, lines, country }: NotifyingCompany,
): MessageCall {
  const { options, input, ringMs } = JSON.parse(stored) as Terms;
  const queue = operatorQueue(findLine(lines, line, country), settings);
  const offered = options.flatMap(({ digit, action: name }) => {
    const action = keyActionOf(name, settings, queue);
    return action === undefined ? [] : [{ digit, action, offer: settings.offers[name] }];
  });
  return {
    callId,
    to,
    order,
    line,
    ringMs,
    prompts: [...prompts, ...offered.flatMap(({ offer }) => offer ?? [])],
    keys: offered.map(({ digit, action }) => ({ digit, action })),
    keyTimeoutMs: input.timeoutMs,
    plays: input.tries,
    machine: { off: 'as_person' as const, hang_up: 'hang_up' as const, speak: { prompts } }[settings.answering_machine],
  };
}

/** Undefined when the company has not configured what the key needs. */
function keyActionOf(
  action: DigitAction,
  settings: NotificationSettings,
  queue: number | undefined,
): MessageKey['action'] | undefined {
  switch (action) {
    case 'repeat':
      return { type: 'repeat' };
    case 'connect_operator':
      return queue === undefined ? undefined : { type: 'enqueue', queue };
    case 'connect_driver':
      return { type: 'connect_driver' };
    case 'cancel_order':
    case 'webhook':
      return { type: 'confirm', prompt: settings.confirmations[action] ?? null };
  }
}
