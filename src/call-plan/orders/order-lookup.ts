import type { EffectHandler } from '../../kernel/runtime-types.js';
import type { FoundOrder, OrderEffect, OrderPrompts, TelephonyEvent } from '../../telephony/telephony.js';
import type { Clock, Instant } from '../../lib/clock.js';
import { supportedLanguageOf } from '../../lib/language.js';
import type { Logger } from '../../lib/logger.js';
import type { Order } from '../../orders/order.js';
import type { OrderBook } from '../../orders/order-book.js';
import type { StatusSpeech } from '../../orders/status-speech.js';
import type { DispatchLookup } from './dispatch-lookup.js';
import { SPARE_MS } from '../../company/orders-limits.js';

/** One key per order: 1 to 9. */
const MOST_FOUND = 9;

interface OrderLookupServiceOptions {
  book: Pick<OrderBook, 'activeOf' | 'find' | 'put'>;
  dispatch: Pick<DispatchLookup, 'ordersOf'>;
  speech: StatusSpeech;
  /** The lines (E.164) whose caller ID is this line's number. */
  linesShownAs: (line: string) => string[];
  /** The prompt of a fragment; undefined when there is no recording. */
  recording: (language: string, name: string) => number | undefined;
  clock: Clock;
  logger: Logger;
}

/** Finds a caller's orders for flows: in the order book, otherwise by a lookup at the dispatch. */
export class OrderLookupService {
  constructor(private readonly options: OrderLookupServiceOptions) {}

  get handler(): EffectHandler<OrderEffect, TelephonyEvent> {
    const perform = async (effect: OrderEffect): Promise<TelephonyEvent> => {
      const orders = await this.find(effect);
      const words = orders.length === 0 ? {} : { words: this.#words(supportedLanguageOf(effect.languages)) };
      return { type: 'orders_found', at: this.options.clock.now(), effectId: effect.id, orders, ...words };
    };
    return { lane: 'outside', perform, recover: perform };
  }

  #words(language: string): OrderPrompts {
    const promptOf = (name: string) => this.options.recording(language, name) ?? [];
    return {
      choose: CHOICES.flatMap((choice) => promptOf(`status/choose-${choice}`)),
      driver: [promptOf('offer-driver')].flat(),
      operator: [promptOf('offer-operator')].flat(),
    };
  }

  /** Newest first. */
  async find({ among, caller, line, languages, limitMs }: OrderEffect): Promise<FoundOrder[]> {
    const { book, clock, linesShownAs } = this.options;
    const startedAt = clock.now();
    const left = () => startedAt + limitMs - SPARE_MS - clock.now();
    if (among === 'pair') {
      const pairs = (await book.activeOf(caller, startedAt, linesShownAs(line))).filter((order) => isPair(order));
      // A single pair is connected without an announcement, so it needs no prompts.
      return pairs.length < 2
        ? pairs.map((order) => toFoundOrder(order, caller, []))
        : this.#withStatusPrompts(pairs, caller, languages, left);
    }
    const known = ofClient(await book.activeOf(caller, startedAt), caller);
    const orders = known.length > 0 ? known : await this.#dispatchOrders(caller, line, left);
    return this.#withStatusPrompts(orders, caller, languages, left);
  }

  /** Stores the orders of the dispatch in the order book: `connect` and `call_back` read the parties there. */
  async #dispatchOrders(caller: string, line: string, left: () => number): Promise<Order[]> {
    const { book, dispatch, clock } = this.options;
    const orders: Order[] = [];
    for (const news of await dispatch.ordersOf(caller, line, left())) {
      if (news.client !== undefined && news.client !== null && news.client !== caller) continue;
      const known = await book.find(news.id, clock.now());
      orders.push(await book.put({ ...news, client: caller, line: news.line ?? known?.line ?? line }, clock.now()));
    }
    return ofClient(orders, caller);
  }

  #withStatusPrompts(orders: Order[], caller: string, languages: string[], left: () => number): Promise<FoundOrder[]> {
    const nearest = orders.slice(0, MOST_FOUND);
    return Promise.all(
      nearest.map(async (order) => toFoundOrder(order, caller, await this.#statusPrompts(order, languages, left()))),
    );
  }

  /** The prompts that speak an order's status; empty when they are not ready in time. The menu is offered anyway. */
  async #statusPrompts({ status, details }: Order, languages: string[], limitMs: number): Promise<number[]> {
    const { speech, clock, logger } = this.options;
    const language = supportedLanguageOf(languages);
    const composed = speech.compose({ status, details, language, occasion: 'inquiry' }).catch((error: unknown) => {
      logger.error({ err: error }, "an order's status could not be spoken");
      return { silent: true as const };
    });
    const said = await withTimeout(composed, clock, clock.now() + limitMs);
    if (said === undefined || 'silent' in said) return [];
    if ('prompts' in said) return said.prompts;
    logger.warn({ why: said.refused }, "an order's status could not be spoken");
    return [];
  }
}

/** Choices with a shipped recording; a company may record nine. */
const CHOICES = [1, 2, 3, 4, 5];

function ofClient(orders: Order[], caller: string): Order[] {
  return orders.filter(({ active, client }) => active && client === caller);
}

function isPair({ client, driver }: Order): boolean {
  return client !== null && driver !== null && client !== driver;
}

function toFoundOrder({ id, client, driver, status }: Order, caller: string, says: number[]): FoundOrder {
  const role = client === caller ? 'client' : 'driver';
  return { id, role, status, hasOther: (role === 'client' ? driver : client) !== null, says };
}

/** Undefined when `work` is not done by `until`. */
async function withTimeout<T>(work: Promise<T>, clock: Clock, until: Instant): Promise<T | undefined> {
  let cancel: () => void = () => undefined;
  const late = new Promise<undefined>((resolve) => {
    cancel = clock.wakeAt(until, () => resolve(undefined));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
