import { expect } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompts, type Gateway } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { say, Shop } from '../support/shop.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { pickUp, ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';
import { talkBothWays } from './call-control-harness.js';
import { GatewayDatabase } from './gateway-database.js';
import { ProviderHarness } from './provider-harness.js';

const LINES = {
  menu: '+420222333001',
  digits: '+420222333002',
  queue: '+420222333003',
  talk: '+420222333004',
  ringing: '+420222333005',
  shop: '+420222333006',
};
/** Numbers that plans call: one answers at once, the other when the test says so. */
const [ANSWERED, RUNG] = ['+420777000001', '+420777000002'];
const [MENU, CHOSEN, ASK, RECEIVED, ORDER, FAILED] = [1, 2, 3, 4, 5, 6];
/** Far longer than the exchange, on a busy machine too. */
const PATIENT = '100s';
const LATER = { withinMs: 60_000 };
const HEARS = { ...LATER, skipping: true };

export const fiftyCallsCompany = (shop: string) => ({
  prompts: prompts(MENU, CHOSEN, ASK, RECEIVED, ORDER, FAILED),
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  handsets: [{ name: 'a1' }],
  queues: [{ id: 1, name: 'Orders', handsets: ['a1'], join_when: 'always', stay_when: 'always' }],
  lines: [
    {
      number: LINES.menu,
      plan: ['answer', { menu: { prompt: MENU, timeout: PATIENT, keys: { '7': [{ play: CHOSEN }, 'hang_up'] } } }],
    },
    {
      number: LINES.digits,
      plan: [
        'answer',
        { collect: { prompt: ASK, save_as: 'order', max: 4, timeout: PATIENT } },
        { play: RECEIVED },
        'hang_up',
      ],
    },
    { number: LINES.queue, plan: ['answer', { enqueue: { queue: 1 } }] },
    { number: LINES.talk, plan: [{ ring: { number: ANSWERED, timeout: PATIENT } }] },
    { number: LINES.ringing, plan: [{ ring: { number: RUNG, timeout: PATIENT } }] },
    {
      number: LINES.shop,
      plan: ['answer', { hand_over: { url: shop, on_failure: [{ play: FAILED }] } }, 'hang_up'],
    },
  ],
});

const every = <T>(all: readonly T[], job: (one: T, index: number) => Promise<unknown>) => Promise.all(all.map(job));
const endedByGateway = (call: PhoneCall) =>
  call.ended(LATER).then((end) => expect(end).toMatchObject({ by: 'peer', how: 'hung_up' }));
const numberIn = (uri: string) => `+${userOf(uri).replace(/\D/g, '')}`;

/** Fifty calls in a menu, typing digits, in a queue, talking, ringing and at the shop, for what happens to their gateway. */
export class FiftyCalls {
  #called = 0;
  #inMenu: PhoneCall[] = [];
  #typing: PhoneCall[] = [];
  #waiting: PhoneCall[] = [];
  #talks: [PhoneCall, PhoneCall][] = [];
  #ringing: [PhoneCall, PhoneCall][] = [];
  #atShop: PhoneCall[] = [];

  private constructor(
    readonly shop: Shop,
    readonly harness: ProviderHarness,
    private readonly callers: Phone,
  ) {}

  static async open(): Promise<FiftyCalls> {
    const incoming = ({ uri }: { uri: string }) => (numberIn(uri) === ANSWERED ? pickUp : ringForEver);
    const shop = await new Shop(() => say.goOn()).start();
    const harness = await orStop(ProviderHarness.start(fiftyCallsCompany(shop.url), incoming), shop);
    return new FiftyCalls(shop, harness, await harness.phones.start({ user: 'callers' }));
  }

  async close(): Promise<void> {
    await this.harness.stop();
    await this.shop.stop();
  }

