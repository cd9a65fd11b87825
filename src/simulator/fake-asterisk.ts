import type { Clock } from '../lib/clock.js';
import { Emitter } from '../lib/emitter.js';
import { callerIdOf } from '../asterisk/caller-id.js';
import {
  AsteriskError,
  DETECTED,
  type AsteriskEvent,
  type AsteriskPort,
  type BridgeSnapshot,
  type Cause,
  type ChannelSnapshot,
  type DetectionRequest,
  type DialRequest,
  type HandsetAccount,
  type HandsetContact,
  type PresenceKey,
  type SnoopRequest,
} from '../asterisk/port.js';
import { checkMusic } from '../asterisk/queues/music.js';
import {
  RESUMED,
  TAKEN,
  type MusicAccount,
  type QueueAccount,
  type QueueMove,
  type QueuePort,
  type QueueSnapshot,
  type QueueTalk,
  type QueueVisit,
} from '../asterisk/queue-port.js';
import { checkQueue } from '../asterisk/queues/queues.js';
import { CAUSE_OF, ending, REFUSALS } from './causes.js';
import { FakeCallees } from './fake-callees.js';
import { detection } from './fake-detection.js';
import { AsteriskNames } from '../asterisk/names.js';
import { FakeChannels, freshChannel, type Callee, type FakeChannel } from './fake-channels.js';
import { FakeHandsets } from './fake-handsets.js';
import { FakeQueues, partyOf } from './fake-queues.js';
import { FakePlaybacks } from './fake-playbacks.js';
import { FakeRecordings } from './fake-recordings.js';
import { noTransfers } from './no-transfers.js';
import { FaultPlan, passed, type InjectedFault, type PortMethod } from './fault-plan.js';

interface FakeAsteriskOptions {
  clock: Clock;
  /** Duration of one medium in milliseconds; undefined: the file does not exist. */
  durationOf: (media: string) => number | undefined;
  onError?: (error: unknown) => void;
}

interface RecordedRequest {
  at: number;
  method: PortMethod;
  args: unknown[];
}

/**
 * An Asterisk for the simulator and for fault tests. Requests of the gateway are carried out at once; their events are raised in a
 * microtask, never during the request. Actions of a test as caller, callee or network raise their events before they return.
 */
export class FakeAsterisk implements AsteriskPort, QueuePort {
  readonly names = new AsteriskNames();
  readonly transfers = noTransfers;
  /** Every request in order, refused ones included. */
  readonly requests: RecordedRequest[] = [];
  readonly recordings: FakeRecordings;
  readonly #clock: Clock;
  readonly #events: Emitter<AsteriskEvent>;
  readonly #channels = new FakeChannels();
  readonly #playbacks: FakePlaybacks;
  readonly #queues: FakeQueues;
  readonly #faults = new FaultPlan();
  readonly #callees: FakeCallees;
  readonly #handsets: FakeHandsets;
  #queued: AsteriskEvent[] = [];
  #onTalk: (channelId: string) => void = () => undefined;
  #usable = false;
  #lastChannel = 0;

