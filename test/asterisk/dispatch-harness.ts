import type { OrderNews } from '../../src/orders/order.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { json, Shop, type ShopBehaviour, text } from '../support/shop.js';
import { userOf } from '../support/sip/message.js';
import { Phone, pickUp, ringForEver, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { GatewayDatabase } from './gateway-database.js';

/** A taxi dispatch: lines with a status IVR, with call-back, without; orders; clients and drivers on the trunk. */

export const [STATUS, BACK, CHOICE, UNMASKED] = ['+420222333444', '+420222333445', '+420222333446', '+420222333447'];
export const DRIVER = '+420603111222';
export const SECOND_DRIVER = '+420604111333';
export const READER = 'reader-token-that-is-long-enough-0123456789';
export const P = {
  arrived: 21,
  accepted: 22,
  keys: 23,
  busy: 24,
  noAnswer: 25,
  plan: 26,
  first: 27,
  second: 28,
  operator: 29,
};

const explained = { busy_prompt: P.busy, no_answer_prompt: P.noAnswer, rejected_prompt: P.busy };
const connect = { connect: { party: 'other', timeout: '20s', ...explained } };

const company = (dispatch: string, webhooks: string) => ({
  languages: ['cs'],
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  prompts: prompts(...Object.values(P)),
  handsets: [{ name: 'a1' }],
  queues: [
    { id: 12, name: 'Dispečink', handsets: ['a1'], join_when: 'always', stay_when: 'always', join_prompt: P.operator },
  ],
  status_speech: { templates: { arrived: { cs: [P.arrived] }, accepted: { cs: [P.accepted] } } },
  orders: {
    lookup: { url: `${dispatch}?phone={number_e164}` },
    choose_prompts: [P.first, P.second],
    menus: {
      arrived: { prompt: P.keys, timeout: '3s', keys: { '1': [connect], '2': [] } },
      accepted: { prompt: P.keys, timeout: '3s', keys: { '1': [connect], '2': [] } },
    },
  },
  lines: [
    { number: STATUS, plan: ['answer', 'order_status', { enqueue: { queue: 12 } }] },
    { number: BACK, plan: ['answer', { play: P.plan }, 'hang_up'] },
    { number: CHOICE, call_back: false, plan: ['answer', { play: P.plan }, 'hang_up'] },
    { number: UNMASKED, plan: [{ ring: { number: DRIVER, caller_id: '+420777300999', timeout: '20s' } }] },
  ],
  webhooks: [{ name: 'shop', url: webhooks }],
});

export class DispatchHarness {
  /** The dispatch's response to a request for a caller's orders. */
  lookups: ShopBehaviour = () => json([]);
  #callers = 0;
  #orders = 0;
  readonly #phones: Phone[] = [];

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    /** All callees on the trunk. */
    readonly outside: Phone,
    readonly dispatch: Shop,
    readonly hooks: Shop,
    readonly database: GatewayDatabase,
  ) {}

  static async open(): Promise<DispatchHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const outside = await new Phone({ server, user: 'outside', port, incoming: ringForEver }).start();
    const hooks = await new Shop(() => text('')).start();
    const opened: { line?: DispatchHarness } = {};
    const dispatch = await new Shop((request) => opened.line?.lookups(request) ?? json([])).start();
    const gateway = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      company: company(dispatch.url, hooks.url),
      env: { CORDBOARD_READER_TOKEN: READER },
    });
    const line = new DispatchHarness(asterisk, gateway, outside, dispatch, hooks, new GatewayDatabase(gateway));
    opened.line = line;
    return line;
  }

  async close(): Promise<void> {
    await this.hangUpAll();
    await this.outside.stop();
    await this.database.close();
    await this.gateway.stop();
    await Promise.all([this.dispatch.stop(), this.hooks.stop(), this.asterisk.stop()]);
  }

  async hangUpAll(): Promise<void> {
    for (const call of this.outside.invites)
      if (call.answeredAtMs !== undefined) await call.hangUp().catch(() => undefined);
    await Promise.all(this.#phones.splice(0).map((phone) => phone.stop()));
    this.outside.onIncoming(ringForEver);
    this.lookups = () => json([]);
  }

  /** A number that no test has used. */
  newNumber(): string {
    this.#callers += 1;
    return `+420777${String(300_000 + this.#callers)}`;
  }

  /** The dispatch has reported the order. */
  async order(news: Partial<OrderNews> & { client: string }): Promise<string> {
    this.#orders += 1;
    const id = `A-${this.#orders}`;
    await this.database.orders.put({ id, status: 'arrived', driver: DRIVER, line: BACK, ...news }, Date.now());
    return id;
  }

  async calls(number: string, line: string | undefined): Promise<PhoneCall> {
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const phone = await new Phone({ server, user: number }).start();
    this.#phones.push(phone);
    return phone.dial(line ?? '');
  }

  /** Messages of the phone that made the call. */
  traceOf(call: PhoneCall): readonly string[] {
    return this.#phones.find(({ calls }) => calls.includes(call))?.trace ?? [];
  }

  async handset(incoming: IncomingBehaviour = pickUp): Promise<Phone> {
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const password = await this.gateway.handsetPassword('a1');
    const phone = await new Phone({ server, user: 'a1', password, incoming }).start();
    this.#phones.push(phone);
    await phone.registerSoon();
    return phone;
  }

  /** An outside number rings that was not called before. */
  rung(number: string): Promise<PhoneCall> {
    return this.outside.nextCall({ withinMs: 15_000 }).then((call) => {
      const called = calledOf(call);
      if (called !== number.replace('+', '')) throw new Error(`${called} was called, and not ${number}`);
      return call;
    });
  }

  until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
    return becomes(what, look);
  }

  /** Restarts the gateway, which dies at this failpoint. */
  async armFailpoint(failpoint: string): Promise<void> {
    await this.gateway.kill();
    await this.gateway.run({ CORDBOARD_FAILPOINT: failpoint });
    await this.gateway.ready();
  }

  async revived(): Promise<void> {
    await this.gateway.died();
    await this.gateway.run();
    await this.gateway.ready();
  }
}

/** The number in the request URI of an INVITE. */
export const calledOf = (call: PhoneCall): string => userOf(`<${call.invite.uri}>`);
