import type { Facts } from '../../src/alarms/facts.js';
import { alarmDeliveries } from '../../src/alarms/deliveries.js';
import { mailSender, type MailSettings } from '../../src/alarms/mail.js';
import { alarmSender, receiverHooks } from '../../src/alarms/receivers.js';
import { AlarmRunner } from '../../src/alarms/runner.js';
import { alarmsSchema, type AlarmSettings } from '../../src/alarms/schema.js';
import { AlarmStore } from '../../src/alarms/store.js';
import { OutboundClient } from '../../src/http/outbound.js';
import { telfaWebhooks } from '../../src/integrations/telfa/webhooks.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { DeliveryWorkers } from '../../src/webhooks/delivery-workers.js';
import { Outbox } from '../../src/webhooks/outbox.js';
import type { Webhook } from '../../src/webhooks/schema.js';
import { deliverySender } from '../../src/webhooks/sender.js';
import { webhookFanout } from '../../src/webhooks/webhook-fanout.js';

export const START = Date.parse('2026-11-21T10:00:00Z');
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export const allWell: Facts = {
  trunks: [{ trunk: 'trunk', problem: undefined }],
  queues: [{ queue: 'Sales', waiting: 0, longestSince: null, registered: 2 }],
  shops: [],
  deliveries: [],
  disk: { freeBytes: 50e9, totalBytes: 100e9 },
  backups: { isScheduled: true, succeededAt: START, problem: null, runsSince: START },
  dials: { open: 0, maxOpen: 10, today: 0, maxToday: 500 },
  ownDials: [],
  handsets: undefined,
  failedLogins: [],
  bans: [],
  certificates: [],
  checks: [],
  refused: [],
};

/** Alarms on a virtual clock, with facts of the test, a real database and real ways to the receivers. */
export class AlarmHarness {
  facts: Facts = allWell;
  webhooks: Webhook[] = [];
  readonly errors: unknown[] = [];
  readonly clock: VirtualClock;
  readonly store: AlarmStore;
  readonly outbox: Outbox;
  readonly #workers: DeliveryWorkers;
  readonly #runner: AlarmRunner;
  readonly #outbound = new OutboundClient();

  private constructor(
    readonly db: Database,
    public settings: AlarmSettings,
    smtp: MailSettings | undefined,
    at: number,
  ) {
    this.clock = new VirtualClock(at);
    this.store = new AlarmStore(db);
    this.outbox = new Outbox(db);
    const secrets = { WEBHOOK_BOT: '123:abc' };
    const onError = (error: unknown) => this.errors.push(error);
    this.#workers = new DeliveryWorkers({
      webhooks: () => [...this.webhooks, ...receiverHooks(this.settings.receivers)],
      outbox: this.outbox,
      send: alarmSender({
        receivers: () => this.settings.receivers,
        sendHttp: async (request) => {
          const { status, body, latencyMs } = await this.#outbound.request(request);
          return { status, answer: body, latencyMs };
        },
        sendMail: mailSender(smtp),
        secrets,
        otherwise: deliverySender(this.#outbound, secrets, this.clock),
      }),
      clock: this.clock,
      onError,
    });
    const fanout = webhookFanout({
      subscribers: () => ({
        webhooks: this.webhooks,
        callbacks: [],
        country: 'CZ',
        time_zone: 'Europe/Prague',
        profiles: {},
      }),
      setupOf: () => undefined,
      setups: this.outbox.setups,
      contract: telfaWebhooks,
      onStored: () => undefined,
      onError,
    });
    this.#runner = new AlarmRunner({
      store: this.store,
      settings: () => this.settings,
      look: () => Promise.resolve(this.facts),
      deliveriesOf: (alarm, news) =>
        alarmDeliveries(alarm, news, {
          company: { alarms: this.settings, time_zone: 'Europe/Prague', languages: ['en'] },
          outsideUrl: 'https://pbx.example',
          fanout,
        }),
      onStored: () => this.#workers.wake(),
      onError,
      clock: this.clock,
    });
  }

  static async start(
    alarms: object,
    { smtp, file = ':memory:', at = START }: { smtp?: MailSettings; file?: string; at?: number } = {},
  ): Promise<AlarmHarness> {
    const harness = new AlarmHarness(await openDatabase(file), alarmsSchema.parse(alarms), smtp, at);
    await harness.#workers.start();
    return harness;
  }

  /** Lets time pass, looks for alarms, and delivers what is due. */
  async after(ms: number, facts: Partial<Facts> = {}): Promise<void> {
    this.facts = { ...this.facts, ...facts };
    this.clock.advanceBy(ms);
    await this.#runner.run();
    await this.#workers.idle();
  }

  async stop(): Promise<void> {
    await this.#workers.stop();
    await this.#outbound.close();
    await this.db.destroy();
  }
}
