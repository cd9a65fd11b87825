import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { busy, pickUp, ringForEver, type Phone, type PhoneCall } from '../support/sip/phone.js';
import { BusyLineHarness, numberOf } from './busy-line-harness.js';

/** Thirty callers at once for three queues, and five handsets: two answer, one logs out, one ignores calls, one is busy. */

const QUEUES = [
  // Each caller is offered to a1 first; the wrap-up after a call of this queue is 2 s.
  { id: 1, name: 'Sklad', handsets: ['a1', 'a2'], strategy: 'linear', wrap_up: 2 },
  { id: 2, name: 'Kancelář', handsets: ['a2', 'a3', 'a4'], strategy: 'ringall' },
  { id: 3, name: 'Prodejna', handsets: ['a4', 'a5', 'a1'], strategy: 'rrmemory' },
];
const CALLERS = [1, 2, 3, 3, 2, 3, 1, 2, 3, 3, 2, 1, 3, 2, 3, 1, 2, 3, 2, 1, 3, 2, 1, 3, 2, 3, 1, 2, 3, 1];
const lineOf = (queue: number) => `+42022233344${queue}`;
const TALK_MS = 400;
/** A wrap-up of 2 s starts at the full second in which the call ended. */
const LEAST_WRAP_UP_MS = 1000;
const A5_LEAVES_AFTER = 3;
/** Several handsets and queues at once: a queue retries a missed call after a second, and offers other calls meanwhile. */
const MOST_OVERTAKEN = 3;

let asterisk: TestAsterisk;
let line: BusyLineHarness;

