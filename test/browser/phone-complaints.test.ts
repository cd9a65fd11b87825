import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { busy } from '../support/sip/phone.js';
import { hearsOperator, LINE, PhoneHarness, speaks, type OperatorBrowser } from './phone-harness.js';

/** What people complain of in browser phones (docs/browser-phones.md), as far as no other test of the phone shows it. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open({ more: BOTH });
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

/** The operator Eva has a telephone beside her browser, and both ring. */
const BOTH = {
  handsets: [
    { name: 'eva', display_name: 'Eva', webrtc: true },
    { name: 'jan', display_name: 'Jan', webrtc: true },
    { name: 'desk', display_name: 'Desk' },
  ],
  queues: [
    { id: 1, name: 'Eva', handsets: ['eva', 'desk'], join_when: 'always', ring_timeout: 60 },
    { id: 3, name: 'Jan', handsets: ['jan'], join_when: 'always' },
    { id: 4, name: 'With wrap-up', handsets: ['eva'], join_when: 'always' },
  ],
};

test('a call that has rung for 30 s is heard both ways at once', async () => {
  const eva = await harness.ready('eva');
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await delay(30_000);
  await eva.press(/^Answer/);
  await eva.is('talking');
  speaks(call);
  await hearsOperator(call);
  await eva.hears('caller');
  await call.hangUp();
  await eva.isFree();
});

test('it rings on one loudspeaker and talks on the other, also after a reload', async () => {
  const eva = await harness.operator('eva');
  await eva.page.addInitScript(keepLoudspeakers);
  await eva.page.reload();
  await eva.switchOn();
  await eva.reaches('ready');
  await eva.press('Phone settings');
  const settings = eva.page.getByRole('dialog');
  const names = await settings.getByLabel('Loudspeaker for calls').locator('option').allTextContents();
  const [headset, speakers] = names.slice(1);
  await settings.getByLabel('Loudspeaker for calls').selectOption({ label: headset! });
  await settings.getByLabel('Loudspeaker for ringing').selectOption({ label: speakers! });
  await eva.page.keyboard.press('Escape');
  for (const visit of ['first', 'after a reload']) {
    const call = await (await harness.caller()).dial(LINE);
    await eva.is('ringing');
    expect.soft(await loudspeakers(eva), visit).toContain(speakers);
    await eva.press(/^Answer/);
    await eva.is('talking');
    await expect.poll(() => loudspeakers(eva), { message: visit }).toContain(headset);
    await call.hangUp();
    await eva.isFree();
    await eva.page.reload();
    await eva.reaches('ready');
  }
});

/** Runs in the page: keeps all sound elements. */
function keepLoudspeakers(): void {
  const elements = new Set<HTMLAudioElement>();
  Object.assign(window, { loudspeakers: elements });
  const setSinkId: (id: string) => Promise<void> = Reflect.get(HTMLMediaElement.prototype, 'setSinkId');
  Object.assign(HTMLMediaElement.prototype, {
    setSinkId(this: HTMLAudioElement, id: string) {
      elements.add(this);
      return setSinkId.call(this, id);
    },
  });
}

/** The names of the devices on which a sound element plays. */
async function loudspeakers({ page }: OperatorBrowser): Promise<string[]> {
  return page.evaluate(async () => {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const nameOf = (id: string) =>
      devices.find(({ deviceId, kind }) => kind === 'audiooutput' && deviceId === id)?.label;
    const { loudspeakers: elements } = window as unknown as {
      loudspeakers: Set<HTMLAudioElement & { sinkId: string }>;
    };
    return [...elements].filter(({ paused }) => !paused).map(({ sinkId }) => nameOf(sinkId) ?? '');
  });
}

test('two telephones of one person: the caller is shown once, also when the other one refuses', async () => {
  const eva = await harness.ready('eva');
  await harness.handset('desk', busy);
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  expect(await eva.dock.locator('[data-call]').count()).toBe(1);
  await eva.press(/^Answer/);
  await eva.is('talking');
  expect(await eva.dock.locator('[data-call]').count()).toBe(1);
  await hearsOperator(call);
  await call.hangUp();
  await eva.isFree();
});

test('a call that the other telephone of the person takes is shown as taken, and rings no longer', async () => {
  const eva = await harness.ready('eva');
  const desk = await harness.handset('desk', { do: 'answer', afterMs: 2_000 });
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await eva.dock.locator('[data-ended="taken"]').waitFor();
  await eva.isFree();
  expect(desk.invites.length).toBe(1);
  await call.hangUp();
});
