import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { callerOf } from '../support/sip/caller.js';
import { Phone, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { json, Shop } from '../support/shop.js';
import { CHROMIUM, DESKTOP, Visitor } from './browser-harness.js';

/** Three queues with five handsets, on a real Asterisk, and the page Now in a real browser. */

export const LINES = { sklad: '+420222333444', kancelar: '+420222333445', prodejna: '+420222333446' };
export const REJECTED = 20;
const HANDSETS = { a1: 'Sklad 1', a2: 'Sklad 2', b1: 'Kancelář', c1: 'Prodejna', c2: 'Prodejna – pult' };
const patient = { join_when: 'always', stay_when: 'always', ring_timeout: 60 };

function company(lookupUrl: string) {
  const queueing = (queue: number, label: string) => ['answer', { enqueue: { queue, label } }];
  return {
    languages: ['cs', 'en', 'ru'],
    prompts: prompts(REJECTED),
    reject_prompt: REJECTED,
    handsets: Object.entries(HANDSETS).map(([name, display_name]) => ({ name, display_name })),
    pause_reasons: ['oběd', 'porada'],
    operators: [
      { id: 1, login: 'jana', name: 'Prodejna', handset: 'c1' },
      { id: 2, login: 'eva', name: 'Eva Malá', role: 'supervisor', handset: 'c2' },
    ],
    queues: [
      { id: 1, name: 'Sklad', handsets: ['a1', 'a2'], ...patient },
      { id: 2, name: 'Kancelář', handsets: ['b1'], ...patient },
      { id: 3, name: 'Prodejna', handsets: ['c1', 'c2'], ...patient },
    ],
    lines: [
      { number: LINES.sklad, plan: queueing(1, 'telefon-sklad') },
      { number: LINES.kancelar, plan: queueing(2, 'telefon-kancelář') },
      { number: LINES.prodejna, plan: queueing(3, 'telefon-prodejna') },
    ],
    lookup: { url: lookupUrl },
  };
}

export class NowHarness {
  readonly #phones: Phone[] = [];
  #callers = 0;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    readonly shop: Shop,
    readonly browser: Browser,
  ) {}

  static async open(): Promise<NowHarness> {
    const asterisk = await startAsterisk();
    const shop = await new Shop(({ fields }) => json(customerOf(fields['number']))).start();
    const gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company: company(shop.url) });
    await settled(gateway);
    return new NowHarness(asterisk, gateway, shop, await chromium.launch(CHROMIUM));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#stopPhones();
    await this.gateway.stop();
    await this.shop.stop();
    await this.asterisk.stop();
  }

  /** Ends what an earlier test, or a failed try of the same one, has left: calls, registered handsets, a gateway that is down. */
  async reset(): Promise<void> {
    await this.#stopPhones();
    if (!this.gateway.alive) await this.gateway.run();
    await this.gateway.ready();
  }

  async #stopPhones(): Promise<void> {
    const phones = this.#phones.splice(0);
    const dialled = phones.flatMap(({ calls }) => calls.filter(({ direction }) => direction === 'outgoing'));
    await Promise.allSettled(dialled.map((call) => call.hangUp()));
    await Promise.all(phones.map((phone) => phone.stop()));
  }

  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const { url: baseURL, token } = this.gateway;
    const context = await this.browser.newContext({ baseURL, locale: 'cs-CZ', viewport: DESKTOP, ...options });
    return new Visitor(await context.newPage(), token);
  }

  async handset(user: string, incoming: IncomingBehaviour): Promise<Phone> {
    const phone = await this.#phone({ user, password: await this.gateway.handsetPassword(user), incoming });
    await phone.registerSoon();
    return phone;
  }

  async calling(line: string, user?: string): Promise<PhoneCall> {
    this.#callers += 1;
    return (await this.#phone({ user: user ?? `+4207771${String(this.#callers).padStart(5, '0')}` })).dial(line);
  }

  /** Dials one line after the other; each caller is in its queue before the next one calls. */
  async queued(...lines: (string | { line: string; user: string })[]): Promise<PhoneCall[]> {
    const calls: PhoneCall[] = [];
    for (const each of lines) {
      const { line, user } = typeof each === 'string' ? { line: each, user: undefined } : each;
      const call = await this.calling(line, user);
      await expect.poll(async () => Object.values(await this.inLine()).flat()).toContain(numberOf(call));
      calls.push(call);
    }
    return calls;
  }

  async #phone(options: Omit<ConstructorParameters<typeof Phone>[0], 'server'>): Promise<Phone> {
    const phone = await new Phone({ server: { host: '127.0.0.1', port: this.asterisk.sipPort }, ...options }).start();
    this.#phones.push(phone);
    return phone;
  }

  /** Callers' numbers by queue, first in line first, as Asterisk lists them. */
  async inLine(): Promise<Record<string, string[]>> {
    const channels = await this.asterisk.cli('core show channels concise');
    const numbers = new Map(channels.split('\n').map((line) => [line.split('!')[0], line.split('!')[7] ?? '']));
    const queues = await this.asterisk.cli('queue show');
    const lines: Record<string, string[]> = { 1: [], 2: [], 3: [] };
    for (const [, id = '', members = ''] of queues.matchAll(/^q(\d+) has .*\n((?: +.*\n)*)/gm))
      lines[id] = [...members.matchAll(/^\s+\d+\. (PJSIP\S+)/gm)].map(([, name]) => bare(numbers.get(name) ?? ''));
    return lines;
  }

  /** The same as the page shows it. */
  async shown(visitor: Visitor): Promise<Record<string, string[]>> {
    return visitor.page.evaluate((): Record<string, string[]> => {
      const queues = [...document.querySelectorAll<HTMLElement>('[data-queue]')];
      const of = (queue: HTMLElement) =>
        [...queue.querySelectorAll('li[data-id]')].map((row, index) => {
          const position = row.querySelector('.position')?.textContent;
          const number = (row.querySelector('.number') ?? row.querySelector('b'))?.textContent ?? '';
          return `${position === String(index + 1) ? '' : `${position}?`}${number.replace(/^\+420|\s/g, '')}`;
        });
      return Object.fromEntries(queues.map((queue) => [queue.dataset['queue'] ?? '', of(queue)]));
    });
  }

  /** Waits until Asterisk has this many callers in each queue and the page shows the same, in the same order. */
  async agrees(visitor: Visitor, counts: [number, number, number]): Promise<void> {
    const both = async () => ({ asterisk: await this.inLine(), page: await this.shown(visitor) });
    await expect.poll(both).toSatisfy(
      ({ asterisk, page }: Awaited<ReturnType<typeof both>>) => {
        const lengths = Object.values(asterisk).map((line) => line.length);
        return JSON.stringify(asterisk) === JSON.stringify(page) && lengths.join() === counts.join();
      },
      `the page and Asterisk show ${counts.join(', ')} callers`,
    );
  }
}

/** Until Asterisk has the handsets and queues. */
async function settled(gateway: Gateway): Promise<void> {
  const body = await (await gateway.fetch('/api/v1/config')).text();
  await gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
}

const bare = (number: string) => number.replace(/^\+420/, '');
export const numberOf = (call: PhoneCall): string => bare(callerOf(call));

function customerOf(number: unknown): Record<string, unknown> {
  if (number !== '777888999') return {};
  const orders = [
    { id: '1004', status: 'odeslaná', total: '1 290 Kč', url: 'https://shop.example/orders/1004' },
    { id: '0042', status: 'čeká na platbu' },
  ];
  return { name: 'Jana Nováková', orders };
}
