import { DateTime } from 'luxon';
import { effectHandlers, type HttpSender } from '../calls/effect-handlers.js';
import { CallEventRouter } from '../calls/event-router.js';
import { inspectResources } from '../calls/inspect.js';
import { queueAccountOf } from '../directory/queue-provisioner.js';
import { findLine } from '../directory/caller.js';
import type { LogEntry } from '../kernel/flow.js';
import { flowIdOf, isOurs } from '../kernel/ids.js';
import { MemoryFlowStore } from '../kernel/memory-store.js';
import { FlowRuntime } from '../kernel/runtime.js';
import type { Instant } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import type { CallFlowEvent } from '../call-plan/event.js';
import type { PlanEffect } from '../call-plan/call.js';
import type { Company, Line } from '../company/company.js';
import { createAdmission } from '../calls/admission.js';
import { lineEntry } from '../calls/line-entry.js';
import { transferTargets } from '../calls/transfer-targets.js';
import { planFlow } from '../call-plan/plan-flow.js';
import type { HandOverContract } from '../call-plan/hand-over-contract.js';
import { FakeAsterisk } from './fake-asterisk.js';
import { Keyboard } from './keyboard.js';
import { RealShop } from './real-shop.js';
import { dialGate, simulatedOrders, someParties, promptSource, type DurationOf } from './simulated-ports.js';
import { StubShop } from './stub-shop.js';
import { VirtualClock } from './virtual-clock.js';
import type { PlanState } from '../call-plan/state.js';
import { MINUTE_MS } from '../lib/time.js';

/** Maximum virtual duration of a call: 30 minutes. */
const LONGEST_CALL_MS = 30 * MINUTE_MS;
/** Maximum real duration of a simulation. */
const LONGEST_RUN_MS = 120_000;
/** Interval in which the virtual clock waits for a real shop. */
const TICK_MS = 20;
const BETWEEN_KEYS_MS = 300;
/** The caller where a number is required. */
const DEFAULT_CALLER = '+420601000001';
/** Dialled parties answer after this time, and talk for the same time. */
const ANSWER_MS = 5_000;
const TALK_MS = 30_000;

export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

export interface SimulationRequest {
  line: string;
  /** `9,1001#`, or `['9', '1001#']`: one group for each request for input. */
  keys?: string | readonly string[] | undefined;
  /** Stops where the call waits for a key and all groups are used; an empty group gives the input no more keys. */
  pause?: boolean | undefined;
  /** ISO 8601; without an offset in the line's time zone. Default: now. */
  at?: string | undefined;
  caller?: string | undefined;
  /** Replaces the URLs of the plan. */
  shop?: string | undefined;
  /** Answers that replace any shop. */
  stub?: readonly unknown[] | undefined;
  /** Status of the caller's order. */
  order?: string | undefined;
  /** Dialled parties do not answer. */
  nobodyAnswers?: boolean | undefined;
  /** Who answers ringing handsets and numbers, and when. Default: everybody, after 5 seconds. */
  answering?: Answering | undefined;
}

interface Answering {
  /** The only handset that answers. */
  handset?: string | undefined;
  /** How long it rings. */
  afterMs?: number | undefined;
  talkMs?: number | undefined;
}

interface SimulationOptions {
  contract: HandOverContract;
  durationOf: DurationOf;
  http: HttpSender;
  logger: Logger;
  /** Ends the call early: the simulation rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface SimulatedCall {
  line: string;
  caller: string;
  timeZone: string;
  startedAt: Instant;
  endedAt: Instant;
  /** The party that ended the call; `cut_off` when it exceeded a limit. */
  endedBy: string;
  /** Unused keys. */
  keysLeft: string;
  /** Where the call has been paused; undefined when it has ended. */
  waiting: AwaitedKeys | undefined;
  timeline: LogEntry[];
}

/** An input that waits for keys. */
interface AwaitedKeys {
  /** Keys that the input has already. */
  typed: string;
  max: number;
  /** `#` ends the input. */
  hashEnds: boolean;
  /** When the input ends without another key. */
  until: Instant | null;
}

/**
 * Simulates one call of a company's plan on the same flow, runtime and effects as real calls, with a fake Asterisk and a clock that jumps
 * from event to event.
 * @throws {SimulationError} when the request is invalid
 * @throws the reason of the signal
 */
