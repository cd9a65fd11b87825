import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { becomes } from '../support/becomes.js';
import { Gateway, prompts } from '../support/gateway.js';
import { callerOf, prompt, ringback } from '../support/sip/caller.js';
import { toneSamples } from '../support/tones.js';
import { busy, pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { Phones } from '../support/sip/phones.js';

/** Callers in real queues, with handsets that answer, ignore calls, are busy or offline, and a gateway and an Asterisk that die. */

const [MAIN, LINEAR, SMALL] = ['+420222333444', '+420222333445', '+420222333446'];
const P = { timedOut: 7, empty: 5, full: 6, exited: 8, rejected: 9, after: 10 };
const LEASH_S = 4;

const outcomes = {
  timed_out: [{ play: P.timedOut }, 'hang_up'],
  empty: [{ play: P.empty }, 'hang_up'],
  full: [{ play: P.full }, 'hang_up'],
  exited: [{ play: P.exited }, 'hang_up'],
  rejected: [{ play: P.rejected }, 'hang_up'],
};
const company = {
  prompts: prompts(...Object.values(P)),
  handsets: ['a1', 'a2', 'a3', 'a4'].map((name) => ({ name })),
  queues: [
    { id: 12, name: 'Fronta', handsets: ['a1'], join_when: 'always', stay_when: 'always', ring_timeout: 5 },
    { id: 3, name: 'V pořadí', handsets: ['a2', 'a3', 'a4', 'a1'], strategy: 'linear', ring_timeout: 2 },
    { id: 4, name: 'Malá', handsets: ['a2'], join_when: 'always', stay_when: 'always', max_length: 1 },
  ],
  lines: [
    {
      number: MAIN,
      plan: ['answer', { enqueue: { queue: 12, label: 'telefon-kancelář', exit_key: '*', ...outcomes } }],
    },
    { number: LINEAR, plan: [{ enqueue: { queue: 3, answered: [{ play: P.after }], ...outcomes } }] },
    { number: SMALL, plan: ['answer', { enqueue: { queue: 4, timeout: '2s', ...outcomes } }] },
  ],
};

let asterisk: TestAsterisk;
let gateway: Gateway;
let phones: Phones;
let lastCaller = 0;

beforeAll(async () => {
  asterisk = await startAsterisk({ variables: { LEASH_S: String(LEASH_S), FALLBACK_HANDSETS: 'a1,a4' } });
  gateway = await Gateway.start({ asterisk: asterisk.gatewayEnv(), company });
  phones = new Phones(asterisk, gateway);
});
afterAll(async () => {
  await gateway.stop();
  await asterisk.stop();
});
beforeEach(async () => {
  if (!gateway.alive) await gateway.run();
  await gateway.ready();
  await apply((document) => ({ ...document, queues: company.queues, lines: company.lines }));
});
afterEach(async () => {
  await phones.stop();
  await becomes('no call is left', async () =>
    (await asterisk.cli('core show channels')).includes('0 active channels'),
  );
});

/** Changes the configuration, and waits until Asterisk has applied it. */
async function apply(change: (document: typeof company) => object): Promise<void> {
  const document = parse(await (await gateway.fetch('/api/v1/config')).text()) as typeof company;
  const headers = { 'content-type': 'application/yaml' };
  const body = stringify(change(document));
  expect(await gateway.api('/api/v1/config', { method: 'PUT', body, headers })).toMatchObject({ not_settled: [] });
}

function calling(line: string): Promise<PhoneCall> {
  lastCaller += 1;
  return phones.call(line, `+420777${String(100_000 + lastCaller)}`);
}

const numberOf = (call: PhoneCall): string => callerOf(call).replace(/^\+420/, '');

/** Callers' numbers in a queue, first in line first, as Asterisk lists them. */
async function inLine(id: number): Promise<string[]> {
  const shown = await asterisk.cli(`queue show q${id}`);
  const channels = [...shown.matchAll(/^\s+\d+\. (PJSIP\S+)/gm)].map(([, name]) => name);
  const callers = await asterisk.cli('core show channels concise');
  return channels.map((name) => {
    const fields = callers.split('\n').find((line) => line.startsWith(`${name}!`));
    return (fields?.split('!')[7] ?? '').replace(/^\+420/, '');
  });
}

const hasEnded = (call: PhoneCall) =>
  Promise.race([
    call.ended().then(
      () => true,
      () => false,
    ),
    delay(10, false),
  ]);

/** Callers that call one after another, each queued before the next. */
async function waiting(line: string, queue: number, count: number): Promise<PhoneCall[]> {
  const calls: PhoneCall[] = [];
  while (calls.length < count) {
    calls.push(await calling(line));
    await becomes('in the queue', async () => (await inLine(queue)).length === calls.length);
  }
  return calls;
}

const outcomeOf = async (call: PhoneCall) =>
  (await gateway.finished(numberOf(call))).find(({ kind }) => kind === 'queue_left')?.data;

/** Until the caller hears the operator: an earlier hang-up hardly counts as a conversation. */
async function talk(call: PhoneCall, operator: PhoneCall): Promise<void> {
  operator.say(toneSamples(50, 'cs', 1000), { repeats: true });
  await call.hears(prompt(50), { skipping: true, withinMs: 10_000 });
}

describe('callers in a queue', () => {
  it('are served in order of arrival, beyond the lease; a handset in a call does not ring', async () => {
    const calls = await waiting(MAIN, 12, 3);
    await calls[0]!.hears(ringback, { skipping: true });
    await delay((LEASH_S + 2) * 1000);
    expect(await inLine(12)).toEqual(calls.map(numberOf));
    const operator = await phones.handset('a1', { incoming: pickUp });
    for (const [index, call] of calls.entries()) {
      const leg = await operator.nextCall();
      expect(callerOf(leg)).toBe(callerOf(call));
      await leg.answered();
      // Longer than the retry interval of a queue, and for the first one longer than the lease.
      await delay(index === 0 ? (LEASH_S + 2) * 1000 : 1500);
      expect(operator.invites).toHaveLength(index + 1);
      await leg.hangUp();
      expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
      expect(await outcomeOf(call)).toMatchObject({ queue: 12, result: 'answered' });
    }
    const timeline = await gateway.timeline(numberOf(calls[0]!));
    expect(timeline.find(({ kind }) => kind === 'queued')?.data).toMatchObject({ label: 'telefon-kancelář' });
    expect((await gateway.calls(numberOf(calls[0]!)))[0]).toMatchObject({ ended_by: 'handset' });
  });

  it('in two queues reach the handset that answers, past those that ignore calls, are busy or offline; then the plan continues', async () => {
    const [ignoring, refusing] = [
      await phones.handset('a2', { incoming: ringForEver }),
      await phones.handset('a3', { incoming: busy }),
    ];
    const operator = await phones.handset('a1', { incoming: pickUp });
    const inLinear = await calling(LINEAR);
    const leg = await (await operator.nextCall({ withinMs: 15_000 })).answered();
    expect(callerOf(leg)).toBe(callerOf(inLinear));
    expect(ignoring.invites.length).toBeGreaterThan(0);
    expect(refusing.invites.length).toBeGreaterThan(0);
    // The one operator of both queues talks: the other queue's caller waits.
    const [inMain] = await waiting(MAIN, 12, 1);
    await delay(1500);
    expect(operator.invites).toHaveLength(1);
    await leg.hangUp();
    await inLinear.hears(prompt(P.after), { skipping: true });
    await inLinear.ended();
    const next = await (await operator.nextCall()).answered();
    expect(callerOf(next)).toBe(callerOf(inMain!));
    await inMain!.hangUp();
    await next.ended();
    await gateway.finished(numberOf(inMain!));
  });

  it("hear the plan's prompt for each other outcome", async () => {
    const nobody = await calling(LINEAR);
    await nobody.hears(prompt(P.empty), { skipping: true });
    expect(await outcomeOf(nobody)).toMatchObject({ result: 'empty' });

    const [impatient] = await waiting(SMALL, 4, 1);
    const late = await calling(SMALL);
    await late.hears(prompt(P.full), { skipping: true });
    await impatient!.hears(prompt(P.timedOut), { skipping: true });

    const [leaving, gone] = await waiting(MAIN, 12, 2);
    await leaving!.press('5');
    await leaving!.press('*');
    await leaving!.hears(prompt(P.exited), { skipping: true });
    await gone!.hangUp();
    expect((await gateway.finished(numberOf(gone!))).at(-1)).toMatchObject({ kind: 'ended', data: { by: 'caller' } });
    expect(await outcomeOf(leaving!)).toMatchObject({ result: 'exited' });
  });
});

describe('the gateway', () => {
  it('dies while callers wait and talk: every caller keeps the place, and the plan continues', async () => {
    const operator = await phones.handset('a1', { incoming: pickUp });
    const talking = await calling(MAIN);
    const leg = await (await operator.nextCall()).answered();
    const calls = await waiting(MAIN, 12, 4);
    await gateway.kill();
    await delay((LEASH_S + 2) * 1000);
    expect(await inLine(12)).toEqual(calls.map(numberOf));
    expect(await hasEnded(leg)).toBe(false);
    await gateway.run();
    await gateway.ready();
    await delay(500);
    expect(await inLine(12)).toEqual(calls.map(numberOf));
    await leg.hangUp();
    await talking.ended({ withinMs: 10_000 });
    expect(await outcomeOf(talking)).toMatchObject({ result: 'answered' });
    for (const call of calls.slice(0, 3)) {
      const next = await (await operator.nextCall()).answered();
      expect(callerOf(next)).toBe(callerOf(call));
      await talk(call, next);
      await next.hangUp();
      await call.ended({ withinMs: 10_000 });
      expect((await gateway.finished(numberOf(call))).map(({ kind }) => kind)).toContain('recovered');
    }
    await (await operator.nextCall()).answered();
    await calls[3]!.hangUp();
    expect((await gateway.finished(numberOf(calls[3]!))).at(-1)?.data).toMatchObject({ by: 'caller' });
  });

  it('is down when a caller comes back: the answered caller is hung up, and the flow ends', async () => {
    const operator = await phones.handset('a1', { incoming: pickUp });
    const call = await calling(MAIN);
    const leg = await operator.nextCall();
    await leg.answered();
    await gateway.kill();
    await leg.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'peer' });
    await gateway.run();
    await gateway.ready();
    expect((await gateway.finished(numberOf(call))).at(-1)?.data).toMatchObject({ by: 'caller' });
  });

  it('is down: new callers wait in the fallback queue for its configured handsets', async () => {
    const operator = await phones.handset('a1', { incoming: busy });
    await gateway.kill();
    const call = await calling(MAIN);
    const refused = await operator.nextCall({ withinMs: 15_000 });
    expect(callerOf(refused)).toBe(callerOf(call));
    await delay((LEASH_S + 1) * 1000);
    expect(await asterisk.cli('queue show cordboard-fallback')).toContain('PJSIP/trunk');
    operator.onIncoming(pickUp);
    await becomes('a talk', () => Promise.resolve(operator.invites.at(-1)?.answeredAtMs !== undefined));
    await operator.invites.at(-1)!.hangUp();
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
    await gateway.run();
    await gateway.ready();
  });

  it('changes a queue within 2 s, without affecting waiting callers and conversations', async () => {
    const operator = await phones.handset('a1', { incoming: pickUp });
    const talking = await calling(MAIN);
    const leg = await operator.nextCall();
    await leg.answered();
    const calls = await waiting(MAIN, 12, 2);
    const other = await phones.handset('a2', { incoming: ringForEver });
    const before = Date.now();
    await apply((document) => ({
      ...document,
      lines: document.lines.filter(({ number }) => number !== LINEAR),
      queues: document.queues
        .filter(({ id }) => id !== 3)
        .map((queue) => (queue.id === 12 ? { ...queue, handsets: ['a2'], max_length: 2 } : queue)),
    }));
    const shown = await asterisk.cli('queue show q12');
    expect(Date.now() - before).toBeLessThan(2000);
    expect(shown).toContain('(max 2)');
    expect(shown).toContain('PJSIP/a2');
    expect(shown).not.toContain('PJSIP/a1');
    expect(await asterisk.cli('queue show q3')).toContain('No such queue');
    expect(await inLine(12)).toEqual(calls.map(numberOf));
    expect(callerOf(await other.nextCall())).toBe(callerOf(calls[0]!));
    expect(await hasEnded(talking)).toBe(false);
    await leg.hangUp();
    await talking.ended();
    for (const call of calls) await call.hangUp();
  });
});

it('Asterisk dies: closes its calls and restores its queues', async () => {
  const [call] = await waiting(MAIN, 12, 1);
  await asterisk.restart();
  await gateway.ready();
  expect((await gateway.finished(numberOf(call!))).at(-1)?.data).toMatchObject({ by: 'asterisk' });
  await becomes('the queue is back', async () => (await asterisk.cli('queue show q12')).includes('PJSIP/a1'));
  const [again] = await waiting(MAIN, 12, 1);
  await again!.hangUp();
});

it('Asterisk and the gateway die together: the call does not count as hung up by the caller', async () => {
  const [call] = await waiting(MAIN, 12, 1);
  await gateway.kill();
  await asterisk.restart();
  await gateway.run();
  await gateway.ready();
  expect((await gateway.finished(numberOf(call!))).at(-1)?.data).toMatchObject({ by: 'asterisk' });
});
