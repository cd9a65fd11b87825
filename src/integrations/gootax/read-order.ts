import type { OrderNews } from '../../orders/order.js';
import type { Company } from '../../company/company.js';
import { flattened, type Fields } from '../shared/input.js';
import { OrderWire } from './order-wire.js';
import { gootaxProfileOf, statusOf } from './profile.js';
import { compact } from '../../lib/compact.js';

/** Reads an order from an answer of the dispatch by the names of the profile; undefined: it is not an order. */
export function readOrder(
  fields: Fields,
  { profiles, country }: Pick<Company, 'profiles' | 'country'>,
): OrderNews | undefined {
  const profile = gootaxProfileOf(profiles);
  const wire = new OrderWire(flattened(fields), profile, country);
  const id = wire.orderId();
  if (id === undefined) return undefined;
  const rawStatus = wire.find('status')?.value;
  const client = wire.phone('client');
  const driver = wire.phone('driver');
  const status = rawStatus === undefined ? undefined : statusOf(rawStatus, profile);
  return compact({ id, rawStatus, status, client, driver, details: wire.details(), fields });
}
