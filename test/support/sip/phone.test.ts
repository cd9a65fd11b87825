import { afterEach, describe, expect, it } from 'vitest';
import { toneSamples } from '../tones.js';
import { busy, decline, Phone, pickUp, prompt, type IncomingBehaviour, type PhoneCall } from './caller.js';

/** Two test phones call each other directly. */
describe('a test phone', () => {
  const phones: Phone[] = [];
  afterEach(async () => {
    await Promise.all(phones.splice(0).map((phone) => phone.stop()));
  });

  async function phone(server = { host: '127.0.0.1', port: 9 }, incoming: IncomingBehaviour = pickUp): Promise<Phone> {
    const made = await new Phone({ server, user: '777888999', digitsBy: 'rfc4733', incoming }).start();
    phones.push(made);
    return made;
  }

  async function callTo(incoming: IncomingBehaviour): Promise<{ call: PhoneCall; called: Phone }> {
    const called = await phone(undefined, incoming);
    const caller = await phone(called.address);
    return { call: await caller.dial('222333444'), called };
  }

  it('hears and is heard', async () => {
    const { call, called } = await callTo(pickUp);
    await call.answered();
    const taken = await called.nextCall();
    call.say(toneSamples(20, 'cs', 300));
    taken.say(toneSamples(21, 'cs', 300));
    const { fromMs, toMs } = await taken.hears(prompt(20), { toItsEnd: true });
    expect(Math.abs(toMs - fromMs - 300)).toBeLessThanOrEqual(40);
    await call.hears(prompt(21));
    expect(await call.hangUp()).toMatchObject({ by: 'phone', how: 'hung_up' });
    expect(await taken.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
  });

  it('sends RFC 4733 digits of the requested length, the last packet three times', async () => {
    const { call, called } = await callTo(pickUp);
    await call.answered();
    await call.press('5#', { holdMs: 100 });
    const taken = await called.nextCall();
    await expect.poll(() => taken.ear.telephoneEvents.length, { interval: 10 }).toBe(14);
    const packets = taken.ear.telephoneEvents;
    expect(packets.map(({ payload }) => payload[0])).toEqual([
      ...Array<number>(7).fill(5),
      ...Array<number>(7).fill(11),
    ]);
    expect(packets.slice(0, 7).map(({ payload }) => payload[1]! >= 0x80)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(new Set(packets.slice(0, 7).map(({ timestamp }) => timestamp)).size).toBe(1);
    expect((packets[6]!.payload[2]! << 8) + packets[6]!.payload[3]!).toBe(800);
    expect(packets.filter(({ marker }) => marker)).toHaveLength(2);
    expect(taken.ear.lost).toBe(0);
  });

  it.each([
    [busy, 486],
    [decline, 603],
  ])('refuses with %o', async (behaviour, status) => {
    const { call, called } = await callTo(behaviour);
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'rejected', status });
    expect(called.invites).toHaveLength(1);
    await expect(call.answered()).rejects.toThrow(`rejected ${status}`);
  });

  it('rings until the caller gives up', async () => {
    const { call, called } = await callTo({ do: 'ring' });
    await call.rings();
    expect(await call.hangUp()).toMatchObject({ by: 'phone', how: 'cancelled' });
    expect(await called.invites[0]!.ended()).toMatchObject({ by: 'peer', how: 'cancelled' });
  });

  it('notifies the far end when it is stopped during a call', async () => {
    const { call, called } = await callTo(pickUp);
    await call.answered();
    await called.stop();
    expect(await call.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
  });

  it('names the sound that it waited for in vain', async () => {
    const { call } = await callTo({ do: 'ring' });
    await call.rings();
    await expect(call.answered({ withinMs: 50 })).rejects.toThrow('The call was not answered: ringing, heard nothing');
    await expect((await phone()).nextCall({ withinMs: 50 })).rejects.toThrow('No call came in');
  });
});
