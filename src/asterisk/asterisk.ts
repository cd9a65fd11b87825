import { messageOf } from '../lib/error-message.js';
import { systemClock, type Clock } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import type { AmiEvent, AmiFields, AmiItem } from './ami/ami-connection.js';
import type { AmiAddress } from './ami/ami-address.js';
import { AmiLink } from './ami/ami-link.js';
import type { RawAriEvent } from './ari/ari-connection.js';
import { AriDownload } from './ari/ari-download.js';
import { AriLink } from './ari/ari-link.js';
import { ariPath, type AriRequest } from './ari/ari-request.js';
import {
  ariEventSchema,
  bridgeSchema,
  bridgesNamed,
  channelsSchema,
  endpointSchema,
  KNOWN_EVENTS,
  snapshotOf,
  type AriEvent,
} from './ari/ari-schema.js';
import type { AsteriskOptions } from './asterisk-options.js';
import { ChannelEvents } from './channel-events.js';
import { handsetEventOf, listContacts } from './ami/contacts.js';
import { detectionVariables, queueVariables } from './dialplan-visits.js';
import { Handsets } from './handsets.js';
import { ignoringConflict, ignoringGone } from './ignored-errors.js';
import { missingContexts, registrationsOf, type InspectionPort } from './inspection.js';
import { Legs } from './legs.js';
import { renewLease } from './lease.js';
import { DEFAULT_TIMING, type LinkContext, type LinkLog } from './link.js';
import {
  AsteriskError,
  type AsteriskEvent,
  type AsteriskPort,
  type BridgeSnapshot,
  type ChannelSnapshot,
  type DetectionRequest,
  type DialRequest,
  type HandsetAccount,
  type HandsetContact,
  type HangUpReason,
  type PresenceKey,
  type SnoopRequest,
} from './port.js';
import type { ConfigWriter } from './ami/config-file.js';
import { withConfigUser } from './ami/config-user.js';
import { AsteriskNames } from './names.js';
import { OwnershipHeartbeat } from './ownership.js';
import { SipAddresses } from './sip-addresses.js';
import { MediaCache } from './media-cache.js';
import { messageLamps } from './message-lamps.js';
import { MusicClasses } from './queues/music.js';
import { PhoneGuard } from './phone-guard.js';
import { PhoneTransfers } from './phone-transfers.js';
import { Presence } from './presence.js';
import { missingRingingNeeds } from './ringing-needs.js';
import { QueueEvents } from './queues/queue-events.js';
import type {
  MusicAccount,
  QueueAccount,
  QueueMove,
  QueuePort,
  QueueSnapshot,
  QueueTalk,
  QueueVisit,
} from './queue-port.js';
import { Queues } from './queues/queues.js';
import { isShutdownOverAmi, isShutdownOverAri } from './shutdown.js';
import { callerLinks } from './queues/caller-links.js';
import { takeTalk, type QueueTalkParties } from './queues/take-talk.js';
import { withdraw } from './queues/withdraw.js';
import { LoopBack } from './loop-back.js';
import { Recordings } from './recordings.js';
import { Trunks } from './trunks/trunks.js';

/** The connection that renews leases subscribes to no events. */
const NO_EVENTS = 'off';
/** The class of asterisk-config/musiconhold.conf. */
const MUSIC_ON_HOLD = 'default';
const NO_LISTENERS = { up: () => undefined, down: () => undefined, event: () => undefined };

