import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LINE } from '../asterisk/shop-harness.js';
import { toneWav } from '../support/tones.js';
import {
  DESKTOP,
  openBrowserHarness,
  PHONE,
  restoreCompany,
  type BrowserHarness,
  type Visitor,
} from './browser-harness.js';

/** Call plans are changed, compared, published and taken back in the browser, by mouse, finger and keyboard. */

const PASSWORD = 'a password of some length';

let harness: BrowserHarness;
/** The part `main-menu` as it is before each test. */
let original: unknown;

beforeAll(async () => {
  harness = await openBrowserHarness({
    operators: ['adam', 'berta', 'cyril', 'dana', 'emil'].map((login, index) => ({
      id: index + 1,
      login,
      name: `${login.charAt(0).toUpperCase()}${login.slice(1)}`,
      role: 'admin',
    })),
  });
  const body = JSON.stringify({ password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  for (const login of ['adam', 'berta', 'cyril', 'dana', 'emil'])
    await harness.gateway.api(`/api/v1/accounts/${login}/password`, { method: 'PUT', body, headers });
  original = await part('main-menu');
});

afterAll(() => harness.stop());

beforeEach(() => restoreCompany(harness.gateway, 1));

async function part(name: string): Promise<unknown> {
  return (await harness.gateway.api<{ body: unknown }>(`/api/v1/config/parts/${name}`)).body;
}

async function person(login: string, options: Parameters<BrowserHarness['visitor']>[0] = {}): Promise<Visitor> {
  const visitor = await harness.visitor(options);
  const { page } = visitor;
  await page.goto('/login');
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  return visitor;
}

const outline = ({ page }: Visitor) => page.locator('.outline');
const step = ({ page }: Visitor, path: string) => page.locator(`[data-step="${path}"]`);
const isFocused = async (visitor: Visitor, path: string) =>
  step(visitor, path).and(visitor.page.locator(':focus')).waitFor();
const names = async (visitor: Visitor, list: string) => {
  const steps = await outline(visitor).locator(`.step[data-path^="${list}/"] > .step-head .step-name`).allInnerTexts();
  return steps.map((each) => each.replaceAll(/\s+/g, ' ').trim());
};

async function openPart(visitor: Visitor, name = 'main-menu'): Promise<void> {
  await visitor.page.goto(`/plans/parts/${name}`);
  await outline(visitor).waitFor();
}

/** Adds a step by its button and kind. */
async function add({ page }: Visitor, button: string, kind: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: kind }).click();
}

const saved = ({ page }: Visitor) => page.getByText('Draft saved').waitFor();

