import type { EffectHandler } from '../../kernel/runtime-types.js';
import type { FoundOrder, OrderEffect, OrderWords, TelephonyEvent } from '../../telephony/telephony.js';
import type { Clock, Instant } from '../../lib/clock.js';
import { supportedLanguageOf } from '../../lib/language.js';
import type { Logger } from '../../lib/logger.js';
import type { Order } from '../../orders/order.js';
import type { OrderBook } from '../../orders/order-book.js';
import type { StatusSpeech } from '../../orders/status-speech.js';
import type { DispatchLookup } from './dispatch-lookup.js';
import { SPARE_MS } from '../../company/orders-limits.js';

/** More nobody can choose among by ear. */
const MOST_FOUND = 9;

interface OrderLookupOptions {
  book: Pick<OrderBook, 'activeOf' | 'find' | 'put'>;
  dispatch: Pick<DispatchLookup, 'ordersOf'>;
  speech: StatusSpeech;
  /** E.164 of the lines on whose behalf people are shown the number of this one. */
  linesShownAs: (line: string) => string[];
  /** The prompt of a piece that was recorded; undefined when it was not. */
  recording: (language: string, name: string) => number | undefined;
  clock: Clock;
  logger: Logger;
}

/** Tells flows of a caller's orders: those that we were told of, else those that the dispatch tells when it is asked. */
export class OrderLookup {
  constructor(private readonly options: OrderLookupOptions) {}

  get handler(): EffectHandler<OrderEffect, TelephonyEvent> {
    const perform = async (effect: OrderEffect): Promise<TelephonyEvent> => {
      const orders = await this.find(effect);
      const words = orders.length === 0 ? {} : { words: this.#words(supportedLanguageOf(effect.languages)) };
      return { type: 'orders_found', at: this.options.clock.now(), effectId: effect.id, orders, ...words };
    };
    return { lane: 'outside', perform, recover: perform };
  }

  #words(language: string): OrderWords {
    const say = (name: string) => this.options.recording(language, name) ?? [];
    return {
      choose: CHOICES.flatMap((choice) => say(`status/choose-${choice}`)),
      driver: [say('offer-driver')].flat(),
      operator: [say('offer-operator')].flat(),
    };
  }

  /** Newest first. */
  async find({ among, caller, line, languages, limitMs }: OrderEffect): Promise<FoundOrder[]> {
    const { book, clock, linesShownAs } = this.options;
    const startedAt = clock.now();
    const left = () => startedAt + limitMs - SPARE_MS - clock.now();
    if (among === 'pair') {
      const pairs = (await book.activeOf(caller, startedAt, linesShownAs(line))).filter((order) => isPair(order));
      // One alone is connected without a word.
      return pairs.length < 2
        ? pairs.map((order) => found(order, caller, []))
        : this.#spoken(pairs, caller, languages, left);
    }
    const told = ofClient(await book.activeOf(caller, startedAt), caller);
    const orders = told.length > 0 ? told : await this.#askDispatch(caller, line, left);
    return this.#spoken(orders, caller, languages, left);
  }

  /** What it tells is kept: whoever is to be connected is found there, and so is who calls back. */
  async #askDispatch(caller: string, line: string, left: () => number): Promise<Order[]> {
    const { book, dispatch, clock } = this.options;
    const orders: Order[] = [];
    for (const news of await dispatch.ordersOf(caller, line, left())) {
      if (news.client !== undefined && news.client !== null && news.client !== caller) continue;
      const known = await book.find(news.id, clock.now());
      orders.push(await book.put({ ...news, client: caller, line: news.line ?? known?.line ?? line }, clock.now()));
    }
    return ofClient(orders, caller);
  }

  #spoken(orders: Order[], caller: string, languages: string[], left: () => number): Promise<FoundOrder[]> {
    const nearest = orders.slice(0, MOST_FOUND);
    return Promise.all(nearest.map(async (order) => found(order, caller, await this.#says(order, languages, left()))));
  }

  /** Nothing where it cannot be said in time: the keys are worth offering all the same. */
  async #says({ status, details }: Order, languages: string[], limitMs: number): Promise<number[]> {
    const { speech, clock, logger } = this.options;
    const language = supportedLanguageOf(languages);
    const composed = speech.compose({ status, details, language, occasion: 'inquiry' }).catch((error: unknown) => {
      logger.error({ err: error }, "an order's status could not be said");
      return { silent: true as const };
    });
    const said = await inTime(composed, clock, clock.now() + limitMs);
    if (said === undefined || 'silent' in said) return [];
    if ('prompts' in said) return said.prompts;
    logger.warn({ why: said.refused }, "an order's status could not be said");
    return [];
  }
}

/** More have no recording; a company may record nine. */
const CHOICES = [1, 2, 3, 4, 5];

function ofClient(orders: Order[], caller: string): Order[] {
  return orders.filter(({ active, client }) => active && client === caller);
}

function isPair({ client, driver }: Order): boolean {
  return client !== null && driver !== null && client !== driver;
}

function found({ id, client, driver, status }: Order, caller: string, says: number[]): FoundOrder {
  const role = client === caller ? 'client' : 'driver';
  return { id, role, status, hasOther: (role === 'client' ? driver : client) !== null, says };
}

/** Undefined when it takes longer. */
async function inTime<T>(work: Promise<T>, clock: Clock, until: Instant): Promise<T | undefined> {
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
