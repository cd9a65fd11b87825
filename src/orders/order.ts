import type { Instant } from '../lib/clock.js';
import type { OrderStatus } from './status.js';

/** What is said of an order; what was never told is left out. */
export interface OrderDetails {
  carMark?: string;
  carModel?: string;
  carColor?: string;
  carPlate?: string;
  /** Until the car is there. */
  minutes?: number;
}

/** An order of the dispatch, as far as we were told of it. */
export interface Order {
  /** As the dispatch names it. */
  id: string;
  /** Null for one that is not among ours: `rawStatus` has it. */
  status: OrderStatus | null;
  /** As it was told; empty when it never was. */
  rawStatus: string;
  /** E.164. */
  client: string | null;
  /** E.164. */
  driver: string | null;
  /** E.164: the line under which both know each other. */
  line: string | null;
  details: OrderDetails;
  /** All that the dispatch sent, by its own names. */
  fields: Record<string, unknown>;
  /** It has not come to a final status, and was told of in the last day. */
  active: boolean;
  updatedAt: Instant;
}

/**
 * News of an order: what is left out stays as it was, but for what goes with a driver who drives no more (`driver` of null, or a status
 * that says so) and for the minutes of a status that is over. `details` and `fields` are added to what is known.
 */
export type OrderNews = Pick<Order, 'id'> & Partial<Omit<Order, 'id' | 'active' | 'updatedAt'>>;
