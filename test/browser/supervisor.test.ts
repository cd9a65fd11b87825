import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { promptsHeard, says, speaks, talkBothWays } from '../asterisk/call-control-harness.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp, type PhoneCall } from '../support/sip/phone.js';
import type { Visitor } from './browser-harness.js';
import { LINES, NowHarness, numberOf, REJECTED } from './now-harness.js';

/** A supervisor at work on the page Now: moves waiting callers, takes them out of the queue, and takes part in talks. */

const PASSWORD = 'a password of some length';

let harness: NowHarness;
let eva: Visitor;

beforeAll(async () => {
  harness = await NowHarness.open();
  const body = JSON.stringify({ password: PASSWORD });
  const headers = { 'content-type': 'application/json' };
  await harness.gateway.api('/api/v1/accounts/eva/password', { method: 'PUT', body, headers });
});

beforeEach(async () => {
  await harness.reset();
  eva = await harness.visitor();
  await eva.page.goto('/login?next=/now');
  await eva.page.getByLabel('Jméno nebo e-mail').fill('eva');
  await eva.page.getByLabel('Heslo').fill(PASSWORD);
  await eva.page.keyboard.press('Enter');
  await eva.page.locator('[data-standing="live"]').waitFor();
  await harness.agrees(eva, [0, 0, 0]);
});

afterEach(() => {
  expect(eva.complaints).toEqual([]);
});

afterAll(() => harness.close());

const rowOf = (call: PhoneCall) =>
  eva.page.locator('[data-queue] li', { hasText: numberOf(call).replace(/(...)(...)(...)/, '$1 $2 $3') });
const menuOf = (call: PhoneCall) => rowOf(call).getByRole('button', { name: /^Akce/ });
const choose = (name: string) => eva.page.getByRole('button', { name, exact: true }).last().click();
const order = async () => (await harness.inLine())['1'];
const isOrder = async (...calls: PhoneCall[]) => {
  await expect.poll(order).toEqual(calls.map(numberOf));
  await expect.poll(async () => (await harness.shown(eva))['1']).toEqual(calls.map(numberOf));
};

async function takeOut(call: PhoneCall, target: string): Promise<void> {
  await menuOf(call).click();
  await choose('Vyjmout z fronty…');
  await eva.page.getByLabel('Kam').selectOption(target);
  await eva.page.getByRole('dialog').getByRole('button', { name: 'Přepojit' }).click();
}

const inWarehouse = async (count: 1 | 2 | 3) => {
  const calls = await harness.queued(...Array.from({ length: count }, () => LINES.sklad));
  await harness.agrees(eva, [count, 0, 0]);
  return (index: number) => calls[index] ?? expect.unreachable();
};

test('moves a caller to the front by keyboard, and back by undo', async () => {
  const call = await inWarehouse(3);
  await menuOf(call(2)).focus();
  await eva.page.keyboard.press('Enter');
  await eva.page.getByRole('button', { name: 'Posunout na začátek' }).and(eva.page.locator(':focus')).waitFor();
  expect(await eva.obstacles()).toEqual([]);
  await eva.photograph('now-call-menu-cs');
  await eva.page.keyboard.press('Enter');
  await isOrder(call(2), call(0), call(1));
  await eva.page.getByText('1. v pořadí').waitFor();
  await eva.page.keyboard.press('z');
  await isOrder(call(0), call(1), call(2));
  await menuOf(call(0)).click();
  await choose('Posunout dolů');
  await isOrder(call(1), call(0), call(2));
});

test('takes a caller out of the queue to a handset, after an undone choice', async () => {
  const call = await inWarehouse(3);
  const phone = await harness.handset('b1', pickUp);
  await takeOut(call(2), 'handset b1');
  await choose('Vrátit');
  await delay(3_500);
  await isOrder(call(0), call(1), call(2));
  expect(phone.invites).toHaveLength(0);
  await menuOf(call(2)).click();
  await choose('Vyjmout z fronty…');
  await eva.page.getByRole('dialog').waitFor();
  expect(await eva.obstacles()).toEqual([]);
  await eva.photograph('now-take-out-cs');
  await eva.page.keyboard.press('Escape');
  await expect.poll(() => menuOf(call(2)).evaluate((button) => button === document.activeElement)).toBe(true);
  await takeOut(call(2), 'handset b1');
  const operator = await phone.nextCall();
  await talkBothWays(call(2), operator);
  await isOrder(call(0), call(1));
});

test('whispers to the operator, then joins the talk, on the same call of their own phone', async () => {
  const client = (await inWarehouse(1))(0);
  const phone = await harness.handset('c2', pickUp);
  const operator = await (await harness.handset('a1', pickUp)).nextCall();
  await talkBothWays(client, operator);
  const talk = eva.page.locator('[data-handset="a1"]').getByRole('button', { name: /^Akce/ });
  await talk.click();
  await choose('Napovídat operátorovi');
  const boss = await (await phone.nextCall()).answered();
  await says(client, [boss, operator]);
  await says(boss, [operator]);
  const unheard = speaks(boss);
  await delay(1_500);
  boss.say(new Int16Array(800), { repeats: true });
  expect(promptsHeard(operator)).toContain(unheard);
  expect(promptsHeard(client)).not.toContain(unheard);
  await talk.click();
  await choose('Vstoupit do hovoru');
  await eva.page.getByText('Slyší vás všichni').waitFor();
  await says(boss, [operator, client]);
  expect(phone.invites).toHaveLength(1);
  await boss.hangUp();
  await talkBothWays(client, operator);
  await operator.hangUp();
  await client.ended();
});

test('ends the call of a waiting caller with a chosen prompt', async () => {
  const caller = await harness.calling(LINES.kancelar);
  await harness.agrees(eva, [0, 1, 0]);
  const heard = caller.hears(prompt(REJECTED), { skipping: true });
  await takeOut(caller, `prompt ${REJECTED}`);
  await heard;
  expect(await caller.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
});

test('pauses somebody else with a reason, ends the pause, and logs them out of the queues and in again', async () => {
  await harness.handset('c1', pickUp);
  const card = eva.page.locator('[data-handset="c1"]');
  const shows = (state: string) => eva.page.locator(`[data-handset="c1"][data-state="${state}"]`).waitFor();
  const command = async (name: string) => {
    await card.getByRole('button', { name: /^Akce/ }).click();
    await card.getByRole('button', { name, exact: true }).click();
  };
  await shows('free');
  await command('Pauza: porada');
  await shows('paused');
  await card.getByText('porada').first().waitFor();
  await eva.page.getByRole('button', { name: 'Vrátit' }).last().click();
  await shows('free');
  await command('Pauza: oběd');
  await shows('paused');
  await command('Ukončit pauzu');
  await shows('free');
  await command('Odhlásit z front');
  await card.getByText('v žádné frontě').waitFor();
  await command('Přihlásit do front');
  await shows('free');
});
