import { chromium } from 'playwright-core';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { whileFrozen } from '../support/freeze.js';
import { busy, unavailable } from '../support/sip/phone.js';
import { hearsOperator, LINE, PhoneHarness, quietForMs, type OperatorBrowser } from './phone-harness.js';

/** The operator's phone when the browser stops for a while, its timers are late, or the microphone is unplugged. */

let harness: PhoneHarness;

beforeAll(async () => {
  harness = await PhoneHarness.open();
}, 90_000);

afterEach(() => harness.reset(), 30_000);
afterAll(() => harness.close(), 30_000);

/** Freezes the tab, as browsers do with tabs that have been hidden for long. */
async function whileTabIsFrozen({ page }: OperatorBrowser, meanwhile: () => Promise<void>): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await meanwhile();
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
}

test('a frozen tab comes back after the caller has gone: it does not ring, and calls arrive again', async () => {
  const eva = await harness.ready('eva');
  await whileTabIsFrozen(eva, async () => {
    const call = await (await harness.caller()).dial(LINE);
    await call.answered();
    // The call reaches the frozen tab.
    await delay(3_000);
    await call.hangUp();
  });
  await eva.isFree();
  await eva.reaches('ready');
  expect(await eva.page.title()).not.toContain('calls');
  const next = await harness.talk(eva);
  await hearsOperator(next);
  await next.hangUp();
  await eva.isFree();
});

test('the machine sleeps for a minute: ready again by itself, and calls arrive', async () => {
  const server = await harness.launchBrowserServer();
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const eva = await harness.ready('eva', {}, browser);
    const handset = async () => {
      const { handsets } = await harness.gateway.api<{ handsets: { name: string; registered: boolean }[] }>(
        '/api/v1/handsets',
      );
      return handsets.find(({ name }) => name === 'eva')?.registered;
    };
    // Longer than the gateway waits for the answer of a connection.
    await whileFrozen(server.process().pid!, async () => {
      await expect.poll(handset, { timeout: 70_000, interval: 1_000 }).toBe(false);
    });
    await expect.poll(handset, { timeout: 30_000 }).toBe(true);
    await eva.reaches('ready', 60_000);
    const call = await harness.talk(eva);
    await hearsOperator(call);
    await call.hangUp();
    await eva.isFree();
    await browser.close();
  } finally {
    await server.close();
  }
});

test('a hidden tab whose timers run once a minute rings', async () => {
  const eva = await harness.operator('eva');
  await eva.page.addInitScript(slowTimers);
  await eva.page.reload();
  await eva.switchOn();
  await eva.reaches('ready');
  await eva.page.evaluate(() => Object.assign(window, { areTimersSlow: true }));
  const call = await (await harness.caller()).dial(LINE);
  await eva.is('ringing');
  await expect.poll(() => eva.page.title()).toContain('calls');
  // The operator returns to the tab.
  await eva.page.evaluate(() => Object.assign(window, { areTimersSlow: false }));
  await eva.press(/^Answer/);
  await eva.is('talking');
  await hearsOperator(call);
  await call.hangUp();
  await eva.isFree();
});

/** Runs in the page: from `areTimersSlow` on, timers run a minute later. */
function slowTimers(): void {
  const start = window.setTimeout.bind(window);
  const startSlowly = (run: () => void, ms = 0): number =>
    start(run, (window as unknown as { areTimersSlow?: boolean }).areTimersSlow === true ? ms + 60_000 : ms);
  Object.assign(window, { setTimeout: startSlowly });
}

test('the microphone is unplugged during a talk: the next one is heard, mute stays', async () => {
  const eva = await harness.operator('eva');
  await eva.page.addInitScript(keepTracks);
  await eva.page.reload();
  await eva.switchOn();
  await eva.reaches('ready');
  const call = await harness.talk(eva);
  await hearsOperator(call);
  await unplug(eva);
  await expect.poll(() => quietForMs(call), { timeout: 15_000 }).toBeLessThan(300);
  await eva.press('Mute');
  await expect.poll(() => quietForMs(call), { timeout: 15_000 }).toBeGreaterThan(1000);
  await unplug(eva);
  await delay(2_000);
  expect(quietForMs(call)).toBeGreaterThan(2_000);
  await eva.press('Mute');
  await expect.poll(() => quietForMs(call), { timeout: 15_000 }).toBeLessThan(300);
  await call.hangUp();
  await eva.isFree();
});

/** All tracks of the microphone end, and the page notices it. */
async function unplug({ page }: OperatorBrowser): Promise<void> {
  await page.evaluate(() => {
    const tracks = (window as unknown as { tracks: Set<MediaStreamTrack> }).tracks;
    for (const track of [...tracks]) {
      tracks.delete(track);
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
}

/** Runs in the page: keeps the tracks of the microphone and their copies. */
function keepTracks(): void {
  const tracks = new Set<MediaStreamTrack>();
  Object.assign(window, { tracks });
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await open(wanted);
    for (const track of stream.getTracks()) tracks.add(track);
    return stream;
  };
  const copy = Object.getOwnPropertyDescriptor(MediaStreamTrack.prototype, 'clone')!.value as MediaStreamTrack['clone'];
  MediaStreamTrack.prototype.clone = function () {
    const track = copy.call(this);
    tracks.add(track);
    return track;
  };
}

test.each([
  { reaches: 'a busy number', behaviour: busy, word: 'Busy', ended: 'busy' },
  { reaches: 'a phone that is switched off', behaviour: unavailable, word: 'No answer', ended: 'unanswered' },
] as const)('a call to $reaches ends with a word', async ({ behaviour, word, ended }) => {
  const eva = await harness.ready('eva');
  harness.provider.onIncoming(behaviour);
  await eva.dial('777 000 222');
  await eva.dock.locator(`[data-ended="${ended}"]`).getByText(word).waitFor();
  await eva.isFree();
});
