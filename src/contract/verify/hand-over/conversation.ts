import { randomUUID } from 'node:crypto';
import type { OutboundAnswer } from '../../../http/outbound.js';
import { countEqualPlays, MOST_EQUAL_PLAYS, type EqualPlays } from '../../../call-plan/equal-plays.js';
import type { Directive, Echo, Fresh, HandOverCall, HandOverContract } from '../../../call-plan/hand-over-contract.js';
import type { Peer } from '../peer.js';
import { Fault } from '../sheet.js';
import { heard, judgeAnswer, type KnownIds } from './answer.js';

/** The gateway's own limit of requests. */
export const MOST_REQUESTS = 30;

export interface ShopUnderTest {
  peer: Peer;
  contract: HandOverContract;
  profile: unknown;
  known: KnownIds;
  /** E.164. */
  caller: string;
  line: string;
  country: string;
  /** Order numbers that the shop knows. */
  orders: readonly string[];
  unknownOrder: string;
}

/** A simulated hand-over: sends the gateway's requests and echoes the keys that the shop asks for. */
export class Conversation {
  readonly callId = `c_verify-${randomUUID()}`;
  step = 0;
  /** Names of fields in the shop's answers that the contract does not know: they are echoed. */
  readonly unknownFields = new Set<string>();
  #echo: Echo = {};
  #digits: string | null = null;
  #bridgeResult: string | null = null;
  #fresh: Fresh | null = null;
  #equalPlays: EqualPlays | null = null;
  #sent: HandOverCall | undefined;

  constructor(
    private readonly shop: ShopUnderTest,
    private readonly changes: Partial<Pick<HandOverCall, 'callerNumber'>> = {},
  ) {}

  /** Sends the next request. @throws {Fault} when the answer is invalid, or is the same `play` again and again */
  async ask(extra: Echo = {}): Promise<Directive> {
    this.step += 1;
    const call = this.#call({ echo: { ...extra, ...this.#echo } });
    this.#fresh = null;
    const directive = await this.#directive(call);
    this.#equalPlays = countEqualPlays(this.#equalPlays, directive);
    if ((this.#equalPlays?.times ?? 0) >= MOST_EQUAL_PLAYS) throw circle(directive);
    return directive;
  }

  type(digits: string): Promise<Directive> {
    this.#digits = digits;
    this.#fresh = 'digits';
    return this.ask();
  }

  /** Sends the same request again, as after a crash of the gateway. */
  async repeat(asked: () => Promise<Directive>): Promise<[Directive, Directive]> {
    const first = await asked();
    const sent = this.#sent;
    return [first, sent === undefined ? first : await this.#directive(sent)];
  }

  /** Continues until the shop sends something other than `answer` and `play`. */
  async pastPrompts(directive: Directive): Promise<Directive> {
    let next = directive;
    while ((next.type === 'play' || next.type === 'answer') && this.step < MOST_REQUESTS) next = await this.ask();
    return next;
  }

  transferred(result: string): Promise<Directive> {
    this.#bridgeResult = result;
    this.#fresh = 'bridge_result';
    return this.ask();
  }

  /** Sends the last request, whose answer is ignored. */
  async hangUp(typed?: string): Promise<OutboundAnswer> {
    this.step += 1;
    const last = this.#call({ hangup: true });
    return (await this.#send(typed === undefined ? last : { ...last, digits: typed })).answer;
  }

  /** Continues until the shop asks for input. @throws {Fault} when it never does */
  async toQuestion(): Promise<Directive & { type: 'menu' }> {
    while (this.step < MOST_REQUESTS) {
      const directive = await this.ask();
      if (directive.type === 'menu') return directive;
      if (isEnd(directive))
        throw new Fault(
          `it ended with "${directive.type}" before it asked for input`,
          'answer the first request with a menu whose prompt asks for the order number',
        );
      if (directive.type === 'transfer') await this.transferred('NO_ANSWER');
    }
    throw new Fault(
      `no question within ${MOST_REQUESTS} requests`,
      'send a menu earlier: the gateway stops after that many',
    );
  }

  #call(changes: Partial<HandOverCall>): HandOverCall {
    const { caller, line, country } = this.shop;
    return {
      callId: this.callId,
      step: this.step,
      callerNumber: caller,
      calledNumber: line,
      country,
      digits: this.#digits,
      hangup: false,
      bridgeResult: this.#bridgeResult,
      fresh: this.#fresh,
      echo: this.#echo,
      ...this.changes,
      ...changes,
    };
  }

  async #directive(call: HandOverCall): Promise<Directive> {
    this.#sent = call;
    const { answer, directive } = await this.#send(call);
    judgeAnswer(answer, directive, this.shop.known);
    for (const name of Object.keys(directive.echo)) this.unknownFields.add(name);
    this.#echo = directive.keep ? { ...call.echo, ...directive.echo } : directive.echo;
    return directive;
  }

  async #send(call: HandOverCall): Promise<{ answer: OutboundAnswer; directive: Directive }> {
    const { peer, contract, profile } = this.shop;
    const { contentType, body } = contract.request(call, profile);
    const answer = await peer.post({ headers: { 'content-type': contentType }, body });
    return { answer, directive: contract.read(answer.status, answer.body, profile) };
  }
}

function circle(directive: Directive): Fault {
  return new Fault(
    `it answers ${MOST_EQUAL_PLAYS} times in a row with ${heard(directive)} without a change: the gateway ends this like a failure of the shop`,
    `${TO_KEEP_COUNT}; or set after_play: return in the profile, so that the plan continues after the prompt`,
  );
}

/** How a shop without state of its own can count. */
export const TO_KEEP_COUNT = 'keep count in a key of your answer, which comes back in the next request';

export function isEnd(directive: Directive): boolean {
  return directive.type === 'return' || directive.type === 'hang_up';
}
