import { setImmediate as turn } from 'node:timers/promises';
import { effectHandlers, type DialGate } from '../../src/calls/effect-handlers.js';
import { CallEventRouter } from '../../src/calls/event-router.js';
import type { MessageOutcome } from '../../src/calls/message-call.js';
import { inspectResources } from '../../src/calls/inspect.js';
import { MemoryFlowStore } from '../../src/kernel/memory-store.js';
import { FlowRuntime } from '../../src/kernel/runtime.js';
import type { PlayableMedia } from '../../src/telephony/telephony.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { createLogger } from '../../src/lib/logger.js';
import { limitsOf } from '../../src/notifications/check.js';
import { DoNotCallList } from '../../src/notifications/do-not-call.js';
import type { NotificationRequest } from '../../src/notifications/port.js';
import { HeldNotifications } from '../../src/notifications/held.js';
import { NotificationReader } from '../../src/notifications/reader.js';
import { createResultPublisher } from '../../src/notifications/result-publisher.js';
import { Scheduler } from '../../src/notifications/scheduler.js';
import { NotificationService } from '../../src/notifications/service.js';
import { NotificationStore } from '../../src/notifications/store.js';
import { OrderBook } from '../../src/orders/order-book.js';
import type { StatusSpeech } from '../../src/orders/status-speech.js';
import { CallOriginator } from '../../src/calls/originate.js';
import type { CallFlowEvent } from '../../src/call-plan/event.js';
import { lineEntry } from '../../src/calls/line-entry.js';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { companySchema, type Company } from '../../src/company/company.js';
import { planFlow } from '../../src/call-plan/plan-flow.js';
import { PlanMessageCalls } from '../../src/calls/message-call-starter.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { dialGate, simulatedOrders, noTargets, someParties } from '../../src/simulator/simulated-ports.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import type { NewDelivery } from '../../src/storage/schema.js';
import type { DomainEvent } from '../../src/telephony/domain-events.js';

export const LINE = '+420222333444';
const PROMPT_MS = 2000;

/** The notifications of a gateway on a fake Asterisk with a virtual clock, without prompt audio and webhooks. */
export class NotificationHarness {
  readonly clock: VirtualClock;
  readonly asterisk: FakeAsterisk;
  readonly service: NotificationService;
  readonly reader: NotificationReader;
  readonly doNotCall: DoNotCallList;
  readonly scheduler: Scheduler;
  readonly held: HeldNotifications;
  readonly orders: OrderBook;
  /** Results for webhooks, in order. */
  readonly published: Record<string, unknown>[] = [];
  readonly called: MessageOutcome[] = [];
  readonly errors: unknown[] = [];
  /** Whether calls can be made. */
  usable = true;
  /** The limits of the dial policy reject every call. */
  isFull = false;
  /** Composes the announcement of a status; one prompt by default. */
  words: StatusSpeech['compose'] = () => Promise.resolve({ prompts: [1] });
  readonly #runtime: FlowRuntime<CallFlowEvent, PlanEffect>;
  readonly #exchange: CallEventRouter;