export async function simulate(
  company: Company,
  request: SimulationRequest,
  options: SimulationOptions,
): Promise<SimulatedCall> {
  const line = findLine(company.lines, request.line, company.country);
  if (line === undefined) {
    const known = company.lines.map(({ number }) => number).join(', ');
    throw new SimulationError(`there is no line ${request.line}; the lines are: ${known === '' ? 'none' : known}`);
  }
  const timeZone = line.time_zone ?? company.time_zone;
  const clock = new VirtualClock(startOf(request.at, timeZone));
  const call = new Simulation(company, line, clock, request, options);
  return { ...(await call.run()), timeZone };
}

class Simulation {
  readonly #timeline: LogEntry[] = [];
  readonly #store = new MemoryFlowStore();
  readonly #keyboard: Keyboard;
  readonly #shop: RealShop | undefined;
  readonly #asterisk: FakeAsterisk;
  readonly #runtime: FlowRuntime<CallFlowEvent, PlanEffect>;
  readonly #exchange: CallEventRouter;

  constructor(
    private readonly company: Company,
    private readonly line: Line,
    private readonly clock: VirtualClock,
    private readonly request: SimulationRequest,
    private readonly options: SimulationOptions,
  ) {
    const { keys = '', pause = false } = request;
    const groups = typeof keys === 'string' ? (keys === '' ? [] : keys.split(',')) : keys;
    this.#keyboard = new Keyboard(groups, pause);
    this.#shop = request.stub === undefined ? new RealShop(options.http, request.shop, options.signal) : undefined;
    const sounds = new Map<string, number>();
    this.#asterisk = new FakeAsterisk({ clock, durationOf: (media) => sounds.get(media) });
    const flow = planFlow(options.contract);
    this.#runtime = new FlowRuntime<CallFlowEvent, PlanEffect>({
      store: this.#store,
      clock,
      flows: [flow],
      handlers: {
        ...effectHandlers({
          asterisk: this.#asterisk,
          prompts: promptSource(company, options.durationOf, sounds),
          dials: dialGate(company),
          parties: someParties,
          targets: transferTargets(() => company),
          places: { assign: () => 1 },
          http: this.#shop ?? new StubShop(request.stub ?? [], clock),
          clock,
        }),
        order_lookup: simulatedOrders(request.order, clock),
        find_line: lineEntry({ companies: { company }, contract: options.contract, clock }),
      },
      inspect: (watched) => inspectResources(this.#asterisk, watched),
      onError: (where, error) => this.#note('trouble', { where, error: String(error) }),
      onLog: (_flowId, entry) => this.#timeline.push(this.#asAsked(entry)),
    });
    this.#exchange = new CallEventRouter({
      asterisk: this.#asterisk,
      flows: this.#runtime,
      statusOf: (flowId) => this.#store.statusOf(flowId),
      admit: createAdmission({
        runtime: this.#runtime,
        companies: { company },
        contract: options.contract,
        maxCalls: 1,
      }),
      legEnded: () => Promise.resolve(),
      legsExist: () => Promise.resolve(),
      onReplaced: () => undefined,
      logger: options.logger,
    });
  }

  /** Shows the address that was used instead of the plan's. */
  #asAsked(entry: LogEntry): LogEntry {
    const { shop } = this.request;
    if (shop === undefined || typeof entry.data['url'] !== 'string') return entry;
    return { ...entry, data: { ...entry.data, url: shop } };
  }

  async run(): Promise<Omit<SimulatedCall, 'timeZone'>> {
    const startedAt = this.clock.now();
    const caller = this.request.caller ?? (this.request.order === undefined ? '' : DEFAULT_CALLER);
    try {
      const channelId = await this.#ring(caller);
      const finished = await this.#play(channelId, startedAt + LONGEST_CALL_MS, Date.now() + LONGEST_RUN_MS);
      const state = this.#stateOf(channelId);
      const waiting = finished ? this.#missingKeys(channelId) : undefined;
      if (!finished) this.#note('cut_off', { reason: 'the call exceeded its time limit' });
      return {
        line: this.line.number,
        caller,
        startedAt,
        endedAt: state?.endedAt ?? this.clock.now(),
        endedBy: finished ? (state?.endedBy ?? '') : 'cut_off',
        keysLeft: this.#keyboard.left,
        waiting,
        timeline: this.#timeline,
      };
    } finally {
      await this.#asterisk.stop();
      await this.#runtime.stop();
      await this.#exchange.stop();
    }
  }

  async #ring(from: string): Promise<string> {
    this.#letPeopleAnswer();
    await this.#runtime.start();
    this.#exchange.start();
    this.#asterisk.start();
    await this.#asterisk.putQueues(this.company.queues.map((queue) => queueAccountOf(queue)));
    await settle();
    const args = ['incoming', this.line.number, 'simulated', '', 'ulaw', 'simulator'];
    const channelId = this.#asterisk.incomingCall({ from, to: this.line.number, args, channelId: 'simulated' });
    await settle();
    return channelId;
  }

  /** @returns false when a limit was reached */
  async #play(channelId: string, until: Instant, realUntil: number): Promise<boolean> {
    const flowId = flowIdOf(channelId);
    while (this.#runtime.has(flowId) && this.#missingKeys(channelId) === undefined) {
      this.options.signal?.throwIfAborted();
      if (this.clock.now() > until || Date.now() > realUntil) return false;
      if (this.#shop?.underWay === true) await this.#waitForShop(this.#shop);
      else if (!(await this.#press(channelId)) && !this.#jump()) return false;
      await settle();
    }
    return true;
  }

  /** The input that a paused call waits in. */
  #missingKeys(channelId: string): AwaitedKeys | undefined {
    if (this.request.pause !== true || !this.#runtime.has(flowIdOf(channelId))) return undefined;
    const asking = this.#keyboard.missing(this.#stateOf(channelId)?.action ?? null);
    return asking && { typed: asking.digits, max: asking.max, hashEnds: asking.hashEnds, until: asking.deadline };
  }

  async #waitForShop(shop: RealShop): Promise<void> {
    const began = performance.now();
    await shop.next(TICK_MS);
    this.clock.advanceBy(Math.round(performance.now() - began));
  }

  async #press(channelId: string): Promise<boolean> {
    const keys = this.#keyboard.next(this.#stateOf(channelId)?.action ?? null);
    for (const key of keys) {
      this.clock.advanceBy(BETWEEN_KEYS_MS);
      await settle();
      this.#asterisk.press(channelId, key);
      await settle();
    }
    return keys !== '';
  }

  /** Advances to the next timer; false without one. */
  #jump(): boolean {
    const next = this.clock.nextDueAt();
    if (next !== undefined) this.clock.advanceTo(next);
    return next !== undefined;
  }

  #letPeopleAnswer(): void {
    const { nobodyAnswers = false, answering = {} } = this.request;
    const { handset, afterMs = ANSWER_MS, talkMs = TALK_MS } = answering;
    for (const endpoint of [...this.company.handsets.map(({ name }) => name), 'trunk']) {
      const answers = !nobodyAnswers && (handset === undefined || handset === endpoint);
      this.#asterisk.setCallee(`PJSIP/${endpoint}`, answers ? { type: 'answers', afterMs } : { type: 'ignores' });
    }
    this.#asterisk.onEvent((event) => {
      if (event.type !== 'channel_answered') return;
      const { channelId, at } = event;
      if (isOurs(channelId)) this.clock.wakeAt(at + talkMs, () => this.#asterisk.farEndHangsUp(channelId));
    });
    this.#asterisk.onTalk((channelId) => {
      this.clock.wakeAt(this.clock.now() + talkMs, () => this.#asterisk.handsetHangsUp(channelId));
    });
  }

  #stateOf(channelId: string): PlanState | undefined {
    return this.#store.flows.get(flowIdOf(channelId))?.stored.state as PlanState | undefined;
  }

  #note(kind: string, data: Record<string, unknown>): void {
    this.#timeline.push({ at: this.clock.now(), kind, data });
  }
}

function startOf(at: string | undefined, zone: string): Instant {
  if (at === undefined) return Date.now();
  const time = DateTime.fromISO(at.trim().replace(' ', 'T'), { zone });
  if (!time.isValid) throw new SimulationError(`"${at}" is not a time; write it like 2026-12-24 10:00`);
  return time.toMillis();
}

/** Runs all pending promises and what they start. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));
}
