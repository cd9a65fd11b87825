import { randomUUID } from 'node:crypto';
import type { OutboundAnswer } from '../../../http/outbound.js';
import type { CallEvent, CallEventName } from '../../../telephony/domain-events.js';
import type { LineSetup, WebhookContract } from '../../../webhooks/contract.js';
import { eventId } from '../../../webhooks/event-id.js';
import { headersOf, type WebhookRequest } from '../../../webhooks/request.js';
import type { Webhook } from '../../../webhooks/schema.js';
import { hideNumbers } from '../hide.js';
import type { Peer } from '../peer.js';
import { Fault } from '../sheet.js';

export interface HookUnderTest {
  peer: Peer;
  contract: WebhookContract;
  /** The company's changes to the profile. */
  changes: Record<string, unknown>;
  /** How requests are authenticated. */
  login: Pick<Webhook, 'secret' | 'basic_auth' | 'bearer'>;
  secrets: Readonly<Record<string, string>>;
  /** E.164. */
  caller: string;
  line: string;
  country: string;
  timeZone: string;
}

const QUEUE_NAME = 'Fronta volajících, žluťoučký kůň';
const LABEL = 'telefon-kancelář';

/** A simulated call and its events. */
export class VerifiedCall {
  readonly callId = `c_verify-${randomUUID()}`;
  readonly #startedAt = Date.now();
  #seq = 0;

  constructor(
    private readonly hook: HookUnderTest,
    private readonly base: Partial<CallEvent> = {},
  ) {}

  /** The next event of the call as a request. */
  request(event: CallEventName, more: Partial<CallEvent> = {}, setup: LineSetup | null = null): WebhookRequest {
    const { contract, changes, caller, line, country, timeZone } = this.hook;
    this.#seq += 1;
    const at = Date.now();
    const id = eventId(this.callId, this.#seq, at);
    const over = event === 'hangup' || event === 'recording_ready';
    const news: CallEvent = {
      event,
      seq: this.#seq,
      at,
      direction: 'incoming',
      line,
      caller,
      label: LABEL,
      queue: null,
      agent: null,
      startedAt: this.#startedAt,
      answeredAt: null,
      endedAt: over ? at : null,
      result: over ? 'SUCCESS' : null,
      ...this.base,
      ...more,
    };
    const subject = { ...news, eventId: id, callId: this.callId, country, timeZone, setup };
    return { eventId: id, ...contract.write(subject, changes) };
  }

  place(): NonNullable<CallEvent['queue']> {
    return { id: 1, name: QUEUE_NAME, position: 1, waiting: 1, joinedAt: this.#startedAt };
  }
}

/** Sends a request as the gateway does. @param headers replace ours; undefined removes one */
export async function sendWebhook(
  { peer, login, secrets }: HookUnderTest,
  request: WebhookRequest,
  { atS = Math.floor(Date.now() / 1000), headers = {} } = {},
): Promise<OutboundAnswer> {
  const all = Object.entries({ ...headersOf(login, request, secrets, atS), ...headers });
  const given = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return peer.post({ headers: Object.fromEntries(given), body: request.body });
}

/** @throws {Fault} when it was not accepted */
export async function deliver(hook: HookUnderTest, request: WebhookRequest, what: string): Promise<void> {
  const { status, body } = await sendWebhook(hook, request);
  if (status >= 200 && status <= 299) return;
  const shown = hideNumbers(body);
  throw new Fault(`${what}: status ${status}${shown === '' ? '' : `, ${shown}`}`, remedyOf(status));
}

function remedyOf(status: number): string {
  if (status === 401 || status === 403) return 'accept our signature or login; is the key the same on both sides?';
  if (status === 404 || status === 405) return 'accept POST at exactly this address';
  if (status === 410) return 'do not answer 410: it stops the event permanently';
  if (status === 415 || status === 400 || status === 422)
    return 'accept the body as docs/webhooks.md describes it; ignore unknown fields';
  return 'answer with 200 as soon as you have the event, and process it later; your own log has the cause';
}
