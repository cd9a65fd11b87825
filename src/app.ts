import { Registry } from 'prom-client';
import { createAccess } from './app/access.js';
import { alarmsCleanup } from './app/alarms.js';
import { createAlarmReceivers } from './app/alarm-receivers.js';
import { createBridges } from './app/bridges.js';
import { createCallFigures } from './app/call-figures.js';
import { createCompanies, loadCompany } from './app/companies.js';
import { createConfiguration } from './app/configuration.js';
import { createCallControl } from './app/call-control.js';
import { createDispatch } from './app/dispatch.js';
import { createMessageBoxes, handsetFlows, isHandsetCall, type GatewayEffect } from './app/handset-calls.js';
import { createHandsets, foreignPhones } from './app/handsets.js';
import { Shops } from './app/shops.js';
import { createJanitor } from './app/janitor.js';
import { leaveNode, type OwnedNode } from './app/node.js';
import { createMonitor } from './app/monitor.js';
import { createNotifications } from './app/notifications.js';
import { createOrderLookup } from './app/order-lookup.js';
import { createNodes } from './app/nodes.js';
import { createOperators } from './app/operators.js';
import { createParking } from './app/parking.js';
import { stopAll, type Part } from './app/parts.js';
import { takePeerCommands } from './app/peer-commands.js';
import { createPeers } from './app/peers.js';
import { createPrivacyRoutes } from './app/privacy.js';
import { createPrompts } from './app/prompts.js';
import { createRecordings } from './app/recordings.js';
import { gatewayRoutes } from './app/routes.js';
import { createSummaries } from './app/summaries.js';
import { createStatusSpeech } from './app/status-speech.js';
import { routeCallsByResponses } from './app/runtel.js';
import { createWaitingSounds } from './app/waiting-sounds.js';
import { readInstallation, settleInstallation } from './app/installation.js';
import { loadLastPrefetch, loadLastStart } from './app/stored-value.js';
import { createTrunks } from './app/trunks.js';
import { createWatch } from './app/watch.js';
import { createWebhooks } from './app/webhooks.js';
import { createScreenPopTokens } from './app/screen-pop-tokens.js';
import { Asterisk } from './asterisk/asterisk.js';
import { AsteriskNames } from './asterisk/names.js';
import { bridgeFlow } from './masked-bridges/flow.js';
import { effectHandlers } from './calls/effect-handlers.js';
import { CallEventRouter } from './calls/event-router.js';
import { inspectResources } from './calls/inspect.js';
import { CallReader } from './calls/reader.js';
import { MissedCalls } from './calls/missed-calls.js';
import type { Config } from './config.js';
import { readBuiltFiles } from './web/pages/built-files.js';
import { PresenceProvisioner } from './directory/presence-provisioner.js';
import { FlowRuntime } from './kernel/runtime.js';
import { EffectSender } from './http/effect-sender.js';
import { OutboundClient } from './http/outbound.js';
import { createHttpServer } from './http/server.js';
import { readOrder } from './integrations/gootax/read-order.js';
import { telfaHandOver } from './integrations/telfa/hand-over.js';
import { systemClock } from './lib/clock.js';
import type { Logger } from './lib/logger.js';
import { PromptPrefetch } from './prompts/prefetch.js';
import { OrderBook } from './orders/order-book.js';
import { PartyNumbers } from './orders/party-numbers.js';
import { createAdmission } from './calls/admission.js';
import { lineEntry } from './calls/line-entry.js';
import { transferTargets } from './calls/transfer-targets.js';
import type { CallFlowEvent } from './call-plan/event.js';
import { planFlow } from './call-plan/plan-flow.js';
import { RuntimeMetrics } from './app/runtime-metrics.js';
import { SqlFlowStore } from './storage/flow-store.js';

type OnReplaced = (reason?: string) => void;
/** The composition root: creates all parts, starts them in order and stops them in reverse order. */
export class App {
  readonly #parts: Part[];
  readonly #logger: Logger;

