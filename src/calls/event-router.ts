import type { RefusedCall } from './refused-calls.js';
import { isTrunkFailure } from '../asterisk/cause.js';
import { endpointOfChannel } from '../asterisk/media-statistics.js';
import { DETECTED, type AsteriskEvent, type AsteriskPort, type ChannelSnapshot } from '../asterisk/port.js';
import { RESUMED, TAKEN, type QueueEvent, type QueuePort } from '../asterisk/queue-port.js';
import { trunkProblem, type TrunkProblem } from '../directory/trunk-problem.js';
import { NotDurable } from '../kernel/runtime-types.js';
import type { TelephonyEvent } from '../telephony/telephony.js';
import { logCall } from '../lib/log-call.js';
import type { Logger } from '../lib/logger.js';
import type { ReconcileCause } from '../kernel/event.js';
import { flowIdOf, isOurs, isTestCall } from '../kernel/ids.js';

/** First argument of `Stasis()` for an incoming call; the others follow in this order. */
const INCOMING = 'incoming';
const [DIALLED, SIP_CALL_ID, REMOTE, CODEC, ENDPOINT, CONTEXT] = [1, 2, 3, 4, 5, 6];

/** Delay (ms) before a failed listing is repeated while the link is up. */
const RETRY_MS = 1000;

/** Why a call is refused, and the hang-up cause for the caller's network. */
const HANG_UP_CAUSE = { unknown_line: 'unallocated', too_many: 'congestion', line_full: 'busy' } as const;
type AdmissionRefusal = keyof typeof HANG_UP_CAUSE;

export interface Arrival {
  channel: ChannelSnapshot;
  /** The number as dialled. */
  dialled: string;
  codec: string;
  sip: { callId: string; remote: string; endpoint: string };
  /** True for a handset; false for a trunk, also one with the name of a handset. */
  fromHandset: boolean;
}

/** The part of the runtime that the router uses. */
interface FlowSink {
  has(flowId: string): boolean;
  send(flowId: string, event: TelephonyEvent): void;
  suspend(): void;
  resume(after: ReconcileCause): Promise<void>;
}

export interface CallEventRouterOptions {
  asterisk: AsteriskPort & Pick<QueuePort, 'listQueues' | 'listTalks'>;
  flows: FlowSink;
  /** Status of a flow in the store. */
  statusOf: (flowId: string) => Promise<'running' | 'over' | undefined>;
  /** Starts the flow of a call. @throws {NotDurable} */
  admit: (arrival: Arrival, at: number) => 'begun' | AdmissionRefusal;
  /** @param trunkFailure why the leg's trunk failed, if it did */
  legEnded: (legId: string, trunkFailure?: TrunkProblem) => Promise<void>;
  /** Reports the existing legs after a connect. */
  legsExist: (legIds: string[]) => Promise<void>;
  /**
   * A call was refused. `not_durable`: the call went to the fallback; `unknown_arguments`: the dialplan that sent it
   * is not
the shipped one.
   */
  onRefused?: (call: RefusedCall) => void;
  /** Another gateway has taken over the application. */
  onReplaced: (reason?: string) => void;
  logger: Logger;
}

/**
 * Routes the events of Asterisk to their flows, starts a flow for each incoming call, and reconciles after each
 * connect.
 */
export class CallEventRouter {
  readonly #options: CallEventRouterOptions;
  #unsubscribe: (() => void) | undefined;
  /** Flows of the handsets that were taken out of a queue's talk: the ids of their channels are Asterisk's. */
  readonly #takenLegs = new Map<string, string>();
  /** Flows of the handsets in talks of queues, by the handset's channel, which is outside of the application. */
  readonly #followed = new Map<string, string>();
  #following: Promise<unknown> = Promise.resolve();
  #reconciling: Promise<void> = Promise.resolve();
  #retry: NodeJS.Timeout | undefined;

