import { Counter, Gauge, type Registry } from 'prom-client';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { Config } from '../config.js';
import type { CheckFailure } from '../http/health.js';
import type { Route } from '../http/route.js';
import { telfaHandOver } from '../integrations/telfa/hand-over.js';
import type { Clock } from '../lib/clock.js';
import type { CleanupJob } from '../lib/janitor.js';
import type { Logger } from '../lib/logger.js';
import { limitsOf } from '../notifications/check.js';
import { DoNotCallList } from '../notifications/do-not-call.js';
import { doNotCallRoutes } from '../notifications/do-not-call-routes.js';
import { HeldNotifications } from '../notifications/held.js';
import { heldNotificationRoutes } from '../notifications/held-routes.js';
import { purgeNotifications } from '../notifications/purge-notifications.js';
import type { Notifications } from '../notifications/port.js';
import { NotificationReader } from '../notifications/reader.js';
import { createResultPublisher } from '../notifications/result-publisher.js';
import { isAttemptCall } from '../kernel/ids.js';
import { notificationRoutes } from '../notifications/routes.js';
import { Scheduler } from '../notifications/scheduler.js';
import { NotificationService } from '../notifications/service.js';
import { NotificationStore } from '../notifications/store.js';
import type { OrderBook } from '../orders/order-book.js';
import type { StatusSpeech } from '../orders/status-speech.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { CallOriginator, type CallOriginatorOptions } from '../calls/originate.js';
import { PlanMessageCalls } from '../calls/message-call-starter.js';
import type { Database } from '../storage/database.js';
import type { EventFanout } from '../storage/flow-store.js';
import type { Fence } from '../storage/node-lease/fence.js';
import { IdempotencyKeys } from '../storage/idempotency-keys.js';
import { readTimeline } from '../storage/timeline.js';
import type { Prompts } from './prompts.js';
import { remedyOf } from './remedies.js';

export interface NotificationParts {
  service: Notifications;
  routes: Route[];
  jobs: CleanupJob[];
  /** Must be called when a call ends. */
  onCallEnded: (callId: string) => void;
  /** Settles the calls of a copied data folder, and holds the notifications that are due. Call before {@link start}. */
  settleCopy(): Promise<void>;
  /** Whether notifications are held. */
  check: () => Promise<CheckFailure | undefined>;
  /** Another gateway may have stored notifications. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

/** Composes notifications: accepted, called when they are due, reported to webhooks. */
export function createNotifications({
  runtime,
  statusOf,
  db,
  fence,
  ownFence,
  fanout,
  companies,
  prompts,
  speech,
  orders,
  asterisk,
  config,
  registry,
  clock,
  logger,
}: {
  runtime: CallOriginatorOptions['runtime'] & { has(callId: string): boolean };
  statusOf: CallOriginatorOptions['statusOf'];
  db: Database;
  /** Of the gateway that makes the calls, and of this one. */
  fence: Fence;
  ownFence: Fence;
  fanout: EventFanout;
  companies: CompanyStore;
  prompts: Pick<Prompts, 'resolver'>;
  speech: StatusSpeech;
  orders: OrderBook;
  asterisk: Asterisk;
  config: Pick<Config, 'maxCalls' | 'trunkEndpoint'>;
  registry: Registry;
  clock: Clock;
  logger: Logger;
}): NotificationParts {
  const company = () => companies.company;
  const reader = new NotificationReader(db.history);
  const metrics = registerMetrics(registry, reader);
  const store = new NotificationStore(
    db,
    createResultPublisher(fanout, (result) => metrics.results.inc({ result })),
    fence,
    ownFence,
  );
  const calls = new PlanMessageCalls({
    originator: new CallOriginator({
      runtime,
      statusOf,
      contract: telfaHandOver,
      asterisk,
      maxCalls: config.maxCalls,
      clock,
    }),
    company,
    statusOf: async (callId) => (runtime.has(callId) ? 'running' : statusOf(callId)),
    timeline: (callId) => readTimeline(db, callId),
  });
  const doNotCall = new DoNotCallList(db);
  const service = new NotificationService({
    store,
    doNotCall,
    orders,
    company,
    speech,
    calls,
    clock,
    promptProblem: async (ids) => {
      const found = await prompts.resolver.resolve(
        ids.map((prompt) => ({ prompt })),
        company().languages,
        '',
      );
      return 'refused' in found ? found.refused : undefined;
    },
    defaultTrunk: config.trunkEndpoint,
    onAdded: () => scheduler.wake(),
  });
  const scheduler = new Scheduler({
    store,
    calls,
    clock,
    begin: (row, callId) => service.begin(row, callId),
    limits: () => limitsOf(company().notifications),
    canCall: () => asterisk.usable,
    onCalled: (outcome) => metrics.calls.inc({ outcome }),
    onError: (error) => logger.error({ err: error }, 'the scheduler of notifications failed'),
  });
  const held = new HeldNotifications({ db, store, clock, onReleased: () => scheduler.wake() });
  const unsubscribe: (() => void)[] = [];
  return {
    service,
    routes: [
      ...notificationRoutes({
        notifications: service,
        reader,
        keys: new IdempotencyKeys(db),
        settings: () => company().notifications,
      }),
      ...heldNotificationRoutes(held),
      ...doNotCallRoutes({ list: doNotCall, country: () => company().country, now: () => clock.now() }),
    ],
    jobs: [purgeNotifications({ db, keepDays: () => company().keep_days.orders })],
    onCallEnded(callId) {
      if (isAttemptCall(callId)) scheduler.wake();
    },
    settleCopy: async () => held.hold(await scheduler.settleInterrupted()),
    check: () => heldFailure(held),
    wake: () => scheduler.wake(),
    start() {
      unsubscribe.push(
        companies.onChange(() => scheduler.wake()),
        asterisk.onEvent(({ type }) => {
          if (type === 'link_up') scheduler.wake();
        }),
      );
      scheduler.start();
    },
    async stop() {
      for (const end of unsubscribe.splice(0)) end();
      await scheduler.stop();
    },
  };
}

async function heldFailure(held: HeldNotifications): Promise<CheckFailure | undefined> {
  const count = await held.count();
  if (count === 0) return undefined;
  const problem = `${count} notifications were due when the data folder was restored, and are not called`;
  return { problem, remedy: remedyOf('notifications', problem), degraded: true };
}

function registerMetrics(registry: Registry, reader: NotificationReader) {
  new Gauge({
    name: 'cordboard_notifications_open',
    help: 'Open notifications: waiting or being called',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await reader.countOpen())) this.set({ state }, count);
    },
  });
  return {
    calls: new Counter({
      name: 'cordboard_notification_calls_total',
      help: 'Ended calls of notifications, by outcome',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    results: new Counter({
      name: 'cordboard_notification_results_total',
      help: 'Finished notifications, by result',
      labelNames: ['result'],
      registers: [registry],
    }),
  };
}
