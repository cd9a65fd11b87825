import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Registry } from 'prom-client';
import { Asterisk } from './asterisk/asterisk.js';
import { effectHandlers } from './calls/effects.js';
import { Exchange, type Arrival } from './calls/exchange.js';
import type { Config } from './config.js';
import { findLine, readCaller } from './directory/caller.js';
import { DialPolicy } from './directory/dial-policy.js';
import { HandsetKeeper } from './directory/handset-keeper.js';
import type { AnyFlow } from './flows/runtime-types.js';
import { Runtime } from './flows/runtime.js';
import type { TelephonyEvent } from './flows/telephony.js';
import { EffectSender } from './http/effect-sender.js';
import { healthRoutes } from './http/health.js';
import { metricsRoutes } from './http/metrics.js';
import { OutboundClient } from './http/outbound.js';
import type { Route } from './http/route.js';
import { createHttpServer, type HttpServer } from './http/server.js';
import { adminToken, TokenList } from './http/tokens.js';
import { telfaHandOver } from './integrations/telfa/hand-over.js';
import { systemClock } from './lib/clock.js';
import { createLogger, type Logger } from './lib/logger.js';
import type { PlanEffect } from './plan/call.js';
import type { Company } from './plan/company.js';
import { compile } from './plan/compile.js';
import { readDocument } from './plan/document.js';
import { PLAN, planFlow } from './plan/flow.js';
import { AudioStore } from './prompts/audio-store.js';
import { audioRoutes } from './prompts/audio-routes.js';
import { Catalogue } from './prompts/catalogue.js';
import { Converter } from './prompts/convert.js';
import { PromptResolver } from './prompts/resolve.js';
import { promptRoutes } from './prompts/routes.js';
import { PromptService } from './prompts/service.js';
import { openDatabase, type Database } from './storage/database.js';
import { SqlFlowStore } from './storage/flow-store.js';

type Flows = Runtime<TelephonyEvent, PlanEffect>;

/** The composition root: makes every part, hands each what it needs, starts and stops them in order. */
export class App {
  private constructor(
    private readonly config: Config,
    private readonly logger: Logger,
    private readonly db: Database,
    private company: Company,
  ) {}

  static async create(config: Config): Promise<App> {
    const logger = createLogger({ level: config.logLevel });
    await mkdir(config.dataDir, { recursive: true });
    const db = await openDatabase(path.join(config.dataDir, 'cordboard.db'), config.synchronous);
    const document = readDocument(await readFile(config.example, 'utf8'), config.example);
    if (!document.ok) throw new Error(JSON.stringify(document.problems));
    return new App(config, logger, db, document.document.company);
  }

  #stop: (() => Promise<void>) | undefined;

  async start(onReplaced: () => void): Promise<void> {
    const { config, logger, db } = this;
    const clock = systemClock;
    const asterisk = new Asterisk({ ari: config.ari, ami: config.ami, log: logger });
    const outbound = new OutboundClient();
    const flowStore = new SqlFlowStore(db);

    const audio = new AudioStore({
      db,
      folder: path.join(config.dataDir, 'audio'),
      soundsFolder: config.soundsDir,
      logger,
    });
    await audio.start();
    const catalogue = new Catalogue(
      {
        list: () => Promise.resolve(this.company.prompts.map((prompt) => ({ key: String(prompt.id), body: prompt }))),
        get: (_section, key) => Promise.resolve(this.company.prompts.find(({ id }) => String(id) === key)),
        put: () => Promise.reject(new Error('not yet')),
        remove: () => Promise.reject(new Error('not yet')),
      },
      db,
    );
    const resolver = new PromptResolver({ catalogue, audio, publicUrl: config.http.publicUrl });
    const prompts = new PromptService({
      catalogue,
      audio,
      converter: new Converter(audio.temporaryFolder),
      usages: () => [],
    });

    const dials = new DialPolicy({ db, directory: () => this.company, trunk: config.trunkEndpoint });
    const handsets = new HandsetKeeper({
      asterisk,
      secretsDir: path.join(config.dataDir, 'secrets'),
      handsets: () => this.company,
      logger,
    });

    const flow = planFlow(telfaHandOver);
    const runtime: Flows = new Runtime<TelephonyEvent, PlanEffect>({
      store: flowStore,
      clock,
      flows: [flow as unknown as AnyFlow<TelephonyEvent, PlanEffect>],
      handlers: effectHandlers({ asterisk, prompts: resolver, dials, http: new EffectSender(outbound), clock }),
      probe: (watched) => exchange.probe(watched),
      onTrouble: (where, error) => logger.error({ err: error, where }, 'trouble'),
    });
    const exchange = new Exchange({
      asterisk,
      flows: runtime,
      fate: (flowId) => flowStore.fate(flowId),
      arrive: (arrival, at) => this.#arrive(runtime, arrival, at),
      legEnded: (legId) => dials.ended(legId),
      legsExist: (legIds) => dials.reconcile(legIds),
      onReplaced,
      logger,
    });

    const registry = new Registry();
    const routes: Route[] = [
      ...healthRoutes({
        ari: () => asterisk.trouble.ari,
        ami: () => asterisk.trouble.ami,
        database: () => (runtime.durable ? undefined : 'the database cannot be written'),
      }),
      ...metricsRoutes(registry),
      ...promptRoutes(prompts),
      ...audioRoutes(prompts, audio),
    ];
    const http: HttpServer = createHttpServer({
      routes,
      tokens: new TokenList([adminToken(config.apiToken)]),
      logger,
      metrics: registry,
    });

    await runtime.start();
    exchange.start();
    handsets.start();
    await http.start(config.http);
    asterisk.start();
    logger.info({ port: config.http.port }, 'the gateway listens');

    this.#stop = async () => {
      await http.stop();
      await runtime.stop();
      await exchange.stop();
      await handsets.stop();
      await asterisk.stop();
      await outbound.close();
      await db.destroy();
    };
  }

  async stop(reason: string): Promise<void> {
    this.logger.info({ reason }, 'the gateway stops');
    await this.#stop?.();
  }

  #arrive(
    runtime: Flows,
    { channel, dialled, codec, sip }: Arrival,
    at: number,
  ): 'begun' | 'unknown_line' | 'too_many' {
    if (runtime.running.length >= this.config.maxCalls) return 'too_many';
    const line = findLine(this.company.lines, dialled, this.company.country);
    if (line === undefined) return 'unknown_line';
    const caller = readCaller(channel.caller.number, this.company.country);
    const number = caller.kind === 'number' ? caller.e164 : caller.kind === 'other' ? caller.text : '';
    const program = compile(this.company, line, telfaHandOver);
    runtime.begin(PLAN, `c_${channel.id}`, program, {
      type: 'call_arrived',
      at,
      channelId: channel.id,
      caller: { number, name: channel.caller.name },
      codec,
      sip,
    });
    return 'begun';
  }
}