  constructor(options: CallEventRouterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.asterisk.onEvent((event) =>
      logCall(this.#flowOf(event), () => this.#route(event)),
    );
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    clearTimeout(this.#retry);
    await this.#reconciling;
    await this.#following;
  }

  /** The flow that an event is about; undefined for one that is about none. */
  #flowOf(event: AsteriskEvent): string | undefined {
    if (event.type === 'channel_entered') {
      const [kind, visitId = ''] = event.args;
      return flowIdOf(kind === TAKEN ? visitId : event.channel.id);
    }
    if ('playbackId' in event) return flowIdOf(event.playbackId);
    if ('recordingId' in event) return flowIdOf(event.recordingId);
    return 'channelId' in event ? (this.#takenLegs.get(event.channelId) ?? flowIdOf(event.channelId)) : undefined;
  }

  #route(event: AsteriskEvent): void {
    const { flows, onReplaced, logger } = this.#options;
    switch (event.type) {
      case 'link_up':
        this.#reconciling = this.#reconciling.then(() => this.#reconcile(event.restarted));
        return;
      case 'link_down':
        logger.warn({ reason: event.reason }, 'Asterisk is unreachable');
        flows.suspend();
        this.#followed.clear();
        return;
      case 'replaced':
        onReplaced(event.reason);
        return;
      case 'channel_entered':
        // The complete check makes test calls and waits for them itself.
        if (isOfTest(event.channel.id, event.args)) return;
        if (event.args[0] === TAKEN) this.#takeParty(event.channel, event.args, event.at);
        else if (isReturning(event.args)) void this.#resume(event.channel, event.args, event.at);
        else if (isCall(event.args)) void this.#admit(event.channel, event.args, event.at);
        else void this.#refuseUnreadable(event.channel, event.args);
        return;
      case 'playback_started':
      case 'playback_finished':
        flows.send(flowIdOf(event.playbackId), event);
        return;
      case 'recording_started':
      case 'recording_finished':
      case 'recording_failed':
        flows.send(flowIdOf(event.recordingId), event);
        return;
      case 'queue_joined':
      case 'queue_ringing':
      case 'queue_ring_over':
      case 'queue_answered':
        flows.send(flowIdOf(event.channelId), queueEvent(event));
        if (event.type === 'queue_answered') this.#follow(event);
        return;
      case 'talk_digit': {
        const { at, partyId, digit, durationMs } = event;
        flows.send(flowIdOf(event.channelId), { type: 'talk_digit', at, partyId, digit, durationMs });
        return;
      }
      case 'transfer_key':
        void this.#routeTransferKey(event);
        return;
      case 'queue_caller_left':
      case 'queue_talk_over':
      case 'queue_order':
      case 'queue_member':
      case 'queue_member_gone':
      case 'handset_state':
      case 'handset_contacts':
      case 'media_ended':
        return;
      default: {
        const { channelId } = event;
        const taken = this.#takenLegs.get(channelId);
        if (event.type === 'channel_gone') for (const legs of [this.#takenLegs, this.#followed]) legs.delete(channelId);
        const isLeg = taken !== undefined || isOurs(channelId);
        const routed = isLeg ? this.#legEvent(event) : callerEvent(event);
        if (routed) flows.send(taken ?? flowIdOf(channelId), routed);
      }
    }
  }

  async #routeTransferKey({ at, channelId, handset, to }: EventOf<'transfer_key'>): Promise<void> {
    const { flows, asterisk } = this.#options;
    const flowOf = () => this.#takenLegs.get(channelId) ?? this.#followed.get(channelId) ?? flowIdOf(channelId);
    // Right after a connect, and right after an answer.
    if (!flows.has(flowOf())) await this.#reconciling.then(() => this.#following);
    const flowId = flowOf();
    if (flows.has(flowId)) flows.send(flowId, { type: 'transfer_key', at, partyId: channelId, handset, to });
    else await this.#tryTo('transfer key', () => asterisk.transfers.answer({ channelId, isAccepted: false }));
  }

  #follow(talk: { channelId: string; handset: string }): void {
    const { asterisk } = this.#options;
    if (!asterisk.transfers.areHandedOver) return;
    const following = this.#tryTo('transfer keys', async () => {
      const partyId = await asterisk.transfers.follow(talk);
      if (partyId !== undefined) this.#followed.set(partyId, flowIdOf(talk.channelId));
    });
    this.#following = Promise.all([this.#following, following]).then(() => undefined);
  }

  #legEvent(event: ChannelEvent): TelephonyEvent | undefined {
    const { at, channelId: legId } = event;
    switch (event.type) {
      case 'channel_progress':
        return { type: 'leg_progress', at, legId };
      case 'channel_ringing':
        return { type: 'leg_ringing', at, legId };
      case 'channel_answered':
        return { type: 'leg_answered', at, legId };
      case 'channel_gone': {
        const failure = trunkFailureOf(event);
        if (isOurs(legId)) void this.#tryTo('leg ended', () => this.#options.legEnded(legId, failure));
        const over = { type: 'leg_over', at, legId, cause: event.cause, ...providerReason(event) } as const;
        return failure === undefined ? over : { ...over, trunkFailed: true };
      }
      case 'channel_left':
        return { type: 'leg_left', at, legId };
      case 'digit':
        return { type: 'leg_digit', at, legId, digit: event.digit, durationMs: event.durationMs };
    }
  }

  async #admit(channel: ChannelSnapshot, args: string[], at: number): Promise<void> {
    const { asterisk, admit, onRefused, logger } = this.#options;
    if (args.length === 0)
      logger.warn(
        { channel: channel.name, number: channel.dialled },
        'a call entered Stasis() without arguments; it is treated as a call to the extension that was dialled (docs/asterisk.md)',
      );
    const arrival: Arrival = {
      channel,
      dialled: args[DIALLED] ?? channel.dialled,
      codec: /\b[au]law\b/.exec(args[CODEC] ?? '')?.[0] ?? '',
      sip: {
        callId: args[SIP_CALL_ID] ?? '',
        remote: args[REMOTE] ?? '',
        endpoint: asterisk.names.handsetOf(args[ENDPOINT] ?? ''),
      },
      fromHandset: asterisk.names.isFromHandset(args[CONTEXT]),
    };
    const refusal = (reason: RefusedCall['reason']): RefusedCall => {
      const { number: caller } = channel.caller;
      return { reason, dialled: arrival.dialled, caller, endpoint: arrival.sip.endpoint };
    };
    await this.#tryTo('arrival', async () => {
      try {
        const decision = admit(arrival, at);
        if (decision === 'begun') return;
        onRefused?.(refusal(decision));
        logger.warn({ number: arrival.dialled, endpoint: arrival.sip.endpoint, reason: decision }, 'call refused');
        await asterisk.hangUp(channel.id, HANG_UP_CAUSE[decision]);
      } catch (error) {
        if (!(error instanceof NotDurable)) throw error;
        onRefused?.(refusal('not_durable'));
        const { fallback: context } = asterisk.names.contexts;
        await asterisk.continueTo(channel.id, { context, extension: 's', priority: 1 });
      }
    });
  }

  /** Refuses a call from a dialplan with unknown arguments; otherwise it would ring until the caller gives up. */
  async #refuseUnreadable(channel: ChannelSnapshot, args: string[]): Promise<void> {
    const { asterisk, onRefused, logger } = this.#options;
    onRefused?.({
      reason: 'unknown_arguments',
      dialled: channel.dialled,
      caller: channel.caller.number,
      endpoint: '',
    });
    logger.warn(
      { channel: channel.name, number: channel.dialled, first: args[0]?.slice(0, 40) },
      'call refused: it entered Stasis() with arguments that are not those of the shipped dialplan (docs/asterisk.md)',
    );
    await this.#tryTo('refusal', () => asterisk.hangUp(channel.id, 'congestion'));
  }

  /** A handset has been taken out of the talk of a visit to a queue, or picks up a parked call; hangs it up if the call is over. */
  #takeParty({ id: legId, name }: ChannelSnapshot, [, visitId = '']: string[], at: number): void {
    const { flows, asterisk } = this.#options;
    const flowId = flowIdOf(visitId);
    if (flows.has(flowId)) {
      this.#takenLegs.set(legId, flowId);
      flows.send(flowId, { type: 'leg_taken', at, legId, handset: this.#handsetOf(name) });
    } else {
      void this.#tryTo('taken handset', () => asterisk.hangUp(legId));
    }
  }

  #handsetOf(channelName: string): string {
    return this.#options.asterisk.names.handsetOf(endpointOfChannel(channelName) ?? '');
  }

  /** Routes a channel that has returned from the dialplan; hangs it up if it has no flow. */
  async #resume({ id }: ChannelSnapshot, args: string[], at: number): Promise<void> {
    const { flows, asterisk } = this.#options;
    if (flows.has(flowIdOf(id))) flows.send(flowIdOf(id), returnEvent(args, at));
    else await this.#tryTo('resume', () => asterisk.hangUp(id));
  }

  async #reconcile(restarted: boolean): Promise<void> {
    await this.#tryTo('reconcile', () => this.#options.flows.resume(restarted ? 'asterisk_restart' : 'link_lost'));
    await this.#catchUp();
  }

  /** Handles calls, queue events and bridges that were missed while disconnected. A failed listing is repeated. */
  async #catchUp(): Promise<void> {
    const isDone = await this.#tryTo('reconcile', async () => {
      const channels = await this.#options.asterisk.listChannels();
      await this.#options.legsExist(channels.map(({ id }) => id).filter(isOurs));
      await Promise.all(
        channels.map((channel) =>
          logCall(flowIdOf(channel.id), () => this.#tryTo('adopt', () => this.#adopt(channel))),
        ),
      );
      await this.#replayQueueState();
      await this.#removeOrphanedBridges();
    });
    if (isDone || this.#unsubscribe === undefined || !this.#options.asterisk.usable) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#options.asterisk.usable) this.#reconciling = this.#reconciling.then(() => this.#catchUp());
    }, RETRY_MS);
  }

  /**
   * Adopts a channel found in the application: returned from the dialplan, a call that arrived while disconnected, or
   * an orphan.
   */
  async #adopt(channel: ChannelSnapshot): Promise<void> {
    const { flows, statusOf, asterisk } = this.#options;
    const flowId = flowIdOf(channel.id);
    if (channel.appArgs === undefined) return;
    if (channel.appArgs[0] === TAKEN) {
      this.#takeParty(channel, channel.appArgs, Date.now());
      return;
    }
    if (flows.has(flowId)) {
      if (isReturning(channel.appArgs)) await this.#resume(channel, channel.appArgs, Date.now());
      return;
    }
    const { id, appArgs } = channel;
    const isCaller = !isOurs(id) && isCall(appArgs) && !isOfTest(id, appArgs);
    const isNew = isCaller && (await statusOf(flowId)) === undefined;
    if (isNew) await this.#admit(channel, channel.appArgs, Date.now());
    else await asterisk.hangUp(channel.id);
  }

  /** Sends flows the queue entries and answers that were missed while disconnected. */
  async #replayQueueState(): Promise<void> {
    const { asterisk, flows } = this.#options;
    const [queues, talks] = [await asterisk.listQueues(), await asterisk.listTalks()];
    const at = Date.now();
    for (const { id: queue, waiting } of queues)
      for (const [index, { channelId, joinedAt }] of waiting.entries()) {
        const place = { queue, position: index + 1, waiting: waiting.length, joinedAt };
        flows.send(flowIdOf(channelId), { type: 'queue_joined', at, ...place });
      }
    for (const { channelId, queue, handset } of talks) {
      flows.send(flowIdOf(channelId), { type: 'queue_answered', at, queue, handset });
      this.#follow({ channelId, handset });
    }
  }

  async #removeOrphanedBridges(): Promise<void> {
    const { asterisk, flows } = this.#options;
    const orphans = (await asterisk.listBridges()).filter(({ id }) => isOurs(id) && !flows.has(flowIdOf(id)));
    await Promise.all(orphans.map(({ id }) => asterisk.destroyBridge(id)));
  }

  /** Runs a job and logs its failure. @returns false when it failed */
  async #tryTo(what: string, job: () => Promise<void>): Promise<boolean> {
    try {
      await job();
      return true;
    } catch (error) {
      this.#options.logger.warn({ err: error, what }, 'request to Asterisk failed');
      return false;
    }
  }
}

