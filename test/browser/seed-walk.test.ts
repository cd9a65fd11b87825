import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Locator } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LINE } from '../asterisk/shop-harness.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';
import { orderStatusShop, Shop } from '../support/shop.js';
import { toneWav } from '../support/tones.js';
import { CHROMIUM, DESKTOP, Visitor } from './browser-harness.js';
import { CountedClicks } from './counted-clicks.js';
import { Journey, JOURNEY_MS } from './journey.js';

/**
 * The owner of a shop sets up its telephone line in Czech, from a line without a plan: the status of an order on key 9, the queue on
 * key 1, and the monitor. Then real callers hear what was set up.
 */

const PASSWORD = 'heslo majitele';
const MENU_TONE = 1;
/** After this, a press by mouse on a row of a list that has moved counts again. */
const LISTS_SETTLE_MS = 1_100;

/** The prompts by their names, each with the number of its tone, which is not its id. */
const TONES = {
  'API - Výzva k zadání čísla obj.': 51,
  'API - Objednávka neexistuje': 52,
  'API - Stav čekající': 53,
  'API - Stav odeslaná': 54,
  'Mimo pracovní dobu': 55,
  'Položení hovoru': 56,
} as const;
type Name = keyof typeof TONES;
const NAMES = Object.keys(TONES) as [Name, ...Name[]];

let asterisk: TestAsterisk;
let shop: Shop;
let gateway: Gateway;
let browser: Browser;
let phones: Phones;
let handset: Phone;
let owner: Visitor;
let clicks: CountedClicks;
const journey = new Journey();
const ids: Partial<Record<Name, number>> = {};

beforeEach(async () => {
  asterisk = await startAsterisk();
  shop = await new Shop(() => ({ status: 500, headers: {}, body: '' })).start();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      country: 'CZ',
      languages: ['cs'],
      time_zone: zoneWithNoon(),
      prompts: [{ id: MENU_TONE, name: 'Úvodní nabídka' }],
      handsets: [{ name: 'kancelar', display_name: 'Kancelář' }],
      operators: [{ id: 1, login: 'majitel', name: 'Jana Nováková', role: 'admin' }],
      lines: [{ number: LINE, plan: ['answer'] }],
    },
  });
  const body = JSON.stringify({ password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  await gateway.api('/api/v1/accounts/majitel/password', { method: 'PUT', body, headers });
  phones = new Phones(asterisk, gateway);
  handset = await phones.handset('kancelar', { incoming: ringForEver });
  browser = await chromium.launch(CHROMIUM);
  const context = await browser.newContext({ baseURL: gateway.url, locale: 'cs-CZ', viewport: DESKTOP });
  owner = new Visitor(await context.newPage(), gateway.token);
  owner.page.setDefaultTimeout(15_000);
  clicks = new CountedClicks(owner.page);
});

afterEach(async () => {
  await browser.close();
  await phones.stop();
  await gateway.stop();
  await shop.stop();
  await asterisk.stop();
});

