import type { PartyTarget } from '../telephony/telephony.js';
import type { Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { OrderBook } from './order-book.js';

/** The phone numbers of the parties of an order. Inactive orders have none, so that they cannot be dialled. */
export class PartyNumbers {
  constructor(
    private readonly book: Pick<OrderBook, 'find'>,
    private readonly logger: Logger,
  ) {}

  /** E.164; undefined when the order has none. Never rejects. */
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