/** The shipped dialplan passes `incoming`; a bare `Stasis(cordboard)` in another dialplan has no arguments. */
function isCall(args: string[]): boolean {
  return args.length === 0 || args[0] === INCOMING;
}

/** A test call inside Asterisk has an id of ours; one over SIP comes from an account that only the complete check knows. */
function isOfTest(channelId: string, args: string[]): boolean {
  return isTestCall(channelId) || isTestCall(args[ENDPOINT] ?? '');
}

function isReturning([why]: string[]): boolean {
  return why === RESUMED || why === DETECTED;
}

/** The provider's SIP status, for inquiries with the provider. */
function providerReason({ cause, sipStatus }: Extract<ChannelEvent, { type: 'channel_gone' }>): { reason?: string } {
  return cause === 'provider_refused' && sipStatus !== undefined ? { reason: `SIP ${sipStatus}` } : {};
}

/** Undefined when the trunk did not fail. */
function trunkFailureOf({
  q850,
  sipStatus,
}: Extract<ChannelEvent, { type: 'channel_gone' }>): TrunkProblem | undefined {
  if (!isTrunkFailure(q850, sipStatus)) return undefined;
  if (sipStatus === undefined) return trunkProblem('cause', { cause: String(q850) });
  return sipStatus === 408 ? trunkProblem('no_answer') : trunkProblem('sip', { status: String(sipStatus) });
}