/** Asterisk over its two links: calls over ARI; queues, and hang-ups outside our application, over AMI. */
export class Asterisk implements AsteriskPort, QueuePort, InspectionPort {
  readonly recordings: Recordings;
  readonly transfers: PhoneTransfers;
  readonly names: AsteriskNames;
  readonly trunks: Trunks;
  readonly addresses: SipAddresses;
  readonly loopBack: LoopBack;
  readonly #clock: Clock;
  readonly #log: LinkLog;
  readonly #ari: AriLink;
  readonly #files: AriDownload;
  readonly #ami: AmiLink;
  /** A connection of its own: AMI serves each connection in order, and no other action may delay a lease. */
  readonly #leases: AmiLink;
  readonly #events: Emitter<AsteriskEvent>;
  readonly #channels: ChannelEvents;
  readonly #legs: Legs;
  readonly #media: MediaCache;
  readonly #guard: PhoneGuard;
  readonly #handsets: Handsets;
  readonly #queues: Queues;
  readonly #musics: MusicClasses;
  readonly #queueEvents: QueueEvents;
  readonly #presence: Presence;
  readonly #callerLinks = callerLinks({
    request: (request) => this.#rest(request),
    action: (fields) => this.amiAction(fields),
    clock: () => this.#clock,
  });
  readonly #amiConfig: AmiAddress | undefined;
  readonly #context: LinkContext;
  readonly #beat: OwnershipHeartbeat | undefined;
  #usable = false;
  #stopping = false;
  /** Asterisk is stopping and hangs up all calls; their events must not count as hang-ups by the parties. */
  #shuttingDown = false;
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
    this.names = options.names ?? new AsteriskNames(ari.app);
    this.#events = new Emitter((error) =>
      log.warn({ error: messageOf(error) }, 'a listener of Asterisk events failed'),
    );
    const context = { clock, random, log, timing: { ...DEFAULT_TIMING, ...timing }, permit: options.permit };
    this.#context = context;
    this.#amiConfig = amiConfig;
    this.#ari = new AriLink(
      ari,
      context,
      {
        up: (startedAt) => this.#ariUp(startedAt),
        down: (reason) => this.#linkDown(`ARI: ${reason}`),
        replaced: () => this.#replaced(),
        owned: (reason) => this.#replaced(reason),
        event: (event) => this.#ariEvent(event),
      },
      options.owner,
    );
    this.#beat =
      options.owner && new OwnershipHeartbeat(options.owner.id, ari.app, (request) => this.#rest(request), clock);
    this.#files = new AriDownload(ari, context.timing.requestMs);
    const request = (one: AriRequest) => this.#rest(one);
    const files = { app: ari.app, request, download: (path: string) => this.#files.get(path) };
    this.recordings = new Recordings(files);
    this.loopBack = new LoopBack(files);
    this.#media = new MediaCache({ app: ari.app, request, clock });
    this.#ami = new AmiLink(ami, context, {
      up: () => this.#linkUp(),
      down: (reason) => this.#linkDown(`AMI: ${reason}`),
      event: (event) => this.#amiEvent(event),
    });
    this.#leases = new AmiLink(ami, context, NO_LISTENERS, { name: 'ami-leases', eventMask: NO_EVENTS });
    this.addresses = new SipAddresses({ app: ari.app, ami }, request, this, context);
    this.#channels = new ChannelEvents({
      app: ari.app,
      names: this.names,
      clock,
      emit: (event) => this.#events.emit(event),
      abandonLeg: (channelId) => void this.hangUp(channelId).catch(() => undefined),
    });
    this.#legs = new Legs({
      app: ari.app,
      request,
      expect: (channelId) => this.#channels.expectLeg(channelId),
      endpointOf: (endpoint) => this.#guard.endpointOf(endpoint),
      ping: () => this.ping(),
      hangUp: (channelId) => this.hangUp(channelId),
    });
    this.#queueEvents = new QueueEvents(this.names, clock, (event) => this.#events.emit(event));
    this.#guard = new PhoneGuard(this.names, this);
    this.trunks = new Trunks(this.names, request, this);
    this.transfers = new PhoneTransfers(request, this, options.canHandOver);
    this.#handsets = new Handsets(this.names, request, this.#guard, this, this.transfers);
    const { amiAction: action, amiList: list } = this;
    const write: ConfigWriter = (job) => withConfigUser(this.#amiConfig, this.#context, job);
    this.#queues = new Queues(this.names, { action, list, write, now: () => clock.now() });
    this.#musics = new MusicClasses(this.names, action, write);
    this.#presence = new Presence({
      names: this.names,
      request,
      action,
      failed: (error) => log.warn({ error: messageOf(error) }, 'a state could not be published'),
    });
  }

  get usable(): boolean {
    return this.#usable;
  }

  get linkErrors(): AsteriskPort['linkErrors'] {
    return { ari: this.#ari.error, ami: this.#ami.error };
  }

  get version(): string {
    return this.#ari.version;
  }

  missingContexts = (names: readonly string[]) => missingContexts((fields) => this.amiList(fields), names);

  registrations = (endpoint: string) => registrationsOf((fields) => this.amiList(fields), endpoint);

  missingRingingNeeds = () => missingRingingNeeds(this.#ami);

  /** Starts to connect and returns immediately; `link_up` reports the connection. */
  start(): void {
    this.#stopping = false;
    this.#ari.start();
    this.#ami.start();
    this.#leases.start();
  }

  /** Closes all sockets and timers. Calls in Asterisk continue. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#beat?.stop();
    this.#usable = false;
    this.#media.reset();
    this.#channels.reset();
    await Promise.all([this.#ari, this.#ami, this.#leases, this.addresses].map((link) => link.stop()));
    await this.#files.close();
    this.#channels.reset();
  }

  onEvent = (listener: (event: AsteriskEvent) => void): (() => void) => this.#events.on(listener);

  /** @throws AsteriskError */
  amiAction = (fields: AmiFields): Promise<AmiItem> => this.#ami.action(fields);

  /** The events returned by a listing action such as `QueueStatus`. @throws AsteriskError */
  amiList = (fields: AmiFields): Promise<AmiEvent[]> => this.#ami.list(fields);

  answer = (channelId: string): Promise<void> =>
    this.#post(['channels', channelId, 'answer'], {}, { waitsForChannel: true });

  startRinging = (channelId: string): Promise<void> => this.#post(['channels', channelId, 'ring']);

  async stopRinging(channelId: string): Promise<void> {
    await this.#rest({ method: 'DELETE', path: ariPath('channels', channelId, 'ring') });
  }

  async startMusic(channelId: string): Promise<void> {
    await this.#post(['channels', channelId, 'moh'], { mohClass: MUSIC_ON_HOLD });
  }

  async stopMusic(channelId: string): Promise<void> {
    await this.#rest({ method: 'DELETE', path: ariPath('channels', channelId, 'moh') });
  }

  async play(request: { channelId: string; playbackId: string; media: string[] }): Promise<void> {
    const { channelId, playbackId, media } = request;
    // In the body: Asterisk splits URIs in the query at commas.
    await this.#rest({ method: 'POST', path: ariPath('channels', channelId, 'play', playbackId), body: { media } });
  }

  async stopPlayback(playbackId: string): Promise<void> {
    await ignoringGone(this.#rest({ method: 'DELETE', path: ariPath('playbacks', playbackId) }));
  }

  readonly fetchMedia = (media: string): Promise<void> => this.#media.fetch(media);

  async playbackExists(playbackId: string): Promise<boolean> {
    return (await ignoringGone(this.#rest({ method: 'GET', path: ariPath('playbacks', playbackId) }))) !== undefined;
  }

  dial = (request: DialRequest): Promise<void> => this.#legs.dial(request);

  snoop = (request: SnoopRequest): Promise<void> => this.#legs.snoop(request);

  async createBridge(bridgeId: string): Promise<void> {
    await ignoringConflict(this.#post(['bridges', bridgeId], { type: 'mixing,dtmf_events', name: this.names.app }));
  }

  async addToBridge(bridgeId: string, channelIds: string[]): Promise<void> {
    // Asterisk removes and re-adds a member that is added twice, which is audible.
    const bridge = bridgeSchema.parse(await this.#rest({ method: 'GET', path: ariPath('bridges', bridgeId) }));
    const missing = channelIds.filter((id) => !bridge.channels.includes(id));
    if (missing.length === 0) return;
    await this.#post(
      ['bridges', bridgeId, 'addChannel'],
      { channel: missing.join(','), inhibitConnectedLineUpdates: 'true' },
      { waitsForChannel: true },
    );
  }

  async destroyBridge(bridgeId: string): Promise<void> {
    await ignoringGone(this.#rest({ method: 'DELETE', path: ariPath('bridges', bridgeId) }));
  }

  async hangUp(channelId: string, cause: HangUpReason = 'normal'): Promise<void> {
    await ignoringGone(
      this.#rest({ method: 'DELETE', path: ariPath('channels', channelId), query: { reason: cause } }),
    );
  }

  async continueTo(channelId: string, place: { context: string; extension: string; priority: number }): Promise<void> {
    this.#channels.expectContinue(channelId);
    await this.#post(['channels', channelId, 'continue'], { ...place, priority: String(place.priority) });
  }

  setVariable = (channelId: string, name: string, value: string): Promise<void> =>
    this.#post(['channels', channelId, 'variable'], { variable: name, value }, { waitsForChannel: true });

  async renewLease(channelId: string, seconds: number): Promise<void> {
    if (!this.#usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
    const link = this.#leases.error === undefined ? this.#leases : this.#ami;
    await renewLease(link, this.names.app, channelId, seconds);
  }

  async ping(): Promise<void> {
    await this.#rest({ method: 'GET', path: 'asterisk/ping' });
  }

  /** Resolves when all events that Asterisk has sent so far have been handled. @throws AsteriskError */
  async catchUp(): Promise<void> {
    if (!this.#usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
    await this.#ari.catchUp();
  }

  async listChannels(): Promise<ChannelSnapshot[]> {
    const body = await this.#rest({ method: 'GET', path: 'channels' });
    return channelsSchema.parse(body).map((channel) => snapshotOf(channel, this.names.app));
  }

  async listBridges(): Promise<BridgeSnapshot[]> {
    return bridgesNamed(this.names.app, await this.#rest({ method: 'GET', path: 'bridges' }));
  }

  async endpointState(name: string): Promise<'online' | 'offline' | 'unknown'> {
    const found = await ignoringGone(this.#rest({ method: 'GET', path: ariPath('endpoints', 'PJSIP', name) }));
    if (found === undefined) return 'unknown';
    return endpointSchema.parse(found).state === 'online' ? 'online' : 'offline';
  }

  putHandset = (handset: HandsetAccount): Promise<void> => this.#handsets.put(handset);

  removeHandset = (name: string): Promise<void> => this.#handsets.remove(name);

  currentHandsets = (accounts: readonly HandsetAccount[]) => this.#handsets.current(accounts);

  listHandsets = (): Promise<string[]> => this.#handsets.list();

  listContacts = (): Promise<HandsetContact[]> => listContacts((fields) => this.amiList(fields), this.names);

  putPresence = (keys: PresenceKey[]): Promise<void> => this.#presence.put(keys);

  putNewMessages = messageLamps({ names: () => this.names, request: (request) => this.#rest(request) });

  putMusic = (music: MusicAccount[]): Promise<void> => this.#musics.put(music);

  putQueues = (queues: QueueAccount[]): Promise<void> => this.#queues.put(queues);

  listQueues = (): Promise<QueueSnapshot[]> => this.#queues.list();

  addMember = (queue: number, handset: string): Promise<void> => this.#queues.members.add(queue, handset);

  removeMember = (queue: number, handset: string): Promise<void> => this.#queues.members.remove(queue, handset);

  pauseMember = (queue: number, handset: string, reason: string | undefined): Promise<void> =>
    this.#queues.members.pause(queue, handset, reason);

  endWrapUp = (queue: number, handset: string): Promise<void> => this.#queues.members.endWrapUp(queue, handset);

  listTalks = (): Promise<QueueTalk[]> => this.#queues.talks();

  listRinging = (): Promise<QueueTalk[]> => this.#queues.ringing();

  withdraw = (visit: Pick<QueueVisit, 'channelId' | 'visitId' | 'queue'>): Promise<void> =>
    withdraw(visit, this.#callerLinks, this.names);

  findParty = (talk: { channelId: string; handset: string }) => this.#queues.findParty(talk);

  takeTalk = (talk: QueueTalkParties): Promise<void> => takeTalk(talk, this.#callerLinks, this.names);

  async moveCaller(move: QueueMove): Promise<void> {
    const channelIds = await this.#queues.moveCaller(move);
    this.#events.emit({ type: 'queue_order', at: this.#clock.now(), queue: move.queue, channelIds });
  }

  async enqueue(visit: QueueVisit): Promise<void> {
    const { names } = this;
    await this.#sendInto(names.contexts.queue, names.queue(visit.queue), visit.channelId, queueVariables(visit, names));
  }

  async detectMachine(request: DetectionRequest): Promise<void> {
    await this.#sendInto(this.names.contexts.detect, 's', request.channelId, detectionVariables(request));
  }

  /** Sends a channel to one of the gateway's dialplan contexts. */
  async #sendInto(context: string, extension: string, channelId: string, variables: Record<string, string>) {
    for (const [name, value] of Object.entries(variables)) await this.setVariable(channelId, name, value);
    await this.continueTo(channelId, { context, extension, priority: 1 });
  }

  async #rest(request: AriRequest): Promise<unknown> {
    if (!this.#usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
    return this.#ari.request(request);
  }

  async #post(
    parts: string[],
    query: Record<string, string> = {},
    more: Pick<AriRequest, 'waitsForChannel'> = {},
  ): Promise<void> {
    await this.#rest({ method: 'POST', path: ariPath(...parts), query, ...more });
  }

  #ariUp(startedAt: string): void {
    this.#startedAt = startedAt;
    this.#linkUp();
  }

  #linkUp(): void {
    if (this.#usable || this.#stopping || this.#ari.error !== undefined || this.#ami.error !== undefined) return;
    const restarted = this.#knownStart !== '' && this.#knownStart !== this.#startedAt;
    if (this.#knownStart !== this.#startedAt) this.#startChanged(this.#startedAt);
    this.#knownStart = this.#startedAt;
    this.#usable = true;
    this.#shuttingDown = false;
    this.#beat?.start();
    this.addresses.start();
    this.#events.emit({ type: 'link_up', at: this.#clock.now(), restarted });
  }

  #linkDown(reason: string): void {
    if (!this.#usable) return;
    this.#usable = false;
    this.#media.reset();
    this.#channels.reset();
    this.#queueEvents.reset();
    this.#guard.reset();
    this.#presence.reset();
    this.#events.emit({ type: 'link_down', at: this.#clock.now(), reason });
  }

  #replaced(reason?: string): void {
    this.#linkDown('replaced by another gateway');
    this.#stopping = true;
    this.#beat?.stop();
    void this.#ami.stop();
    void this.#leases.stop();
    void this.addresses.stop();
    this.#events.emit({ type: 'replaced', at: this.#clock.now(), reason });
  }

  #ariEvent(raw: RawAriEvent): void {
    if (!KNOWN_EVENTS.has(raw.type)) return;
    const event = ariEventSchema.safeParse(raw);
    if (event.success) this.#handleAri(event.data);
    else this.#log.warn({ event: raw.type, problem: event.error.message }, 'ARI event with an unknown structure');
  }

  #handleAri(event: AriEvent): void {
    if (isShutdownOverAri(event)) this.#onShutdown();
    if (this.#shuttingDown) return;
    this.#channels.fromAri(event);
    this.#media.fromAri(event);
    this.#presence.fromAri(event);
  }

  /** Reports the link as down; reconciling with the restarted Asterisk finds the ended calls. */
  #onShutdown(): void {
    this.#shuttingDown = true;
    this.#linkDown('Asterisk is stopping');
  }

  #amiEvent(event: AmiEvent): void {
    if (isShutdownOverAmi(event)) this.#onShutdown();
    if (!this.#shuttingDown) this.#channels.fromAmi(event);
    this.#guard.fromAmi(event, this.#handsets, this.#log);
    this.addresses.fromAmi(event);
    if (this.#usable) this.#queueEvents.fromAmi(event);
    const handsetEvent = this.#usable ? handsetEventOf(event, this.#clock.now(), this.names) : undefined;
    if (handsetEvent) this.#events.emit(handsetEvent);
  }
}
