import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type BrowserServer,
  type LaunchOptions,
  type Page,
} from 'playwright-core';
import { expect } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp, Phone, type IncomingBehaviour, type PhoneCall } from '../support/sip/phone.js';
import { sameSound } from '../support/sip/recogniser.js';
import { json, Shop } from '../support/shop.js';
import { toneSamples, toneWav } from '../support/tones.js';
import { CHROMIUM, DESKTOP, Visitor } from './browser-harness.js';
import { playsTone } from './loudspeaker.js';
import { RESOLVER_RULE, type SecureOrigin } from './secure-origin.js';

/** Operators with the phone of the console in real browsers, whose microphones hear a tone, on a real Asterisk. */

export const LINE = '+420222333444';
export const JANS_LINE = '+420222333666';
export const MENU_LINE = '+420222333555';
/** Its queue has a wrap-up time. */
export const WRAP_UP_LINE = '+420222333777';
export const CHOSEN = 21;
const MENU = 20;
/** The audio of the browsers' microphones, and of callers. */
export const OPERATORS_VOICE = 60;
export const CALLERS_VOICE = 83;
export const CUSTOMER = '+420777888999';
const PASSWORD = 'a password of some length';
const SAYS_MS = 5_000;
const patient = { join_when: 'always', stay_when: 'always', ring_timeout: 60 };

function company(lookupUrl: string) {
  return {
    languages: ['cs', 'en', 'ru'],
    prompts: prompts(MENU, CHOSEN),
    dial_policy: { countries: ['CZ'] },
    handsets: [
      { name: 'eva', display_name: 'Eva', webrtc: true },
      { name: 'jan', display_name: 'Jan', webrtc: true },
      { name: 'desk', display_name: 'Desk' },
    ],
    pause_reasons: ['oběd'],
    parking: { ring_back: '20s' },
    operators: [
      { id: 1, login: 'eva', name: 'Eva Malá', handset: 'eva' },
      { id: 2, login: 'jan', name: 'Jan Velký', handset: 'jan', role: 'supervisor' },
      { id: 3, login: 'petr', name: 'Petr', handset: 'desk' },
    ],
    contacts: [{ name: 'Karel, courier', number: '602 111 222', note: 'weekdays' }],
    // Jan may not see numbers.
    roles: { supervisor: { numbers: false } },
    queues: [
      { id: 1, name: 'Eva', handsets: ['eva'], ...patient },
      { id: 2, name: 'Desk', handsets: ['desk'], ...patient },
      { id: 3, name: 'Jan', handsets: ['jan'], ...patient },
      { id: 4, name: 'With wrap-up', handsets: ['eva'], wrap_up: 45, ...patient },
    ],
    lines: [
      { number: LINE, plan: ['answer', { enqueue: { queue: 1 } }] },
      { number: WRAP_UP_LINE, plan: ['answer', { enqueue: { queue: 4 } }] },
      { number: JANS_LINE, plan: ['answer', { enqueue: { queue: 3 } }] },
      {
        number: MENU_LINE,
        plan: ['answer', { menu: { prompt: MENU, timeout: '8s', keys: { '7': [{ play: CHOSEN }, 'hang_up'] } } }],
      },
    ],
    lookup: { url: lookupUrl },
  };
}

const FAKE_MEDIA = ['--use-fake-device-for-media-stream'];

interface PhoneHarnessOptions {
  /** Of Asterisk's configuration (asterisk-config/render.sh). */
  variables?: Record<string, string>;
  /** Environment of the gateway. */
  env?: Record<string, string>;
  /** The browser that is started in place of Chromium. */
  program?: string;
  /** Address of this machine for the browser. */
  host?: string;
  /** Of the company's document. */
  more?: Record<string, unknown>;
  /** Where the browsers find the gateway. */
  secure?: SecureOrigin;
}