function returnEvent([why, visitId = '', result = '', cause = '']: string[], at: number): TelephonyEvent {
  return why === DETECTED
    ? { type: 'answerer_known', at, visitId, result, cause }
    : { type: 'queue_left', at, visitId, result };
}

type RoutedQueueEvent = Extract<
  QueueEvent,
  { type: 'queue_joined' | 'queue_ringing' | 'queue_ring_over' | 'queue_answered' }
>;

function queueEvent(event: RoutedQueueEvent): TelephonyEvent {
  const { type, at, queue } = event;
  if (type !== 'queue_joined') return { type, at, queue, handset: event.handset };
  const { position, waiting } = event;
  return { type, at, queue, position, waiting, joinedAt: at };
}

type EventOf<T extends AsteriskEvent['type']> = Extract<AsteriskEvent, { type: T }>;

type ChannelEvent = Extract<
  AsteriskEvent,
  { type: 'channel_progress' | 'channel_ringing' | 'channel_answered' | 'channel_gone' | 'channel_left' | 'digit' }
>;

function callerEvent(event: ChannelEvent): TelephonyEvent | undefined {
  const { at, channelId } = event;
  switch (event.type) {
    case 'channel_gone':
      return { type: 'caller_gone', at, cause: event.cause, q850: event.q850, channelId };
    case 'channel_left':
      return { type: 'caller_left', at, channelId };
    case 'digit':
      return { type: 'digit', at, digit: event.digit, durationMs: event.durationMs, channelId };
    case 'channel_progress':
    case 'channel_ringing':
    case 'channel_answered':
      return undefined;
  }
}
