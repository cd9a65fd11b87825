import type { CallEvent, CallEventName, DomainEvent } from '../../src/telephony/domain-events.js';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { SqlFlowStore } from '../../src/storage/flow-store.js';
import { callbackHooks } from '../../src/webhooks/callbacks.js';
import { DeliveryWorkers } from '../../src/webhooks/delivery-workers.js';
import { webhookFanout } from '../../src/webhooks/webhook-fanout.js';
import { Outbox } from '../../src/webhooks/outbox.js';
import { DeliveryReader, type DeliveryRecord } from '../../src/webhooks/reader.js';
import type { LineSetup } from '../../src/webhooks/contract.js';
import type { WebhookRequest } from '../../src/webhooks/request.js';
import type { AttemptResult } from '../../src/webhooks/schedule.js';
import { webhookSchema, type Callback, type Webhook } from '../../src/webhooks/schema.js';
import type { SendRequest } from '../../src/webhooks/sender.js';

export const START = Date.parse('2026-11-21T10:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function hook(more: Partial<Webhook> = {}): Webhook {
  return webhookSchema.parse({ name: 'shop', url: 'http://127.0.0.1:9/telfa/', ...more });
}

export function news(event: CallEventName, seq: number, at: number, more: Partial<CallEvent> = {}): CallEvent {
  return {
    event,
    seq,
    at,
    direction: 'incoming',
    line: '+420222333444',
    caller: '+420777888999',
    label: null,
    queue: null,
    agent: null,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    result: null,
    ...more,
  };
}

/** What a test's shop does with an attempt: an answer, or a failure, after a while. */
export type Reaction = { afterMs?: number } & ({ status: number; answer?: string } | { failed: string });
export type Behaviour = (attempt: { hook: string; event: string; call: string; at: number; tried: number }) => Reaction;

export interface Seen {
  hook: string;
  at: number;
  call: string;
  seq: number;
  event: string;
  eventId: string;
  status: number | undefined;
}

/** A company's webhooks on a virtual clock, with shops that are functions. */
export class OutboxHarness {
  readonly clock = new VirtualClock(START);
  readonly seen: Seen[] = [];
  readonly errors: unknown[] = [];
  underWay = 0;
  mostUnderWay = 0;
  hooks: Webhook[];
  callbacks: Callback[] = [];
  readonly profiles: Record<string, Record<string, unknown>> = {};
  /** Setups of the lines, by number. */
  readonly lines = new Map<string, LineSetup>();
  readonly store: SqlFlowStore;
  readonly couriers: DeliveryWorkers;
  readonly outbox: Outbox;
  readonly reader: DeliveryReader;

  private constructor(
    readonly db: Database,
    public behave: Behaviour,
    hooks: Webhook[],
    /** Makes real requests in place of asking {@link behave}. */
    private readonly deliver: ((clock: VirtualClock) => SendRequest) | undefined,
  ) {
    this.hooks = hooks;
    this.outbox = new Outbox(db);
    this.reader = new DeliveryReader(db);
    this.couriers = new DeliveryWorkers({
      webhooks: () => [...this.hooks, ...callbackHooks(this.callbacks)],
      outbox: this.outbox,
      send: this.#send,
      clock: this.clock,
      onError: (error) => this.errors.push(error),
    });
    this.store = new SqlFlowStore(
      db,
      webhookFanout({
        subscribers: () => ({
          webhooks: this.hooks,
          callbacks: this.callbacks,
          country: 'CZ',
          time_zone: 'Europe/Prague',
          profiles: this.profiles,
        }),
        setupOf: (line) => this.lines.get(line),
        setups: this.outbox.setups,
        contract: telfaWebhooks,
        onStored: () => this.couriers.wake(),
        onError: (error) => this.errors.push(error),
      }),
    );
  }

  static async start(
    behave: Behaviour,
    hooks = [hook()],
    file = ':memory:',
    deliver?: (clock: VirtualClock) => SendRequest,
  ): Promise<OutboxHarness> {
    const harness = new OutboxHarness(await openDatabase(file), behave, hooks, deliver);
    await harness.couriers.start();
    return harness;
  }

  async stop(): Promise<void> {
    await this.couriers.stop();
    await this.db.destroy();
  }

  /** Stores news of a call as its flow's step would. */
  async tell(call: string, ...events: DomainEvent[]): Promise<void> {
    const at = this.clock.now();
    await this.store.commit([{ flowId: call, at, log: [], news: events }]);
    await this.couriers.idle();
  }

  /** Lets virtual time pass, everything that is due on the way included. */
  async passTo(at: number): Promise<void> {
    for (;;) {
      await this.settle();
      const due = this.clock.nextDueAt();
      if (due === undefined || due > at) break;
      this.clock.advanceTo(due);
    }
    this.clock.advanceTo(at);
    await this.settle();
  }

  /** Everything that can happen without time passing has happened. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await this.couriers.idle();
      await new Promise((resolve) => setImmediate(resolve));
      // Real requests take real time, and none of the virtual.
      while (this.deliver && this.underWay > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Every delivery, in the order in which they were stored. */
  async deliveries(): Promise<DeliveryRecord[]> {
    return (await this.reader.list({ limit: 100_000 })).deliveries.reverse();
  }

  readonly #send: SendRequest = async (to, letter) => {
    const { eventId, contentType, body } = letter;
    const {
      call_id: call,
      seq,
      event,
    } = fieldsOf(contentType, body) as { call_id: string; seq: number; event: string };
    const at = this.clock.now();
    if (this.deliver) return this.#sendReally(this.deliver(this.clock), to, letter, { at, call, seq, event });
    const tried = this.seen.filter((earlier) => earlier.eventId === eventId && earlier.hook === to.name).length;
    const reaction = this.behave({ hook: to.name, event, call, at, tried });
    const status = 'status' in reaction ? reaction.status : undefined;
    this.seen.push({ hook: to.name, at, call, seq, event, eventId, status });
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    const latencyMs = reaction.afterMs ?? 0;
    if (latencyMs > 0) await new Promise<void>((resolve) => this.clock.wakeAt(at + latencyMs, resolve));
    this.underWay -= 1;
    return resultOf(reaction, latencyMs);
  };

  async #sendReally(
    deliver: SendRequest,
    to: Webhook,
    letter: WebhookRequest,
    facts: Pick<Seen, 'at' | 'call' | 'seq' | 'event'>,
  ): Promise<AttemptResult> {
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    const result = await deliver(to, letter);
    const status = 'status' in result ? result.status : undefined;
    this.seen.push({ hook: to.name, ...facts, eventId: letter.eventId, status });
    this.underWay -= 1;
    return result;
  }
}

function fieldsOf(contentType: string, body: string): unknown {
  return contentType === 'application/json' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
}

function resultOf(reaction: Reaction, latencyMs: number): AttemptResult {
  return 'status' in reaction
    ? { status: reaction.status, answer: reaction.answer ?? '', latencyMs }
    : { failed: reaction.failed, latencyMs };
}

export const OK: Reaction = { status: 200 };
export const DOWN: Reaction = { failed: 'connect: no connection' };

/** The events of each call that were taken (2xx), in the order of their arrival. */
export function taken(seen: Seen[]): Record<string, string[]> {
  const calls: Record<string, string[]> = {};
  for (const { call, event, status } of seen)
    if (status !== undefined && status >= 200 && status < 300) (calls[call] ??= []).push(event);
  return calls;
}
