import type { CallEvent } from '../../src/telephony/domain-events.js';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import type { LineSetup } from '../../src/webhooks/contract.js';
import { eventId } from '../../src/webhooks/event-id.js';
import { headersOf } from '../../src/webhooks/request.js';
import { hook, news } from '../webhooks/webhook-harness.js';

/** The webhooks of one gateway to a sample shop, written and signed as it writes and signs them. */
export class ShopHooks {
  readonly #seqs = new Map<string, number>();

  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Tells the next event of a call. Resolves with the status of the answer. */
  async send(call: string, event: CallEvent['event'], more: Partial<CallEvent> = {}, setup: LineSetup | null = null) {
    const seq = (this.#seqs.get(call) ?? 0) + 1;
    this.#seqs.set(call, seq);
    return this.post(this.compose(call, event, seq, more, setup));
  }

  compose(
    call: string,
    event: CallEvent['event'],
    seq: number,
    more: Partial<CallEvent> = {},
    setup: LineSetup | null = null,
  ) {
    const at = more.at ?? Date.now();
    const id = eventId(call, seq, at);
    const payload = {
      ...news(event, seq, at, more),
      eventId: id,
      callId: call,
      country: 'CZ',
      timeZone: 'Europe/Prague',
      setup,
    };
    return { eventId: id, ...telfaWebhooks.write(payload, {}) };
  }

  async post(
    letter: { eventId: string; contentType: string; body: string },
    atS = Date.now() / 1000,
    path = '/telfa/',
  ): Promise<number> {
    const secrets = { WEBHOOK_SHOP_KEY: this.key };
    const headers = headersOf(hook({ secret: 'WEBHOOK_SHOP_KEY' }), letter, secrets, Math.floor(atS));
    return (await fetch(`${this.url}${path}`, { method: 'POST', headers, body: letter.body })).status;
  }
}

/** Where somebody waits. */
export function place(position: number, waiting: number, joinedAt: number, id = 1, name = 'Fronta volajících') {
  return { id, name, position, waiting, joinedAt };
}
