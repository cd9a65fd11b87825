import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { assess } from '../asterisk/media-statistics.js';
import type { CallEventRouterOptions } from '../calls/event-router.js';
import { liveStates, type ShownCall } from '../monitor/protocol.js';
import type { LegQuality } from '../calls/leg-qualities.js';

/** Upper edges: 3.6 and 4.03 separate poor, fair and good (src/lib/call-quality.ts). */
const MOS_BUCKETS = [1.5, 2, 2.5, 3, 3.6, 4.03, 4.3];

/** Registers the metrics of running and refused calls, and of how well calls were heard. */
export function registerCallMetrics(
  registry: Registry,
  running: () => number,
  live: () => readonly Pick<ShownCall, 'state'>[],
): Required<Pick<CallEventRouterOptions, 'onRefused'>> & { onMeasured: (leg: LegQuality) => void } {
  new Gauge({
    name: 'cordboard_calls',
    help: 'Calls in progress',
    registers: [registry],
    collect() {
      this.set(running());
    },
  });
  new Gauge({
    name: 'cordboard_calls_in_state',
    help: 'Calls in progress by state: in_plan, waiting in a queue, ringing, talking',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const state of liveStates) this.set({ state }, 0);
      for (const { state } of live()) this.inc({ state });
    },
  });
  const refused = new Counter({
    name: 'cordboard_calls_refused_total',
    help: 'Calls that were refused, by reason',
    labelNames: ['reason'],
    registers: [registry],
  });
  const mos = new Histogram({
    name: 'cordboard_leg_mos',
    help: 'Estimated mean opinion score of the legs that ended, by what they were connected with: a handset or a trunk',
    labelNames: ['kind'],
    buckets: MOS_BUCKETS,
    registers: [registry],
  });
  return {
    onRefused: ({ reason }) => refused.inc({ reason }),
    onMeasured: ({ kind, statistics }) => mos.observe({ kind }, assess(statistics).mos),
  };
}
