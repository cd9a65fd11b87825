import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../support/gateway.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import type { Phone, PhoneCall } from '../support/sip/phone.js';
import { prompt as soundOf, ringback, soundsOf } from '../support/sip/caller.js';
import { faults, say, type ShopBehaviour } from '../support/shop.js';
import { toneSamples } from '../support/tones.js';
import { goodShop, LINE, ORDERS, P, startShopHarness, type ShopHarness } from './shop-harness.js';

/**
 * The main use case over real SIP: the test recognises the prompts in the audio that the caller received. Several callers at
 * once, as in a shop; the shop may behave differently for each.
 */

let asterisk: TestAsterisk;
let harness: ShopHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
  harness = await startShopHarness({ gatewayEnv: asterisk.gatewayEnv(), sipPort: asterisk.sipPort });
});

afterAll(async () => {
  await harness.stop();
  await asterisk.stop();
});

/** A call that has chosen the order status in the menu, with this behaviour of the shop. */
async function askForStatus(behaviour?: ShopBehaviour): Promise<{ phone: Phone; call: PhoneCall; from: string }> {
  const phone = await harness.caller();
  const call = await phone.dial(LINE);
  const from = callerOf(call);
  if (behaviour) harness.shop.behaveTo(national(from), behaviour);
  await call.answered();
  await hears(call, P.menu);
  await call.press('9');
  return { phone, call, from };
}

function hears(
  call: PhoneCall,
  id: number,
  options: { withinMs?: number; toItsEnd?: boolean; skipping?: boolean } = {},
) {
  return call.hears(soundOf(id), options);
}

function callerOf(call: PhoneCall): string {
  return /sip:\+?(\d+)@/.exec(call.invite.headers.get('From'))?.[1] ?? '';
}

const national = (number: string) => number.replace(/^420/, '');

function kinds(timeline: TimelineEntry[]): string[] {
  return timeline.map(({ kind }) => kind);
}

function bodiesTo(from: string) {
  return harness.shop.requestsFrom(national(from)).map(({ fields }) => fields);
}

describe.concurrent('the order-status call', () => {
  it.each(Object.entries(ORDERS))('order %s: plays its status, and nothing else', async (order, status) => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.press(`${order}#`);
    await hears(call, status, { toItsEnd: true });
    await hears(call, P.goodbye, { toItsEnd: true });
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
    expect(soundsOf(call.heard())).toEqual([P.menu, P.ask, status, P.goodbye].map((id) => `prompt ${id} cs`));
    expect(bodiesTo(from)[1]).toMatchObject({ received_digits: order });
  });

  it('asks again for an unknown order, then plays the status of a known one', async () => {
    const { call } = await askForStatus();
    await hears(call, P.ask);
    await call.press('9999#');
    await hears(call, P.unknown);
    await call.press('1004#');
    await hears(call, P.shipped, { toItsEnd: true });
    expect((await call.ended()).by).toBe('peer');
  });

  it('ends after three unknown orders, as the shop decides', async () => {
    const { call } = await askForStatus();
    await hears(call, P.ask);
    await call.press('9999#');
    await hears(call, P.unknown);
    await call.press('9998#');
    await hears(call, P.unknown);
    await call.press('9997#');
    await hears(call, P.tooMany);
    await hears(call, P.goodbye, { toItsEnd: true });
    await call.ended();
  });

  it('sends empty digits to the shop after silence, and ends after three silences', async () => {
    const { call, from } = await askForStatus(({ fields }) =>
      fields['hangup'] === true ? say.goOn() : say.menu(P.ask, { timeoutS: 1 }),
    );
    await hears(call, P.goodbye, { withinMs: 15_000, skipping: true });
    await call.ended();
    expect(bodiesTo(from).map(({ received_digits }) => received_digits)).toEqual([undefined, '', '']);
  });

  it('plays the menu again after no key and after a wrong one, then continues', async () => {
    const phone = await harness.caller();
    const call = await phone.dial(LINE);
    await hears(call, P.menu, { toItsEnd: true });
    await call.press('7');
    await hears(call, P.wrongKey, { toItsEnd: true });
    await hears(call, P.menu, { toItsEnd: true });
    await hears(call, P.goodbye, { toItsEnd: true });
    await call.ended();
  });

  it('accepts no more digits than requested: extra digits answer no other question', async () => {
    const { call, from } = await askForStatus(goodShop({ menu: { timeoutS: 2, max: 4 } }));
    await hears(call, P.ask);
    await call.press('100199#');
    await hears(call, P.received, { toItsEnd: true });
    await hears(call, P.goodbye, { toItsEnd: true });
    await call.ended();
    expect(bodiesTo(from)[1]).toMatchObject({ received_digits: '1001' });
  });

  it('stops the prompt at the first key, and counts that key', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.press('1001');
    await call.press('#');
    await hears(call, P.received, { toItsEnd: true });
    const asked = call.heard().find((part) => part.kind === 'prompt' && part.prompt === P.ask);
    expect((asked?.toMs ?? 0) - (asked?.fromMs ?? 0)).toBeLessThan(700);
    await call.ended();
    const timeline = await harness.gateway.finished(from);
    expect(
      timeline.find(({ kind, data }) => kind === 'prompt' && (data['prompts'] as number[])[0] === P.ask)?.data,
    ).toMatchObject({ outcome: 'interrupted' });
  });

  it('accepts a number typed before the question', async () => {
    const phone = await harness.caller();
    const call = await phone.dial(LINE);
    await call.answered();
    await call.press('91003#', { gapMs: 60 });
    await hears(call, P.processing, { toItsEnd: true, skipping: true });
    await call.ended();
    expect(bodiesTo(callerOf(call))[1]).toMatchObject({ received_digits: '1003' });
  });

  it('ends the input when no further digit comes', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.press('1002');
    await hears(call, P.waiting, { toItsEnd: true });
    await call.ended();
    expect(bodiesTo(from)[1]).toMatchObject({ received_digits: '1002' });
  });

  it('accepts # alone as an empty answer', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.press('#');
    await hears(call, P.unknown);
    await call.hangUp();
    await harness.gateway.finished(from);
    expect(bodiesTo(from)[1]).toMatchObject({ received_digits: '' });
  });

  it('records the whole call in the timeline', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask, { toItsEnd: true });
    await call.press('1001#');
    await call.ended();
    const timeline = await harness.gateway.finished(from);
    expect(kinds(timeline).filter((kind) => kind !== 'digit')).toEqual([
      ...[
        'arrived',
        'action',
        'action',
        'action',
        'prompt',
        'input',
        'action',
        'shop_request',
        'shop_answer',
        'prompt',
        'input',
      ],
      ...[
        'shop_request',
        'shop_answer',
        'prompt',
        'shop_request',
        'shop_answer',
        'action',
        'action',
        'prompt',
        'action',
        'hang_up',
        'ended',
      ],
    ]);
    const heard = timeline.filter(({ kind }) => kind === 'prompt').map(({ data }) => data['heard_ms'] as number);
    // The prompt lasts a second.
    expect(heard[1]).toBeGreaterThan(900);
    expect(heard[1]).toBeLessThan(2000);
    expect(timeline.at(-1)?.data).toMatchObject({ by: 'plan' });
    expect(timeline[0]?.data['callId']).toBe(call.callId);
  });
});