test('a key with a prompt and a hand-over is added, checked, published, and taken back', async () => {
  const visitor = await person('adam');
  const { page } = visitor;
  await page.goto('/plans');
  const row = page.getByRole('row', { name: /^main-menu/ });
  expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toContain(
    'Menu: 1 Tester, 2 +420 777 000 111, 9 hand over control → continue with part goodbye',
  );
  await row.getByRole('link', { name: 'main-menu' }).click();

  await page.getByRole('button', { name: 'Add a key' }).click();
  await page.getByRole('region', { name: '3' }).getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Play' }).click();
  await page.getByLabel('Prompt', { exact: true }).selectOption('8');
  await page.getByRole('button', { name: 'Play: Přepojujeme vás', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Add a step: after Play: Přepojujeme vás' }).last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over control' }).click();
  await page.getByLabel('Address of the shop').fill('shop.example');
  await page.getByLabel('Address of the shop').and(page.locator('[aria-invalid]')).waitFor();
  await page.getByLabel('Address of the shop').fill('https://shop.example/launch.php?s=telfa');
  await page.getByLabel('Address of the shop').and(page.locator(':not([aria-invalid])')).waitFor();

  // A step behind one that does not come back: an error, with a button that puts it right.
  await add(visitor, 'Add a step: after Hand over control: shop.example', 'Hang up');
  await page.getByRole('region', { name: '3' }).getByRole('button', { name: 'Add a step: after Hang up' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Answer' }).click();
  await page.getByText('This is never reached: the step before it does not come back.').waitFor();
  await page.getByRole('link', { name: 'Review and publish' }).click();
  await page.getByText('There are errors, so it cannot be published.').waitFor();
  expect(await page.getByRole('button', { name: 'Publish' }).isDisabled()).toBe(true);
  await page.getByRole('link', { name: 'Part main-menu' }).click();
  await page.getByRole('button', { name: 'Remove the step' }).click();
  await page.getByText('never reached').waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Review and publish' }).click();
  const change = page.locator('.changes > li');
  await change.waitFor();
  const said = (await change.innerText()).replaceAll(/\s+/g, ' ');
  expect(said).toMatch(/^Part main-menu changed/);
  expect(said).toContain('Menu › 3: new: Play: Přepojujeme vás');
  expect(said).toContain('Menu › 3: new: Hand over control: shop.example');
  expect(said).toContain('Callers of these lines notice it: +420 222 333 444');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published. New calls follow the new plans.').waitFor();
  expect(await part('main-menu')).toMatchObject([
    {
      menu: {
        keys: { '3': [{ play: 8 }, { hand_over: { url: 'https://shop.example/launch.php?s=telfa' } }, 'hang_up'] },
      },
    },
    {},
  ]);

  await page.goto('/plans/history');
  const newest = page.locator('.versions-list > li').first();
  await newest.getByText('What changed').click();
  await newest.getByText('Hand over control: shop.example').waitFor();
  expect((await newest.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/^@adam today \d\d:\d\d Version \d+ current/);
  await page.getByRole('button', { name: 'Return to this' }).first().click();
  await page.getByText(/^Version \d+ is published again\.$/).waitFor();
  expect(await part('main-menu')).toEqual(original);
  await page.keyboard.press('z');
  await expect.poll(() => part('main-menu')).not.toEqual(original);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

describe('two people', () => {
  test('who change different plans keep both changes', async () => {
    const [adam, berta] = [await person('adam'), await person('berta')];
    await openPart(adam);
    await openPart(berta, 'goodbye');
    await step(adam, '0').click();
    await adam.page.getByLabel('Repeat the question').fill('4');
    await saved(adam);
    await berta.page.reload();
    await berta.page.getByText('@adam has unpublished changes too').waitFor();
    await step(berta, '0').click();
    await berta.page.getByLabel('Prompt', { exact: true }).selectOption('5');
    await saved(berta);
    for (const { page } of [adam, berta]) {
      await page.goto('/plans/changes');
      await page.getByRole('button', { name: 'Publish' }).click();
      await page.getByText('Published. New calls follow the new plans.').waitFor();
    }
    expect(await part('main-menu')).toMatchObject([{ menu: { retries: 4 } }, {}]);
    expect(await part('goodbye')).toMatchObject([{ play: 5 }, 'hang_up']);
    await adam.close();
    await berta.close();
  });

  test('who change the same plan are told, and nothing is overwritten before they choose', async () => {
    const [adam, berta] = [await person('adam'), await person('berta')];
    for (const [visitor, retries] of [
      [adam, '4'],
      [berta, '5'],
    ] as const) {
      await openPart(visitor);
      await step(visitor, '0').click();
      await visitor.page.getByLabel('Repeat the question').fill(retries);
      await saved(visitor);
    }
    await adam.page.goto('/plans/changes');
    await adam.page.getByRole('button', { name: 'Publish' }).click();
    await adam.page.getByText('Published. New calls follow the new plans.').waitFor();

    const { page } = berta;
    await page.reload();
    await page.getByRole('alert').getByText('Somebody else has changed this as well: Part main-menu').waitFor();
    await page.getByRole('link', { name: 'Compare and decide' }).click();
    await page.getByText('Published by @adam, today').waitFor();
    expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);
    expect(await part('main-menu')).toMatchObject([{ menu: { retries: 4 } }, {}]);
    const chosen = page.locator('.conflicts label', { hasText: 'In your draft' });
    expect((await chosen.innerText()).replaceAll(/\s+/g, ' ')).toContain('Repeat the question: 1 → 5');
    await chosen.click();
    await page.getByRole('button', { name: 'Continue with these' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published. New calls follow the new plans.').waitFor();
    expect(await part('main-menu')).toMatchObject([{ menu: { retries: 5 } }, {}]);
    await adam.close();
    await berta.close();
  });

  test('who change different settings of one step may keep both changes', async () => {
    const [adam, berta] = [await person('adam'), await person('berta')];
    for (const [visitor, label, value] of [
      [adam, 'Repeat the question', '4'],
      [berta, 'Wait for a key', '9'],
    ] as const) {
      await openPart(visitor);
      await step(visitor, '0').click();
      await visitor.page.getByLabel(label).first().fill(value);
      await saved(visitor);
    }
    await adam.page.goto('/plans/changes');
    await adam.page.getByRole('button', { name: 'Publish' }).click();
    await adam.page.getByText('Published. New calls follow the new plans.').waitFor();

    const { page } = berta;
    await page.goto('/plans/changes');
    await page.getByText('Both changes fit together: you can keep both.').waitFor();
    const both = page.locator('.conflicts label', { hasText: 'Both changes' });
    expect(await both.locator('input').isChecked()).toBe(true);
    expect((await both.innerText()).replaceAll(/\s+/g, ' ')).toContain('Repeat the question: 1 → 4');
    expect(await part('main-menu')).toMatchObject([{ menu: { retries: 4 } }, {}]);
    await page.getByRole('button', { name: 'Continue with these' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published. New calls follow the new plans.').waitFor();
    expect(await part('main-menu')).toMatchObject([{ menu: { retries: 4, timeout: '9s' } }, {}]);
    await adam.close();
    await berta.close();
  });

  test('or one person in two windows: the second is asked', async () => {
    const first = await person('cyril');
    const second = await person('cyril');
    await openPart(first);
    await step(first, '0').click();
    await first.page.getByLabel('Repeat the question').fill('3');
    await saved(first);
    await openPart(second);
    await step(second, '0').click();
    await first.page.getByLabel('Repeat the question').fill('4');
    await expect.poll(async () => JSON.stringify(await draftOf('@cyril'))).toContain('"retries":4');
    await second.page.getByLabel('Repeat the question').fill('5');
    await second.page.getByRole('alert').getByText('This was changed in another window meanwhile').waitFor();
    expect(JSON.stringify(await draftOf('@cyril'))).toContain('"retries":4');
    await second.page.getByRole('button', { name: 'Keep mine' }).click();
    await expect.poll(async () => JSON.stringify(await draftOf('@cyril'))).toContain('"retries":5');
    await first.close();
    await second.close();
  });
});

async function draftOf(author: string): Promise<unknown> {
  const { drafts } = await harness.gateway.api<{ drafts: { id: string; author: string }[] }>('/api/v1/config/drafts');
  const id = drafts.find((draft) => draft.author === author)?.id;
  if (id === undefined) return undefined;
  return (await harness.gateway.api<{ document: { parts: unknown } }>(`/api/v1/config/drafts/${id}`)).document.parts;
}

describe('nothing typed is lost', () => {
  test('by a reload, and one step back takes back a whole word', async () => {
    const visitor = await person('dana');
    const { page } = visitor;
    await openPart(visitor, 'goodbye');
    await add(visitor, 'Add a step: at the beginning', 'Hand over control');
    // The form is loaded when it is first needed, and takes the focus then.
    await page.locator('main input:focus').waitFor();
    await page.keyboard.type('https://shop.example/a');
    await page.reload();
    await step(visitor, '0').click();
    expect(await page.getByLabel('Address of the shop').inputValue()).toBe('https://shop.example/a');
    await page.getByLabel('Address of the shop').fill('https://shop.example/b');
    await step(visitor, '0').focus();
    await page.keyboard.press('z');
    expect(await page.getByLabel('Address of the shop').inputValue()).toBe('https://shop.example/a');
    await saved(visitor);
    expect(await draftOf('@dana')).toMatchObject({
      goodbye: [{ hand_over: { url: 'https://shop.example/a' } }, {}, 'hang_up'],
    });
    await visitor.close();
  });

  test('while the gateway cannot be reached, and when the session ends meanwhile', async () => {
    const visitor = await person('dana');
    const { page } = visitor;
    await openPart(visitor, 'goodbye');
    await page.route('**/api/v1/config/drafts**', (route) => route.abort());
    await add(visitor, 'Add a step: at the beginning', 'Hand over control');
    // The form is loaded when it is first needed, and takes the focus then.
    await page.locator('main input:focus').waitFor();
    await page.keyboard.type('https://shop.example/c');
    await page.waitForTimeout(600);
    await page.unroute('**/api/v1/config/drafts**');
    await page.context().clearCookies();
    await page.waitForURL('**/login?next=%2Fplans%2Fparts%2Fgoodbye');
    await page.locator('input[name=login]').fill('dana');
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/plans/parts/goodbye');
    await step(visitor, '0').getByText('shop.example').waitFor();
    await saved(visitor);
    expect(await draftOf('@dana')).toMatchObject({
      goodbye: [{ hand_over: { url: 'https://shop.example/c' } }, {}, 'hang_up'],
    });
    await visitor.close();
  });
});

test('a discarded draft can be brought back', async () => {
  const visitor = await person('dana');
  const { page } = visitor;
  await openPart(visitor);
  await step(visitor, '0').click();
  await page.getByLabel('Repeat the question').fill('7');
  await saved(visitor);
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  await page.getByText('The draft was discarded.').waitFor();
  expect(await draftOf('@dana')).toBeUndefined();
  await page.keyboard.press('z');
  await saved(visitor);
  expect(await draftOf('@dana')).toMatchObject({ 'main-menu': [{ menu: { retries: 7 } }, {}] });
  await visitor.close();
});

test('everything works by keyboard', async () => {
  const visitor = await person('emil');
  const { page } = visitor;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await openPart(visitor, 'goodbye');
  await step(visitor, '0').focus();
  await press('+');
  await page.getByRole('dialog').waitFor();
  await press('Tab', 'Enter');
  await page.getByLabel('Prompt', { exact: true }).and(page.locator(':focus')).waitFor();
  await page.keyboard.type('8');
  await expect.poll(() => names(visitor, '').then(() => step(visitor, '1').innerText())).toContain('Přepojujeme');
  await step(visitor, '1').focus();
  await press('Alt+ArrowUp');
  await expect.poll(() => step(visitor, '0').innerText()).toContain('Přepojujeme');
  await isFocused(visitor, '0');
  await press('Control+c', 'ArrowDown', 'Control+v');
  await expect.poll(() => step(visitor, '2').innerText()).toContain('Přepojujeme');
  await isFocused(visitor, '2');
  await press('Delete');
  await expect.poll(() => step(visitor, '2').innerText()).toContain('Hang up');
  await press('z');
  await expect.poll(() => step(visitor, '2').innerText()).toContain('Přepojujeme');
  await saved(visitor);
  expect(await draftOf('@emil')).toMatchObject({
    goodbye: [{ play: { prompt: 8 } }, { play: 6 }, { play: { prompt: 8 } }, 'hang_up'],
  });
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('keys that follow at once reach the step that has just moved', async () => {
  const visitor = await person('emil');
  await openPart(visitor, 'goodbye');
  await step(visitor, '0').focus();
  const focused = await visitor.page.evaluate(async () => {
    const places: (string | undefined)[] = [];
    for (const key of ['ArrowDown', 'ArrowUp', 'ArrowDown']) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, altKey: true, bubbles: true }));
      // Long enough for the page to render, and too short for it to paint.
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      places.push((document.activeElement as HTMLElement | null)?.dataset['step']);
    }
    return places;
  });
  expect(focused).toEqual(['1', '0', '1']);
  await saved(visitor);
  expect(await draftOf('@emil')).toMatchObject({ goodbye: ['hang_up', { play: 6 }] });
});

test('a step is dragged into a branch, by mouse and by finger', async () => {
  const visitor = await person('emil', { viewport: PHONE, hasTouch: true });
  const { page } = visitor;
  await openPart(visitor);
  const grip = (path: string) => outline(visitor).locator(`.step[data-path="${path}"] > .step-head .grip`);
  const gap = (path: string) => outline(visitor).locator(`[data-gap="${path}"]`);
  /** Moves until the page marks the gap, which may itself move meanwhile. */
  const dragTo = (path: string, move: (x: number, y: number) => Promise<unknown>) =>
    expect
      .poll(async () => {
        const { x, y, height } = (await gap(path).boundingBox()) ?? expect.unreachable('not shown');
        await move(x + 60, y + height / 2);
        return gap(path).getAttribute('class');
      })
      .toContain('target');
  const gripAt = async (path: string) => {
    await grip(path).scrollIntoViewIfNeeded();
    const { x, y } = (await grip(path).boundingBox()) ?? expect.unreachable('not shown');
    return [x + 8, y + 12] as const;
  };
  await page.mouse.move(...(await gripAt('0/menu/keys/1/0')));
  await page.mouse.down();
  await dragTo('0/menu/keys/1/2', (x, y) => page.mouse.move(x, y, { steps: 5 }));
  await page.mouse.up();
  await expect
    .poll(() => names(visitor, '0/menu/keys/1'))
    .toEqual(['Ring Tester', 'Play Přepojujeme vás', 'Play Nikdo není k dispozici', 'Hang up']);
  await saved(visitor);
  const touch = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  const [x, y] = await gripAt('0/menu/keys/1/1');
  await send('touchStart', { x, y });
  await dragTo('0/menu/keys/1/0', (x, y) => send('touchMove', { x, y }));
  await send('touchEnd');
  await expect.poll(async () => (await names(visitor, '0/menu/keys/1'))[0]).toBe('Play Přepojujeme vás');
  await visitor.close();
});

test('lines and parts are added, renamed with their uses, copied and removed', async () => {
  const visitor = await person('berta');
  const { page } = visitor;
  await page.goto('/plans');
  await page.getByRole('button', { name: 'Actions: goodbye' }).click();
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('the/end');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Only letters, digits, - and _ are possible.').waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('farewell');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /^main-menu.*continue with part farewell/ }).waitFor();
  await page.getByRole('button', { name: 'Add a line' }).click();
  await page.getByLabel('Number').fill('+420 222 333 555');
  await page.getByRole('textbox', { name: 'Name' }).fill('Complaints');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Complaints' }).waitFor();
  await add(visitor, 'Add a step: after Answer', 'Continue with part');
  await page.getByLabel('Part', { exact: true }).selectOption('farewell');
  await page.goto('/plans/changes');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published. New calls follow the new plans.').waitFor();
  expect(await part('farewell')).toMatchObject([{ play: 6 }, 'hang_up']);
  await page.getByRole('button', { name: 'Actions: Complaints' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Removed: Complaints').waitFor();
  expect(await page.getByRole('row', { name: /^Complaints/ }).count()).toBe(0);
  await page.keyboard.press('z');
  await page.getByRole('row', { name: /^Complaints/ }).waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

test('what is missing is one press away: a key that leads to a new part, the way back to the menu, and a prompt', async () => {
  const visitor = await person('dana');
  const { page } = visitor;
  await page.goto('/plans');
  await page.getByRole('button', { name: 'Add a part' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('weekend');
  await page.keyboard.press('Enter');
  await page.getByText(/^No line leads to the part/).waitFor();
  await page.getByRole('button', { name: 'Make key 3 of main-menu lead here' }).click();
  await page.getByText(/^No line leads to the part/).waitFor({ state: 'detached' });

  await add(visitor, 'Add a step', 'Play');
  await page.getByRole('button', { name: 'Add a prompt and use it here' }).first().click();
  await page.getByRole('dialog').getByText('Upload', { exact: true }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles({ name: 'Closed at weekends.wav', mimeType: 'audio/wav', buffer: toneWav(61, 'cs', 1000) });
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  // It has a button of this name, too.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Play: Closed at weekends', exact: true }).waitFor();
  await saved(visitor);

  await openPart(visitor);
  await expect.poll(() => names(visitor, '0/menu/keys/3')).toEqual(['Continue with part weekend']);
  await page.getByRole('button', { name: 'Add a key' }).click();
  await page.getByRole('region', { name: '4' }).getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continue with part' }).click();
  await page.getByRole('button', { name: /^Return to / }).click();
  await expect.poll(() => names(visitor, '0/menu/keys/4')).toEqual(['Continue with part main-menu']);
  await page.getByRole('link', { name: 'Review and publish' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published. New calls follow the new plans.').waitFor();
  const [{ play }] = (await part('weekend')) as [{ play: number }];
  const { name } = await harness.gateway.api<{ name: string }>(`/api/v1/prompts/${play}`);
  expect(name).toBe('Closed at weekends');
  expect(await part('main-menu')).toMatchObject([
    { menu: { keys: { '3': [{ go_to_part: 'weekend' }], '4': [{ go_to_part: 'main-menu' }] } } },
    {},
  ]);
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

/** Lets a test hold something back until it opens the gate. */
function gate(): { isOpen: Promise<void>; open: () => void } {
  let resolve: (() => void) | undefined;
  const isOpen = new Promise<void>((opened) => (resolve = opened));
  return { isOpen, open: () => resolve?.() };
}

test('a new part stays while the gateway is slow, and nothing moves under the pointer', async () => {
  const visitor = await person('emil');
  const { page } = visitor;
  await page.goto('/plans');
  await page.getByRole('button', { name: 'Add a part' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('greeting');
  // The editor reads the configuration before the draft exists, and gets it after the draft was saved.
  const [read, answered] = [gate(), gate()];
  await page.route('**/api/v1/config/drafts', async (route) => {
    if (route.request().method() === 'POST') {
      await read.isOpen;
      return route.continue();
    }
    const response = await route.fetch();
    read.open();
    return route.fulfill({ response });
  });
  await page.route('**/api/v1/config/parts', async (route) => {
    const response = await route.fetch();
    await expect.poll(async () => JSON.stringify(await draftOf('@emil')), { timeout: 15_000 }).toContain('greeting');
    await route.fulfill({ response });
    answered.open();
  });
  await page.keyboard.press('Enter');
  const button = outline(visitor).getByRole('button', { name: 'Add a step' });
  await button.waitFor();
  const before = await button.boundingBox();
  await answered.isOpen;
  await page.getByText(/^No line leads to the part/).waitFor();
  expect(await button.boundingBox()).toEqual(before);
  await button.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Play' }).click();
  await step(visitor, '0').waitFor();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await visitor.close();
});

test('a page that was left while publishing does not come back', async () => {
  const visitor = await person('emil');
  const { page } = visitor;
  await openPart(visitor);
  await step(visitor, '0').click();
  await page.getByLabel('Repeat the question').fill('6');
  await saved(visitor);
  await page.getByRole('link', { name: 'Review and publish' }).click();
  const left = gate();
  await page.route('**/api/v1/config/drafts/*/publish', async (route) => {
    await left.isOpen;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('link', { name: 'Prompts', exact: true }).click();
  await page.getByRole('heading', { name: 'Prompts', level: 1 }).waitFor();
  left.open();
  await page.getByText('Published. New calls follow the new plans.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/prompts');
  await visitor.close();
});

/** On a phone the map is closed at first. */
async function showMap({ page }: Visitor): Promise<void> {
  const button = page.locator('.plan-map h2 button');
  if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  await page.locator('.map-frame .node').first().waitFor();
}

test('the map shows all plans, and leads to parts and steps by mouse and keyboard', async () => {
  const visitor = await person('dana');
  const { page } = visitor;
  const map = page.getByRole('region', { name: 'Map of the plans' }).first();
  await openPart(visitor);
  await showMap(visitor);
  await page.getByRole('button', { name: 'Add a key' }).click();
  await page.getByRole('region', { name: '3' }).getByRole('button', { name: 'Add a step' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Continue with part' }).click();
  await map.getByRole('link', { name: 'Part main-menu' }).and(page.locator('[aria-current]')).waitFor();
  await page.getByLabel('Part', { exact: true }).selectOption('goodbye');
  await map.locator('.map-way', { hasText: '3' }).waitFor();
  await step(visitor, '0/menu/keys/3/0').click();
  expect(await step(visitor, '0/menu/keys/3/0').getAttribute('aria-expanded')).toBe('false');
  await map.locator('.map-way', { hasText: '3' }).locator('text').click();
  await expect.poll(() => step(visitor, '0/menu/keys/3/0').getAttribute('aria-expanded')).toBe('true');

  await map.getByRole('link', { name: 'Part goodbye' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'goodbye', level: 1 }).waitFor();
  await map.getByRole('link', { name: 'Part goodbye' }).and(page.locator('[aria-current]')).waitFor();

  await map.getByText('As text').click();
  await map.getByRole('link', { name: '3: leads to Part goodbye' }).click();
  await page.getByRole('heading', { name: 'main-menu', level: 1 }).waitFor();
  await expect.poll(() => step(visitor, '0/menu/keys/3/0').getAttribute('aria-expanded')).toBe('true');

  // A part that does not exist any more, and one that nobody reaches any more.
  await page.goto('/plans');
  await page.getByRole('button', { name: 'Actions: goodbye' }).click();
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('link', { name: 'main-menu' }).first().click();
  await showMap(visitor);
  await map.getByRole('img', { name: 'Part goodbye, does not exist' }).waitFor();
  await map.getByRole('link', { name: /^Part main-menu, \d+ problem/ }).waitFor();
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});

const WIDE = { width: 2560, height: 1440 };

test.each([
  { language: 'cs', viewport: PHONE, colorScheme: 'dark' },
  { language: 'ru', viewport: DESKTOP, colorScheme: 'light' },
  { language: 'en', viewport: WIDE, colorScheme: 'dark' },
] as const)('all pages fit, and have no obstacles: $language, $colorScheme', async ({ language, ...look }) => {
  const visitor = await person('cyril', look);
  const { page } = visitor;
  await page.goto(`/plans/parts/main-menu?lang=${language}`);
  await step(visitor, '0').click();
  await step(visitor, '0').focus();
  await page.keyboard.press('+');
  await page.locator('.action-kinds button').nth(4).click();
  await page.keyboard.type('shop');
  await page.locator('.step.bad').waitFor();
  for (const [name, path, ready] of [
    ['editor', undefined, '.step.bad'],
    ['line', `/plans/lines/${encodeURIComponent(LINE)}`, '.outline'],
    ['list', '/plans', '.plans-list'],
    ['changes', '/plans/changes', '.changes'],
    ['history', '/plans/history', '.versions-list'],
  ] as const) {
    if (path !== undefined) await page.goto(path);
    await page.locator(ready).first().waitFor();
    if (name === 'editor') await showMap(visitor);
    await visitor.photograph(`plans-${name}-${look.viewport.width}-${look.colorScheme}-${language}`);
    expect(await visitor.obstacles()).toEqual([]);
    expect(await visitor.overflow()).toBe(0);
    expect(await visitor.smallestTextPx()).toBeGreaterThanOrEqual(14);
  }
  expect(visitor.complaints).toEqual([]);
  await visitor.close();
});
