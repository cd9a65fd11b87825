import type { Clock } from '../lib/clock.js';
import { systemClock } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import { AmiConnection } from './ami-connection.js';
import type { AmiAddress, AmiEvent, AmiFields, AmiItem } from './ami-connection.js';
import { AmiLink } from './ami-link.js';
import type { RawAriEvent } from './ari-connection.js';
import { AriDownload } from './ari-download.js';
import { AriLink } from './ari-link.js';
import { ariPath } from './ari-request.js';
import type { AriRequest } from './ari-request.js';
import {
  ariEventSchema,
  bridgeOf,
  bridgeSchema,
  bridgesSchema,
  channelSchema,
  channelsSchema,
  DIALLED,
  endpointSchema,
  KNOWN_EVENTS,
  snapshotOf,
} from './ari-schema.js';
import type { AriAddress } from './ari-socket.js';
import { ChannelEvents } from './channel-events.js';
import { handsetEventOf, listContacts } from './contacts.js';
import { detectionVariables, queueVariables } from './dialplan-visits.js';
import { Handsets, ignoringGone } from './handsets.js';
import { missingContexts, registrationsOf, type InspectionPort } from './inspection.js';
import { legVariables } from './leg-variables.js';
import { DEFAULT_TIMING, messageOf } from './link.js';
import type { LinkContext, LinkLog, LinkTiming } from './link.js';
import { AsteriskError } from './port.js';
import type {
  AsteriskEvent,
  AsteriskPort,
  BridgeSnapshot,
  ChannelSnapshot,
  DetectionRequest,
  DialRequest,
  HandsetAccount,
  HandsetContact,
  SnoopRequest,
} from './port.js';
import type { AmiAction } from './config-file.js';
import { Musics } from './music.js';
import { queueName } from './queue-config.js';
import { QueueEvents } from './queue-events.js';
import type { MusicAccount, QueueAccount, QueuePort, QueueSnapshot, QueueTalk, QueueVisit } from './queue-port.js';
import { Queues } from './queues.js';
import { withdraw } from './withdraw.js';
import { Recordings } from './recordings.js';

/** How long a leg that was created may take into our application; it takes a millisecond or two. */
const LEG_ENTRY_MS = 1000;

export interface AsteriskOptions {
  ari: AriAddress;
  ami: AmiAddress;
  /** A user with the class `config`, who writes the queues; without one they cannot be changed. */
  amiConfig?: AmiAddress | undefined;
  log: LinkLog;
  clock?: Clock;
  /** In [0, 1), as `Math.random`, which it is by default. */
  random?: () => number;
  timing?: Partial<LinkTiming>;
  /** When the Asterisk of the last connection had started, so that a restart is noticed that happened while we were away. */
  lastStart?: { known: string; changed: (startedAt: string) => void };
}