export class PhoneHarness {
  readonly #phones: Phone[] = [];
  readonly #visitors: Visitor[] = [];
  #callers = 0;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    /** Receives calls through the trunk. */
    readonly provider: Phone,
    readonly browser: Browser,
    private readonly shop: Shop,
    private readonly folder: string,
    private readonly origin: string,
    /** How to launch a browser whose microphone hears this tone. */
    private readonly optionsOf: (tone: number) => Promise<LaunchOptions>,
  ) {}

  static async open({ variables, env, program, host, more, secure }: PhoneHarnessOptions = {}): Promise<PhoneHarness> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-phone-'));
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}`, ...(variables && { variables }) });
    const server = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server, user: 'provider', port, incoming: pickUp }).start();
    const shop = await new Shop(({ fields }) => json(customerOf(fields['number']))).start();
    const gateway = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      company: { ...company(shop.url), ...more },
      toneMs: (id) => (id === MENU ? 20_000 : 1500),
      env: { ...env, ...secure?.gatewayEnv },
    });
    const origin = secure?.origin ?? (host === undefined ? gateway.url : `http://${host}:${gateway.port}`);
    const body = await (await gateway.fetch('/api/v1/config')).text();
    // Ready once Asterisk has the handsets and queues.
    await gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
    for (const login of ['eva', 'jan', 'petr'])
      await gateway.api(`/api/v1/accounts/${login}/password`, {
        method: 'PUT',
        body: JSON.stringify({ password: PASSWORD }),
        headers: { 'content-type': 'application/json' },
      });
    const optionsOf = async (tone: number): Promise<LaunchOptions> => {
      const voice = path.join(folder, `voice-${tone}.wav`);
      // A browser that runs already reads it.
      if (!existsSync(voice)) await writeFile(voice, toneWav(tone, 'cs', 10_000));
      const args = [...CHROMIUM.args, ...FAKE_MEDIA, `--use-file-for-fake-audio-capture=${voice}`];
      if (secure !== undefined)
        return { ...CHROMIUM, args: [...args, RESOLVER_RULE], env: { ...process.env, HOME: secure.home } };
      // Without it the microphone is for localhost and HTTPS only.
      args.push(`--unsafely-treat-insecure-origin-as-secure=${origin}`);
      return { ...CHROMIUM, args, executablePath: program ?? CHROMIUM.executablePath };
    };
    const browser = await chromium.launch(await optionsOf(OPERATORS_VOICE));
    return new PhoneHarness(asterisk, gateway, provider, browser, shop, folder, origin, optionsOf);
  }

  /** Another browser, whose microphone hears this tone. The caller closes it. */
  async launchBrowser(tone: number): Promise<Browser> {
    return chromium.launch(await this.optionsOf(tone));
  }

  /** Another browser, as a process that a test can stop for a while. The caller closes it. */
  async launchBrowserServer(): Promise<BrowserServer> {
    return chromium.launchServer(await this.optionsOf(OPERATORS_VOICE));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all(this.#phones.map((phone) => phone.stop()));
    await this.provider.stop();
    await this.gateway.stop();
    await this.shop.stop();
    await this.asterisk.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Ends what a test has left. */
  async reset(): Promise<void> {
    await Promise.all(this.#visitors.splice(0).map((visitor) => visitor.close()));
    await Promise.all(this.#phones.splice(0).map((phone) => phone.stop()));
    this.provider.onIncoming(pickUp);
  }

  async caller(user?: string): Promise<Phone> {
    this.#callers += 1;
    return this.#phone({ user: user ?? `+42077720${String(1000 + this.#callers)}` });
  }

  /** A call to a line that rings this operator's phone, answered there. @returns the caller's side */
  async talk(operator: OperatorBrowser, line = LINE, user?: string): Promise<PhoneCall> {
    const call = await (await this.caller(user)).dial(line);
    await operator.is('ringing');
    await operator.press(/^Answer/);
    await operator.is('talking');
    return call;
  }

  async handset(user: string, incoming: IncomingBehaviour): Promise<Phone> {
    const phone = await this.#phone({ user, password: await this.gateway.handsetPassword(user), incoming });
    await phone.registerSoon();
    return phone;
  }

  async #phone(options: Omit<ConstructorParameters<typeof Phone>[0], 'server'>): Promise<Phone> {
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const phone = await new Phone({ server, ...options }).start();
    this.#phones.push(phone);
    return phone;
  }

  /** An operator who is logged in on the page Now, with the phone off. @param from a browser with other switches */
  async operator(login: string, options: BrowserContextOptions = {}, from = this.browser): Promise<OperatorBrowser> {
    const context = await from.newContext({
      baseURL: this.origin,
      locale: 'en-GB',
      viewport: DESKTOP,
      permissions: ['microphone'],
      ...options,
    });
    const visitor = new Visitor(await context.newPage(), this.gateway.token);
    this.#visitors.push(visitor);
    const { page } = visitor;
    const received: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => received.push(payload.toString())));
    await page.goto('/login?lang=en&next=/now');
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('[data-standing="live"]').waitFor({ timeout: 15_000 });
    return new OperatorBrowser(visitor, page, received);
  }

  /** The same, with the phone on and ready. */
  async ready(login: string, options: BrowserContextOptions = {}, from = this.browser): Promise<OperatorBrowser> {
    const operator = await this.operator(login, options, from);
    await operator.switchOn();
    await operator.reaches('ready');
    return operator;
  }
}