beforeAll(async () => {
  asterisk = await startAsterisk();
  line = await BusyLineHarness.open(asterisk, {
    handsets: ['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => ({ name })),
    queues: QUEUES.map((queue) => ({ ...queue, ring_timeout: 2, max_wait: '5m' })),
    lines: QUEUES.map(({ id }) => ({
      number: lineOf(id),
      plan: ['answer', { enqueue: { queue: id, label: `telefon-${id}` } }],
    })),
  });
});
afterAll(async () => {
  await line.close();
  await asterisk.stop();
});

interface Talk {
  caller: string;
  rangAt: number;
  endedAt: number;
}

/** An operator who answers one call after another, talks for a moment and hangs up. */
class Operator {
  readonly talks: Talk[] = [];
  /** Calls that came in during another call. */
  rungWhileTalking = 0;
  #rangAt: number[] = [];
  #open = 0;

  private constructor(readonly phone: Phone) {}

  static async at(name: string): Promise<Operator> {
    const operator = new Operator(await line.handset(name, pickUp));
    operator.phone.onIncoming(() => {
      if (operator.#open > 0) operator.rungWhileTalking += 1;
      operator.#open += 1;
      operator.#rangAt.push(Date.now());
      return pickUp;
    });
    return operator;
  }

  /** Until `isOver`, or for this many calls. */
  async serve(isOver: () => boolean, most = Infinity): Promise<void> {
    while (!isOver() && this.talks.length < most) {
      const leg = await this.phone.nextCall({ withinMs: 500 }).catch(() => undefined);
      if (leg !== undefined) await this.#talk(leg, this.talks.length + 1 === most);
    }
  }

  async #talk(leg: PhoneCall, isLast: boolean): Promise<void> {
    await leg.answered();
    await line.heard(leg, 'answered');
    await delay(TALK_MS);
    if (isLast) await this.phone.register(0);
    // The next call may ring before Asterisk has answered this request.
    this.#open -= 1;
    await leg.hangUp();
    this.talks.push({ caller: numberOf(leg), rangAt: this.#rangAt[this.talks.length] ?? 0, endedAt: Date.now() });
  }
}

it('serves every caller in order, rings no handset that talks, and sends the shop the exact events', async () => {
  // A failed try has left calls, phones and counters.
  await line.empty();
  await asterisk.cli('queue reset stats');
  const earlier = line.shop.requests.length;
  const [a1, a2, a5] = [await Operator.at('a1'), await Operator.at('a2'), await Operator.at('a5')];
  const [a3, a4] = [await line.handset('a3', ringForEver), await line.handset('a4', busy)];
  const calls: { call: PhoneCall; queue: number }[] = [];
  for (const queue of CALLERS) calls.push({ call: await line.caller(lineOf(queue)), queue });
  let isOver = false;
  const serving = Promise.all([
    a1.serve(() => isOver),
    a2.serve(() => isOver),
    a5.serve(() => isOver, A5_LEAVES_AFTER),
  ]);
  for (const { call } of calls) await call.ended({ withinMs: 120_000 });
  isOver = true;
  await serving;

  // Every caller has talked to an operator, and the webhooks say so.
  const agentOf = new Map<string, string>();
  for (const { call, queue } of calls) {
    const webhookEvents = await line.webhookEvents(call);
    const agent = webhookEvents.find((said) => said.startsWith('answered'))?.split(' ')[1] ?? '';
    agentOf.set(numberOf(call), agent);
    const rings = webhookEvents.filter((said) => said.startsWith('ringing'));
    expect(webhookEvents).toEqual([
      'call_started - -',
      'queue_joined - -',
      ...rings,
      `answered ${agent} -`,
      `queue_left ${agent} SUCCESS`,
      `hangup ${agent} SUCCESS`,
    ]);
    expect(rings).toContain(`ringing ${agent} -`);
    expect(await line.heard(call, 'answered')).toMatchObject({ handset: `telefon-${queue}`, queue: { id: queue } });
  }
  const ids = line.shop.requests.map(({ fields }) => fields['event_id']);
  expect(new Set(ids).size).toBe(ids.length);
  // The webhooks agree with the phones.
  const talks = { a1: a1.talks, a2: a2.talks, a5: a5.talks };
  for (const [name, each] of Object.entries(talks))
    for (const { caller } of each) expect(agentOf.get(caller), caller).toBe(name);
  expect(Object.values(talks).flat()).toHaveLength(CALLERS.length);

  // No queue rings a handset that talks or has logged out.
  expect([a1, a2, a5].map(({ rungWhileTalking }) => rungWhileTalking)).toEqual([0, 0, 0]);
  expect(a5.phone.invites).toHaveLength(A5_LEAVES_AFTER);
  expect(a3.invites.length).toBeGreaterThan(0);
  expect(a4.invites.length).toBeGreaterThan(0);
  expect([...a3.invites, ...a4.invites].filter(({ answeredAtMs }) => answeredAtMs !== undefined)).toEqual([]);

  // After a call of the first queue comes the wrap-up.
  const fromFirst = new Set(calls.filter(({ queue }) => queue === 1).map(({ call }) => numberOf(call)));
  for (const { talks: each } of [a1, a2])
    for (const [index, talk] of each.entries()) {
      const before = each[index - 1];
      if (before !== undefined && fromFirst.has(before.caller))
        expect(talk.rangAt - before.endedAt).toBeGreaterThan(LEAST_WRAP_UP_MS - 100);
    }

  // Roughly first come, first served; the order is exact with one handset (queues.test.ts).
  const order = (event: string) =>
    line.shop.requests
      .slice(earlier)
      .filter(({ fields }) => (fields['queue'] as { id?: number } | null)?.id === 1 && fields['event'] === event)
      .sort((a, b) => Date.parse(String(a.fields['timestamp'])) - Date.parse(String(b.fields['timestamp'])))
      .map(({ fields }) => fields['call_id']);
  const [joined, answered] = [order('queue_joined'), order('answered')];
  expect(joined).toHaveLength(fromFirst.size);
  for (const [place, call] of joined.entries()) {
    expect(answered.indexOf(call)).toBeGreaterThanOrEqual(place - MOST_OVERTAKEN);
    expect(answered.indexOf(call)).toBeLessThanOrEqual(place + MOST_OVERTAKEN);
  }
  for (const { id } of QUEUES) {
    const served = CALLERS.filter((queue) => queue === id).length;
    expect(await asterisk.cli(`queue show q${id}`)).toMatch(new RegExp(`has 0 calls.* C:${served}, A:0`));
  }
  // The first caller is offered to the first handset.
  const [first] = calls;
  expect(first && (await line.webhookEvents(first.call)).find((said) => said.startsWith('ringing'))).toBe(
    'ringing a1 -',
  );
});
