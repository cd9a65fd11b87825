import type { Registry } from 'prom-client';
import { systemClock } from '../lib/clock.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import { ownCallRoutes } from '../calls/own-call-routes.js';
import { callControlRoutes, startedAnswer } from '../calls/control-routes.js';
import type { CallReader } from '../calls/reader.js';
import { refusedCallRoutes } from '../calls/refused-call-routes.js';
import type { RefusedCalls } from '../calls/refused-calls.js';
import type { MissedCalls } from '../calls/missed-calls.js';
import { missedCallRoutes } from '../calls/missed-call-routes.js';
import { CallHistory } from '../calls/call-history.js';
import { callNoteRoutes } from '../calls/call-note-routes.js';
import { CallNotes } from '../calls/call-notes.js';
import { customerRoutes } from '../calls/customer-routes.js';
import { handsetCallRoutes } from '../calls/handset-call-routes.js';
import { HandsetCalls } from '../calls/handset-calls.js';
import { callReplayRoutes } from '../calls/replay-routes.js';
import { callRoutes } from '../calls/routes.js';
import { firstAccountRoutes } from '../accounts/first-account-routes.js';
import { AuditReader } from '../accounts/audit-reader.js';
import { auditRoutes } from '../accounts/audit-routes.js';
import { accountRoutes } from '../accounts/routes.js';
import { screenPopTokenRoutes } from '../accounts/screen-pop-token-routes.js';
import type { ScreenPopTokens } from '../accounts/screen-pop-tokens.js';
import { tokenRoutes } from '../accounts/token-routes.js';
import { problemPage } from '../web/pages/layout.js';
import type { BuiltFiles } from '../web/pages/built-files.js';
import { clickToCallPages } from '../web/pages/click-to-call.js';
import { consolePages } from '../web/pages/console-pages.js';
import { consoleRoutes } from '../web/pages/routes.js';
import type { HandsetProvisioner } from '../directory/handset-provisioner.js';
import { handsetRoutes } from '../directory/handset-routes.js';
import { trunkRoutes } from '../directory/trunk-routes.js';
import { contactRoutes } from '../directory/contact-routes.js';
import { holidayRoutes } from '../directory/holiday-routes.js';
import type { SipServer } from '../directory/phone-encryption.js';
import { isProvisioning, PhoneProvisioning } from '../directory/phone-provisioning.js';
import { createEnrolment } from './enrolment.js';
import { iceServersFor, type IceSettings } from '../directory/ice-servers.js';
import { embedRoutes } from '../webphone/embed-routes.js';
import { sipSocketUrl } from '../webphone/schema.js';
import { lineRoutes } from '../company/line-routes.js';
import { healthRoutes } from '../http/health.js';
import { metricsRoutes } from '../http/metrics.js';
import { takesPart, talkOf } from '../monitor/talk-of.js';
import { monitorRoutes } from '../monitor/routes.js';
import type { StatusComposer } from '../notifications/speech/composer.js';
import { recordAudit, recordAuditOnce, type RecordAction } from '../storage/audit-log.js';
import { statusRecordings } from './status-speech.js';
import { statusSpeechRoutes } from '../notifications/speech/routes.js';
import { describeApi } from './api-description.js';
import type { ApiDescription } from '../http/openapi.js';
import type { OutboundClient } from '../http/outbound.js';
import { ResultPages } from '../http/result-pages.js';
import type { Route } from '../http/route.js';
import type { HttpServerOptions } from '../http/server.js';
import type { AccountParts } from './accounts.js';
import type { CompanyStore } from '../company/store/company-store.js';
import { readNumber, type PlanCallControl } from '../calls/call-control.js';
import type { Company } from '../company/company.js';
import { labelsOf } from '../company/labels.js';
import { actionFormRoutes } from '../company/action-form-routes.js';
import { menuNames } from '../company/menu-names.js';
import { draftRoutes } from '../company/draft-routes.js';
import { ConfigDrafts } from '../company/drafts.js';
import { ConfigEditor } from '../company/config-editor.js';
import { setupProgressRoutes } from '../company/setup-progress.js';
import { itemRoutes } from '../company/item-routes.js';
import { ConfigStore } from '../company/store/config-store.js';
import { ConfigVersions } from '../company/store/versions.js';
import { configRoutes } from '../company/routes.js';
import { simulateRoutes } from '../company/simulate-routes.js';
import { audioRoutes } from '../prompts/audio-routes.js';
import { musicRoutes } from '../prompts/music-routes.js';
import { promptRoutes } from '../prompts/routes.js';
import { shippedSoundRoutes } from '../prompts/shipped-routes.js';
import type { Database } from '../storage/database.js';
import { IdempotencyKeys } from '../storage/idempotency-keys.js';
import { receiverRoutes } from '../webhooks/receiver-routes.js';
import { deliveryRoutes } from '../webhooks/routes.js';
import { replayRoutes } from '../simulator/past-calls/routes.js';
import type { Dispatch } from './dispatch.js';
import type { Configuration } from './configuration.js';
import { alarmRoutes } from '../alarms/routes.js';
import { backupRoutes } from '../backups/routes.js';
import { banRoutes } from '../bans/routes.js';
import type { BanParts } from './bans.js';
import type { BridgeParts } from './bridges.js';
import type { BrowserPhones } from './browser-phones.js';
import type { Monitor } from './monitor.js';
import type { NotificationParts } from './notifications.js';
import { operatorRoutes } from '../agents/routes.js';
import type { OperatorParts } from './operators.js';
import type { Prompts } from './prompts.js';
import { popsOf } from '../integrations/gootax/pop.js';
import { describedDispatchRequests } from '../integrations/gootax/describe.js';
import { describedControlCalls } from '../integrations/telfa/control/describe.js';
import { shopRoutes } from '../integrations/telfa/shop-routes.js';
import { messageRoutes } from '../recordings/message-routes.js';
import { recordingRoutes } from '../recordings/routes.js';
import { ReportReader } from '../reports/reader.js';
import { reportRoutes } from '../reports/routes.js';
import { connectRoutes } from '../connect/routes.js';
import { doctorRoutes } from '../doctor/routes.js';
import { systemRoutes } from './system-routes.js';
import type { RecordingFeature } from './recordings.js';
import { createRuntel } from './runtel.js';
import { createTelfaControl } from './telfa-control.js';
import type { Watch } from './watch.js';
import type { TrunkParts } from './trunks.js';
import type { Webhooks } from './webhooks.js';

