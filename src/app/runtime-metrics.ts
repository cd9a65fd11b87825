import { Counter, Histogram, type Registry } from 'prom-client';
import type { CompanyStore } from '../company/store/company-store.js';
import type { FlowSummary } from '../kernel/flow.js';
import type { EffectResult } from '../kernel/runtime-types.js';
import { callOutcomes } from '../telephony/call-outcome.js';

/** Upper edges (s): from a request to Asterisk on the same machine to the longest one to a shop. */
const EFFECT_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Upper edges (s): a commit delays every step that waits for it. */
const COMMIT_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
/** Upper edges (s): how long callers have patience. */
const WAIT_BUCKETS = [5, 10, 20, 30, 60, 120, 180, 300, 600];

const DIRECTIONS = ['incoming', 'outgoing'] as const;

/** Metrics of what the runtime does: how calls end, how long effects take, how long the database takes. */
export class RuntimeMetrics {
  /** Calls that have ended, while some of their effects are still to be carried out. */
  readonly #ended = new Map<string, FlowSummary>();
  readonly #calls: Counter<'outcome' | 'direction'>;
  readonly #waits: Histogram<'queue' | 'outcome'>;
  readonly #effects: Histogram<'effect' | 'result'>;
  readonly #commits: Histogram<'result'>;

  constructor(
    registry: Registry,
    private readonly companies: Pick<CompanyStore, 'company'>,
  ) {
    const registers = [registry];
    this.#calls = new Counter({
      name: 'cordboard_calls_ended_total',
      help: 'Calls that have ended, by outcome',
      labelNames: ['outcome', 'direction'],
      registers,
    });
    // A rate needs the zero before the first call.
    for (const outcome of callOutcomes) for (const direction of DIRECTIONS) this.#calls.inc({ outcome, direction }, 0);
    this.#waits = new Histogram({
      name: 'cordboard_queue_wait_seconds',
      help: 'How long callers of a queue waited for an answer, by the outcome of their calls',
      labelNames: ['queue', 'outcome'],
      buckets: WAIT_BUCKETS,
      registers,
    });
    this.#effects = new Histogram({
      name: 'cordboard_effect_seconds',
      help: 'Time from the start of an effect until the far end accepted it, by kind; unknown: no answer came',
      labelNames: ['effect', 'result'],
      buckets: EFFECT_BUCKETS,
      registers,
    });
    this.#commits = new Histogram({
      name: 'cordboard_commit_seconds',
      help: 'Time of a commit of the steps of calls to the database',
      labelNames: ['result'],
      buckets: COMMIT_BUCKETS,
      registers,
    });
  }

  onStep(flowId: string, summary: FlowSummary, over: boolean): void {
    if (over) this.#ended.set(flowId, summary);
  }

  onOver(flowId: string): void {
    const { outcome, direction } = this.#ended.get(flowId) ?? {};
    this.#ended.delete(flowId);
    if (outcome === undefined || direction === undefined) return;
    this.#calls.inc({ outcome: outcome.name, direction });
    const queue = this.companies.company.queues.find(({ id }) => id === outcome.queue);
    if (queue !== undefined && outcome.waitedMs !== null)
      this.#waits.observe({ queue: queue.name, outcome: outcome.name }, outcome.waitedMs / 1000);
  }

  /** Listeners of the runtime. */
  readonly durations = {
    onEffect: (effect: string, result: EffectResult, ms: number) =>
      this.#effects.observe({ effect, result }, ms / 1000),
    onCommit: (result: EffectResult, ms: number) => this.#commits.observe({ result }, ms / 1000),
  };
}
