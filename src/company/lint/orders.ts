import { identifiesCaller } from '../order-question.js';
import { walk } from '../walk.js';
import type { Report } from './report.js';
import { lintAddress, lintSecrets } from './webhooks.js';

const PLACEHOLDERS = ['number', 'number_e164', 'line'];

/** Rules about order announcements: a usable URL, and menus that callers can reach. */
export function lintOrders(report: Report): void {
  const { orders } = report.company;
  if (orders === undefined) return;
  const { lookup, menus } = orders;
  if (lookup !== undefined) {
    const place = ['orders', 'lookup'];
    lintAddress(report, place, lookup);
    lintSecrets(report, [...place, 'headers'], lookup.headers);
    for (const [, name = ''] of lookup.url.matchAll(/\{(\w+)\}/g))
      if (!PLACEHOLDERS.includes(name))
        report.error(
          [...place, 'url'],
          `nothing is known to put in place of {${name}}`,
          'one of: {number}, {number_e164}, {line}',
          { unknown_placeholder: name },
        );
    if (!identifiesCaller(lookup))
      report.error(
        [...place, 'url'],
        'it does not say whose orders are wanted',
        'put {number} or {number_e164} into it, or use method: POST',
        { no_caller_in_address: true },
      );
  }
  const usesOrderStatus = [...walk(report.company)].some(({ action }) => 'order_status' in action);
  if (!usesOrderStatus && (lookup !== undefined || Object.keys(menus).length > 0))
    report.warn(['orders'], 'no plan says order_status', 'add it to a plan, before the queue');
}