interface RouteParts {
  control: PlanCallControl;
  bridges: BridgeParts;
  asterisk: Asterisk;
  db: Database;
  registry: Registry;
  prompts: Prompts;
  companies: CompanyStore;
  handsets: HandsetProvisioner;
  trunks: TrunkParts;
  phones: Pick<BrowserPhones, 'accounts' | 'embed'>;
  operators: OperatorParts;
  calls: CallReader;
  missedCalls: MissedCalls;
  refused: RefusedCalls;
  webhooks: Pick<Webhooks, 'deliveries' | 'receivers' | 'redeliver' | 'redeliverDead' | 'fanout'>;
  outbound: OutboundClient;
  accounts: AccountParts;
  monitor: Pick<Monitor, 'state' | 'customers'>;
  dispatchTokens: ScreenPopTokens;
  recordings: RecordingFeature;
  notifications: Pick<NotificationParts, 'routes' | 'service' | 'check'>;
  built: BuiltFiles;
  dispatch: Dispatch;
  configuration: Pick<Configuration, 'documents' | 'replays'>;
  privacy: Route[];
  watch: Omit<Watch, 'parts'>;
  bans: BanParts;
  /** Addresses of the gateway for telephones and browsers. */
  config: {
    sip: SipServer;
    http: { host: string; port: number; outsideUrl: string };
    dataDir: string;
    ice: IceSettings;
  };
  statusSpeech: StatusComposer;
}

/** Every route of the gateway. */
export function gatewayRoutes(parts: RouteParts): Pick<
  HttpServerOptions,
  'routes' | 'find' | 'problemPage' | 'results' | 'assetAddress' | 'usesDispatch'
