import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { ControlWorld, P, QUEUED, says, talkBothWays } from './call-control.js';

/** Kill -9 at each effect that starts a call or changes a running one: before it is sent, after that, and after it is acknowledged. */

const NUMBER = '+420777888999';

let world: ControlWorld;

beforeAll(async () => {
  world = await ControlWorld.start();
}, 60_000);
afterEach(() => world.endAll());
afterAll(() => world.stop(), 30_000);

/** A stored command may run so fast that the HTTP response is lost with the process. */
async function order(path: string, body: object = {}): Promise<void> {
  await world.post(path, body).catch(() => undefined);
}

async function talk(): Promise<{ caller: PhoneCall; operator: PhoneCall; id: string }> {
  const phone = await world.handset('a1', pickUp);
  const caller = await world.calling(QUEUED);
  const operator = await (await phone.nextCall({ withinMs: 15_000 })).answered();
  await talkBothWays(caller, operator);
  return { caller, operator, id: await world.idOf(caller) };
}

describe('kill -9 in click to call', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of dial: rings the handset at most once, and connects the handset that answers`, async () => {
      world.provider.onIncoming(pickUp);
      const handset = await world.handset('a1', ringForEver);
      const before = world.provider.invites.length;
      await world.willDieAt(`${place}:dial:1`);
      await order('', { handset: 'a1', number: NUMBER });
      await world.revived();
      const [call] = await world.gateway.calls(NUMBER);
      const { id } = call ?? expect.unreachable();
      if (place === 'before-send') {
        expect(await world.over(id)).toMatchObject({ ended_by: 'unanswered' });
        expect(await world.noted(id, 'leg_over')).toMatchObject({ cause: 'unknown' });
        expect(handset.invites).toEqual([]);
        return;
      }
      const first = await handset.nextCall();
      first.answer();
      const second = await world.becomes('the number is called', () => Promise.resolve(world.provider.invites[before]));
      await talkBothWays(first, second);
      await first.hangUp();
      await second.ended();
      expect(handset.invites).toHaveLength(1);
      expect(world.provider.invites).toHaveLength(before + 1);
      await world.over(id);
    });
  }
});

describe('kill -9 in click to call by handset and mobile', () => {
  const MOBILE = '777000111';
  /** Calls to the mobile, or to the number, from now on. */
  const to = (number: string, since: number) =>
    world.provider.invites.slice(since).filter(({ invite }) => userOf(invite.uri).endsWith(number.replace('+420', '')));
  const rung = (number: string, since: number) =>
    world.becomes(`${number} is called`, () => Promise.resolve(to(number, since)[0]));
  const asked = async () => {
    const query = new URLSearchParams({ number: NUMBER, method: 'both', telfa_user_id: '7' });
    await world.gateway.fetch(`/calls.json?${query.toString()}`, { method: 'POST' }).catch(() => undefined);
  };
  const idOfNewest = async () => (await world.gateway.calls(NUMBER))[0]?.id ?? expect.unreachable();

  for (const place of ['before-send', 'after-send']) {
    it(`${place} of the second dial: rings each phone once, and connects the handset`, async () => {
      const handset = await world.handset('a1', ringForEver);
      const before = world.provider.invites.length;
      await world.willDieAt(`${place}:dial:2`);
      await asked();
      await world.revived();
      const first = await handset.nextCall();
      const mobile = place === 'after-send' ? await rung(MOBILE, before) : undefined;
      first.answer();
      const number = await rung(NUMBER, before);
      number.answer();
      await talkBothWays(first, number);
      expect(await mobile?.ended()).toEqual(mobile && expect.objectContaining({ by: 'peer', how: 'cancelled' }));
      await first.hangUp();
      await number.ended();
      await world.over(await idOfNewest());
      expect(handset.invites).toHaveLength(1);
      expect(to(MOBILE, before)).toHaveLength(mobile === undefined ? 0 : 1);
      expect(to(NUMBER, before)).toHaveLength(1);
    });
  }

  it('while both ring and the mobile answers: connects the mobile, and stops ringing the handset', async () => {
    const handset = await world.handset('a1', ringForEver);
    const before = world.provider.invites.length;
    await asked();
    const [first, mobile] = [await handset.nextCall(), await rung(MOBILE, before)];
    await world.noted(await idOfNewest(), 'dial');
    await world.gateway.kill();
    mobile.answer();
    await mobile.answered();
    await world.gateway.run();
    await world.gateway.ready();
    expect(await first.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'cancelled' });
    const number = await rung(NUMBER, before);
    number.answer();
    await talkBothWays(mobile, number);
    await number.hangUp();
    await mobile.ended();
    const id = await idOfNewest();
    await world.over(id);
    expect((await world.told(id, 'agent')).at(-1)).toEqual(['hangup', 'SUCCESS', 'a1']);
  });
});

describe('kill -9 while a caller is rejected', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of withdraw: plays the prompt and ends the call`, async () => {
      await world.willDieAt(`${place}:withdraw:1`);
      const call = await world.calling(QUEUED);
      const id = await world.waits(call);
      await order(`/${id}/interrupt`);
      await world.revived();
      await call.hears(prompt(P.reject), { skipping: true, withinMs: 15_000 });
      expect(await call.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'hung_up' });
      expect(await world.over(id)).toMatchObject({ ended_by: 'operator' });
      expect(await world.inLine(12)).toBe(0);
    });
  }
});

describe('kill -9 while a prompt plays into a conversation', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of snoop: plays the prompt, and the conversation continues`, async () => {
      await world.willDieAt(`${place}:snoop:1`);
      const { caller, operator, id } = await talk();
      await order(`/${id}/play`, { prompt: P.said, side: 'caller' });
      await world.revived();
      await caller.hears(prompt(P.said), { skipping: true, withinMs: 15_000 });
      await talkBothWays(caller, operator);
      await caller.hangUp();
      await operator.ended();
      await world.over(id);
    });
  }
});

describe('kill -9 while a supervisor starts to listen', () => {
  for (const failpoint of ['after-send:dial:1', 'before-send:snoop:1', 'after-send:snoop:1', 'before-send:bridge:1']) {
    it(`at ${failpoint}: both sides are heard, and no channel is left afterwards`, async () => {
      const boss = await world.handset('boss', pickUp);
      await world.willDieAt(failpoint);
      const { caller, operator, id } = await talk();
      await order(`/${id}/listen`, { handset: 'boss' });
      await world.revived();
      const ear = await (await boss.nextCall()).answered();
      await says(caller, [ear, operator]);
      await says(operator, [ear, caller]);
      await caller.hangUp();
      await Promise.all([ear.ended({ withinMs: 10_000 }), operator.ended()]);
      await world.over(id);
      await world.becomes('nothing is left', async () => {
        const channels = (await world.asterisk.cli('core show channels concise')).split('\n');
        // Prompts that are fetched after a start play on separate channels.
        return channels.every((channel) => channel.trim() === '' || channel.startsWith('Announcer/ARI'));
      });
    });
  }
});