describe.concurrent('a slow or faulty shop', () => {
  it('that answers after 5 s: plays a filler at 3 s, then the answer', async () => {
    const { call } = await askForStatus((request) =>
      faults.slow(
        request.fields['received_digits'] === undefined ? 0 : request.step === 1 ? 5000 : 0,
        goodShop()(request) as ReturnType<typeof say.goOn>,
      ),
    );
    await hears(call, P.ask);
    await call.press('1001#');
    const pressedAt = Date.now();
    // A filler after the answer would not be played at all.
    await hears(call, P.filler);
    expect(Date.now() - pressedAt).toBeGreaterThan(2800);
    await hears(call, P.received, { toItsEnd: true });
    await call.ended();
  });

  it('that answers after 20 s: plays the fallback at 8 s, and the plan continues', async () => {
    const { call } = await askForStatus(({ fields }) =>
      fields['received_digits'] === undefined ? say.menu(P.ask, { timeoutS: 2 }) : faults.slow(20_000, say.hangUp()),
    );
    await hears(call, P.ask);
    await call.press('1001#');
    const pressedAt = Date.now();
    await hears(call, P.filler);
    await hears(call, P.fallback);
    expect(Date.now() - pressedAt).toBeGreaterThan(7500);
    expect(Date.now() - pressedAt).toBeLessThan(10_000);
    await hears(call, P.goodbye);
    await call.ended();
  });

  it.each([
    ['500', faults.status(500)],
    ['a 302', faults.redirect(302, 'http://127.0.0.1:1/')],
    ['HTML', faults.html()],
    ['broken JSON', faults.brokenJson()],
    ['1 MB', faults.megabyte()],
    ['a prompt that does not exist', say.menu(9999)],
    ['a connection that dies in the answer', faults.resetMidAnswer()],
  ])('%s: plays the fallback, the plan continues, the timeline has the answer', async (_what, answer) => {
    const { call, from } = await askForStatus(() => answer);
    await hears(call, P.fallback, { toItsEnd: true });
    await hears(call, P.goodbye, { toItsEnd: true });
    await call.ended();
    const timeline = await harness.gateway.finished(from);
    expect(kinds(timeline)).toContain('shop_failed');
    expect(bodiesTo(from)).toHaveLength(1);
  });

  it('an unknown action: returns to the plan at once', async () => {
    const { call, from } = await askForStatus(() => faults.unknownAction());
    await hears(call, P.goodbye, { toItsEnd: true });
    await call.ended();
    expect(kinds(await harness.gateway.finished(from))).toContain('shop_unknown_action');
  });

  it('follows a 307 with the same body', async () => {
    const { call } = await askForStatus((request) =>
      request.url.includes('moved') ? goodShop()(request) : faults.redirect(307, `${harness.shop.url}&moved=1`),
    );
    await hears(call, P.ask);
    await call.hangUp();
  });
});