> & {
  description: ApiDescription;
} {
  const { asterisk, db, registry, prompts, companies, handsets, calls, accounts } = parts;
  const { documents, replays } = parts.configuration;
  const { checks, warnings } = parts.watch.health;
  const keys = new IdempotencyKeys(db);
  const history = new CallHistory(db.history);
  const settled = async () => [
    ...(await handsets.reconcile()),
    ...(await parts.operators.queues.reconcile()),
    ...(await parts.trunks.provisioner.reconcile()),
  ];
  const versions = new ConfigVersions(db.history);
  const store = new ConfigStore(db);
  const editor = new ConfigEditor({ companies, store, versions, documents });
  const drafts = new ConfigDrafts({ db, companies, store, versions, editor, documents, now: () => systemClock.now() });
  const record: RecordAction = (entry) => recordAudit(db, { ...entry, at: systemClock.now() });
  const recordOnce: RecordAction = (entry) => recordAuditOnce(db, { ...entry, at: systemClock.now() });
  const enrolment = createEnrolment({ db, companies, handsets, config: parts.config, record, recordOnce });
  const provisioning = new PhoneProvisioning(systemClock, parts.config.http.outsideUrl, recordOnce, enrolment);
  const api = [
    ...healthRoutes(checks, warnings),
    ...systemRoutes({
      asterisk,
      trunk: () => parts.watch.readiness.trunk(),
      trunks: () => parts.trunks.states.refresh(),
      checks,
      warnings,
      dataDir: parts.config.dataDir,
      databaseSize: () => db.size(),
      backups: parts.watch.backups.backups,
      certificates: parts.watch.certificates.list,
      http: parts.config.http,
      sip: parts.config.sip,
      promptsMissing: () => promptsMissing(prompts.service, companies.company.languages),
    }),
    ...alarmRoutes({ store: parts.watch.alarms, clock: systemClock }),
    ...doctorRoutes(parts.watch.doctor),
    ...connectRoutes(parts.watch.connectSheet),
    ...metricsRoutes(registry),
    ...configRoutes({ companies, documents, settled, record: recordOnce }),
    ...actionFormRoutes(),
    ...simulateRoutes({ documents, draftSource: async (id) => (await drafts.withSource(id)).source }),
    ...draftRoutes({ drafts, settled }),
    ...replayRoutes({ replays, draft: (id) => drafts.withSource(id) }),
    ...itemRoutes({ editor, versions, companies, settled }),
    ...accountRoutes(accounts.accounts),
    ...firstAccountRoutes(accounts.first, {
      sessions: accounts.sessions,
      outsideUrl: parts.config.http.outsideUrl,
    }),
    ...setupProgressRoutes({ db, hasAccount: () => !accounts.first.isMissing }),
    ...auditRoutes(new AuditReader(db.history), record),
    ...tokenRoutes(accounts.apiTokens),
    ...screenPopTokenRoutes(parts.dispatchTokens),
    ...contactRoutes(() => companies.company),
    ...holidayRoutes(documents),
    ...handsetRoutes({
      handsets: () => companies.company.handsets,
      keeper: handsets,
      accounts: parts.phones.accounts,
      provisioning,
      servers: phoneServers(parts.config),
      iceServersFor: (handset) => iceServersFor(handset, parts.config.ice, systemClock.now()),
      record,
      recordOnce,
    }),
    ...trunkRoutes({
      trunks: () => companies.company.trunks,
      states: parts.trunks.states,
      secrets: parts.trunks.secrets,
      settled: () => parts.trunks.provisioner.reconcile(),
      testCall: async (trunk, number) => startedAnswer(await parts.control.testTrunk(trunk, number)),
      record,
    }),
    ...enrolment.routes(),
    ...provisioning.routes(),
    ...embedRoutes(parts.phones.embed),
    ...lineRoutes(() => companies.company),
    ...operatorRoutes(parts.operators),
    ...promptRoutes(prompts.service),
    ...audioRoutes(prompts.service, prompts.audio),
    ...musicRoutes(prompts.music),
    ...shippedSoundRoutes(prompts.audio, (language, sound) => prompts.fragments.textOf(language, sound)),
    ...statusSpeechRoutes({ composer: parts.statusSpeech, ...statusRecordings(prompts) }),
    ...callRoutes({ calls, country: () => companies.company.country, record }),
    ...callReplayRoutes({
      calls,
      simulate: (request, signal) =>
        documents.simulate(undefined, { ...request, pause: false, nobody_answers: false }, signal),
    }),
    ...reportRoutes({
      reader: new ReportReader(db.history),
      timeZone: () => companies.company.time_zone,
      menuNames: () => menuNames(companies.company),
      clock: systemClock,
      record,
    }),
    ...recordingRoutes(parts.recordings),
    ...messageRoutes(parts.recordings),
    ...callControlRoutes(parts.control, keys),
    ...ownCallRoutes({ control: parts.control, talkOf: (handset) => talkOf(parts.monitor.state(), handset) }),
    ...callNoteRoutes({
      notes: new CallNotes({ db, fanout: parts.webhooks.fanout, clock: systemClock }),
      history,
      takesPart: (callId, handset) => takesPart(parts.monitor.state(), callId, handset),
    }),
    ...customerRoutes({ history, findCustomer: parts.monitor.customers.find }),
    ...handsetCallRoutes({
      control: parts.control,
      keys,
      calls: new HandsetCalls(db.history),
      history,
      checkNumber: (text) => readNumber(text, companies.company),
      company: () => companies.company,
    }),
    ...refusedCallRoutes(parts.refused, () => companies.company.country),
    ...missedCallRoutes({
      missed: parts.missedCalls,
      control: parts.control,
      keys,
      company: () => companies.company,
      clock: systemClock,
    }),
    ...parts.bridges.routes,
    ...parts.notifications.routes,
    ...deliveryRoutes(parts.webhooks),
    ...receiverRoutes(parts.webhooks.receivers),
    ...shopRoutes({
      company: () => companies.company,
      outbound: parts.outbound,
      url: parts.config.http.outsideUrl,
      record,
    }),
    ...parts.privacy,
    ...backupRoutes(parts.watch.backups),
    ...banRoutes({ bans: parts.bans.list, sipProblem: () => parts.bans.sip.problem, record }),
    ...parts.dispatch.routes,
    ...monitorRoutes(parts.monitor.state),
  ];
  const consoleFrames = consolePages({
    built: parts.built,
    company: () => factsForConsole(companies.company),
    firstAccount: accounts.first,
    isForBrowsers: (name) => companies.company.handsets.some((handset) => handset.name === name && handset.webrtc),
    embedsPhone: parts.phones.embed.isListed,
    pops: (operatorId) => popsOf(companies.company.gootax, parts.dispatchTokens.setSince(operatorId) !== undefined),
  });
  const telfa = createTelfaControl(parts);
  const runtel = createRuntel(parts);
  const description = describeApi(
    [...api, ...consoleFrames],
    [...describedControlCalls(), ...describedDispatchRequests(), ...runtel.described()],
  );
  const pages = consoleRoutes({
    people: accounts,
    lacksAccount: () => accounts.first.isMissing,
    bans: parts.bans.http,
    clock: systemClock,
    api: () => description.read(),
  });
  const clickToCall = clickToCallPages(parts.control, (text) => readNumber(text, companies.company));
  const results = new ResultPages(systemClock);
  return {
    description,
    routes: [...api, description.route, ...pages, ...clickToCall, ...consoleFrames, ...results.routes()],
    find: (method, url, headers) =>
      isProvisioning(url)
        ? undefined
        : (runtel.find(method, url) ?? telfa.find(method, url, headers) ?? parts.dispatch.api.find(method, url)),
    problemPage,
    results,
    usesDispatch: () => usesDispatch(companies.company),
    assetAddress: (source) => parts.built.addressOf(source),
  };
}

