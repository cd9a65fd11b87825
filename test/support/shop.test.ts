import { afterEach, describe, expect, it } from 'vitest';
import { faults, orderStatusShop, say, scripted, Shop, type ShopBehaviour } from './shop.js';

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.stop();
  shop = undefined;
});

async function start(behaviour: ShopBehaviour): Promise<Shop> {
  shop = await new Shop(behaviour).start();
  return shop;
}

const post = (to: Shop, fields: Record<string, unknown>, init: RequestInit = {}) =>
  fetch(to.url, { method: 'POST', body: JSON.stringify(fields), redirect: 'manual', ...init });
const call = { caller_number: '777888999', called_number: '222333444', call_id: 'c_1' };

describe('the order-status shop', () => {
  const orders = { '1001': 31, '0042': 34 };

  /** Plays the gateway: returns the fields of the contract, and records the requested prompts. */
  async function conversation(digits: string[]): Promise<string[]> {
    const running = await start(orderStatusShop({ orders }));
    const actions: string[] = [];
    let echoed: Record<string, unknown> = {};
    for (;;) {
      const response = await post(running, { ...call, ...echoed });
      const { action, recording_id, menu_timeout, max, ...rest } = (await response.json()) as Record<string, string>;
      actions.push(`${action} ${recording_id ?? ''}`.trim());
      if (action === 'hangup') return actions;
      expect(action === 'menu' ? [menu_timeout, max] : []).toEqual(action === 'menu' ? ['5', '20'] : []);
      echoed = action === 'menu' ? { ...rest, received_digits: digits.shift() ?? '' } : rest;
    }
  }

  it('asks for the number and plays the status', async () => {
    expect(await conversation(['1001'])).toEqual(['menu 20', 'play 31', 'hangup']);
  });

  it('asks again for an unknown order and keeps leading zeros', async () => {
    expect(await conversation(['42', '0042'])).toEqual(['menu 20', 'menu 21', 'play 34', 'hangup']);
  });

  it('ends after three unknown ones', async () => {
    expect(await conversation(['1', '', '3'])).toEqual(['menu 20', 'menu 21', 'menu 21', 'play 22', 'hangup']);
  });
});

describe('a shop', () => {
  it('behaves differently for the calls of one caller', async () => {
    const running = await start(() => say.hangUp());
    running.behaveTo('8999', () => say.answer());
    const answers = [await post(running, call), await post(running, { ...call, caller_number: '608111222' })];
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { action: 'answer' },
      { action: 'hangup' },
    ]);
  });

  it('records each request with its raw body, call and step', async () => {
    const running = await start(scripted([say.answer(), say.play(31)]));
    expect(await (await post(running, call)).json()).toEqual({ action: 'answer' });
    expect(await (await post(running, call)).json()).toEqual({ action: 'play', recording_id: '31' });
    expect(await (await post(running, call)).json()).toEqual({ action: 'return' });
    await post(running, { ...call, call_id: 'c_2' });
    expect(running.requests.map(({ call: id, step }) => [id, step])).toEqual([
      ['c_1', 0],
      ['c_1', 1],
      ['c_1', 2],
      ['c_2', 0],
    ]);
    expect(running.requests[0]).toMatchObject({
      method: 'POST',
      url: '/launch.php?s=telfa',
      rawBody: JSON.stringify(call),
    });
    expect(running.requestsFrom('8999')).toHaveLength(4);
    expect((await running.request(({ step }) => step === 2)).call).toBe('c_1');
  });

  it('returns faulty responses on demand', async () => {
    const bad = [
      faults.status(500),
      faults.redirect(302, '/elsewhere'),
      faults.html(),
      faults.brokenJson(),
      faults.megabyte(),
      faults.withBom(say.hangUp()),
      faults.labelled('text/html', say.hangUp()),
      faults.emptyBody(),
    ];
    const running = await start(scripted(bad));
    const got: (readonly [number, string | null, string])[] = [];
    while (got.length < bad.length) {
      const response = await post(running, call);
      const bytes = Buffer.from(await response.arrayBuffer());
      got.push([response.status, response.headers.get('content-type'), bytes.toString('utf8')]);
    }
    expect(got.map(([status]) => status)).toEqual([500, 302, 200, 200, 200, 200, 200, 200]);
    expect(got[2]![2]).toContain('<html>');
    expect(() => JSON.parse(got[3]![2]) as unknown).toThrow();
    expect(got[4]![2].length).toBeGreaterThan(2 ** 20);
    expect(got[5]![2]).toBe('\uFEFF{"action":"hangup"}');
    expect(got[6]).toEqual([200, 'text/html', '{"action":"hangup"}']);
    expect(got[7]![2]).toBe('');
  });

  it('is slow on demand', async () => {
    const running = await start(() => faults.slow(300, say.hangUp()));
    const before = performance.now();
    await post(running, call);
    expect(performance.now() - before).toBeGreaterThan(290);
  });

  it('breaks connections on demand, before and in the middle of a response', async () => {
    const running = await start(scripted([faults.reset(), faults.resetMidAnswer(), say.hangUp()]));
    await expect(post(running, call)).rejects.toThrow();
    const halfAnswered = await post(running, call);
    await expect(halfAnswered.text()).rejects.toThrow();
    expect((await post(running, call)).status).toBe(200);
  });

  it('never responds on demand, and still stops', async () => {
    const running = await start(() => faults.never());
    await expect(post(running, call, { signal: AbortSignal.timeout(200) })).rejects.toThrow('timeout');
    expect(running.requests).toHaveLength(1);
  });

  it('refuses connections and accepts them again on the same port', async () => {
    const running = await start(() => say.hangUp());
    const { url } = running;
    await running.refuseConnections();
    await expect(post(running, call)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await running.acceptConnections();
    expect(running.url).toBe(url);
    expect((await post(running, call)).status).toBe(200);
  });
});
