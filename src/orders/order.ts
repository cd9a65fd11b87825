import type { Instant } from '../lib/clock.js';
import type { OrderStatus } from './status.js';

/** Details of an order; unknown ones are missing. */
export interface OrderDetails {
  carMark?: string;
  carModel?: string;
  carColor?: string;
  carPlate?: string;
  /** Minutes until the car arrives. */
  minutes?: number;
}

/** An order of the dispatch, as far as it was reported. */
export interface Order {
  /** The dispatch's id. */
  id: string;
  /** Null when unknown; see `rawStatus`. */
  status: OrderStatus | null;
  /** The status as reported; empty when none was. */
  rawStatus: string;
  /** E.164. */
  client: string | null;
  /** E.164. */
  driver: string | null;
  /** E.164: the line under which both parties know each other. */
  line: string | null;
  details: OrderDetails;
  /** All fields that the dispatch sent, by its own names. */
  fields: Record<string, unknown>;
  /** The status is not final, and the last news is less than a day old. */
  active: boolean;
  updatedAt: Instant;
}

/**
 * News of an order. Missing fields keep their value, except what belongs to a former driver (`driver` null, or a status without a driver)
 * and the minutes of a former status. `details` and `fields` are merged.
 */
export type OrderNews = Pick<Order, 'id'> & Partial<Omit<Order, 'id' | 'active' | 'updatedAt'>>;
