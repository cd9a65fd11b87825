import { newBridgeId } from '../kernel/ids.js';
import { LONGEST_TALK_S } from '../telephony/lease.js';
import type { BridgeSettings } from './schema.js';
import { findLine } from '../directory/caller.js';
import { judgeNumber, NO_NUMBER, toCallable } from '../directory/dial-rules.js';
import { asE164 } from '../directory/numbers.js';
import type { DialPolicySettings } from '../directory/schema.js';
import { NotDurable } from '../kernel/runtime-types.js';
import type { BridgeRequestData, TelephonyEvent } from '../telephony/telephony.js';
import type { Clock, Instant } from '../lib/clock.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import type { OrderNews } from '../orders/order.js';
import { callbackProblem } from '../webhooks/callbacks.js';
import type { Callback } from '../webhooks/schema.js';
import { BRIDGE } from './flow.js';
import type { BridgeRefusal, BridgeRequest, Bridges, BridgeStanding } from './port.js';
import { bridgeSounds, type BridgeProgram } from './program.js';
import type { BridgeReader } from './reader.js';

/** What bridges need of the company's document. */
interface BridgeCompany {
  country: string;
  languages: readonly string[];
  lines: readonly { number: string; languages?: string[] | undefined }[];
  dial_policy: DialPolicySettings;
  bridges: BridgeSettings;
  callbacks: readonly Callback[];
}

export interface BridgeServiceOptions {
  runtime: {
    readonly running: string[];
    request(flowId: string, event: TelephonyEvent): Promise<unknown>;
    beginStored(kind: string, flowId: string, program: unknown, event: TelephonyEvent): Promise<boolean>;
  };
  reader: BridgeReader;
  orders: { put(news: OrderNews, at: Instant): Promise<unknown> };
  /** Whether a prompt can be played. */
  hasPrompt: (id: number) => Promise<boolean>;
  company: () => BridgeCompany;
  asterisk: { readonly usable: boolean };
  maxCalls: number;
  clock: Clock;
}

const SHORTEST_RING_MS = 5_000;
const LONGEST_RING_MS = 120_000;
const SHORTEST_TALK_MS = 10_000;

interface Wanted {
  program: BridgeProgram;
  matter: BridgeRequestData;
}

type Started = Awaited<ReturnType<Bridges['start']>>;

/** Looks whether a bridge makes sense at all, and that there is one of it only; the rest is its flow's. */
export class BridgeService implements Bridges {
  readonly #turns = new KeyedQueue();

  constructor(private readonly options: BridgeServiceOptions) {}

  find(id: string): Promise<BridgeStanding | undefined> {
    return this.options.reader.find(id);
  }

  async start(request: BridgeRequest): Promise<Started> {
    const wanted = await this.#wanted(request);
    if ('ok' in wanted) return wanted;
    const { orderId, phones } = wanted.matter;
    // One after another, so that two who ask at the same instant are given the same one.
    const key = [orderId, ...[phones.a, phones.b].sort()].join(' ');
    return this.#turns.run(key, () => this.#begin(request, wanted));
  }

  async cancel(id: string): Promise<boolean> {
    const { runtime, reader, clock } = this.options;
    if ((await reader.find(id)) === undefined) return false;
    await runtime.request(id, { type: 'commanded', at: clock.now(), command: { type: 'hang_up' } });
    return true;
  }

