import { createServer, type Server } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { Phone, ringForEver, type IncomingBehaviour } from '../support/sip/phone.js';
import { toneWav } from '../support/tones.js';
import { CHROMIUM } from './browser-harness.js';
import { playsTone } from './loudspeaker.js';

/** The example's page in a real browser, on another site like the dispatch's, with the tone of a prompt as microphone. */

export const LINE = '+420222333444';
export const MENU_LINE = '+420222333555';
export const DESK_LINE = '+420222333666';
export const CHOSEN = 21;
/** The audio of the browser's microphone, and of callers. */
export const [ITS_VOICE, CALLERS_VOICE] = [60, 61];
export const DRIVER = '+420777000111';

const root = path.resolve(import.meta.dirname, '../..');
const site = path.join(root, 'examples/webphone');
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** The content of the dispatch's page: the order of a call, and numbers to click. */
const DISPATCH_PAGES: Record<string, string> = {
  'order.html': '<!doctype html><title>Order</title><h1>Order</h1>',
  'numbers.html': '<!doctype html><title>Numbers</title><p><a id="driver">driver</a></p>',
};

function company(origin: string) {
  const patient = { join_when: 'always', stay_when: 'always', ring_timeout: 60 };
  return {
    languages: ['cs'],
    prompts: prompts(20, CHOSEN),
    dial_policy: { countries: ['CZ'] },
    handsets: [
      { name: 'eva', display_name: 'Eva', webrtc: true },
      { name: 'jan', display_name: 'Jan', webrtc: true },
      { name: 'desk', display_name: 'Desk' },
    ],
    operators: [
      { id: 1, login: 'eva', name: 'Eva', handset: 'eva' },
      { id: 2, login: 'petr', name: 'Petr', handset: 'desk' },
      { id: 3, login: 'nobody', name: 'Nobody' },
    ],
    gootax: {
      domain: 'taxi',
      pop: { url: `${origin}/order.html?access_token={access_token}&clid={clid}&did={did}&call_id={call_id}` },
    },
    queues: [
      { id: 1, name: 'Dispatch', handsets: ['eva', 'jan'], ...patient },
      { id: 2, name: 'Desk', handsets: ['desk'], ...patient },
    ],
    lines: [
      { number: LINE, plan: ['answer', { enqueue: { queue: 1 } }] },
      { number: DESK_LINE, plan: ['answer', { enqueue: { queue: 2 } }] },
      {
        number: MENU_LINE,
        plan: ['answer', { menu: { prompt: 20, timeout: '5s', keys: { '7': [{ play: CHOSEN }, 'hang_up'] } } }],
      },
    ],
    browser_phones: { origins: [origin] },
  };
}

export class WebphoneHarness {
  readonly #phones: Phone[] = [];
  #callers = 0;