describe.concurrent('a caller who hangs up', () => {
  it('in the menu: ends the call without a request to the shop', async () => {
    const phone = await harness.caller();
    const call = await phone.dial(LINE);
    await hears(call, P.menu);
    await call.hangUp();
    const timeline = await harness.gateway.finished(callerOf(call));
    expect(timeline.at(-1)).toMatchObject({ kind: 'ended', data: { by: 'caller' } });
    expect(bodiesTo(callerOf(call))).toEqual([]);
  });

  it('in the question: the last request reports it', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.hangUp();
    await harness.gateway.finished(from);
    expect(bodiesTo(from).at(-1)).toMatchObject({ hangup: true, step: 2 });
    expect(bodiesTo(from)).toHaveLength(2);
  });

  it('while typing: the last request carries the digits typed', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.press('10');
    await call.hangUp();
    await harness.gateway.finished(from);
    expect(bodiesTo(from).at(-1)).toMatchObject({ hangup: true, received_digits: '10' });
  });

  it('during a request to the shop: the last request comes after the answer', async () => {
    const { call, from } = await askForStatus(({ fields }) =>
      faults.slow(fields['hangup'] === true ? 0 : 1000, say.menu(P.ask)),
    );
    await harness.shop.request(({ fields }) => String(fields['caller_number']) === national(from));
    await call.hangUp();
    await harness.shop.request(
      ({ fields }) => fields['hangup'] === true && String(fields['caller_number']) === national(from),
    );
    expect(bodiesTo(from).map(({ hangup }) => hangup)).toEqual([undefined, true]);
  });

  it('during the status: the last request reports it', async () => {
    const { call, from } = await askForStatus();
    await hears(call, P.ask);
    await call.press('1001#');
    await hears(call, P.received);
    await call.hangUp();
    await harness.gateway.finished(from);
    expect(bodiesTo(from).at(-1)).toMatchObject({ hangup: true });
  });
});

describe.concurrent('a number that the plan rings', () => {
  it('does not dial a number that the policy refuses; the timeline has the reason', async () => {
    const outcomes: unknown[] = [];
    for (let n = 0; n < 2; n += 1) {
      const phone = await harness.caller();
      const call = await phone.dial(LINE);
      await hears(call, P.menu);
      await call.press('2');
      await hears(call, P.nobody, { withinMs: 14_000, skipping: true });
      await call.ended();
      const timeline = await harness.gateway.finished(callerOf(call));
      outcomes.push(timeline.find(({ kind }) => kind === 'leg_over')?.data);
    }
    // The company allows one such call a day: the first one rings in vain, the second one does not ring.
    expect(outcomes).toEqual([
      undefined,
      expect.objectContaining({ cause: 'limited', reason: expect.stringContaining('day') as string }),
    ]);
  });
});

describe('a handset that the plan rings', () => {
  it('an unregistered handset: the plan continues at once', async () => {
    const phone = await harness.caller();
    const call = await phone.dial(LINE);
    await hears(call, P.menu);
    await call.press('1');
    await hears(call, P.connecting, { toItsEnd: true });
    await hears(call, P.nobody, { toItsEnd: true, skipping: true });
    await call.ended();
  });

  it('plays ringback while a handset rings', async () => {
    const handset = await harness.registerTester();
    try {
      const phone = await harness.caller();
      const call = await phone.dial(LINE);
      await hears(call, P.menu);
      await call.press('1');
      const leg = await handset.nextCall({ withinMs: 10_000 });
      await call.hears(ringback, { skipping: true });
      leg.answer();
      leg.say(toneSamples(50, 'cs', 1000), { repeats: true });
      await hears(call, 50, { skipping: true });
      await leg.hangUp();
      expect(await call.ended()).toMatchObject({ by: 'peer' });
      const timeline = await harness.gateway.finished(callerOf(call));
      expect(kinds(timeline)).toContain('talking');
      expect(timeline.at(-1)?.data).toMatchObject({ by: 'handset' });
    } finally {
      await handset.stop();
    }
  });
});

it('a shop that refuses connections: tries twice, then plays the fallback', async () => {
  await harness.shop.refuseConnections();
  try {
    const { call, from } = await askForStatus();
    await hears(call, P.fallback, { toItsEnd: true });
    await call.ended();
    const refused = (await harness.gateway.finished(from)).find(({ kind }) => kind === 'shop_no_answer');
    expect(refused?.data).toMatchObject({ attempts: 2 });
  } finally {
    await harness.shop.acceptConnections();
  }
});
