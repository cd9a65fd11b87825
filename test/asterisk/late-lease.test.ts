import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { AmiConnection, textOf } from '../../src/asterisk/ami/ami-connection.js';
import { Asterisk } from '../../src/asterisk/asterisk.js';
import type { AsteriskEvent } from '../../src/asterisk/port.js';
import { DEFAULT_TIMING } from '../../src/asterisk/link.js';
import { systemClock } from '../../src/lib/clock.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { whileFrozen } from '../support/freeze.js';
import { freePort } from '../support/ports.js';
import { Phone, pickUp, ringForEver, type IncomingBehaviour, type PhoneCall } from '../support/sip/caller.js';
import { talkBothWays } from './call-control-harness.js';
import { linkOptions, quiet } from './conformance/real-harness.js';
import { fallbackSounds, serviceUnavailable } from './fallback-sounds.js';

/** A lease renewed after the call has moved to the dialplan's fallback must not cut it off there. */

const LINE = '+420222333444';
const COLLEAGUE = '+420777000111';
/** Of the dialplan, before the first renewal. */
const LEASH_S = 3;
const LATE_LEASE_S = 3;
const WITHIN_MS = 20_000;

let sounds: Awaited<ReturnType<typeof fallbackSounds>>;
let asterisk: TestAsterisk;
let ami: AmiConnection;
let colleague: Phone;
let behaviour: IncomingBehaviour = pickUp;
let lastCaller = 0;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  sounds = await fallbackSounds();
  const port = await freePort();
  asterisk = await startAsterisk({
    soundsDir: sounds.soundsDir,
    trunkContact: `sip:127.0.0.1:${port}`,
    variables: { LEASH_S: String(LEASH_S), FALLBACK_DIAL: `PJSIP/${COLLEAGUE}@trunk` },
  });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  colleague = await new Phone({ server, user: 'provider', port, incoming: () => behaviour }).start();
  const context = { clock: systemClock, random: Math.random, log: quiet, timing: DEFAULT_TIMING };
  ami = new AmiConnection(linkOptions(asterisk).ami, context);
  await ami.open('off', new AbortController().signal);
});

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

afterAll(async () => {
  ami.close();
  await colleague.stop();
  await asterisk.stop();
  await sounds.remove();
});

async function dialled(): Promise<PhoneCall> {
  lastCaller += 1;
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  const phone = await new Phone({ server, user: `+42060199920${lastCaller}` }).start();
  stops.push(() => phone.stop());
  return phone.dial(LINE);
}

/** Names of the callers' channels. */
async function callers(): Promise<string[]> {
  const rows = await ami.list({ Action: 'Status' });
  return rows.filter((row) => textOf(row, 'exten') !== '').map((row) => textOf(row, 'channel'));
}

async function renewLate(): Promise<void> {
  for (const Channel of await callers())
    await ami.action({ Action: 'AbsoluteTimeout', Channel, Timeout: LATE_LEASE_S });
}

async function untilItRings(times: number): Promise<PhoneCall> {
  return becomes('the colleague is rung', () => Promise.resolve(colleague.invites[times - 1]), WITHIN_MS);
}

it('during the announcement: a caller who is connected afterwards keeps talking', async () => {
  behaviour = pickUp;
  const before = colleague.invites.length;
  const caller = await dialled();
  await caller.hears(serviceUnavailable);
  await renewLate();
  const talk = await untilItRings(before + 1);
  await talkBothWays(caller, talk);
  await delay(LATE_LEASE_S * 1000);
  await talkBothWays(caller, talk);
  await caller.hangUp();
  await talk.ended({ withinMs: WITHIN_MS });
});

it('while the operator rings: the caller is not hung up, the handset rings again', async () => {
  behaviour = ringForEver;
  const before = colleague.invites.length;
  const caller = await dialled();
  const first = await untilItRings(before + 1);
  await renewLate();
  behaviour = pickUp;
  const talk = await untilItRings(before + 2);
  await first.ended({ withinMs: WITHIN_MS });
  await talkBothWays(caller, talk);
  await caller.hangUp();
  await talk.ended({ withinMs: WITHIN_MS });
});

it('requested while Asterisk is frozen: the lease expires, and the call in the fallback has none', async () => {
  behaviour = pickUp;
  const before = colleague.invites.length;
  const link = new Asterisk(linkOptions(asterisk));
  const entered = new Promise<Extract<AsteriskEvent, { type: 'channel_entered' }>>((resolve) => {
    link.onEvent((event) => event.type === 'channel_entered' && resolve(event));
  });
  const isUp = new Promise<void>((resolve) => link.onEvent(({ type }) => type === 'link_up' && resolve()));
  stops.push(() => link.stop());
  link.start();
  await isUp;
  const caller = await dialled();
  const { channel } = await entered;
  await whileFrozen(asterisk.pid()!, async () => {
    await expect(link.renewLease(channel.id, 60)).rejects.toMatchObject({ reason: 'unavailable' });
  });
  await caller.hears(serviceUnavailable, { withinMs: WITHIN_MS, skipping: true });
  const talk = await untilItRings(before + 1);
  await talkBothWays(caller, talk);
  const rows = await ami.list({ Action: 'Status', Channel: channel.id });
  expect(rows.map((row) => textOf(row, 'timetohangup'))).toEqual(['0']);
  await caller.hangUp();
  await talk.ended({ withinMs: WITHIN_MS });
});