  private constructor(
    readonly asterisk: TestAsterisk,
    readonly gateway: Gateway,
    /** Receives calls through the trunk. */
    readonly provider: Phone,
    readonly browser: Browser,
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async open(): Promise<WebphoneHarness> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-webphone-'));
    const voice = path.join(folder, 'voice.wav');
    await writeFile(voice, toneWav(ITS_VOICE, 'cs', 10_000));
    const server = await serve();
    const port = await freePort();
    const asterisk = await startAsterisk({ trunkContact: `sip:127.0.0.1:${port}` });
    const sip = { host: '127.0.0.1', port: asterisk.sipPort };
    const provider = await new Phone({ server: sip, user: 'provider', port, incoming: ringForEver }).start();
    const gateway = await Gateway.start({
      asterisk: asterisk.gatewayEnv(),
      company: company(originOf(server)),
      toneMs: (id) => (id === 20 ? 20_000 : 1500),
    });
    const body = await (await gateway.fetch('/api/v1/config')).text();
    // Ready once Asterisk has the handsets and queues.
    await gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
    const browser = await chromium.launch({
      ...CHROMIUM,
      args: [
        ...CHROMIUM.args,
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-audio-capture=${voice}`,
      ],
    });
    return new WebphoneHarness(asterisk, gateway, provider, browser, server, folder);
  }

  /** Closes the pages and hangs up the calls that a test has left. */
  async closePhones(): Promise<void> {
    await this.hangUpAll();
    await Promise.all(this.browser.contexts().map((context) => context.close()));
  }

  /** Hangs up the calls that an earlier test, or a failed try of the same one, has left. */
  async hangUpAll(): Promise<void> {
    const calls = [...this.#phones, this.provider].flatMap((phone) => [...phone.calls]);
    await Promise.allSettled(calls.map((call) => call.hangUp()));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await Promise.all(this.#phones.map((phone) => phone.stop()));
    await this.provider.stop();
    await this.gateway.stop();
    await this.asterisk.stop();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await rm(this.folder, { recursive: true, force: true });
  }

  get origin(): string {
    return originOf(this.server);
  }

  /** A plain phone at this handset. */
  async handset(user: string, incoming: IncomingBehaviour): Promise<Phone> {
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const password = await this.gateway.handsetPassword(user);
    const phone = await new Phone({ server, user, password, incoming }).start();
    this.#phones.push(phone);
    await phone.registerSoon();
    return phone;
  }

  async caller(): Promise<Phone> {
    this.#callers += 1;
    const server = { host: '127.0.0.1', port: this.asterisk.sipPort };
    const phone = await new Phone({ server, user: `+4207772${String(this.#callers).padStart(5, '0')}` }).start();
    this.#phones.push(phone);
    return phone;
  }

  /** A connection to `/ws` from a page of this origin; `answer` returns the first message or the close. Rejects with the HTTP status. */
  raw(origin = originOf(this.server)): Promise<{ answer(message: string): Promise<string> }> {
    const socket = new WebSocket(`${this.gateway.url.replace('http', 'ws')}/ws`, 'sip', { origin });
    return new Promise((resolve, reject) => {
      socket.on('unexpected-response', (request, { statusCode }) => {
        request.destroy();
        reject(new Error(String(statusCode)));
      });
      socket.on('error', () => undefined);
      socket.on('open', () => {
        const answer = (message: string) =>
          new Promise<string>((resolve) => {
            socket.once('message', (data: Buffer) => {
              resolve(data.toString());
              socket.close();
            });
            socket.once('close', (code, reason) => resolve(`${code} ${reason.toString()}`));
            socket.send(message);
          });
        resolve({ answer });
      });
    });
  }

  /** The page, registered as this handset. */
  async webphone(handset: string): Promise<Webphone> {
    const context = await this.browser.newContext({ permissions: ['microphone'], baseURL: originOf(this.server) });
    const page = await context.newPage();
    await page.goto('/index.html');
    await page.getByLabel('WSS URL').fill(`${this.gateway.url.replace('http', 'ws')}/ws`);
    await page.getByLabel('SIP URI').fill(`sip:${handset}@127.0.0.1`);
    await page.getByLabel('Password').fill(await this.gateway.handsetPassword(handset));
    await page.getByRole('button', { name: 'Register' }).click();
    const webphone = new Webphone(page);
    await webphone.stands('registered');
    return webphone;
  }
}

export class Webphone {
  constructor(readonly page: Page) {}

  stands(standing: string, withinMs = 20_000): Promise<void> {
    return this.page.locator('#standing', { hasText: standing }).waitFor({ timeout: withinMs });
  }

  is(state: string, withinMs = 20_000): Promise<void> {
    return this.page.locator(`#call[data-state="${state}"]`).waitFor({ timeout: withinMs });
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  async dial(number: string): Promise<void> {
    await this.page.getByLabel('Number').fill(number);
    await this.press('Call');
  }

  /** True while the page plays this tone and nothing else. */
  hears(tone: number): Promise<boolean> {
    return playsTone(this.page.locator('#heard'), tone);
  }

  /** Sound packets so far: sent, received. */
  packets(): Promise<{ sent: number; received: number }> {
    return this.page.evaluate(async () => {
      const { webphone } = globalThis as unknown as { webphone: { session(): { connection: RTCPeerConnection } } };
      const stats = [...(await webphone.session().connection.getStats()).values()] as Record<string, unknown>[];
      const sum = (type: string, field: string) =>
        stats.filter((one) => one['type'] === type).reduce((all, one) => all + Number(one[field] ?? 0), 0);
      return { sent: sum('outbound-rtp', 'packetsSent'), received: sum('inbound-rtp', 'packetsReceived') };
    });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

/** The example built as in its README: JsSIP bundled into one file beside it. */
async function serve(): Promise<Server> {
  const bundled = await build({
    entryPoints: [path.join(root, 'node_modules/jssip/lib/JsSIP.js')],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const jssip = bundled.outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const name = path.basename((request.url ?? '').split('?')[0] ?? '');
    const type = TYPES[path.extname(name).slice(1)] ?? 'text/plain';
    const made: Record<string, string> = { 'jssip.js': jssip, ...DISPATCH_PAGES };
    const content = made[name] === undefined ? readFile(path.join(site, name)) : Promise.resolve(made[name]);
    content.then(
      (body) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** A site other than the gateway's 127.0.0.1, from which a browser permits a microphone. */
function originOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}