  constructor({ clock, durationOf, onError = () => undefined }: FakeAsteriskOptions) {
    this.#clock = clock;
    this.#events = new Emitter(onError);
    this.#playbacks = new FakePlaybacks(clock, durationOf, (event) => this.#raise(event));
    this.recordings = new FakeRecordings(clock, {
      request: (method, args, carryOut) => this.#request(`recordings.${method}`, args, carryOut),
      exists: (id) => this.#channels.hasBridge(id) || this.#channels.find(id) !== undefined,
      checkInApp: (id) => void this.#channels.inApp(id),
      tell: (event) => this.#raise(event),
    });
    this.#handsets = new FakeHandsets(
      clock,
      (event) => this.#raise(event),
      (name) => this.#queues.changed(`PJSIP/${name}`),
    );
    this.#callees = new FakeCallees(this.#handsets);
    this.#queues = new FakeQueues(clock, {
      callee: (name) => this.#callees.of(`PJSIP/${name}`) ?? { type: 'offline' },
      line: (name) => this.#channels.lineOf(name),
      talking: (channelId) => {
        this.#answered(this.#channels.find(channelId));
        this.#onTalk(channelId);
      },
      back: (channelId, visitId, result) => this.#back(channelId, [RESUMED, visitId, result]),
      tell: (event) => this.#raise(event),
      record: (visitId, phase) => this.recordings[phase](visitId),
      callerOf: (channelId) => this.#channels.find(channelId)?.caller ?? { number: '', name: '' },
    });
  }

  // ---- actions of a test ----

  start(): void {
    this.#linkUp(false);
    this.#flush();
  }

  stop(): Promise<void> {
    this.#usable = false;
    this.#queued = [];
    this.#playbacks.forgetAll();
    this.#channels.forgetAll();
    this.#queues.forgetCallers();
    return Promise.resolve();
  }

  /** A call arrives and the dialplan passes it to our application. @returns the channel's id */
  incomingCall(call: { from: string; to: string; name?: string; args?: string[]; channelId?: string }): string {
    const { from, to, name = '', args = ['call'], channelId = `in-${this.#lastChannel + 1}` } = call;
    const channel = this.#newChannel(channelId, { caller: callerIdOf(from, name), dialled: to, appArgs: args });
    channel.state = 'ringing';
    const snapshot = this.#channels.snapshots().find(({ id }) => id === channelId);
    if (snapshot) this.#raise({ type: 'channel_entered', at: this.#clock.now(), channel: snapshot, args });
    this.#flush();
    return channelId;
  }

  press(channelId: string, digits: string, durationMs = 100): void {
    for (const digit of digits) this.#queues.press(channelId, digit);
    if (this.#channels.find(channelId)?.appArgs === undefined) return;
    for (const digit of digits) this.#raise({ type: 'digit', at: this.#clock.now(), channelId, digit, durationMs });
    if (digits.includes('#')) this.recordings.hash(channelId);
    this.#flush();
  }

  /** The handset that talks with a queue's caller presses keys. */
  pressInTalk(channelId: string, digits: string, durationMs = 100): void {
    const key = {
      type: 'talk_digit',
      at: this.#clock.now(),
      channelId,
      partyId: partyOf(channelId),
      durationMs,
    } as const;
    for (const digit of digits) this.#raise({ ...key, digit });
    this.#flush();
  }

  /** The far end of a channel, incoming or dialled, hangs up. */
  farEndHangsUp(channelId: string, cause: Cause = 'normal'): void {
    this.#end(channelId, cause);
    this.#flush();
  }

  /** Registers the listener for answered callers of a queue. Only one. */
  onTalk(listener: (channelId: string) => void): void {
    this.#onTalk = listener;
  }

  /** The handset in a talk with a queue caller hangs up. */
  handsetHangsUp(channelId: string): void {
    this.#queues.leave(channelId, 'CONTINUE');
    this.#flush();
  }

  /** @param endpoint `PJSIP/h7`, `PJSIP/trunk` for everything dialled through it, or a whole dial string */
  setCallee(endpoint: string, callee: Callee): void {
    this.#callees.set(endpoint, callee);
    this.#queues.changed(endpoint);
    this.#flush();
  }

  /** Registers a phone of an account. It rings without an answer, unless {@link setCallee} sets something else. */
  register(account: { name: string; password: string }): () => void {
    const unregister = this.#handsets.register(account);
    this.#flush();
    return () => {
      unregister();
      this.#flush();
    };
  }

  /** Changes queues in Asterisk itself, also while the link is down. `pause` with undefined ends the pause. */
  get console(): { add: FakeQueues['add']; remove: FakeQueues['remove']; pause: FakeQueues['pause'] } {
    return this.#queues;
  }

  /** The link to Asterisk breaks. Calls continue, but their events are lost. */
  dropLink(reason = 'connection lost'): void {
    this.#flush();
    if (!this.#usable) return;
    this.#usable = false;
    this.#events.emit({ type: 'link_down', at: this.#clock.now(), reason });
  }

  restoreLink(): void {
    this.#linkUp(false);
    this.#flush();
  }

  /** Asterisk restarts and loses all its calls. */
  restart(): void {
    this.dropLink('Asterisk restarted');
    this.recordings.asteriskGone();
    this.#playbacks.forgetAll();
    this.#channels.forgetAll();
    this.#queues.forgetCallers();
    this.#linkUp(true);
    this.#flush();
  }

  /** Another gateway takes over our application name. */
  replace(): void {
    this.dropLink('replaced by another gateway');
    this.#events.emit({ type: 'replaced', at: this.#clock.now() });
  }

  /** Makes the `nth` next request of a method late, failed, or both. */
  inject(method: PortMethod, fault: InjectedFault, nth = 1): void {
    this.#faults.add(method, fault, nth);
  }

  /** The value that a channel variable was set to. */
  variable = (channelId: string, name: string): string | undefined =>
    this.#channels.find(channelId)?.variables.get(name);

  // ---- the port ----

  get usable(): boolean {
    return this.#usable;
  }

  get linkErrors(): AsteriskPort['linkErrors'] {
    return this.#usable ? {} : { ari: 'no link', ami: 'no link' };
  }

  onEvent = (listener: (event: AsteriskEvent) => void): (() => void) => this.#events.on(listener);

  answer = (channelId: string): Promise<void> =>
    this.#request('answer', [channelId], () => this.#answered(this.#channels.inApp(channelId)));

  startRinging = (id: string): Promise<void> => this.#ofChannel('startRinging', id);
  stopRinging = (id: string): Promise<void> => this.#ofChannel('stopRinging', id);
  startMusic = (id: string): Promise<void> => this.#ofChannel('startMusic', id);
  stopMusic = (id: string): Promise<void> => this.#ofChannel('stopMusic', id);

  play(prompt: { channelId: string; playbackId: string; media: string[] }): Promise<void> {
    return this.#request('play', [prompt], () => this.#playbacks.play(this.#channels.inApp(prompt.channelId), prompt));
  }

  stopPlayback = (id: string): Promise<void> => this.#request('stopPlayback', [id], () => this.#playbacks.stop(id));

  fetchMedia = (media: string) => this.#request('fetchMedia', [media], () => this.#playbacks.fetch(media));

  playbackExists = (id: string) => this.#request('playbackExists', [id], () => this.#playbacks.has(id));

  dial(request: DialRequest): Promise<void> {
    return this.#request('dial', [request], () => {
      const callee = this.#callees.of(request.endpoint);
      if (callee === undefined || callee.type === 'offline')
        throw new AsteriskError('refused', 'Allocation failed', 500);
      const channel = this.#newChannel(request.channelId, { appArgs: ['dialled'], dial: request });
      this.#dialled(channel, callee, request.timeoutS);
    });
  }

  snoop(request: SnoopRequest): Promise<void> {
    return this.#request('snoop', [request], () => {
      const { channelId, snoopId } = request;
      if (this.#channels.find(snoopId) !== undefined) return;
      this.#channels.existing(channelId);
      this.#newChannel(snoopId, { appArgs: ['dialled'], state: 'up', snoops: channelId });
    });
  }

  createBridge = (bridgeId: string): Promise<void> =>
    this.#request('createBridge', [bridgeId], () => this.#channels.addBridge(bridgeId));

  addToBridge = (bridgeId: string, channelIds: string[]): Promise<void> =>
    this.#request('addToBridge', [bridgeId, channelIds], () => this.#channels.join(bridgeId, channelIds));

  destroyBridge(bridgeId: string): Promise<void> {
    return this.#request('destroyBridge', [bridgeId], () => {
      this.#channels.removeBridge(bridgeId);
      this.recordings.gone(bridgeId);
    });
  }

  hangUp = (channelId: string, cause: keyof typeof CAUSE_OF = 'normal'): Promise<void> =>
    this.#request('hangUp', [channelId, cause], () => this.#end(channelId, CAUSE_OF[cause]));

  continueTo = (channelId: string, place: { context: string; extension: string; priority: number }): Promise<void> =>
    this.#request('continueTo', [channelId, place], () => void this.#leaves(channelId));

  setVariable(channelId: string, name: string, value: string): Promise<void> {
    return this.#request('setVariable', [channelId, name, value], () => {
      this.#channels.inApp(channelId).variables.set(name, value);
    });
  }

  renewLease = (channelId: string, seconds: number): Promise<void> =>
    this.#request('renewLease', [channelId, seconds], () => void this.#channels.leased(channelId));

  ping = (): Promise<void> => this.#request('ping', [], () => undefined);

  listChannels = (): Promise<ChannelSnapshot[]> => this.#request('listChannels', [], () => this.#channels.snapshots());

  listBridges = (): Promise<BridgeSnapshot[]> => this.#request('listBridges', [], () => this.#channels.bridges());

  endpointState = (name: string) => this.#request('endpointState', [name], () => this.#callees.stateOf(name));

  putHandset = (handset: HandsetAccount): Promise<void> =>
    this.#request('putHandset', [handset], () => this.#handsets.put(handset));

  removeHandset = (name: string): Promise<void> =>
    this.#request('removeHandset', [name], () => this.#handsets.remove(name));

  currentHandsets = (accounts: readonly HandsetAccount[]) =>
    this.#request('currentHandsets', [accounts], () => this.#handsets.current(accounts));

  listHandsets = () => this.#request('listHandsets', [], () => this.#handsets.names());

  listContacts = (): Promise<HandsetContact[]> => this.#request('listContacts', [], () => this.#handsets.contacts());

  putPresence = (keys: PresenceKey[]): Promise<void> => this.#request('putPresence', [keys], () => undefined);

  putNewMessages = (handset: string) => this.#request('putNewMessages', [handset], () => this.#handsets.lamp(handset));

  putMusic(music: MusicAccount[]): Promise<void> {
    return this.#request('putMusic', [music], () => {
      for (const one of music) checkMusic(one);
    });
  }

  putQueues(queues: QueueAccount[]): Promise<void> {
    return this.#request('putQueues', [queues], () => {
      for (const queue of queues) checkQueue(queue);
      this.#queues.put(queues);
    });
  }

  listQueues = (): Promise<QueueSnapshot[]> => this.#request('listQueues', [], () => this.#queues.list());

  addMember = (queue: number, handset: string): Promise<void> =>
    this.#request('addMember', [queue, handset], () => this.#queues.add(queue, handset));

  removeMember = (queue: number, handset: string): Promise<void> =>
    this.#request('removeMember', [queue, handset], () => this.#queues.remove(queue, handset));

  pauseMember = (queue: number, handset: string, reason: string | undefined): Promise<void> =>
    this.#request('pauseMember', [queue, handset, reason], () => this.#queues.pauseMember(queue, handset, reason));

  endWrapUp = (queue: number, handset: string): Promise<void> =>
    this.#request('endWrapUp', [queue, handset], () => this.#queues.endWrapUp(queue, handset));

  listTalks = (): Promise<QueueTalk[]> => this.#request('listTalks', [], () => this.#queues.talks());

  listRinging = (): Promise<QueueTalk[]> => this.#request('listRinging', [], () => this.#queues.ringing());

  withdraw = ({ channelId }: Pick<QueueVisit, 'channelId' | 'visitId' | 'queue'>): Promise<void> =>
    this.#request('withdraw', [channelId], () => this.#queues.leave(channelId, 'WITHDRAW'));

  findParty = (talk: { channelId: string; handset: string }) =>
    this.#request('findParty', [talk], () => this.#queues.findParty(talk));

  takeTalk(talk: { channelId: string; visitId: string; partyId: string }): Promise<void> {
    return this.#request('takeTalk', [talk], () => {
      const { channelId, visitId, partyId } = talk;
      if (!this.#queues.talks().some((one) => one.channelId === channelId)) return;
      this.#newChannel(partyId, { appArgs: undefined, state: 'up' });
      this.#queues.leave(channelId, 'WITHDRAW');
      this.#back(partyId, [TAKEN, visitId]);
    });
  }

  moveCaller(move: QueueMove): Promise<void> {
    return this.#request('moveCaller', [move], () => this.#queues.move(move));
  }

  enqueue = (visit: QueueVisit): Promise<void> =>
    this.#request('enqueue', [visit], () => {
      this.#leaves(visit.channelId);
      this.#queues.join(visit);
    });

  detectMachine(request: DetectionRequest): Promise<void> {
    return this.#request('detectMachine', [request], () => {
      const { channelId, visitId, waits } = request;
      const channel = this.#leaves(channelId);
      const { afterMs, result, cause } = detection(this.#callees.of(channel.dial?.endpoint ?? ''), waits);
      channel.cancel = this.#clock.wakeAt(this.#clock.now() + afterMs, () =>
        this.#back(channelId, [DETECTED, visitId, result, cause]),
      );
    });
  }

  // ---- internals ----

  /** A request that changes only what the party of a channel hears. */
  #ofChannel(method: PortMethod, channelId: string): Promise<void> {
    return this.#request(method, [channelId], () => void this.#channels.inApp(channelId));
  }

  /** Passes the channel to the dialplan. */
  #leaves(channelId: string): FakeChannel {
    const channel = this.#channels.inApp(channelId);
    channel.appArgs = undefined;
    this.#channels.leaveBridges(channelId);
    this.#raise({ type: 'channel_left', at: this.#clock.now(), channelId });
    return channel;
  }

  /** The dialplan returns a channel to the application. */
  #back(channelId: string, args: string[]): void {
    const channel = this.#channels.find(channelId);
    if (channel === undefined) return;
    channel.appArgs = args;
    const snapshot = this.#channels.snapshots().find(({ id }) => id === channelId);
    if (snapshot)
      this.#raise({ type: 'channel_entered', at: this.#clock.now(), channel: snapshot, args: channel.appArgs });
  }

  async #request<T>(method: PortMethod, args: unknown[], carryOut: () => T): Promise<T> {
    this.requests.push({ at: this.#clock.now(), method, args });
    const fault = this.#faults.take(method);
    if (fault?.delayMs !== undefined) await passed(this.#clock, fault.delayMs);
    if (!this.#usable) throw new AsteriskError('unavailable', 'no link to Asterisk');
    if (fault?.error && fault.carriedOut !== true) throw fault.error;
    const result = carryOut();
    queueMicrotask(() => this.#flush());
    if (fault?.error) throw fault.error;
    return result;
  }

  #newChannel(id: string, given: Partial<FakeChannel> & Pick<FakeChannel, 'appArgs'>): FakeChannel {
    const channel = freshChannel(id, ++this.#lastChannel, this.#clock.now(), given);
    this.#channels.add(channel);
    return channel;
  }

  #dialled(channel: FakeChannel, callee: Callee, timeoutS: number): void {
    const refusal = REFUSALS[callee.type];
    if (refusal !== undefined) {
      this.#end(channel.id, refusal);
      return;
    }
    if (callee.type !== 'announces') channel.state = 'ringing';
    const type = channel.state === 'ringing' ? 'channel_ringing' : 'channel_progress';
    this.#raise({ type, at: this.#clock.now(), channelId: channel.id });
    this.#queues.changed(channel.dial?.endpoint);
    const later = (job: () => void) => () => {
      job();
      this.#flush();
    };
    const [ms, then] =
      callee.type === 'answers' && callee.afterMs < timeoutS * 1000
        ? [callee.afterMs, later(() => this.#answered(channel))]
        : [timeoutS * 1000, later(() => this.#end(channel.id, 'no_answer'))];
    channel.cancel = this.#clock.wakeAt(this.#clock.now() + ms, then);
  }

  #answered(channel: FakeChannel | undefined): void {
    if (channel === undefined || channel.state === 'up') return;
    channel.state = 'up';
    this.#raise({ type: 'channel_answered', at: this.#clock.now(), channelId: channel.id });
    this.#queues.changed(channel.dial?.endpoint);
  }

  #end(channelId: string, cause: Cause): void {
    const channel = this.#channels.remove(channelId);
    if (channel === undefined) return;
    this.#queues.gone(channelId);
    this.#raise({ type: 'channel_gone', at: this.#clock.now(), channelId, ...ending(cause, channel.state) });
    this.#queues.changed(channel.dial?.endpoint);
    this.#playbacks.channelGone(channelId);
    this.recordings.gone(channelId);
    for (const { id, snoops } of this.#channels.all()) if (snoops === channelId) this.#end(id, 'normal');
  }

  #linkUp(restarted: boolean): void {
    if (this.#usable) return;
    this.#usable = true;
    this.#raise({ type: 'link_up', at: this.#clock.now(), restarted });
  }

  /** Events are lost while the link is down. Timers reach {@link #flush} through the microtask. */
  #raise(event: AsteriskEvent): void {
    if (!this.#usable) return;
    this.#queued.push(event);
    queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    for (let event = this.#queued.shift(); event !== undefined; event = this.#queued.shift()) this.#events.emit(event);
  }
}
