import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NotificationRequest } from '../../src/notifications/port.js';
import { endpointOf, NotificationHarness } from './notification-harness.js';

const START = '2026-11-21T10:00:00Z';
const TO = '+420777000001';
const settings = {
  operator_queue: 1,
  confirmations: { cancel_order: 30 },
  offers: { connect_operator: 20 },
  retry: { max_attempts: 2, interval: '60s' },
};
const queues = [{ id: 1, name: 'Operators' }];
let harness: NotificationHarness;

beforeEach(async () => {
  harness = await NotificationHarness.start(settings, START, {
    queues,
    callbacks: [{ name: 'dispatch', url: 'https://dispatch.example/hooks' }],
  });
});
afterEach(() => harness.stop());

const answers = (afterMs = 1000) => harness.asterisk.setCallee(endpointOf(TO), { type: 'answers', afterMs });
const standing = async (id: string) => (await harness.service.find(id)) ?? expect.unreachable();
const published = (externalId: string) => harness.published.filter((fields) => fields['external_id'] === externalId);
const channelOf = (id: string, attempt = 1) => `${id}-${attempt}~l1`;

describe('a request', () => {
  it('that is repeated under the same external id is the same notification', async () => {
    const first = await harness.service.notify(harness.request());
    const again = await harness.service.notify(harness.request());
    expect([first, again]).toMatchObject([{ isNew: true }, { isNew: false }]);
    expect(await harness.service.notify(harness.request({ status: 'new', rawStatus: 'new' }))).toMatchObject({
      ok: false,
      why: 'conflict',
      field: 'external_id',
    });
  });

  it('stores its order first, so that it can be repeated after a failure', async () => {
    harness.orders.put = () => Promise.reject(new Error('the disk is full'));
    await expect(harness.service.notify(harness.request())).rejects.toThrow('disk');
    Reflect.deleteProperty(harness.orders, 'put');
    expect(await harness.service.notify(harness.request())).toMatchObject({ isNew: true });
    expect(await harness.orders.find('o1', harness.clock.now())).toMatchObject({ status: 'arrived' });
  });

  it.each<[string, Partial<NotificationRequest>, object]>([
    ['an invalid number', { to: 'boss' }, { why: 'bad_request', field: 'to' }],
    ['a number outside of the numbering plan', { to: '89123456789' }, { why: 'bad_request', field: 'to' }],
    ['a premium-rate number', { to: '+420900123456' }, { why: 'refused', field: 'to' }],
    ['a foreign number', { to: '+4915112345678' }, { why: 'refused', field: 'to' }],
    ['an unknown line', { line: '+420222000000' }, { why: 'bad_request', field: 'line' }],
    ['an unknown prompt', { prompts: [1, 99] }, { why: 'bad_request', field: 'prompts' }],
    [
      'a time zone that does not exist',
      { window: { from: '08:00', to: '20:00', timeZone: 'Europe/Atlantis', policy: 'defer' } },
      { why: 'bad_request', field: 'window.tz' },
    ],
    [
      'a key that is there twice',
      {
        options: [
          { digit: '1', action: 'repeat' },
          { digit: '1', action: 'webhook' },
        ],
      },
      { why: 'bad_request', field: 'options.1.digit' },
    ],
    [
      'an address that is not allowed',
      { callbackUrl: 'https://evil.example/' },
      { why: 'bad_request', field: 'callback_url' },
    ],
  ])('is refused with its field: %s', async (_name, more, refusal) => {
    const answer = await harness.service.notify(harness.request(more));
    expect(answer).toMatchObject({ ok: false, ...refusal });
    expect(answer).not.toHaveProperty('detail', expect.stringContaining('777000001'));
  });

  it('to a number on the do-not-call list makes no call, also when the number is added later', async () => {
    await harness.doNotCall.add({ number: TO, reason: 'asked', by: 'eva', at: 0 });
    expect(await standing(await harness.notify())).toMatchObject({ state: 'done', result: 'refused', attempts: [] });
    await harness.doNotCall.remove(TO, harness.clock.now());
    // The scheduler's turn for the first one has asked whether calls can be made.
    await harness.settle();
    harness.usable = false;
    const later = await harness.notify({ externalId: 'x2', orderId: 'o2' });
    await harness.settle();
    await harness.doNotCall.add({ number: TO, reason: 'asked', by: 'eva', at: 0 });
    harness.usable = true;
    harness.scheduler.wake();
    await harness.settle();
    expect(await standing(later)).toMatchObject({ state: 'done', result: 'refused', attempts: [] });
    expect(harness.asterisk.requests.filter(({ method }) => method === 'dial')).toEqual([]);
  });
});