  private constructor(
    readonly db: Database,
    readonly company: Company,
    start: number,
  ) {
    const clock = (this.clock = new VirtualClock(start));
    const asterisk = (this.asterisk = new FakeAsterisk({ clock, durationOf: () => PROMPT_MS }));
    const fanout = {
      deliveries: (_id: string, news: DomainEvent[]): NewDelivery[] => {
        for (const one of news) if ('fields' in one) this.published.push(one.fields);
        return [];
      },
      stored: () => undefined,
    };
    // Flows in memory: a thousand calls are many steps.
    const flows = new MemoryFlowStore();
    const resolve = (media: PlayableMedia[]) => {
      const ids = media.flatMap((medium) => ('prompt' in medium ? [medium.prompt] : []));
      return Promise.resolve({
        media: ids.map((id) => `sound:${id}`),
        durationMs: ids.length * PROMPT_MS,
        played: ids.map((id) => ({ id, language: 'cs', sha256: '' })),
      });
    };
    const gate = dialGate(company);
    const full = { allowed: false, reason: 'too many calls', forNow: true } as const;
    const dials: DialGate = {
      check: (question) => (this.isFull ? Promise.resolve(full) : gate.check(question)),
      release: (legId) => gate.release(legId),
      routeOf: () => Promise.resolve(undefined),
    };
    const runtime = (this.#runtime = new FlowRuntime<CallFlowEvent, PlanEffect>({
      store: flows,
      clock,
      flows: [planFlow(telfaHandOver)],
      handlers: {
        ...effectHandlers({
          asterisk,
          prompts: { resolve },
          dials,
          parties: someParties,
          targets: noTargets,
          places: { assign: () => null },
          clock,
          http: { send: () => Promise.resolve({ failed: 'none', latencyMs: 0, attempts: 1 }) },
        }),
        order_lookup: simulatedOrders(undefined, clock),
        find_line: lineEntry({ companies: { company }, contract: telfaHandOver, clock }),
      },
      inspect: (watched) => inspectResources(asterisk, watched),
      onError: (_where, error) => this.errors.push(error),
      onOver: () => this.scheduler.wake(),
    }));
    const statusOf = (flowId: string) => flows.statusOf(flowId);
    const starter = new CallOriginator({
      runtime,
      statusOf,
      contract: telfaHandOver,
      maxCalls: 10_000,
      clock,
      asterisk: { usable: true },
    });
    const calls = new PlanMessageCalls({
      originator: starter,
      company: () => company,
      statusOf: async (flowId) => (runtime.has(flowId) ? 'running' : statusOf(flowId)),
      timeline: (flowId) => Promise.resolve(flows.flows.get(flowId)?.log ?? []),
    });
    const store = new NotificationStore(
      db,
      createResultPublisher(fanout, () => undefined),
    );
    this.held = new HeldNotifications({ db, store, clock, onReleased: () => this.scheduler.wake() });
    this.orders = new OrderBook(db);
    this.doNotCall = new DoNotCallList(db);
    this.reader = new NotificationReader(db);
    this.service = new NotificationService({
      store,
      calls,
      clock,
      doNotCall: this.doNotCall,
      orders: this.orders,
      company: () => company,
      speech: { compose: (words) => this.words(words) },
      promptProblem: (ids) => Promise.resolve(ids.includes(99) ? 'prompt 99 does not exist' : undefined),
      defaultTrunk: 'trunk',
      onAdded: () => this.scheduler.wake(),
    });
    this.scheduler = new Scheduler({
      store,
      calls,
      clock,
      begin: (row, callId) => this.service.begin(row, callId),
      limits: () => limitsOf(company.notifications),
      canCall: () => this.usable,
      onCalled: (outcome) => this.called.push(outcome),
      onError: (error) => this.errors.push(error),
    });
    this.#exchange = new CallEventRouter({
      asterisk,
      flows: runtime,
      statusOf,
      logger: createLogger({ level: 'silent' }),
      admit: () => 'unknown_line',
      legEnded: () => Promise.resolve(),
      legsExist: () => Promise.resolve(),
      onReplaced: () => undefined,
    });
  }

  static async start(notifications: object, start: string, more: object = {}): Promise<NotificationHarness> {
    const company = companySchema.parse({
      version: 1,
      dial_policy: { countries: ['CZ'] },
      lines: [{ number: LINE, plan: ['answer'] }],
      ...more,
      notifications,
    });
    const harness = new NotificationHarness(await openDatabase(':memory:'), company, Date.parse(start));
    await harness.#runtime.start();
    harness.#exchange.start();
    harness.asterisk.start();
    harness.scheduler.start();
    await harness.settle();
    return harness;
  }

  async stop(): Promise<void> {
    await this.scheduler.stop();
    await this.asterisk.stop();
    await this.#runtime.stop();
    await this.#exchange.stop();
    await this.db.destroy();
  }

  request(more: Partial<NotificationRequest> = {}): NotificationRequest {
    const base = { externalId: 'x1', orderId: 'o1', status: 'arrived', rawStatus: 'arrived' } as const;
    return { ...base, to: '+420777000001', details: {}, ...more };
  }

  /** Creates a notification. @returns its id */
  async notify(more: Partial<NotificationRequest> = {}): Promise<string> {
    const answer = await this.service.notify(this.request(more));
    if (!answer.ok) throw new Error(answer.detail);
    return answer.notification.id;
  }

  /** Resolves when nothing is left to do until the clock moves. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      await this.scheduler.idle();
      await this.#runtime.idle();
      await turn();
    }
  }

  /** Moves the clock, timer by timer. */
  async passTo(at: number): Promise<void> {
    await this.settle();
    for (let next = this.clock.nextDueAt(); next !== undefined && next <= at; next = this.clock.nextDueAt()) {
      this.clock.advanceTo(next);
      await this.settle();
    }
    this.clock.advanceTo(at);
    await this.settle();
  }

  async pass(ms: number): Promise<void> {
    await this.passTo(this.clock.now() + ms);
  }

  /** Moves the clock until no timer is left. */
  async passAll(): Promise<void> {
    await this.settle();
    for (let next = this.clock.nextDueAt(); next !== undefined; next = this.clock.nextDueAt()) await this.passTo(next);
  }
}

export const endpointOf = (to: string): string => `PJSIP/${to.replace('+', '')}@trunk`;
