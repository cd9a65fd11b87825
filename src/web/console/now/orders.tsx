import type { ShownCall } from '../../../monitor/protocol.js';
import { texts } from './texts.js';

const MAX_ORDERS = 5;

/** The open orders of the caller. */
export function Orders({ call: { customer } }: { call: ShownCall }) {
  if (customer === undefined || customer.orders.length === 0) return null;
  return (
    <ul class="orders" aria-label={texts.orders}>
      {customer.orders.slice(0, MAX_ORDERS).map(({ id, status, total, url }) => (
        <li key={id}>
          {url === undefined ? <b>{id}</b> : <OutsideLink to={url} text={id} />} {status} {total}
        </li>
      ))}
    </ul>
  );
}

/** A link that leaves the console. */
export function OutsideLink({ to, text }: { to: string; text: string }) {
  return (
    <a href={to} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
