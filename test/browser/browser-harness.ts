import { readFile } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { onTestFinished, TestRunner } from 'vitest';
import { parse } from 'yaml';
import { callerOf, prompt } from '../support/sip/caller.js';
import { Phone } from '../support/sip/phone.js';
import type { GatewayOptions } from '../support/gateway.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import type { Gateway } from '../support/gateway.js';
import { LINE, P, startShopHarness, type ShopHarness } from '../asterisk/shop-harness.js';

/** A real gateway with a real Asterisk, seen through a real browser. */

const root = path.resolve(import.meta.dirname, '../..');
export const ARTIFACTS = path.join(root, 'artifacts');

export const CHROMIUM = {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };
export const WIDE = { width: 2560, height: 1440 };

export interface BrowserHarness extends ShopHarness {
  browser: Browser;
  /** A phone that is registered at a handset of the company's. */
  handset(user: string): Promise<void>;
  /** A separate browser, at the gateway. @param from a browser with other switches */
  visitor(options?: BrowserContextOptions, from?: Browser): Promise<Visitor>;
}

/** A webhook without a listener, to create failed deliveries. */
const UNREACHABLE_SHOP = { name: 'shop', url: 'http://127.0.0.1:9/telfa/' };

/** The example's prompts by their own names, each with its tone; `more`: of the company's document. */
export async function openBrowserHarness(
  more: Record<string, unknown> = {},
  options: Partial<GatewayOptions> = {},
): Promise<BrowserHarness> {
  const example = parse(await readFile(path.join(root, 'examples/company.yaml'), 'utf8')) as { prompts: unknown };
  const asterisk: TestAsterisk = await startAsterisk();
  let shop: ShopHarness | undefined;
  try {
    shop = await startShopHarness(
      // The address that pages show for phones.
      { gatewayEnv: { ...asterisk.gatewayEnv(), SIP_SERVER: '127.0.0.1' }, sipPort: asterisk.sipPort },
      {
        ...options,
        more: { prompts: example.prompts, languages: ['cs', 'ru', 'en'], webhooks: [UNREACHABLE_SHOP], ...more },
      },
    );
    const browser = await chromium.launch(CHROMIUM);
    return createHarness(asterisk, shop, browser);
  } catch (error) {
    await shop?.stop();
    await asterisk.stop();
    throw error;
  }
}

function createHarness(asterisk: TestAsterisk, shop: ShopHarness, browser: Browser): BrowserHarness {
  const { gateway } = shop;
  const phones: Phone[] = [];
  return {
    ...shop,
    browser,
    handset: async (user) => {
      const server = { host: '127.0.0.1', port: asterisk.sipPort };
      const phone = await new Phone({ server, user, password: await gateway.handsetPassword(user) }).start();
      phones.push(phone);
      await phone.registerSoon();
    },
    visitor: async (options = {}, from = browser) => {
      const context = await from.newContext({
        baseURL: gateway.url,
        locale: 'en-GB',
        viewport: DESKTOP,
        ...options,
      });
      return new Visitor(await context.newPage(), gateway.token);
    },
    stop: async () => {
      await browser.close();
      await Promise.all(phones.map((phone) => phone.stop()));
      await shop.stop();
      await asterisk.stop();
    },
  };
}

/** The number of the company's published version. */
export async function publishedVersion(gateway: Gateway): Promise<number> {
  const { current_version: version } = await gateway.api<{ current_version: number }>('/api/v1/config/drafts');
  return version;
}

/** Discards all drafts and publishes a former version again, so that a test begins with the same company each time. */
export async function restoreCompany(gateway: Gateway, version: number): Promise<void> {
  const { drafts } = await gateway.api<{ drafts: { id: string }[] }>('/api/v1/config/drafts');
  for (const { id } of drafts) await gateway.fetch(`/api/v1/config/drafts/${id}`, { method: 'DELETE' });
  const headers = { 'if-match': `"${await publishedVersion(gateway)}"` };
  await gateway.api(`/api/v1/config/versions/${version}/restore`, { method: 'POST', headers });
}

/** A visitor with a browser, and all problems that the browser reported. One that a test opens is closed when the test ends or fails. */
export class Visitor {
  /** Errors on the console (including violations of the Content-Security-Policy) and in scripts, and failed requests. */
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    private readonly token: string,
  ) {
    // A page that a failed test leaves open would go on saving its draft while the test is tried again.
    if (TestRunner.getCurrentTest() !== undefined) onTestFinished(() => this.close());
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('response', (response) => {
      if (response.status() >= 400) this.complaints.push(`${response.status()} ${new URL(response.url()).pathname}`);
    });
    page.on('request', (request) => {
      if (!/^(data:|http:\/\/127\.0\.0\.1:|https:\/\/pbx\.example:)/.test(request.url()))
        this.complaints.push(`asked ${request.url()}`);
    });
  }

  /** @param words the labels of field and button in the visitor's language */
  async logIn(token = this.token, words = { label: 'API token' }): Promise<void> {
    await this.page.goto('/login');
    await this.page.locator('details summary').click();
    await this.page.getByLabel(words.label).fill(token);
    // Leaving before the next page has loaded would abort the login.
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press('Enter')]);
  }

  /** The violations that axe finds against WCAG 2.2 AA and good practice, as text. */
  async obstacles(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate(() =>
      (
        window as unknown as { axe: { run: (page: Document, options: axe.RunOptions) => Promise<axe.AxeResults> } }
      ).axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }),
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
    );
  }

  /** How far the page is wider than the window (px). */
  overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** Font size of the smallest visible text (px). */
  smallestTextPx(): Promise<number> {
    return this.page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let smallest = Infinity;
      while (walker.nextNode()) {
        const text = walker.currentNode;
        if (text.parentElement?.checkVisibility() !== true || text.textContent?.trim() === '') continue;
        smallest = Math.min(smallest, parseFloat(getComputedStyle(text.parentElement).fontSize));
      }
      return smallest;
    });
  }

  async photograph(name: string): Promise<void> {
    await this.page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`), fullPage: true });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

/** A caller asks for the status of order 1004, after an unknown number first. Resolves with the call's id once it is over. */
export async function orderStatusCall(shop: ShopHarness): Promise<string> {
  const phone = await shop.caller();
  const call = await phone.dial(LINE);
  await call.hears(prompt(P.menu));
  await call.press('9');
  await call.hears(prompt(P.ask));
  await call.press('9999#');
  await call.hears(prompt(P.unknown));
  await call.press('1004#');
  await call.hears(prompt(P.shipped), { toItsEnd: true });
  await call.hears(prompt(P.goodbye), { toItsEnd: true });
  await call.ended();
  const from = callerOf(call);
  await shop.gateway.finished(from);
  const [newest] = await shop.gateway.calls(from);
  if (newest === undefined) throw new Error(`no call of ${from}`);
  return newest.id;
}