describe('a call', () => {
  it('that is heard to its end is delivered', async () => {
    answers();
    const id = await harness.notify({ callbackUrl: 'https://dispatch.example/hooks/1' });
    await harness.passAll();
    expect(await standing(id)).toMatchObject({
      state: 'done',
      result: 'delivered',
      digit: null,
      action: null,
      answeredAt: Date.parse(START) + 1000,
      attempts: [{ number: 1, outcome: 'heard' }],
    });
    expect(published('x1')).toMatchObject([{ result: 'delivered', duration: 2, attempts: [{ call_id: `${id}-1` }] }]);
    expect(JSON.stringify(harness.published)).not.toContain('777000001');
  });

  it('that is hung up before the end is repeated, within the budget of the order', async () => {
    answers();
    const id = await harness.notify();
    for (const attempt of [1, 2]) {
      await harness.pass(1500);
      harness.asterisk.farEndHangsUp(channelOf(id, attempt));
      await harness.pass(60_000);
    }
    expect(await standing(id)).toMatchObject({
      state: 'done',
      result: 'failed',
      attempts: [{ outcome: 'cut_short' }, { outcome: 'cut_short' }],
    });
    // A newer status has its own first call, and no second one.
    const newer = await harness.notify({ externalId: 'x2', status: 'executing', rawStatus: 'executing' });
    harness.asterisk.setCallee(endpointOf(TO), { type: 'busy' });
    await harness.passAll();
    expect(await standing(newer)).toMatchObject({ result: 'busy', attempts: [{ outcome: 'busy' }] });
  });

  it.each([
    ['busy', 'busy', 'busy'],
    ['rejects', 'rejected', 'busy'],
    ['ignores', 'no_answer', 'no_answer'],
    ['offline', 'unreachable', 'failed'],
  ] as const)('to a callee that is %s', async (type, outcome, result) => {
    harness.asterisk.setCallee(endpointOf(TO), { type });
    const id = await harness.notify();
    await harness.passAll();
    expect(await standing(id)).toMatchObject({ result, attempts: [{ outcome }, { outcome }] });
    expect(published('x1')).toHaveLength(1);
  });

  it('that the limits of the dial policy reject is repeated, and does not count as an attempt', async () => {
    answers();
    harness.isFull = true;
    const id = await harness.notify({ retry: { maxAttempts: 2, intervalMs: 60_000, backoff: 2, on: ['failed'] } });
    await harness.pass(61_000);
    expect(await standing(id)).toMatchObject({
      state: 'waiting',
      attempts: [{ outcome: 'limited' }, { outcome: 'limited' }, { outcome: 'limited' }],
    });
    harness.isFull = false;
    await harness.pass(31_000);
    harness.asterisk.farEndHangsUp(channelOf(id, 4));
    await harness.passAll();
    const held = { outcome: 'limited' };
    expect(await standing(id)).toMatchObject({
      result: 'delivered',
      attempts: [held, held, held, { outcome: 'cut_short' }, { outcome: 'heard' }],
    });
    // Rejected calls do not count for the order either: it has used one repetition, not four.
    const rules = { maxAttempts: 3, intervalMs: 60_000, backoff: 2, on: ['busy' as const] };
    const newer = await harness.notify({ externalId: 'x2', retry: rules });
    harness.asterisk.setCallee(endpointOf(TO), { type: 'busy' });
    await harness.passAll();
    expect(await standing(newer)).toMatchObject({ result: 'busy', attempts: [{}, {}] });
  });

  it('that the limits reject until the notification expires ends as expired', async () => {
    harness.isFull = true;
    const id = await harness.notify({ expiresAt: Date.parse(START) + 45_000 });
    await harness.passAll();
    expect(await standing(id)).toMatchObject({ result: 'expired', attempts: [{}, {}] });
  });

  it('to a number that the dial policy no longer allows is not repeated', async () => {
    harness.usable = false;
    const id = await harness.notify();
    harness.company.dial_policy = { ...harness.company.dial_policy, deny: ['+420777'] };
    harness.usable = true;
    await harness.passAll();
    harness.scheduler.wake();
    await harness.passAll();
    expect(await standing(id)).toMatchObject({ result: 'refused', attempts: [{ outcome: 'refused' }] });
  });

  describe('that an answering machine picks up', () => {
    const start = async (answering_machine: string) => {
      await harness.stop();
      harness = await NotificationHarness.start({ ...settings, answering_machine }, START, { queues });
      harness.asterisk.setCallee(endpointOf(TO), { type: 'answers', afterMs: 1000, greetingMs: 9000 });
      return harness.notify({ options: [{ digit: '2', action: 'connect_operator' }] });
    };
    const played = () => harness.asterisk.requests.flatMap(({ method, args }) => (method === 'play' ? args : []));

    it('plays the message at once when machines are not detected', async () => {
      const id = await start('off');
      await harness.passAll();
      expect(await standing(id)).toMatchObject({ result: 'delivered', attempts: [{ outcome: 'heard' }] });
      expect(harness.asterisk.requests.map(({ method }) => method)).not.toContain('detectMachine');
    });

    it('is hung up, and repeated as after no answer', async () => {
      const id = await start('hang_up');
      await harness.passAll();
      expect(await standing(id)).toMatchObject({
        result: 'no_answer',
        attempts: [{ outcome: 'machine' }, { outcome: 'machine' }],
      });
      expect(played()).toEqual([]);
    });

    it('plays the message without offers after the greeting of the machine', async () => {
      const id = await start('speak');
      await harness.pass(9500);
      expect(played()).toEqual([]);
      await harness.passAll();
      expect(played()).toMatchObject([{ media: ['sound:1'] }]);
      expect(await standing(id)).toMatchObject({ result: 'delivered', attempts: [{ outcome: 'heard_by_machine' }] });
    });

    it('offers the keys to a person, and repeats the message on request', async () => {
      await start('speak');
      harness.asterisk.setCallee(endpointOf(TO), { type: 'answers', afterMs: 1000 });
      harness.asterisk.setCallee(endpointOf('+420777000002'), { type: 'answers', afterMs: 1000 });
      const id = await harness.notify({
        externalId: 'x2',
        orderId: 'o2',
        to: '+420777000002',
        options: [{ digit: '9', action: 'repeat' }],
      });
      await harness.pass(4000);
      harness.asterisk.press(channelOf(id), '9');
      await harness.passAll();
      expect(await standing(id)).toMatchObject({ result: 'delivered', digit: '9', attempts: [{ outcome: 'heard' }] });
      const asked = harness.asterisk.requests.filter(
        ({ method, args }) => method === 'detectMachine' && JSON.stringify(args).includes(id),
      );
      expect(asked).toHaveLength(1);
    });

    it('ends when the callee hangs up during the detection', async () => {
      const id = await start('speak');
      await harness.pass(4000);
      harness.asterisk.farEndHangsUp(channelOf(id));
      await harness.pass(1000);
      expect(await standing(id)).toMatchObject({ attempts: [{ outcome: 'cut_short' }] });
    });

    it('is detected although the link to Asterisk breaks meanwhile', async () => {
      const id = await start('speak');
      await harness.pass(4000);
      harness.asterisk.dropLink();
      await harness.pass(10_000);
      harness.asterisk.restoreLink();
      await harness.passAll();
      expect(await standing(id)).toMatchObject({ attempts: [{ outcome: 'heard_by_machine' }] });
    });

    it('fails when Asterisk restarts meanwhile', async () => {
      const id = await start('speak');
      await harness.pass(4000);
      harness.asterisk.restart();
      await harness.pass(1000);
      expect(await standing(id)).toMatchObject({ attempts: [{ outcome: 'cut_short' }] });
      await harness.passAll();
      expect(await standing(id)).toMatchObject({ attempts: [{}, { outcome: 'heard_by_machine' }] });
    });
  });

  it('cancels the order on a key press, confirms it with a prompt and publishes it', async () => {
    answers();
    const id = await harness.notify({
      options: [
        { digit: '3', action: 'cancel_order' },
        { digit: '9', action: 'repeat' },
      ],
    });
    await harness.pass(1500);
    harness.asterisk.press(channelOf(id), '9');
    await harness.pass(500);
    harness.asterisk.press(channelOf(id), '3');
    await harness.passAll();
    const plays = harness.asterisk.requests.flatMap(({ method, args }) => (method === 'play' ? args : []));
    expect(plays).toMatchObject([{ media: ['sound:1'] }, { media: ['sound:1'] }, { media: ['sound:30'] }]);
    expect(published('x1')).toMatchObject([{ result: 'delivered', digit: '3', action: 'cancel_order' }]);
  });

  it('connects an operator, whose key is offered after the message', async () => {
    answers();
    await harness.asterisk.putQueues([]);
    const id = await harness.notify({ options: [{ digit: '2', action: 'connect_operator' }] });
    await harness.pass(1500);
    harness.asterisk.press(channelOf(id), '2');
    await harness.passAll();
    const asked = harness.asterisk.requests.map(({ method, args }) => ({ method, arg: args[0] }));
    expect(asked).toContainEqual(
      expect.objectContaining({
        method: 'play',
        arg: expect.objectContaining({ media: ['sound:1', 'sound:20'] }) as object,
      }),
    );
    expect(asked).toContainEqual(
      expect.objectContaining({ method: 'enqueue', arg: expect.objectContaining({ queue: 1 }) as object }),
    );
    expect(await standing(id)).toMatchObject({ result: 'delivered', digit: '2', action: 'connect_operator' });
  });
});