/** Used prompts that have no audio in the first language, with all that lack it. */
async function promptsMissing(prompts: Pick<Prompts['service'], 'list'>, languages: readonly string[]) {
  const listed = await prompts.list();
  return listed
    .filter(({ usedIn }) => usedIn.length > 0)
    .map(({ prompt: { id, name }, audio }) => {
      const present = new Set(audio.map(({ language }) => language));
      return { id, name, languages: languages.filter((language) => !present.has(language)) };
    })
    .filter((prompt) => prompt.languages[0] === languages[0]);
}

/** What phones need besides their user name and password. */
function phoneServers({ sip, http: { outsideUrl } }: RouteParts['config']) {
  return {
    server: sip.server,
    port: sip.port,
    tls_port: sip.tlsPort ?? null,
    transports: ['udp' as const, 'tcp' as const],
    websocket_url: sipSocketUrl(outsideUrl),
    websocket_domain: URL.canParse(outsideUrl) ? new URL(outsideUrl).hostname : '',
  };
}

/** Whether orders come from a dispatch, or are spoken to callers. */
function usesDispatch({ gootax, runtel, orders, status_speech }: Company): boolean {
  return [gootax, runtel, orders, status_speech].some((settings) => settings !== undefined);
}

function factsForConsole(company: Company): ReturnType<Parameters<typeof consolePages>[0]['company']> {
  return {
    timeZone: company.time_zone,
    hasWebhooks: company.webhooks.length > 0,
    usesDispatch: usesDispatch(company),
    labels: labelsOf(company),
    languages: [...new Set([...company.languages, ...company.lines.flatMap((line) => line.languages ?? [])])],
    pauseReasons: company.pause_reasons,
    queues: company.queues.map(({ id, name }) => ({ id, name })),
    handsets: company.handsets.map(({ name, display_name }) => ({
      name,
      title: (company.operators.find(({ handset }) => handset === name)?.name ?? display_name) || name,
    })),
    lines: company.lines.map(({ number, name }) => ({ number, name })),
  };
}
