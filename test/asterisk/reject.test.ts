import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prompt, ringback } from '../support/sip/caller.js';
import { pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import {
  ControlHarness,
  MENU,
  P,
  promptsHeard,
  QUEUED,
  RINGING,
  talkBothWays,
  WEBHOOK_LINE,
} from './call-control-harness.js';

/** Reject in every state of a caller: the prompt plays, then the call ends. */

let harness: ControlHarness;
const delays: [situation: string, ms: number][] = [];

beforeAll(async () => {
  harness = await ControlHarness.start();
});
afterEach(() => harness.hangUpAll());
afterAll(async () => {
  console.log(
    `from the request until the prompt was heard for the 80 ms that it takes to be sure of it:\n${delays.map(([what, ms]) => `  ${what}: ${Math.round(ms)} ms`).join('\n')}`,
  );
  await harness.stop();
});

/** Rejects, and checks the outcome on every side. */
async function reject(situation: string, call: PhoneCall, id: string): Promise<void> {
  const from = Date.now();
  expect(await harness.post(`/${id}/interrupt`)).toMatchObject({ status: 204 });
  await call.hears(prompt(P.reject), { skipping: true, withinMs: 15_000 });
  delays.push([situation, Date.now() - from]);
  expect(await harness.post(`/${id}/interrupt`)).toMatchObject({ status: 204 });
  expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
  expect(await harness.over(id)).toMatchObject({ ended_by: 'operator' });
  expect(await harness.post(`/${id}/interrupt`)).toMatchObject({ status: 204 });
}

describe('rejecting a caller', () => {
  it('ends the calls of the first and second in line; the others keep their places', async () => {
    const calls = [await harness.calling(QUEUED)];
    const ids = [await harness.waits(calls[0]!)];
    for (let count = 1; count < 3; count += 1) {
      calls.push(await harness.calling(QUEUED));
      ids.push(await harness.waits(calls[count]!));
    }
    await reject('second in line', calls[1]!, ids[1]!);
    expect(await harness.inLine(12)).toBe(2);
    await reject('first in line', calls[0]!, ids[0]!);
    expect(await harness.inLine(12)).toBe(1);
    const left = await harness.noted(ids[0]!, 'queue_left');
    expect(left).toMatchObject({ queue: 12, result: 'rejected' });
    expect(await harness.webhookEvents(ids[0]!, 'handset', 'agent')).toEqual([
      ['call_started', null, null, null],
      ['queue_joined', null, 'telefon-sklad', null],
      ['queue_left', 'REJECTED', 'telefon-sklad', null],
      ['hangup', 'REJECTED', 'telefon-sklad', null],
    ]);
    await calls[2]!.hangUp();
  });

  it('stops the ringing handsets', async () => {
    const operator = await harness.handset('a1', ringForEver);
    const call = await harness.calling(QUEUED);
    const leg = await operator.nextCall({ withinMs: 15_000 });
    await reject('while handsets ring', call, await harness.waits(call));
    expect(await leg.ended()).toMatchObject({ by: 'peer', how: 'cancelled' });
  });

  it('works right after the answer in a queue, and during the conversation', async () => {
    const operator = await harness.handset('a1', pickUp);
    const call = await harness.calling(QUEUED);
    const leg = await (await operator.nextCall({ withinMs: 15_000 })).answered();
    await reject('just answered', call, await harness.idOf(call));
    await leg.ended();
    const talking = await harness.calling(QUEUED);
    const other = await (await operator.nextCall({ withinMs: 15_000 })).answered();
    await talkBothWays(talking, other);
    await reject('talking in a queue', talking, await harness.idOf(talking));
    await other.ended();
    expect(await harness.webhookEvents(await harness.idOf(talking))).toEqual([
      ['call_started', null],
      ['queue_joined', null],
      ['ringing', null],
      ['answered', null],
      ['queue_left', 'SUCCESS'],
      ['hangup', 'REJECTED'],
    ]);
    expect(promptsHeard(other)).not.toContain(P.reject);
  });

  it('works during an announcement in the queue', async () => {
    const call = await harness.calling(WEBHOOK_LINE);
    await call.hears(prompt(P.waiting), { skipping: true, withinMs: 20_000 });
    await reject('during an announcement', call, await harness.waits(call));
  });

  it('works during a prompt of a menu', async () => {
    const call = await harness.calling(MENU);
    await call.hears(prompt(P.menu), { withinMs: 10_000 });
    await reject('during a prompt of the plan', call, await harness.idOf(call));
  });

  it('works while a plan rings a handset, and in the conversation with it', async () => {
    const handset = await harness.handset('a3', ringForEver);
    const call = await harness.calling(RINGING);
    const leg = await handset.nextCall();
    await reject('while the plan rings', call, await harness.idOf(call));
    await leg.ended();
    handset.onIncoming(pickUp);
    const talking = await harness.calling(RINGING);
    const other = await (await handset.nextCall()).answered();
    await talkBothWays(talking, other);
    await reject('talking', talking, await harness.idOf(talking));
    await other.ended();
  });
});

it('accepts another prompt; ignores a missing one; reports unknown calls as unknown', async () => {
  const call = await harness.calling(QUEUED);
  const id = await harness.waits(call);
  await call.hears(ringback, { skipping: true });
  expect(await harness.post(`/${id}/interrupt`, { prompt: 99 })).toMatchObject({ status: 422 });
  await delay(500);
  expect(await harness.inLine(12)).toBe(1);
  expect(await harness.post(`/${id}/interrupt`, { prompt: P.other })).toMatchObject({ status: 204 });
  await call.hears(prompt(P.other), { skipping: true });
  await call.ended();
  expect(await harness.post('/c_never/interrupt')).toMatchObject({ status: 404 });
  expect(await harness.post('/c_never/hangup')).toMatchObject({ status: 404 });
});

it('is not lost when the gateway dies right after its response', async () => {
  const call = await harness.calling(QUEUED);
  const id = await harness.waits(call);
  expect(await harness.post(`/${id}/interrupt`)).toMatchObject({ status: 204 });
  await harness.gateway.kill();
  await harness.gateway.run();
  await harness.gateway.ready();
  await call.hears(prompt(P.reject), { skipping: true, withinMs: 15_000 });
  await call.ended({ withinMs: 15_000 });
  expect(await harness.over(id)).toMatchObject({ ended_by: 'operator' });
});