describe('a newer status of the same order', () => {
  const newer = { externalId: 'x2', status: 'executing', rawStatus: 'executing' } as const;

  it('replaces a waiting notification, also when it is not spoken itself', async () => {
    harness.usable = false;
    const first = await harness.notify();
    harness.words = () => Promise.resolve({ silent: true });
    const second = await harness.notify(newer);
    expect(await standing(first)).toMatchObject({ state: 'done', result: 'superseded' });
    expect(await standing(second)).toMatchObject({ state: 'done', result: 'refused' });
  });

  it('without a notification of its own ends waiting notifications', async () => {
    harness.usable = false;
    const [first, other] = [await harness.notify(), await harness.notify({ externalId: 'x2', orderId: 'o2' })];
    await harness.service.supersede('o1');
    expect(await standing(first)).toMatchObject({ state: 'done', result: 'superseded' });
    expect(await standing(other)).toMatchObject({ state: 'waiting' });
    expect(published('x1')).toHaveLength(1);
  });

  it('does not interrupt a call in progress, and is called after it', async () => {
    answers(5000);
    const first = await harness.notify();
    await harness.pass(1000);
    const second = await harness.notify(newer);
    await harness.pass(1000);
    expect(await standing(second)).toMatchObject({ state: 'waiting', attempts: [] });
    await harness.passAll();
    expect(await standing(first)).toMatchObject({ result: 'delivered' });
    expect(await standing(second)).toMatchObject({ result: 'delivered' });
  });

  it('stops further calls of the older notification', async () => {
    harness.asterisk.setCallee(endpointOf(TO), { type: 'ignores' });
    const first = await harness.notify();
    await harness.pass(1000);
    await harness.notify(newer);
    await harness.passAll();
    expect(await standing(first)).toMatchObject({ result: 'superseded', attempts: [{ outcome: 'no_answer' }] });
  });

  it('is the later request, also when the earlier one took longer to compose', async () => {
    harness.usable = false;
    let found: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (found = resolve));
    harness.words = ({ status }) => (status === 'arrived' ? slow : Promise.resolve()).then(() => ({ prompts: [1] }));
    const both = [harness.service.notify(harness.request()), harness.service.notify(harness.request(newer))];
    const other = await harness.notify({ externalId: 'x3', orderId: 'o3', status: 'new' });
    found();
    const [first, second] = await Promise.all(both);
    expect([first, second]).toMatchObject([{ isNew: true }, { isNew: true }]);
    const { found: ofOrder } = await harness.reader.list({ orderId: 'o1', limit: 9 });
    const results = ofOrder.map(({ row }) => [row.external_id, row.result]);
    expect(results.sort()).toEqual([
      ['x1', 'superseded'],
      ['x2', null],
    ]);
    expect(await standing(other)).toMatchObject({ state: 'waiting' });
    expect(await harness.orders.find('o1', harness.clock.now())).toMatchObject({ status: newer.status });
  });

  it('that arrives while the older one is composed stops its call', async () => {
    answers();
    let composed = 0;
    let found: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (found = resolve));
    harness.words = ({ status }) => {
      if (status === 'arrived') composed += 1;
      return (status === 'arrived' && composed === 2 ? slow : Promise.resolve()).then(() => ({ prompts: [1] }));
    };
    const first = await harness.notify();
    await expect.poll(() => composed).toBe(2);
    const second = await harness.notify(newer);
    found();
    await harness.passAll();
    expect(await standing(first)).toMatchObject({ result: 'superseded', attempts: [] });
    expect(await standing(second)).toMatchObject({ result: 'delivered' });
  });

  it('waits for the older one when it must not replace it', async () => {
    answers();
    const first = await harness.notify();
    const second = await harness.notify({ ...newer, supersede: false });
    await harness.passAll();
    expect(await standing(first)).toMatchObject({ result: 'delivered' });
    expect(await standing(second)).toMatchObject({ result: 'delivered' });
  });
});

describe('no call is made', () => {
  it('for a canceled or expired notification', async () => {
    harness.usable = false;
    const canceled = await harness.notify();
    const late = await harness.notify({ externalId: 'x2', orderId: 'o2', expiresAt: Date.parse(START) + 5000 });
    expect(await harness.service.cancel(canceled)).toBe(true);
    expect(await harness.service.cancel('n_nobody')).toBe(false);
    await harness.pass(6000);
    expect(await standing(canceled)).toMatchObject({ result: 'canceled', attempts: [] });
    expect(await standing(late)).toMatchObject({ result: 'expired', attempts: [] });
  });

  it('when no message can be composed', async () => {
    const id = await harness.notify();
    harness.words = () => Promise.resolve({ refused: 'no words' });
    await harness.passAll();
    expect(await standing(id)).toMatchObject({ result: 'failed', attempts: [] });
  });
});