  async #begin({ bridgeId = newBridgeId() }: BridgeRequest, { program, matter }: Wanted): Promise<Started> {
    const { runtime, reader, orders, asterisk, maxCalls, clock } = this.options;
    const known =
      (await reader.find(bridgeId)) ?? (await reader.living(matter.orderId, [matter.phones.a, matter.phones.b]));
    if (known !== undefined) return { ok: true, isNew: false, bridge: known };
    if (!asterisk.usable) return unavailable('Asterisk is out of reach; try again');
    if (runtime.running.length >= maxCalls) return unavailable('too many calls are in progress; try again later');
    try {
      await orders.put(orderOf(program, matter), clock.now());
      const event = { type: 'bridge_requested' as const, at: clock.now(), bridgeId, ...matter };
      await runtime.beginStored(BRIDGE, bridgeId, program, event);
    } catch (error) {
      if (!(error instanceof NotDurable)) throw error;
      return unavailable('the database cannot be written; try again later');
    }
    const bridge = await reader.find(bridgeId);
    return bridge === undefined ? unavailable('the gateway stops; try again') : { ok: true, isNew: true, bridge };
  }

  async #wanted(request: BridgeRequest): Promise<Wanted | BridgeRefusal> {
    const { company: companyNow, hasPrompt } = this.options;
    const company = companyNow();
    const { bridges: usual, country, callbacks } = company;
    const line = request.line === undefined ? company.lines[0] : findLine(company.lines, request.line, company.country);
    if (line === undefined) return bad('line', 'there is no such line, on whose behalf they could be called');
    const problem = shapeProblem(request);
    if (problem !== undefined) return problem;
    const [a, b] = [this.#phone('a', request.a.phone), this.#phone('b', request.b.phone)];
    if (typeof a === 'object') return a;
    if (typeof b === 'object') return b;
    if (a === b) return bad('b.phone', 'both are the same number; nobody is connected with themselves');
    const record = recordOf(request, usual);
    if (record?.announce != null && !(await hasPrompt(record.announce)))
      return bad('record.announce', 'there is no such prompt, or it has no audio');
    const callback = request.callbackUrl === undefined ? undefined : callbackProblem(request.callbackUrl, callbacks);
    if (callback !== undefined) return bad('callback_url', callback);
    const program: BridgeProgram = {
      line: asE164(line.number, country),
      languages: [...(line.languages ?? company.languages)],
      a: { role: request.a.role, ringMs: request.ringTimeoutAMs ?? usual.ring_timeout },
      b: { role: request.b.role, ringMs: request.ringTimeoutBMs ?? usual.ring_timeout },
      maxDurationMs: request.maxDurationMs ?? usual.max_duration,
      warningMs: usual.warning,
      waitAudio: request.waitAudio ?? 'ringback',
      confirmDigit: request.confirmDigit ?? null,
      record,
      prompts: promptsOf(usual),
    };
    const { orderId, callbackUrl = null, metadata = {} } = request;
    return { program, matter: { orderId, phones: { a, b }, callbackUrl, metadata } };
  }

  /** E.164, if the dial policy lets it be called. */
  #phone(leg: 'a' | 'b', text: string): string | BridgeRefusal {
    const { dial_policy, country } = this.options.company();
    const field = `${leg}.phone`;
    const e164 = toCallable(text, dial_policy, country);
    if (e164 === undefined) return bad(field, NO_NUMBER);
    const verdict = judgeNumber(e164, dial_policy, country);
    return verdict.allowed ? e164 : { ok: false, why: 'refused', field, detail: verdict.reason };
  }
}

/** What is wrong with the request by itself. */
function shapeProblem(request: BridgeRequest): BridgeRefusal | undefined {
  const { orderId, initiator, a, b, ringTimeoutAMs, ringTimeoutBMs, maxDurationMs, confirmDigit } = request;
  if (orderId.trim() === '') return bad('order_id', 'say which order it is about');
  if (a.role !== initiator) return bad('a.role', 'a is who is called first: the initiator');
  if (b.role === a.role) return bad('b.role', 'one of them is the client, the other one the driver');
  for (const [field, ms] of [
    ['ring_timeout_a_s', ringTimeoutAMs],
    ['ring_timeout_b_s', ringTimeoutBMs],
  ] as const)
    if (!isWithin(ms, SHORTEST_RING_MS, LONGEST_RING_MS)) return bad(field, 'from 5 to 120 seconds');
  if (!isWithin(maxDurationMs, SHORTEST_TALK_MS, LONGEST_TALK_S * 1000))
    return bad('max_duration_s', 'from 10 seconds to 4 hours');
  if (confirmDigit !== undefined && !/^\d$/.test(confirmDigit)) return bad('confirm_digit', 'one digit, 0 to 9');
  return undefined;
}

function isWithin(ms: number | undefined, least: number, most: number): boolean {
  return ms === undefined || (Number.isFinite(ms) && ms >= least && ms <= most);
}

function recordOf({ record = false }: BridgeRequest, { prompts }: BridgeSettings): BridgeProgram['record'] {
  if (record === false) return null;
  const own = record === true ? undefined : record.announce;
  return { announce: own ?? prompts.announce ?? null };
}

function promptsOf({ prompts }: BridgeSettings): BridgeProgram['prompts'] {
  return Object.fromEntries(
    bridgeSounds.flatMap((sound) => (prompts[sound] === undefined ? [] : [[sound, prompts[sound]]])),
  );
}

function orderOf({ line, a }: BridgeProgram, { orderId: id, phones }: BridgeRequestData): OrderNews {
  const [client, driver] = a.role === 'client' ? [phones.a, phones.b] : [phones.b, phones.a];
  return { id, client, driver, line };
}

function bad(field: string, detail: string): BridgeRefusal {
  return { ok: false, why: 'bad_request', field, detail };
}

function unavailable(detail: string): BridgeRefusal {
  return { ok: false, why: 'unavailable', detail };
}