  /** All but those at the shop. Half of the digits are typed. */
  async begin(): Promise<void> {
    this.#inMenu = await this.#dial(LINES.menu, 9);
    await every(this.#inMenu, (call) => call.hears(prompt(MENU), LATER));
    this.#typing = await this.#dial(LINES.digits, 9);
    await every(this.#typing, (call) => call.hears(prompt(ASK), LATER));
    await every(this.#typing, (call) => call.press('10'));
    this.#waiting = await this.#enqueue(8);
    this.#talks = await this.#dialThrough(LINES.talk, ANSWERED, 8);
    await every(this.#talks, ([call, leg]) => talkBothWays(call, leg));
    this.#ringing = await this.#dialThrough(LINES.ringing, RUNG, 8);
  }

  /**
   * The last ones, directly before the gateway is exchanged: a call goes on without the shop when that has not answered after 10 s, however
   * many gateways asked it. It answers the next gateway.
   */
  async beginAtShop(): Promise<void> {
    this.shop.behave(() => ({ fault: 'never' }));
    const calls = await Promise.all(Array.from({ length: 8 }, () => this.#dial(LINES.shop, 1)));
    this.#atShop = calls.flat();
    await becomes('the shop is asked', () => this.shop.requests.length === 8);
    this.shop.behave(({ fields }) => (fields['step'] === 1 ? say.play(ORDER) : say.goOn()));
  }

  /** The next gateway has taken over: one more digit is typed, and the shop's answer is heard. */
  async goOn(): Promise<void> {
    await every(this.#typing, (call) => call.press('0'));
    await every(this.#atShop, (call) => call.hears(prompt(ORDER), HEARS));
  }

  /** All calls go on where they were, to their ends, and nothing was done twice. */
  async finish(gateway: Gateway): Promise<void> {
    await Promise.all([
      every(this.#inMenu, async (call) => {
        await call.press('7');
        await call.hears(prompt(CHOSEN), HEARS);
        await endedByGateway(call);
      }),
      every(this.#typing, async (call) => {
        await call.press('1');
        await call.hears(prompt(RECEIVED), HEARS);
        await endedByGateway(call);
      }),
      every(this.#atShop, endedByGateway),
      every(this.#talks, async ([call, leg]) => {
        await talkBothWays(call, leg);
        await call.hangUp();
        await leg.ended(LATER);
      }),
      every(this.#ringing, async ([call, leg]) => {
        leg.answer();
        await talkBothWays(call, leg);
        await leg.hangUp();
        await endedByGateway(call);
      }),
      this.#serveQueue(),
    ]);
    for (const call of this.#typing) {
      const timeline = await gateway.finished(callerOf(call));
      const digits = timeline.filter(({ kind }) => kind === 'digit').map(({ data }) => data['digit']);
      expect(digits.join('')).toBe('1001');
    }
    // Nobody was called twice, and a request that was repeated is the same step.
    expect([this.#legsTo(ANSWERED).length, this.#legsTo(RUNG).length]).toEqual([8, 8]);
    const steps = this.shop.requests.map(({ fields }) => `${String(fields['call_id'])} ${String(fields['step'])}`);
    expect(new Set(steps).size).toBe(16);
    expect(await gateway.calls()).toHaveLength(50);
    await expect
      .poll(() => this.harness.asterisk.cli('core show channels count'), { timeout: 60_000 })
      .toMatch(/^0 active channels/m);
    const database = new GatewayDatabase(this.harness.gateway);
    await expect.poll(() => database.unfinished()).toEqual({ flows: 0, pending: 0 });
    await database.close();
    expect(gateway.output).not.toMatch(/"level":(50|60)/);
  }

  /** So many calls to a line, each from a number of its own. */
  async #dial(line: string, count: number): Promise<PhoneCall[]> {
    const calls: PhoneCall[] = [];
    while (calls.length < count) {
      this.#called += 1;
      calls.push(await this.callers.dial(line, { from: `+420608100${String(this.#called).padStart(3, '0')}` }));
    }
    return calls;
  }

  #legsTo(number: string): PhoneCall[] {
    return this.harness.provider.invites.filter((leg) => numberIn(leg.invite.uri) === number);
  }

  /** Calls to a line that calls a number. @returns both sides of each */
  async #dialThrough(line: string, number: string, count: number): Promise<[PhoneCall, PhoneCall][]> {
    const pairs: [PhoneCall, PhoneCall][] = [];
    while (pairs.length < count) {
      const [call] = await this.#dial(line, 1);
      const leg = await becomes('the number is called', () => this.#legsTo(number)[pairs.length]);
      pairs.push([call!, leg]);
    }
    return pairs;
  }

  /** Callers in the queue, first in line first. */
  async #enqueue(count: number): Promise<PhoneCall[]> {
    const calls: PhoneCall[] = [];
    while (calls.length < count) {
      calls.push(...(await this.#dial(LINES.queue, 1)));
      const isInLine = async () =>
        (await this.harness.asterisk.cli('queue show q1')).includes(` ${calls.length}. PJSIP`);
      await becomes('the caller waits in the queue', isInLine);
    }
    return calls;
  }

  /** An operator logs in, and answers the callers in their order. */
  async #serveQueue(): Promise<void> {
    const operator = await this.harness.phones.handset('a1', { incoming: pickUp });
    for (const call of this.#waiting) {
      const leg = await (await operator.nextCall(LATER)).answered();
      await talkBothWays(call, leg);
      await leg.hangUp();
      await endedByGateway(call);
    }
  }
}