/** The real Asterisk: calls over ARI, queues and the ends of calls outside our application over AMI. */
export class Asterisk implements AsteriskPort, QueuePort, InspectionPort {
  readonly recordings: Recordings;
  readonly #clock: Clock;
  readonly #log: LinkLog;
  readonly #app: string;
  readonly #ari: AriLink;
  readonly #files: AriDownload;
  readonly #ami: AmiLink;
  readonly #events: Emitter<AsteriskEvent>;
  readonly #amiEvents: Emitter<AmiEvent>;
  readonly #channels: ChannelEvents;
  readonly #handsets = new Handsets((request) => this.#rest(request));
  readonly #queues = new Queues({
    action: (fields) => this.amiAction(fields),
    list: (fields) => this.amiList(fields),
    write: (job) => this.#asConfigUser(job),
    now: () => this.#clock.now(),
  });
  readonly #musics = new Musics(
    (fields) => this.amiAction(fields),
    (job) => this.#asConfigUser(job),
  );
  readonly #queueEvents: QueueEvents;
  readonly #amiConfig: AmiAddress | undefined;
  readonly #context: LinkContext;
  #usable = false;
  #stopping = false;
  /** Start time of the Asterisk we are connected to, and of the one at the last link_up. */
  #startedAt = '';
  #knownStart: string;
  readonly #startChanged: (startedAt: string) => void;

  constructor(options: AsteriskOptions) {
    const { ari, ami, amiConfig, log, clock = systemClock, random = Math.random, timing = {}, lastStart } = options;
    this.#knownStart = lastStart?.known ?? '';
    this.#startChanged = lastStart?.changed ?? (() => undefined);
    this.#clock = clock;
    this.#log = log;
    this.#app = ari.app;
    const failed = (error: unknown) => log.warn({ error: messageOf(error) }, 'a listener of Asterisk events failed');
    this.#events = new Emitter(failed);
    this.#amiEvents = new Emitter(failed);
    const context = { clock, random, log, timing: { ...DEFAULT_TIMING, ...timing } };
    this.#context = context;
    this.#amiConfig = amiConfig;
    this.#ari = new AriLink(ari, context, {
      up: (startedAt) => this.#ariUp(startedAt),
      down: (reason) => this.#linkDown(`ARI: ${reason}`),
      replaced: () => this.#replaced(),
      event: (event) => this.#ariEvent(event),
    });
    this.#files = new AriDownload(ari, context.timing.requestMs);
    this.recordings = new Recordings({
      app: ari.app,
      request: (request) => this.#rest(request),
      download: (path) => this.#files.get(path),
    });
    this.#ami = new AmiLink(ami, context, {
      up: () => this.#linkUp(),
      down: (reason) => this.#linkDown(`AMI: ${reason}`),
      event: (event) => this.#amiEvent(event),
    });
    this.#channels = new ChannelEvents({
      app: ari.app,
      clock,
      emit: (event) => this.#events.emit(event),
      abandonLeg: (channelId) => void this.hangUp(channelId).catch(() => undefined),
    });
    this.#queueEvents = new QueueEvents(clock, (event) => this.#events.emit(event));
  }

  get usable(): boolean {
    return this.#usable;
  }

  get trouble(): { ari?: string; ami?: string } {
    const { trouble: ari } = this.#ari;
    const { trouble: ami } = this.#ami;
    return { ...(ari !== undefined && { ari }), ...(ami !== undefined && { ami }) };
  }

  get version(): string {
    return this.#ari.version;
  }

  missingContexts(names: readonly string[]): Promise<string[]> {
    return missingContexts((fields) => this.amiList(fields), names);
  }

  registrations(endpoint: string): Promise<string[]> {
    return registrationsOf((fields) => this.amiList(fields), endpoint);
  }

  /** Begins to connect and does not wait for it: `link_up` tells. */
  start(): void {
    this.#stopping = false;
    this.#ari.start();
    this.#ami.start();
  }

  /** Leaves no socket and no timer behind. Calls in Asterisk go on. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#usable = false;
    this.#channels.reset();
    await Promise.all([this.#ari.stop(), this.#ami.stop(), this.#files.close()]);
    this.#channels.reset();
  }

  onEvent(listener: (event: AsteriskEvent) => void): () => void {
    return this.#events.on(listener);
  }

  /** AMI events as they come, for what ARI does not know: the queues. */
  onAmiEvent(listener: (event: AmiEvent) => void): () => void {
    return this.#amiEvents.on(listener);
  }

  /** @throws AsteriskError */
  amiAction(fields: AmiFields): Promise<AmiItem> {
    return this.#ami.action(fields);
  }

  /** The events that a listing action such as `QueueStatus` answers with. @throws AsteriskError */
  amiList(fields: AmiFields): Promise<AmiEvent[]> {
    return this.#ami.list(fields);
  }

  async answer(channelId: string): Promise<void> {
    await this.#post(['channels', channelId, 'answer']);
  }

  async startRinging(channelId: string): Promise<void> {
    await this.#post(['channels', channelId, 'ring']);
  }

  async stopRinging(channelId: string): Promise<void> {
    await this.#rest({ method: 'DELETE', path: ariPath('channels', channelId, 'ring') });
  }

  async play(request: { channelId: string; playbackId: string; media: string[] }): Promise<void> {
    const { channelId, playbackId, media } = request;
    // In the body, not in the query, where Asterisk would split a URI at its commas.
    await this.#rest({ method: 'POST', path: ariPath('channels', channelId, 'play', playbackId), body: { media } });
  }

  async stopPlayback(playbackId: string): Promise<void> {
    await ignoringGone(this.#rest({ method: 'DELETE', path: ariPath('playbacks', playbackId) }));
  }

  async playbackExists(playbackId: string): Promise<boolean> {
    return (await ignoringGone(this.#rest({ method: 'GET', path: ariPath('playbacks', playbackId) }))) !== undefined;
  }

  /** Creates, then dials: `originate` in one step can lose the events of a leg that answers at once. */
  async dial(request: DialRequest): Promise<void> {
    const { channelId, timeoutS } = request;
    const entered = this.#channels.legEntered(channelId, LEG_ENTRY_MS);
    await this.#createLeg(request);
    try {
      await entered;
      await this.#post(['channels', channelId, 'dial'], { timeout: String(timeoutS) });
    } catch (error) {
      await this.hangUp(channelId).catch(() => undefined);
      throw error;
    }
  }

  async snoop({ channelId, snoopId, whisper, spies }: SnoopRequest): Promise<void> {
    const query = { app: this.#app, appArgs: DIALLED, spy: spies ? 'both' : 'none', whisper };
    const entered = this.#channels.legEntered(snoopId, LEG_ENTRY_MS);
    try {
      await this.#rest({ method: 'POST', path: ariPath('channels', channelId, 'snoop', snoopId), query });
    } catch (error) {
      // Of an id that is taken it says no more than that it could not be made.
      const there = await ignoringGone(this.#rest({ method: 'GET', path: ariPath('channels', snoopId) }));
      if (there === undefined) throw error;
      return;
    }
    await entered;
  }

  async createBridge(bridgeId: string): Promise<void> {
    await ignoringConflict(this.#post(['bridges', bridgeId], { type: 'mixing,dtmf_events', name: this.#app }));
  }

  async addToBridge(bridgeId: string, channelIds: string[]): Promise<void> {
    // Asterisk takes a member that is added again out and puts it back, which is heard.
    const bridge = bridgeSchema.parse(await this.#rest({ method: 'GET', path: ariPath('bridges', bridgeId) }));
    const missing = channelIds.filter((id) => !bridge.channels.includes(id));
    if (missing.length === 0) return;
    await this.#post(['bridges', bridgeId, 'addChannel'], {
      channel: missing.join(','),
      inhibitConnectedLineUpdates: 'true',
    });
  }

  async destroyBridge(bridgeId: string): Promise<void> {
    await ignoringGone(this.#rest({ method: 'DELETE', path: ariPath('bridges', bridgeId) }));
  }

  async hangUp(channelId: string, cause: 'normal' | 'busy' | 'congestion' | 'unallocated' = 'normal'): Promise<void> {
    await ignoringGone(
      this.#rest({ method: 'DELETE', path: ariPath('channels', channelId), query: { reason: cause } }),
    );
  }

  async continueTo(channelId: string, place: { context: string; extension: string; priority: number }): Promise<void> {
    const { context, extension, priority } = place;
    this.#channels.willContinue(channelId);
    await this.#post(['channels', channelId, 'continue'], { context, extension, priority: String(priority) });
  }

  async setVariable(channelId: string, name: string, value: string): Promise<void> {
    await this.#post(['channels', channelId, 'variable'], { variable: name, value });
  }

  async listChannels(): Promise<ChannelSnapshot[]> {
    const channels = channelsSchema.parse(await this.#rest({ method: 'GET', path: 'channels' }));
    return channels.map((channel) => snapshotOf(channel, this.#app));
  }

  async listBridges(): Promise<BridgeSnapshot[]> {
    return bridgesSchema
      .parse(await this.#rest({ method: 'GET', path: 'bridges' }))
      .filter(({ name }) => name === this.#app)
      .map(bridgeOf);
  }

  async endpointState(name: string): Promise<'online' | 'offline' | 'unknown'> {
    const found = await ignoringGone(this.#rest({ method: 'GET', path: ariPath('endpoints', 'PJSIP', name) }));
    if (found === undefined) return 'unknown';
    return endpointSchema.parse(found).state === 'online' ? 'online' : 'offline';
  }

  putHandset(handset: HandsetAccount): Promise<void> {
    return this.#handsets.put(handset);
  }

  removeHandset(name: string): Promise<void> {
    return this.#handsets.remove(name);
  }

  listHandsets(): Promise<string[]> {
    return this.#handsets.list();
  }

  listContacts(): Promise<HandsetContact[]> {
    return listContacts((fields) => this.amiList(fields));
  }

  putMusic(music: MusicAccount[]): Promise<void> {
    return this.#musics.put(music);
  }

  putQueues(queues: QueueAccount[]): Promise<void> {
    return this.#queues.put(queues);
  }

  listQueues(): Promise<QueueSnapshot[]> {
    return this.#queues.list();
  }

  addMember(queue: number, handset: string, { several = false } = {}): Promise<void> {
    return this.#queues.members.add(queue, handset, several);
  }

  removeMember(queue: number, handset: string): Promise<void> {
    return this.#queues.members.remove(queue, handset);
  }

  pauseMember(queue: number, handset: string, reason: string | undefined): Promise<void> {
    return this.#queues.members.pause(queue, handset, reason);
  }

  listTalks(): Promise<QueueTalk[]> {
    return this.#queues.talks();
  }

  listRinging(): Promise<QueueTalk[]> {
    return this.#queues.ringing();
  }

  withdraw(visit: Pick<QueueVisit, 'channelId' | 'visitId' | 'queue'>): Promise<void> {
    return withdraw(visit, {
      look: async (channelId) => {
        const found = await ignoringGone(this.#rest({ method: 'GET', path: ariPath('channels', channelId) }));
        return found === undefined ? undefined : channelSchema.parse(found);
      },
      redirect: async (Channel) => {
        await this.amiAction({ Action: 'Redirect', Channel, Context: 'queue', Exten: 'withdraw', Priority: '1' });
      },
      wait: (ms) => new Promise((resolve) => this.#clock.wakeAt(this.#clock.now() + ms, resolve)),
    });
  }

  async enqueue(visit: QueueVisit): Promise<void> {
    await this.#sendInto('queue', queueName(visit.queue), visit.channelId, queueVariables(visit));
  }

  async detectMachine(request: DetectionRequest): Promise<void> {
    await this.#sendInto('detect', 's', request.channelId, detectionVariables(request));
  }

  /** Into one of our dialplan's contexts. */
  async #sendInto(context: string, extension: string, channelId: string, variables: Record<string, string>) {
    for (const [name, value] of Object.entries(variables)) await this.setVariable(channelId, name, value);
    await this.continueTo(channelId, { context, extension, priority: 1 });
  }

  /** A connection for this job alone: who may write the configuration is not there at other times. */
  async #asConfigUser(job: (action: AmiAction) => Promise<void>): Promise<void> {
    if (this.#amiConfig === undefined)
      throw new AsteriskError('refused', 'without AMI_CONFIG_PASSWORD the queues cannot be written');
    const connection = new AmiConnection(this.#amiConfig, this.#context);
    try {
      await connection.open('off', new AbortController().signal).catch((error: unknown) => {
        throw new AsteriskError('unavailable', `AMI as ${this.#amiConfig?.user}: ${messageOf(error)}`);
      });
      await job((fields) => connection.action(fields));
    } finally {
      connection.close();
    }
  }

  async #createLeg(request: DialRequest): Promise<void> {
    const { channelId, endpoint, originatorId } = request;
    await this.#rest({
      method: 'POST',
      path: 'channels/create',
      query: {
        endpoint,
        channelId,
        app: this.#app,
        appArgs: DIALLED,
        ...(originatorId !== undefined && { originator: originatorId }),
      },
      body: { variables: legVariables(request) },
    });
  }

  async #rest(request: AriRequest): Promise<unknown> {
    if (!this.#usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
    return this.#ari.request(request);
  }

  async #post(parts: string[], query: Record<string, string> = {}): Promise<void> {
    await this.#rest({ method: 'POST', path: ariPath(...parts), query });
  }

  #ariUp(startedAt: string): void {
    this.#startedAt = startedAt;
    this.#linkUp();
  }

  #linkUp(): void {
    if (this.#usable || this.#stopping || this.#ari.trouble !== undefined || this.#ami.trouble !== undefined) return;
    const restarted = this.#knownStart !== '' && this.#knownStart !== this.#startedAt;
    if (this.#knownStart !== this.#startedAt) this.#startChanged(this.#startedAt);
    this.#knownStart = this.#startedAt;
    this.#usable = true;
    this.#events.emit({ type: 'link_up', at: this.#clock.now(), restarted });
  }

  #linkDown(reason: string): void {
    if (!this.#usable) return;
    this.#usable = false;
    this.#channels.reset();
    this.#queueEvents.reset();
    this.#events.emit({ type: 'link_down', at: this.#clock.now(), reason });
  }

  #replaced(): void {
    this.#linkDown('replaced by another gateway');
    this.#stopping = true;
    void this.#ami.stop();
    this.#events.emit({ type: 'replaced', at: this.#clock.now() });
  }

  #ariEvent(raw: RawAriEvent): void {
    if (!KNOWN_EVENTS.has(raw.type)) return;
    const event = ariEventSchema.safeParse(raw);
    if (event.success) this.#channels.fromAri(event.data);
    else this.#log.warn({ event: raw.type, problem: event.error.message }, 'ARI event of an unknown shape');
  }

  #amiEvent(event: AmiEvent): void {
    this.#channels.fromAmi(event);
    if (this.#usable) this.#queueEvents.fromAmi(event);
    const told = this.#usable ? handsetEventOf(event, this.#clock.now()) : undefined;
    if (told) this.#events.emit(told);
    this.#amiEvents.emit(event);
  }
}

/** It is there already. */
async function ignoringConflict(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof AsteriskError && error.reason === 'conflict')) throw error;
  }
}
