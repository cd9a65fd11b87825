import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { PhoneHarness } from './phone-harness.js';

/** Pages of other servers, on another site than the gateway, with the phone of an operator in them. */

/** What the page has received from `phone.js`, in order. */
export interface HostEvent {
  name: string;
  detail: { callId?: string | null; number?: string | null; name?: string; direction?: string; why?: string } | null;
}

const HOST_SCRIPT = `
  window.events = [];
  for (const name of ['state', 'ringing', 'calling', 'answered', 'ended', 'tokenneeded'])
    CordboardPhone.addEventListener(name, ({ detail }) => window.events.push({ name, detail }));
`;

/** A server with a page that embeds the phone under a strict policy, as a dispatch would. */
export class HostServer {
  readonly #server: Server;
  gateway = '';
  /** Asks the gateway for a token; the handset is in the page's address. */
  makeToken: (handset: string, origin: string) => Promise<string> = () => Promise.reject(new Error('no gateway'));
  /** Attributes of the script tag. */
  tag = 'data-token-url="/token?handset=eva" data-on';
  /** Tokens that the page got. */
  readonly tokens: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.origin);
      if (url.pathname === '/host.js') response.setHeader('content-type', 'text/javascript').end(HOST_SCRIPT);
      else if (url.pathname === '/token') void this.#token(url.searchParams.get('handset') ?? '', response);
      else if (url.pathname === '/frames') this.#frames(url.searchParams.get('src') ?? '', response);
      else this.#page(url.searchParams.get('tag') ?? this.tag, response);
    });
  }

  static async start(): Promise<HostServer> {
    const host = new HostServer();
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  /** Another site than the gateway's 127.0.0.1. */
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #token(handset: string, response: ServerResponse): Promise<void> {
    try {
      const token = await this.makeToken(handset, this.origin);
      this.tokens.push(token);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ token }));
    } catch {
      response.writeHead(500).end();
    }
  }

  #page(tag: string, response: ServerResponse): void {
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self' ${this.gateway}; frame-src ${this.gateway}; connect-src 'self'; img-src data:`,
    );
    response.setHeader('content-type', 'text/html').end(`<!doctype html><html lang="en"><title>Dispatch</title>
      <link rel="icon" href="data:,"><h1>Orders</h1>
      <script src="${this.gateway}/phone.js" ${tag}></script><script src="/host.js"></script></html>`);
  }

  /** A page without a policy that only shows something of another server. */
  #frames(src: string, response: ServerResponse): void {
    response
      .setHeader('content-type', 'text/html')
      .end(`<!doctype html><title>Frames</title><link rel="icon" href="data:,"><iframe src="${src}"></iframe>`);
  }
}

export class EmbedHarness {
  readonly #pages: Page[] = [];

  private constructor(
    readonly phones: PhoneHarness,
    /** Its origin is listed. */
    readonly host: HostServer,
    /** Its origin is not listed. */
    readonly stranger: HostServer,
    /** The API token of the hosts' servers. */
    readonly apiToken: string,
  ) {}

  static async open(): Promise<EmbedHarness> {
    const [host, stranger] = await Promise.all([HostServer.start(), HostServer.start()]);
    const phones = await PhoneHarness.open({ more: { browser_phones: { origins: [host.origin] } } });
    const { token } = await phones.gateway.api<{ token: string }>('/api/v1/tokens', {
      method: 'POST',
      body: JSON.stringify({ name: 'host', scopes: ['phones:embed'] }),
      headers: { 'content-type': 'application/json' },
    });
    const harness = new EmbedHarness(phones, host, stranger, token);
    for (const each of [host, stranger]) {
      each.gateway = phones.gateway.url;
      // The stranger has got tokens for the listed origin.
      each.makeToken = (handset) => harness.token(handset);
    }
    return harness;
  }

  async close(): Promise<void> {
    await this.phones.close();
    await Promise.all([this.host.stop(), this.stranger.stop()]);
  }

  async reset(): Promise<void> {
    await Promise.all(this.#pages.splice(0).map((page) => page.context().close()));
    await this.phones.reset();
  }

  /** A token for the listed origin, as the host's server asks for it. */
  async token(handset: string, origin = this.host.origin): Promise<string> {
    const response = await fetch(`${this.phones.gateway.url}/api/v1/handsets/${handset}/phone-token`, {
      method: 'POST',
      body: JSON.stringify({ origin }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.apiToken}` },
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return ((await response.json()) as { token: string }).token;
  }

  async context(options: BrowserContextOptions = {}) {
    return this.phones.browser.newContext({ locale: 'en-GB', permissions: ['microphone'], ...options });
  }

  /** A page of the host with the phone of this handset, switched on. */
  async page(handset: string, more: { url?: string; context?: Awaited<ReturnType<EmbedHarness['context']>> } = {}) {
    const context = more.context ?? (await this.context());
    const page = await context.newPage();
    this.#pages.push(page);
    const embedded = new EmbeddedPage(page);
    const tag = encodeURIComponent(`data-token-url="/token?handset=${handset}" data-on`);
    await page.goto(more.url ?? `${this.host.origin}/?tag=${tag}`);
    return embedded;
  }
}

/** A page with the phone in it. */
export class EmbeddedPage {
  readonly complaints: string[] = [];
  /** Addresses of all requests. */
  readonly requested: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('request', (request) => this.requested.push(request.url()));
    page.on('websocket', (socket) => this.requested.push(socket.url()));
  }

  get frame() {
    return this.page.frameLocator('iframe[title="Cordboard"]');
  }

  async reaches(reach: string, withinMs = 30_000): Promise<void> {
    const dock = this.frame.locator(`.phone-dock[data-reach="${reach}"]`);
    await dock.waitFor({ timeout: withinMs }).catch(async (error: unknown) => {
      const told = await this.events().catch(() => []);
      throw new Error([...this.complaints, JSON.stringify(told)].join('\n'), { cause: error });
    });
  }

  events(name?: string): Promise<HostEvent[]> {
    return this.page.evaluate(
      (wanted) =>
        (window as unknown as { events: HostEvent[] }).events.filter((each) => !wanted || each.name === wanted),
      name,
    );
  }

  /** Waits until this event has arrived so many times, and returns the last one. */
  async event(name: string, times = 1, withinMs = 20_000): Promise<NonNullable<HostEvent['detail']>> {
    await expect
      .poll(async () => (await this.events(name)).length, { timeout: withinMs })
      .toBeGreaterThanOrEqual(times);
    return (await this.events(name)).at(-1)!.detail!;
  }

  /** @returns why it was refused; undefined when it was done */
  run(method: string, ...args: unknown[]): Promise<string | undefined> {
    return this.page.evaluate(
      async ([name, given]) => {
        const { CordboardPhone: phone } = window as unknown as {
          CordboardPhone: Record<string, (...values: unknown[]) => Promise<void>>;
        };
        try {
          await phone[name]!(...given);
          return undefined;
        } catch (error) {
          return (error as Error).message;
        }
      },
      [method, args] as const,
    );
  }

  stage(): Promise<string | undefined> {
    return this.page.evaluate(() => {
      const { state } = (
        window as unknown as { CordboardPhone: { state?: { calls: { stage: string; held: boolean }[] } } }
      ).CordboardPhone;
      const [call] = state?.calls ?? [];
      return call && (call.held ? 'held' : call.stage);
    });
  }
}
