import type { PartyTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { OrderBook } from './order-book.js';

/** Numbers of the people of orders, for whoever dials; nobody is dialled for an order that lives no more. */
export class PartyNumbers {
  constructor(
    private readonly book: Pick<OrderBook, 'find'>,
    private readonly logger: Logger,
  ) {}

  /** E.164; undefined when the order does not tell it. Never rejects. */
  async numberOf({ order: id, party }: PartyTarget, at: Instant): Promise<string | undefined> {
    try {
      const order = await this.book.find(id, at);
      return order?.active === true ? (order[party] ?? undefined) : undefined;
    } catch (error) {
      this.logger.error({ err: error }, 'an order could not be looked up');
      return undefined;
    }
  }
}