/** A time zone in which it is about noon, far from midnight and within usual working hours. */
function zoneWithNoon(): string {
  const hours = 12 - new Date().getUTCHours();
  return hours === 0 ? 'Etc/GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

const button = (name: string | RegExp, within: Pick<Locator, 'getByRole'> = owner.page) =>
  within.getByRole('button', { name, exact: true });
const inMenu = (name: string) =>
  owner.page.getByRole('navigation', { name: 'Nabídka' }).getByRole('link', { name, exact: true });
const field = (name: string) => owner.page.getByLabel(name, { exact: true });
const dialog = () => owner.page.getByRole('dialog');
const outline = () => owner.page.locator('.outline');
const key = (name: string) => owner.page.getByRole('region', { name: `Stisk ${name}`, exact: true });
const draftSaved = () => owner.page.getByText('Koncept je uložen').waitFor();
const idOf = (name: Name) => ids[name] ?? expect.unreachable(name);

/** Adds a step at the end of a list. */
async function addStep(list: Locator, kind: string): Promise<void> {
  await clicks.click(list.getByRole('button', { name: /^Přidat akci/ }).last());
  await clicks.click(dialog().getByRole('button', { name: kind }));
}

async function addPart(name: string): Promise<void> {
  await clicks.click(inMenu('Plány hovoru'));
  await clicks.click(button('Přidat část'));
  await clicks.typeAtOnce(field('Název'), name);
  await clicks.click(button('Přidat', dialog()));
  await owner.page.getByRole('heading', { name }).waitFor();
  await owner.page.waitForLoadState('networkidle');
}

/** The form proposes the handset that is in no queue yet. */
async function addQueue(name: string, handsetName: string): Promise<void> {
  const { page } = owner;
  await clicks.click(inMenu('Fronty'));
  await clicks.click(page.getByRole('link', { name: 'Přidat frontu' }));
  await clicks.typeAtOnce(field('Název fronty'), name);
  await page.getByRole('button', { name: `Odebrat ze seznamu: ${handsetName}` }).waitFor();
  await clicks.click(button('Přidat'));
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

async function publish(): Promise<void> {
  await draftSaved();
  await clicks.click(owner.page.getByRole('link', { name: 'Zkontrolovat a zveřejnit' }));
  await clicks.click(button('Zveřejnit'));
  await owner.page.waitForURL('**/plans');
}

/** A call to the line that hears the menu. */
async function calling(user: string): Promise<PhoneCall> {
  const call = await phones.call(LINE, user);
  await call.hears(prompt(MENU_TONE));
  return call;
}

async function recording(name: Name): Promise<string> {
  const file = path.join(gateway.dir, `${name}.wav`);
  await writeFile(file, toneWav(TONES[name], 'cs', 1000));
  return file;
}

async function upload(files: string[]): Promise<void> {
  await clicks.click(inMenu('Hlášky'));
  await clicks.click(button('Přidat hlášku'));
  await clicks.click(owner.page.getByText('Nahrát soubor', { exact: true }));
  await clicks.chooseFiles(button('Vybrat soubory'), files);
}

journey.step('the owner logs in; what is missing has a way to it', async () => {
  const { page } = owner;
  await page.goto('/login');
  await clicks.typeAtOnce(field('Uživatelské jméno nebo e-mail'), 'majitel');
  await clicks.type(field('Heslo'), PASSWORD);
  await clicks.click(button('Přihlásit').first());
  await page.getByRole('heading', { name: 'Právě teď' }).waitFor();
  await page.getByRole('link', { name: 'Přidat frontu' }).waitFor();
});

journey.step('key 9 hands the call over to the shop, and leads back to the menu', () =>
  clicks.task('A menu whose key 9 asks the shop', 'Call plans', async () => {
    const { page } = owner;
    await addPart('hlavni-menu');
    await addStep(outline(), 'Nabídka');
    // The only prompt.
    expect(await field('Otázka').inputValue()).toBe(String(MENU_TONE));
    await clicks.click(button('Přidat stisk'));
    await clicks.choose(key('2').getByLabel('Klávesa'), '9');
    await addStep(key('9'), 'Předat řízení');
    await clicks.typeAtOnce(field('Adresa e-shopu'), shop.url);
    await addStep(key('9'), 'Pokračovat opakující se částí');
    expect(await field('Opakující se část').inputValue()).toBe('hlavni-menu');
    await clicks.click(button(/^Vést sem linku \+420.222.333.444$/));
    await draftSaved();
    await page.getByRole('button', { name: 'Odebrat část' }).waitFor({ state: 'detached' });
  }),
);

journey.step('the line leads to the menu', async () => {
  const { page } = owner;
  await page.goto(`/plans/lines/${encodeURIComponent(LINE)}`);
  const sentence = 'Přijmout hovor → pokračovat opakující se částí hlavni-menu';
  await page.locator('.plan-sentence', { hasText: sentence }).waitFor();
  await owner.photograph('seed-walk-line');
});

journey.step('the prompts are uploaded, the first one alone', () =>
  clicks.task('Six prompts from recordings', 'Prompts', async () => {
    const { page } = owner;
    const [first, ...others] = NAMES;
    const file = path.join(gateway.dir, 'nahravka.wav');
    await writeFile(file, toneWav(TONES[first], 'cs', 1000));
    await upload([file]);
    await clicks.type(field('Název'), first);
    await clicks.click(button('Uložit', dialog()));
    await page.getByRole('heading', { name: first, level: 1 }).waitFor();
    await upload(await Promise.all(others.map(recording)));
    await expect.poll(() => field('Název').count()).toBe(others.length);
    await clicks.click(button('Uložit vše', dialog()));
    await page.getByText('Uloženo 5 hlášek').waitFor();
  }),
);

journey.step('the ID of a prompt is that of its address', async () => {
  const { page } = owner;
  for (const name of NAMES) {
    await clicks.click(inMenu('Hlášky'));
    await clicks.click(page.getByRole('link', { name, exact: true }));
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    const [, id] = /\/prompts\/(\d+)$/.exec(page.url()) ?? [];
    expect(await page.locator('.big-id code').innerText()).toBe(id);
    ids[name] = Number(id);
  }
  expect(new Set(Object.values(ids)).size).toBe(NAMES.length);
});

journey.step('rejected callers hear a prompt', () =>
  clicks.task('What rejected callers hear', 'Settings', async () => {
    const { page } = owner;
    await clicks.click(inMenu('E-shop'));
    await clicks.click(page.getByRole('link', { name: 'Vybrat hlášku' }));
    const list = page.getByRole('combobox', { name: 'Hláška pro odmítnuté volající' });
    await clicks.click(list);
    await clicks.click(page.getByRole('option', { name: 'Položení hovoru' }));
    await clicks.click(button('Uložit'));
    await page.getByText('Uloženo: Hláška pro odmítnuté volající').waitFor();
  }),
);

journey.step('the queue „Fronta volajících“ has the handset', () =>
  clicks.task('A queue with a handset', 'Queues', () => addQueue('Fronta volajících', 'Kancelář')),
);

journey.step('a part queues callers in working hours, and plays a prompt outside of them', () =>
  clicks.task('Callers into the queue, in working hours', 'Call plans', async () => {
    const { page } = owner;
    await addPart('kancelar');
    await addStep(outline(), 'Zařadit do fronty');
    expect(await field('Fronta').locator('option:checked').innerText()).toBe('Fronta volajících');
    await page.getByText('Stále otevřeno.').waitFor();
    await clicks.type(field('Identifikátor pro e-shop'), 'telefon-kancelář');
    await clicks.click(button('Nastavit pracovní dobu'));
    await clicks.click(button('Sobota: přidat dobu'));
    await clicks.click(button('Neděle: přidat dobu'));
    await owner.photograph('seed-walk-hours');
    await addStep(outline(), 'Přehrát');
    await clicks.choose(field('Hláška'), String(idOf('Mimo pracovní dobu')));
    await addStep(outline(), 'Zavěsit');
    await draftSaved();
  }),
);

journey.step('key 1 leads to the part, and everything is published', () =>
  clicks.task('Key 1 leads into the queue; publish', 'Call plans', async () => {
    const { page } = owner;
    await clicks.click(button('Vést sem stisk 1 (hlavni-menu)'));
    await page.getByText(/^Na část „kancelar“ zatím nevede/).waitFor({ state: 'detached' });
    await publish();
  }),
);

journey.step('a second handset gets a queue, a part and a key of its own', () =>
  clicks.task('A second handset with a queue and a key', 'Handsets, Queues, Call plans', async () => {
    const { page } = owner;
    await clicks.click(inMenu('Telefony'));
    await clicks.click(page.getByRole('link', { name: 'Přidat telefon' }));
    await clicks.typeAtOnce(field('Název'), 'Sklad');
    expect(await field('Uživatelské jméno').inputValue()).toBe('sklad');
    await clicks.click(button('Přidat'));
    await page.waitForURL('**/handsets/sklad');
    await addQueue('Fronta sklad', 'Sklad');
    await clicks.click(inMenu('Plány hovoru'));
    await clicks.click(button('Možnosti: kancelar'));
    await clicks.click(button('Duplikovat'));
    await clicks.typeAtOnce(field('Název'), 'sklad');
    await clicks.click(button('Přidat', dialog()));
    await page.getByRole('heading', { name: 'sklad' }).waitFor();
    await clicks.click(button(/^Zařadit do fronty/, outline()));
    await clicks.choose(field('Fronta'), { label: 'Fronta sklad' });
    await clicks.type(field('Identifikátor pro e-shop'), 'telefon-sklad');
    await clicks.click(button('Vést sem stisk 2 (hlavni-menu)'));
    await page.getByText(/^Na část „sklad“ zatím nevede/).waitFor({ state: 'detached' });
    await publish();
  }),
);

journey.step('the shop gets the IDs, the handset labels and the events of calls', () =>
  clicks.task('What the shop needs: IDs, labels, events', 'Shop, Webhooks', async () => {
    const { page } = owner;
    await clicks.click(inMenu('E-shop'));
    await page.getByText('telefon-kancelář;telefon-sklad', { exact: true }).waitFor();
    for (const name of NAMES) {
      const row = page.getByRole('row', { name: name.replace(/^API - /, '') });
      const shown = name === 'Mimo pracovní dobu' ? [] : [String(idOf(name))];
      expect(await row.locator('code').allInnerTexts()).toEqual(shown);
    }
    await clicks.click(inMenu('Webhooky'));
    await clicks.click(button('Přidat příjemce'));
    await clicks.typeAtOnce(field('Název'), 'eshop');
    await clicks.type(page.getByRole('textbox', { name: 'Adresa' }), new URL('/telfa/', shop.url).href);
    await clicks.click(button('Přidat', dialog()));
    await page.getByRole('heading', { name: 'eshop' }).waitFor();
  }),
);

journey.step(
  'a caller asks for an order by key 9, then waits in the queue by key 1; another one is rejected',
  async () => {
    const { page } = owner;
    const status = orderStatusShop({
      orders: { '1004': idOf('API - Stav odeslaná'), '1002': idOf('API - Stav čekající') },
      askPrompt: idOf('API - Výzva k zadání čísla obj.'),
      unknownPrompt: idOf('API - Objednávka neexistuje'),
      afterwards: 'return',
    });
    shop.behave((request) =>
      request.url.startsWith('/telfa/') ? { status: 204, headers: {}, body: '' } : status(request),
    );
    const call = await calling('+420777888999');
    await call.press('9');
    await call.hears(prompt(TONES['API - Výzva k zadání čísla obj.']));
    await call.press('9999#');
    await call.hears(prompt(TONES['API - Objednávka neexistuje']));
    await call.press('1004#');
    await call.hears(prompt(TONES['API - Stav odeslaná']), { toItsEnd: true });
    await call.hears(prompt(MENU_TONE));
    await call.press('1');
    const rung = await handset.nextCall({ withinMs: 20_000 });
    await clicks.click(inMenu('Právě teď'));
    const ringing = page.locator('.ringing li', { hasText: /777\s888\s999/ });
    await ringing.waitFor();
    expect(await ringing.innerText()).toMatch(/zvoní: Kancelář\s*telefon-kancelář/);

    const other = await calling('+420777111222');
    await other.press('1');
    const waiting = page.locator('[data-queue="1"] li', { hasText: /777\s111\s222/ });
    await waiting.waitFor();
    await owner.photograph('seed-walk-now');
    await page.waitForTimeout(LISTS_SETTLE_MS);
    await clicks.task('Reject a waiting caller', 'Now', () => clicks.click(button(/^Odmítnout/, waiting)));
    await other.hears(prompt(TONES['Položení hovoru']), { skipping: true, withinMs: 15_000 });
    expect(await other.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
    await waiting.waitFor({ state: 'detached' });

    rung.answer();
    await page.locator('section[aria-labelledby="in-progress"] li', { hasText: 'hovor: Kancelář' }).waitFor();
    await call.hangUp();
    await rung.ended();
    const told = await shop.request(({ url, rawBody }) => url === '/telfa/' && rawBody.includes('"ringing"'));
    expect(told.fields).toMatchObject({ event: 'ringing' });
  },
);

journey.step('on a day on which the shop is closed, callers hear the prompt in place of the queue', async () => {
  const { page } = owner;
  await clicks.task('Close today', 'Call plans', async () => {
    await clicks.click(inMenu('Plány hovoru'));
    await clicks.click(page.getByRole('link', { name: 'kancelar', exact: true }).first());
    await clicks.click(button(/^Zařadit do fronty/, outline()));
    await clicks.click(button('Dnes zavřeno'));
    await publish();
  });
  const call = await calling('+420777333444');
  await call.press('1');
  await call.hears(prompt(TONES['Mimo pracovní dobu']), { toItsEnd: true });
  expect(await call.ended()).toMatchObject({ by: 'peer' });
});

journey.step('the document tells how many clicks each task takes', async () => {
  const table = clicks.rows();
  console.log(`\n${table.join('\n')}`);
  const document = await readFile(path.resolve(import.meta.dirname, '../../docs/console.md'), 'utf8');
  const cells = (row: string) => row.split('|').map((cell) => cell.trim());
  const inDocument = document.split('\n').map((line) => cells(line).join('|'));
  for (const row of table) expect(inDocument).toContain(cells(row).join('|'));
  expect(owner.complaints).toEqual([]);
});

test('the owner sets everything up, and callers hear it', () => journey.walk(), JOURNEY_MS);
