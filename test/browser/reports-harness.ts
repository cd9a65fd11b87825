import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { orStop } from '../support/or-stop.js';
import { freePort } from '../support/ports.js';
import { Phone, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { CHROMIUM, DESKTOP, Visitor } from './browser-harness.js';

/** A company with a queue, a menu and a trunk to a provider, and its pages of calls in a real browser. */

export const QUEUE_LINE = '+420222333444';
export const MENU_LINE = '+420222333445';
export const MENU_PROMPT = 1;
export const GOODBYE = 2;
const patient = { join_when: 'always', stay_when: 'always', ring_timeout: 60 };

const company = {
  country: 'CZ',
  languages: ['cs', 'en', 'ru'],
  dial_policy: { countries: ['CZ'], max_concurrent: 20 },
  prompts: prompts(MENU_PROMPT, GOODBYE),
  handsets: [
    { name: 'a1', display_name: 'Jana' },
    { name: 'a2', display_name: 'Petr' },
  ],
  operators: [{ id: 1, login: 'jana', name: 'Jana Nováková', role: 'admin', handset: 'a1' }],
  queues: [{ id: 1, name: 'Sklad', handsets: ['a2'], record: true, ...patient }],
  lines: [
    {
      number: QUEUE_LINE,
      name: 'Zákaznická linka',
      plan: ['answer', { enqueue: { queue: 1, label: 'telefon-sklad' } }],
    },
    {
      number: MENU_LINE,
      name: 'Informace',
      plan: [
        'answer',
        { menu: { prompt: MENU_PROMPT, timeout: '20s', keys: { '9': [{ play: GOODBYE }, 'hang_up'] } } },
        'hang_up',
      ],
    },
  ],
};

export class ReportsHarness {
  readonly #phones: Phones;
  #password: string | undefined;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    /** Receives calls through the trunk. */
    readonly provider: Phone,
    readonly browser: Browser,
  ) {
    this.#phones = new Phones(asterisk, gateway);
  }

  /** @param more of the company's document */
  static async open(more: Record<string, unknown> = {}): Promise<ReportsHarness> {
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server, user: 'provider', port, incoming: ringForEver }).start();
    const gateway = await orStop(
      Gateway.start({ asterisk: asterisk.gatewayEnv(), company: { ...company, ...more } }),
      asterisk,
    );
    const harness = new ReportsHarness(asterisk, gateway, provider, await chromium.launch(CHROMIUM));
    await harness.#settle();
    return harness;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.#phones.stop();
    await this.provider.stop();
    await this.gateway.stop();
    await this.asterisk.stop();
  }

  /** Jana, with her password, in a browser of her own. */
  async jana(options: BrowserContextOptions = {}): Promise<Visitor> {
    const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' };
    this.#password ??= (await this.gateway.api<{ password: string }>('/api/v1/accounts/jana/password', init)).password;
    const { url: baseURL, token } = this.gateway;
    const context = await this.browser.newContext({ baseURL, locale: 'en-GB', viewport: DESKTOP, ...options });
    const visitor = new Visitor(await context.newPage(), token);
    await visitor.page.goto('/login');
    await visitor.page.locator('input[name=login]').fill('jana');
    await visitor.page.locator('input[name=password]').fill(this.#password);
    await Promise.all([visitor.page.waitForEvent('load'), visitor.page.keyboard.press('Enter')]);
    return visitor;
  }

  handset(user: string): Promise<Phone> {
    return this.#phones.handset(user, { incoming: ringForEver });
  }

  call(line: string, from: string): Promise<PhoneCall> {
    return this.#phones.call(line, from);
  }

  /** Calls the queue and hangs up while waiting in it. */
  async missedCall(from: string): Promise<void> {
    const call = await this.call(QUEUE_LINE, from);
    await becomes('the caller waits in the queue', async () =>
      /^\s+\d+\. PJSIP/m.test(await this.asterisk.cli('queue show q1')),
    );
    await call.hangUp();
    await this.gateway.finished(from);
  }

  /** Waits until somebody talks. */
  async talks(): Promise<void> {
    await becomes('somebody talks', async () => {
      const state = await (await this.gateway.fetch('/api/v1/monitor')).text();
      return state.includes('"talking"');
    });
  }

  /** Until Asterisk has the handsets and queues. */
  async #settle(): Promise<void> {
    const body = await (await this.gateway.fetch('/api/v1/config')).text();
    const headers = { 'content-type': 'application/yaml' };
    await this.gateway.api('/api/v1/config', { method: 'PUT', body, headers });
  }
}
