import { Counter, Gauge, type Registry } from 'prom-client';
import type { CallEventRouterOptions } from '../calls/event-router.js';

/** Registers the metrics of running and refused calls. */
export function registerCallMetrics(
  registry: Registry,
  running: () => number,
): Required<Pick<CallEventRouterOptions, 'onRefused'>> {
  new Gauge({
    name: 'cordboard_calls',
    help: 'Calls in progress',
    registers: [registry],
    collect() {
      this.set(running());
    },
  });
  const refused = new Counter({
    name: 'cordboard_calls_refused_total',
    help: 'Calls that were refused, by reason',
    labelNames: ['reason'],
    registers: [registry],
  });
  return { onRefused: ({ reason }) => refused.inc({ reason }) };
}
