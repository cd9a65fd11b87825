import { Gateway, prompts, type GatewayOptions } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { prompt } from '../support/sip/caller.js';
import type { IncomingBehaviour, Phone, PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { orderStatusShop, Shop } from '../support/shop.js';

/** The example's line with test prompts, a shop and a phone on the trunk, shared by the tests of the order-status call. */

export const LINE = '+420222333444';

export const P = {
  menu: 1,
  wrongKey: 2,
  filler: 3,
  fallback: 4,
  closed: 5,
  goodbye: 6,
  nobody: 7,
  connecting: 8,
  ask: 20,
  unknown: 21,
  tooMany: 22,
  received: 31,
  waiting: 32,
  processing: 33,
  shipped: 34,
  pickup: 35,
  delivered: 36,
  cancelled: 37,
} as const;

export const ORDERS: Record<string, number> = {
  '1001': P.received,
  '1002': P.waiting,
  '1003': P.processing,
  '1004': P.shipped,
  '1005': P.pickup,
  '1006': P.delivered,
  '1007': P.cancelled,
  '0042': P.shipped,
};

export const goodShop = (more: Partial<Parameters<typeof orderStatusShop>[0]> = {}) =>
  orderStatusShop({ orders: ORDERS, menu: { timeoutS: 2, max: 10 }, afterwards: 'return', ...more });

export function company(url: string, more: Record<string, unknown> = {}) {
  return {
    country: 'CZ',
    languages: ['cs', 'en'],
    prompts: prompts(...Object.values(P)),
    handsets: [{ name: 'tester', display_name: 'Tester' }],
    queues: [{ id: 1, name: 'Fronta volajících', handsets: ['tester'] }],
    dial_policy: { countries: ['CZ'], max_per_day: 1 },
    parts: {
      'main-menu': [
        {
          menu: {
            prompt: P.menu,
            timeout: '2s',
            retries: 1,
            wrong_key_prompt: P.wrongKey,
            keys: {
              '1': [
                { play: P.connecting },
                { ring: { handset: 'tester', timeout: '8s' } },
                { play: P.nobody },
                'hang_up',
              ],
              '2': [{ ring: { number: '+420777000111', timeout: '8s' } }, { play: P.nobody }, 'hang_up'],
              '9': [
                { hand_over: { url, filler_prompt: P.filler, fallback_prompt: P.fallback } },
                { go_to_part: 'goodbye' },
              ],
            },
          },
        },
        { go_to_part: 'goodbye' },
      ],
      goodbye: [{ play: P.goodbye }, 'hang_up'],
    },
    lines: [{ number: LINE, plan: ['answer', { go_to_part: 'main-menu' }] }],
    ...more,
  };
}

export interface ShopHarness {
  gateway: Gateway;
  shop: Shop;
  /** A phone on the trunk, with its own caller number. */
  caller(user?: string): Promise<Phone>;
  /** The handset `tester`, registered. */
  registerTester(incoming?: IncomingBehaviour): Promise<Phone>;
  /** Unregisters and stops all phones. */
  stopPhones(): Promise<void>;
  stop(): Promise<void>;
}

type Settings = Record<string, unknown>;

let callers = 0;

export async function startShopHarness(
  asterisk: { gatewayEnv: Record<string, string>; sipPort: number },
  options: Partial<GatewayOptions> & { more?: Settings | ((shopUrl: string) => Settings) } = {},
): Promise<ShopHarness> {
  const shop = await new Shop(goodShop()).start();
  const { more, ...rest } = options;
  const settings = typeof more === 'function' ? more(shop.url) : more;
  const starting = Gateway.start({ asterisk: asterisk.gatewayEnv, company: company(shop.url, settings), ...rest });
  const gateway = await orStop(starting, shop);
  const phones = new Phones(asterisk, gateway);
  return {
    gateway,
    shop,
    caller(user) {
      callers += 1;
      return phones.start({
        user: user ?? `+4207${String(Date.now()).slice(-5)}${String(100 + (callers % 900))}`,
      });
    },
    registerTester: (incoming) => phones.handset('tester', incoming === undefined ? {} : { incoming }),
    stopPhones: () => phones.stop(),
    async stop() {
      await phones.stop();
      await gateway.stop();
      await shop.stop();
    },
  };
}

/** A call whose caller has pressed 9 and is asked for an order's number. */
export async function inQuestion(harness: ShopHarness): Promise<PhoneCall> {
  const call = await (await harness.caller()).dial(LINE);
  await call.hears(prompt(P.menu));
  await call.press('9');
  await call.hears(prompt(P.ask));
  return call;
}