  private constructor(parts: Part[], logger: Logger) {
    this.#parts = parts;
    this.#logger = logger;
  }

  /** @param onReplaced called when another gateway took over Asterisk: this process must end */
  static async create(config: Config, node: OwnedNode, logger: Logger, onReplaced: OnReplaced): Promise<App> {
    try {
      return new App(await compose(config, node, logger, onReplaced), logger);
    } catch (error) {
      await leaveNode(node);
      throw error;
    }
  }

  async start(): Promise<void> {
    for (const part of this.#parts) await part.start?.();
    this.#logger.info('the gateway has started');
  }

  async stop(reason: string): Promise<void> {
    this.#logger.info({ reason }, 'the gateway stops');
    await stopAll(this.#parts, (error) => this.#logger.error({ err: error }, 'a part could not be stopped'));
  }
}

async function compose(config: Config, node: OwnedNode, logger: Logger, onReplaced: OnReplaced): Promise<Part[]> {
  const clock = systemClock;
  const { db, lease } = node;
  const { fence } = lease;
  /** Of the gateway that works for all nodes. */
  const companyFence = (node.company ?? lease).fence;
  const installation = await readInstallation(db, config, logger);
  const asterisk = new Asterisk({
    names: new AsteriskNames(config.ari.app, () => foreignPhones(companies.company)),
    owner: installation,
    permit: lease.permit,
    ...config,
    log: logger,
    lastStart: await loadLastStart(db, config.node, logger),
  });
  const registry = new Registry();
  const peers = await createPeers({ db, config, registry, clock, logger });
  const shared = { db, config, clock, logger, peers };
  const outbound = new OutboundClient();

  const companies = await createCompanies({
    ...shared,
    hasAudio: async (sha256) => (await prompts.audio.find(sha256)) !== undefined,
    onError: (error) => logger.error({ err: error }, 'a listener failed'),
  });
  const prompts = createPrompts({ ...shared, companies, recording: (id) => recordings.playable(id) });
  const statusSpeech = createStatusSpeech({ companies, prompts, logger });
  const orders = new OrderBook(db);
  const parties = new PartyNumbers(orders, logger);
  const orderLookup = createOrderLookup({
    ...shared,
    orders,
    companies,
    outbound,
    speech: statusSpeech,
    recording: (language, name) => prompts.fragments.find(language, name),
    read: (fields) => readOrder(fields, companies.company),
  });

  const trunks = createTrunks({ asterisk, companies, config, registry, clock, logger });
  const { dials, handsets } = createHandsets({ ...shared, asterisk, companies, trunks, registry });
  const presence = new PresenceProvisioner({ asterisk, company: () => companies.company, logger });
  const sounds = createWaitingSounds(companies, prompts, config.http.publicUrl);
  const operators = createOperators({ ...shared, asterisk, companies, sounds });

  const prefetch = new PromptPrefetch({
    asterisk,
    media: () => prompts.media(),
    make: prompts.speakFixedTexts,
    last: await loadLastPrefetch(db, config.node, logger),
    logger,
  });
  companies.onChange(() => {
    prefetch.wake();
    void handsets.reconcile();
    void trunks.provisioner.reconcile();
    void operators.queues.reconcile();
    void presence.reconcile();
    void recordings.lamps.reconcile();
  });

  const onAnswer = routeCallsByResponses({ companies, control: () => control, clock, logger });
  const alarmReceivers = createAlarmReceivers({ config, companies, outbound, clock });
  const webhooks = createWebhooks({ ...shared, fence: companyFence, companies, outbound, onAnswer, alarmReceivers });
  const { accounts, bans, phones } = createAccess({ ...shared, companies, handsets, asterisk, registry });
  const dispatchTokens = createScreenPopTokens({ db, config, companies, clock, logger });
  const monitor = createMonitor({ ...shared, asterisk, companies, orders, outbound, dispatchTokens });
  const shops = new Shops({ registry, clock });
  const flowStore = new SqlFlowStore(db, webhooks.fanout, fence, config.node);
  const parking = createParking({ asterisk, companies, calls: () => runtime, logger });
  const metrics = new RuntimeMetrics(registry, companies);
  const runtime: FlowRuntime<CallFlowEvent, GatewayEffect> = new FlowRuntime<CallFlowEvent, GatewayEffect>({
    store: flowStore,
    clock,
    // Flows of every kind: the runtime does not interpret their programs and states.
    flows: [planFlow(telfaHandOver), ...handsetFlows, bridgeFlow],
    handlers: {
      ...effectHandlers({
        asterisk,
        prompts: prompts.resolver,
        dials,
        parties,
        targets: transferTargets(() => companies.company),
        places: parking.places,
        http: shops.watched(new EffectSender(outbound)),
        clock,
      }),
      ...operators.handlers,
      ...createMessageBoxes({ boxes: () => recordings.boxes, fragments: prompts.fragments, clock }),
      order_lookup: orderLookup.handler,
      find_line: lineEntry({ companies, contract: telfaHandOver, clock }),
    },
    inspect: (watched) => inspectResources(asterisk, watched),
    ping: () => asterisk.catchUp(),
    onError: (where, error) => logger.error({ err: error, where }, 'error in the runtime'),
    onStep: (id, summary, over) => {
      metrics.onStep(id, summary, over);
      // Calls of feature codes are not shown.
      if (!isHandsetCall(summary.at)) monitor.apply({ type: 'flow', id, summary, ended: over });
    },
    ...metrics.durations,
    onOver: (id) => {
      metrics.onOver(id);
      recordings.callOver();
      notifications.onCallEnded(id);
    },
    elsewhere: node.company && ((id, event) => nodes.others.request(id, event)),
    onNotDurable: () => monitor.apply({ type: 'durable', durable: false }),
    onDurable: () => {
      logger.info('the database is writable again');
      monitor.apply({ type: 'durable', durable: true });
    },
  });
  const recordings = createRecordings({
    ...shared,
    asterisk,
    fanout: webhooks.fanout,
    statusOf: async (flowId) => (runtime.has(flowId) ? 'running' : flowStore.statusOf(flowId)),
    companies,
  });
  const statusOf = (flowId: string) => flowStore.statusOf(flowId);
  const notifications = createNotifications({
    ...shared,
    runtime,
    statusOf,
    fanout: webhooks.fanout,
    fence: (node.notifications ?? lease).fence,
    ownFence: fence,
    companies,
    prompts,
    speech: statusSpeech,
    orders,
    asterisk,
    registry,
  });
  const bridges = createBridges({ runtime, db, companies, prompts, asterisk, config, orders, clock });
  const dispatch = createDispatch({
    db,
    companies,
    accounts,
    config,
    orders,
    notifications: notifications.service,
    bridges: bridges.service,
    bans: bans.http,
  });
  const missedCalls = new MissedCalls(db);
  const figures = createCallFigures({ ...shared, companies, asterisk, runtime, monitor: monitor.state, registry });
  const nodes = createNodes({ ...shared, node, webhooks, notifications, recordings, handsets, asterisk });
  const { reports, numberIndexer } = createSummaries({ db, companies, clock, logger });
  const janitor = createJanitor({
    ...shared,
    audio: prompts.audio,
    usedElsewhere: () => prompts.speech.audioInUse(),
    afterCalls: [
      missedCalls.cleanupJob(() => companies.company.keep_days.calls),
      figures.refused.cleanupJob(() => companies.company.keep_days.calls),
      { name: 'programs', run: () => flowStore.removeUnusedPrograms() },
      dials.cleanupJob,
    ],
    jobs: [
      ...recordings.jobs,
      alarmsCleanup(db),
      ...operators.jobs,
      ...notifications.jobs,
      prompts.speech.cleanupJob,
      dispatch.job,
      bans.cleanupJob,
      reports.cleanupJob,
    ],
    company: () => companies.company,
  });
  const exchange = new CallEventRouter({
    asterisk,
    flows: runtime,
    statusOf: (flowId) => flowStore.statusOf(flowId),
    admit: parking.feature(
      operators.feature(
        runtime,
        createAdmission({ runtime, companies, contract: telfaHandOver, maxCalls: config.maxCalls }),
      ),
    ),
    legEnded: trunks.legEnded(dials),
    legsExist: (legIds) => dials.reconcile(legIds),
    onReplaced,
    onRefused: figures.onRefused,
    logger,
  });

  const configuration = createConfiguration({ config, companies, db, clock, logger });
  const control = createCallControl({ db, runtime, statusOf, companies, prompts, asterisk, config, dials });
  let copied: string | undefined;
  const privacy = createPrivacyRoutes({
    db,
    companies,
    clock,
    removeRecording: recordings.remove,
    cancelNotification: (id) => notifications.service.cancel(id),
    forgetCustomer: monitor.customers.forget,
    removeSpokenTexts: (ids) => prompts.speech.removeTexts(ids),
    runningFlows: () => runtime.running,
    removeUnusedPrograms: () => flowStore.removeUnusedPrograms(),
    backups: async () => (await watch.backups.backups.list()).map(({ name }) => name),
  });
  const watch = createWatch({
    ...shared,
    companies,
    asterisk,
    handsets,
    queues: operators.queues,
    trunks,
    runtime,
    recordings,
    notifications,
    monitor: monitor.state,
    prompts,
    shops,
    webhooks,
    bans,
    registry,
    http: () => http,
    copied: () => copied,
  });
  const routes = gatewayRoutes({
    privacy,
    watch,
    bans,
    control,
    bridges,
    asterisk,
    db,
    registry,
    prompts,
    companies,
    handsets,
    trunks,
    phones,
    operators,
    calls: new CallReader(db.history),
    missedCalls,
    refused: figures.refused,
    webhooks,
    outbound,
    recordings,
    notifications,
    monitor,
    dispatchTokens,
    built: await readBuiltFiles(config.assetsDir),
    accounts,
    dispatch,
    statusSpeech,
    config,
    configuration,
  });
  const http = createHttpServer({
    ...routes,
    upgrades: [...monitor.upgrades, phones.sockets.route],
    tokens: phones.tokens,
    passwords: accounts.principals,
    bans: bans.http,
    counts: peers.counts,
    sessions: accounts.sessions,
    proxies: config.http.proxies,
    peerKey: node.lease.peerKey,
    ownership: () => lease.permit('request'),
    onPeerEvent: takePeerCommands(runtime),
    secure: config.http.outsideUrl.startsWith('https:'),
    httpsPort: config.tls?.https.port,
    acmeDir: config.acmeDir,
    logger,
    metrics: registry,
  });

  return [
    { stop: () => leaveNode(node) },
    prompts.audio,
    prompts.fragments,
    { start: () => loadCompany(companies, config.example, logger) },
    prompts.speech,
    accounts,
    ...bans.parts,
    peers,
    phones.sessions,
    dispatchTokens,
    { stop: () => outbound.close() },
    {
      async start() {
        copied = await settleInstallation({ installation, flows: flowStore, notifications, clock, logger });
        asterisk.onEvent(({ type }) => {
          if (type === 'link_up') void installation.hasAsterisk();
        });
      },
    },
    { start: () => webhooks.setups.load() },
    nodes.once.single(webhooks.workers),
    runtime,
    figures.refused,
    figures.legQualities,
    exchange,
    recordings,
    nodes.calling.single(notifications),
    ...[janitor, reports, numberIndexer].map((part) => nodes.once.single(part)),
    handsets,
    ...trunks.parts,
    presence,
    ...operators.parts,
    ...watch.parts,
    nodes.once.single(watch.alarmRunner),
    configuration,
    { start: () => http.start(config.http), stop: () => http.stop() },
    monitor,
    phones.sockets,
    prefetch,
    { start: () => asterisk.start(), stop: () => asterisk.stop() },
    ...nodes.parts,
  ];
}