/** The phone in one tab. */
export class OperatorBrowser {
  constructor(
    readonly visitor: Visitor,
    readonly page: Page,
    /** What arrived over its WebSockets: SIP, and the messages of the monitor. */
    readonly received: readonly string[] = [],
  ) {}

  get dock() {
    return this.page.getByRole('region', { name: 'Phone', exact: true });
  }

  async switchOn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Phone in this browser' }).click();
  }

  async reaches(reach: string, withinMs = 30_000): Promise<void> {
    await this.page.locator(`.phone-dock[data-reach="${reach}"]`).waitFor({ timeout: withinMs });
  }

  async is(state: string, withinMs = 20_000): Promise<void> {
    await this.dock.locator(`[data-call="${state}"]`).first().waitFor({ timeout: withinMs });
  }

  async isFree(withinMs = 20_000): Promise<void> {
    await expect.poll(() => this.dock.locator('[data-call]').count(), { timeout: withinMs }).toBe(0);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.dock.getByRole('button', { name }).click();
  }

  async dial(number: string): Promise<void> {
    await this.dock.getByLabel('Number').fill(number);
    await this.dock.getByRole('button', { name: 'Call', exact: true }).click();
  }

  /** Both sines of a caller's tone, or of its own voice, are what the loudspeaker plays. */
  async hears(voice: 'caller' | 'itself', withinMs = 15_000): Promise<void> {
    const tone = voice === 'caller' ? CALLERS_VOICE : OPERATORS_VOICE;
    const near = () => playsTone(this.dock.locator('audio'), tone);
    await expect.poll(near, { timeout: withinMs }).toBe(true);
  }
}

/** The far side says its tone until it hangs up. */
export const speaks = (call: PhoneCall): void => call.say(toneSamples(CALLERS_VOICE, 'cs', SAYS_MS), { repeats: true });

/** The far side hears the operator's microphone. */
export const hearsOperator = (call: PhoneCall, voice = OPERATORS_VOICE): Promise<unknown> =>
  call.hears(prompt(voice), { skipping: true, withinMs: 15_000 });

/** How long the far side has not heard the operator (ms). */
export function quietForMs(call: PhoneCall, voice = OPERATORS_VOICE): number {
  const heard = call.heard();
  const last = heard.findLast((part) => sameSound(prompt(voice), part));
  return (heard.at(-1)?.toMs ?? 0) - (last?.toMs ?? 0);
}

/** How long the far side has heard nothing but silence (ms). */
export function silentForMs(call: PhoneCall): number {
  const heard = call.heard();
  const sound = heard.findLast((part) => part.kind !== 'silence');
  return (heard.at(-1)?.toMs ?? 0) - (sound?.toMs ?? 0);
}

function customerOf(number: unknown): Record<string, unknown> {
  if (number !== CUSTOMER.replace('+420', '')) return {};
  const orders = [{ id: '1004', status: 'odeslaná', url: 'https://shop.example/orders/1004' }];
  return { name: 'Jana Nováková', orders };
}
