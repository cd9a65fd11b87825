import type { z } from 'zod';
import { newBridgeId } from '../kernel/ids.js';
import type { BridgeSettings } from './schema.js';
import { findLine } from '../directory/caller.js';
import { judgeNumber, INVALID_NUMBER, toCallable } from '../directory/dial-rules.js';
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
import type { BridgeRefusal, Bridges, BridgeStatus } from './port.js';
import { bridgeSounds, type BridgeProgram } from './program.js';
import type { BridgeReader } from './reader.js';
import { bridgeRequest, type BridgeRequest } from './request.js';

/** The part of the company's document that bridges use. */
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
  /** True when the prompt exists and has audio. */
  hasPrompt: (id: number) => Promise<boolean>;
  company: () => BridgeCompany;
  asterisk: { readonly usable: boolean };
  maxCalls: number;
  clock: Clock;
}

interface ValidatedRequest {
  program: BridgeProgram;
  data: BridgeRequestData;
}

type Started = Awaited<ReturnType<Bridges['start']>>;

/** Validates requests for bridges and ensures that each bridge is started once; the rest is done by its flow. */
export class BridgeService implements Bridges {
  readonly #turns = new KeyedQueue();

  constructor(private readonly options: BridgeServiceOptions) {}

  find(id: string): Promise<BridgeStatus | undefined> {
    return this.options.reader.find(id);
  }

  async start(given: BridgeRequest, bridgeId = newBridgeId()): Promise<Started> {
    const request = bridgeRequest.safeParse(given);
    if (!request.success) return badRequest(request.error);
    const wanted = await this.#validate(request.data);
    if ('ok' in wanted) return wanted;
    const { orderId, phones } = wanted.data;
    // One at a time, so that two simultaneous requests get the same bridge.
    const key = [orderId, ...[phones.a, phones.b].sort()].join(' ');
    return this.#turns.run(key, () => this.#begin(bridgeId, wanted));
  }

  async cancel(id: string): ReturnType<Bridges['cancel']> {
    const { runtime, reader, clock } = this.options;
    if ((await reader.find(id)) === undefined) return 'not_found';
    const answer = await runtime.request(id, { type: 'commanded', at: clock.now(), command: { type: 'hang_up' } });
    const isCanceled = answer !== undefined || (await reader.find(id))?.endedAt !== null;
    return isCanceled ? 'canceled' : 'unavailable';
  }

  async #begin(bridgeId: string, { program, data: matter }: ValidatedRequest): Promise<Started> {
    const { runtime, reader, orders, asterisk, maxCalls, clock } = this.options;
    const known =
      (await reader.find(bridgeId)) ?? (await reader.findRunning(matter.orderId, [matter.phones.a, matter.phones.b]));
    if (known !== undefined) return { ok: true, isNew: false, bridge: known };
    if (!asterisk.usable) return unavailable('Asterisk is unreachable; try again');
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
    return bridge === undefined ? unavailable('the gateway is stopping; try again') : { ok: true, isNew: true, bridge };
  }

  async #validate(request: BridgeRequest): Promise<ValidatedRequest | BridgeRefusal> {
    const { company: companyNow, hasPrompt } = this.options;
    const company = companyNow();
    const { bridges: usual, country, callbacks } = company;
    const line = request.line === undefined ? company.lines[0] : findLine(company.lines, request.line, company.country);
    if (line === undefined) return bad('line', 'there is no such line');
    const [a, b] = [this.#phone('a', request.a.phone), this.#phone('b', request.b.phone)];
    if (typeof a === 'object') return a;
    if (typeof b === 'object') return b;
    if (a === b) return { ...bad('b.phone', 'must differ from a.phone'), code: 'duplicate' };
    const record = recordOf(request, usual);
    if (record?.announce != null && !(await hasPrompt(record.announce)))
      return bad('record.announce', 'there is no such prompt, or it has no audio');
    const { order_id: orderId, callback_url: callbackUrl = null, metadata = {} } = request;
    const callback = callbackUrl === null ? undefined : callbackProblem(callbackUrl, callbacks);
    if (callback !== undefined) return bad('callback_url', callback);
    const program: BridgeProgram = {
      line: asE164(line.number, country),
      languages: [...(line.languages ?? company.languages)],
      a: { role: request.a.role, ringMs: inMs(request.ring_timeout_a_s) ?? usual.ring_timeout },
      b: { role: request.b.role, ringMs: inMs(request.ring_timeout_b_s) ?? usual.ring_timeout },
      maxDurationMs: inMs(request.max_duration_s) ?? usual.max_duration,
      warningMs: usual.warning,
      waitAudio: request.wait_audio ?? 'ringback',
      confirmDigit: request.confirm_digit ?? null,
      record,
      prompts: promptsOf(usual),
    };
    return { program, data: { orderId, phones: { a, b }, callbackUrl, metadata } };
  }

  /** E.164, if the dial policy allows the number. */
  #phone(leg: 'a' | 'b', text: string): string | BridgeRefusal {
    const { dial_policy, country } = this.options.company();
    const field = `${leg}.phone`;
    const e164 = toCallable(text, dial_policy, country);
    if (e164 === undefined) return { ...bad(field, INVALID_NUMBER), code: 'bad_number' };
    const verdict = judgeNumber(e164, dial_policy, country);
    return verdict.allowed ? e164 : { ok: false, why: 'refused', field, code: 'refused', detail: verdict.reason };
  }
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

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Reports the first invalid field. */
function badRequest({ issues }: z.ZodError): BridgeRefusal {
  const [issue] = issues;
  return bad(issue?.path.join('.') ?? '', issue?.message ?? 'invalid');
}

function bad(field: string, detail: string): BridgeRefusal {
  return { ok: false, why: 'bad_request', field, detail };
}

function unavailable(detail: string): BridgeRefusal {
  return { ok: false, why: 'unavailable', detail };
}
