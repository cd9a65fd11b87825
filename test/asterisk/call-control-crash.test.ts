import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../src/monitor/protocol.js';
import { prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { pickUp, ringForEver } from '../support/sip/phone.js';
import { ControlHarness, P, QUEUED, says, talkBothWays } from './call-control-harness.js';

/** Kill -9 at each effect that starts a call or changes a running one: before it is sent, after that, and after it is acknowledged. */

const NUMBER = '+420777888999';

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
});
afterEach(() => harness.endAll());
afterAll(() => harness.stop());

/** A stored command may run so fast that the HTTP response is lost with the process. */
async function order(path: string, body: object = {}): Promise<void> {
  await harness.post(path, body).catch(() => undefined);
}

describe('kill -9 in click to call', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of dial: rings the handset at most once, and connects the handset that answers`, async () => {
      harness.provider.onIncoming(pickUp);
      const handset = await harness.handset('a1', ringForEver);
      const before = harness.provider.invites.length;
      await harness.armFailpoint(`${place}:dial:1`);
      await order('', { handset: 'a1', number: NUMBER });
      await harness.revived();
      const [call] = await harness.gateway.calls(NUMBER);
      const { id } = call ?? expect.unreachable();
      if (place === 'before-send') {
        expect(await harness.over(id)).toMatchObject({ ended_by: 'unanswered' });
        expect(await harness.noted(id, 'leg_over')).toMatchObject({ cause: 'unknown' });
        expect(handset.invites).toEqual([]);
        return;
      }
      const first = await handset.nextCall();
      first.answer();
      const second = await harness.becomes('the number is called', () =>
        Promise.resolve(harness.provider.invites[before]),
      );
      await talkBothWays(first, second);
      await first.hangUp();
      await second.ended();
      expect(handset.invites).toHaveLength(1);
      expect(harness.provider.invites).toHaveLength(before + 1);
      await harness.over(id);
    });
  }
});

describe('kill -9 in click to call by handset and mobile', () => {
  const MOBILE = '777000111';
  /** Calls to the mobile, or to the number, from now on. */
  const to = (number: string, since: number) =>
    harness.provider.invites
      .slice(since)
      .filter(({ invite }) => userOf(invite.uri).endsWith(number.replace('+420', '')));
  const rung = (number: string, since: number) =>
    harness.becomes(`${number} is called`, () => Promise.resolve(to(number, since)[0]));
  const asked = async () => {
    const query = new URLSearchParams({ number: NUMBER, method: 'both', telfa_user_id: '7' });
    await harness.gateway.fetch(`/calls.json?${query.toString()}`, { method: 'POST' }).catch(() => undefined);
  };
  const idOfNewest = async () => (await harness.gateway.calls(NUMBER))[0]?.id ?? expect.unreachable();

  for (const place of ['before-send', 'after-send']) {
    it(`${place} of the second dial: rings each phone once, and connects the handset`, async () => {
      const handset = await harness.handset('a1', ringForEver);
      const before = harness.provider.invites.length;
      await harness.armFailpoint(`${place}:dial:2`);
      await asked();
      await harness.revived();
      const first = await handset.nextCall();
      const mobile = place === 'after-send' ? await rung(MOBILE, before) : undefined;
      first.answer();
      const number = await rung(NUMBER, before);
      number.answer();
      await talkBothWays(first, number);
      expect(await mobile?.ended()).toEqual(mobile && expect.objectContaining({ by: 'peer', how: 'cancelled' }));
      await first.hangUp();
      await number.ended();
      await harness.over(await idOfNewest());
      expect(handset.invites).toHaveLength(1);
      expect(to(MOBILE, before)).toHaveLength(mobile === undefined ? 0 : 1);
      expect(to(NUMBER, before)).toHaveLength(1);
    });
  }

  it('while both ring and the mobile answers: connects the mobile, and stops ringing the handset', async () => {
    const handset = await harness.handset('a1', ringForEver);
    const before = harness.provider.invites.length;
    await asked();
    const [first, mobile] = [await handset.nextCall(), await rung(MOBILE, before)];
    await harness.noted(await idOfNewest(), 'dial');
    await harness.gateway.kill();
    mobile.answer();
    await mobile.answered();
    await harness.gateway.run();
    await harness.gateway.ready();
    expect(await first.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'cancelled' });
    const number = await rung(NUMBER, before);
    number.answer();
    await talkBothWays(mobile, number);
    await number.hangUp();
    await mobile.ended();
    const id = await idOfNewest();
    await harness.over(id);
    expect((await harness.webhookEvents(id, 'agent')).at(-1)).toEqual(['hangup', 'SUCCESS', 'a1']);
  });
});

describe('kill -9 while a caller is rejected', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of withdraw: plays the prompt and ends the call`, async () => {
      await harness.armFailpoint(`${place}:withdraw:1`);
      const call = await harness.calling(QUEUED);
      const id = await harness.waits(call);
      await order(`/${id}/interrupt`);
      await harness.revived();
      await call.hears(prompt(P.reject), { skipping: true, withinMs: 15_000 });
      expect(await call.ended({ withinMs: 15_000 })).toMatchObject({ by: 'peer', how: 'hung_up' });
      expect(await harness.over(id)).toMatchObject({ ended_by: 'operator' });
      expect(await harness.inLine(12)).toBe(0);
    });
  }
});

describe('kill -9 while a prompt plays into a conversation', () => {
  for (const place of ['before-send', 'after-send', 'after-ack']) {
    it(`${place} of snoop: plays the prompt, and the conversation continues`, async () => {
      await harness.armFailpoint(`${place}:snoop:1`);
      const { caller, operator, id } = await harness.talkInQueue();
      await order(`/${id}/play`, { prompt: P.said, side: 'caller' });
      await harness.revived();
      await caller.hears(prompt(P.said), { skipping: true, withinMs: 15_000 });
      await talkBothWays(caller, operator);
      await caller.hangUp();
      await operator.ended();
      await harness.over(id);
    });
  }
});

describe('kill -9 while a supervisor starts to listen', () => {
  for (const failpoint of ['after-send:dial:1', 'before-send:snoop:1', 'after-send:snoop:1', 'before-send:bridge:1']) {
    it(`at ${failpoint}: both sides are heard, and no channel is left afterwards`, async () => {
      const boss = await harness.handset('boss', pickUp);
      await harness.armFailpoint(failpoint);
      const { caller, operator, id } = await harness.talkInQueue();
      await order(`/${id}/listen`, { handset: 'boss' });
      await harness.revived();
      const ear = await (await boss.nextCall()).answered();
      await says(caller, [ear, operator]);
      await says(operator, [ear, caller]);
      await caller.hangUp();
      await Promise.all([ear.ended({ withinMs: 10_000 }), operator.ended()]);
      await harness.over(id);
      await harness.becomes('nothing is left', async () => {
        const channels = (await harness.asterisk.cli('core show channels concise')).split('\n');
        // Prompts that are fetched after a start play on separate channels.
        return channels.every((channel) => channel.trim() === '' || channel.startsWith('Announcer/ARI'));
      });
    });
  }
});

describe('kill -9 while a supervisor changes from listening to joining', () => {
  for (const failpoint of [
    'after-send:hang_up:1',
    'before-send:snoop:2',
    'after-send:snoop:2',
    'before-send:bridge:2',
  ]) {
    it(`at ${failpoint}: all hear each other, on the same call of the supervisor`, async () => {
      const boss = await harness.handset('boss', pickUp);
      await harness.armFailpoint(failpoint);
      const { caller, operator, id } = await harness.talkInQueue();
      await order(`/${id}/listen`, { handset: 'boss' });
      const ear = await (await boss.nextCall()).answered();
      await says(caller, [ear, operator]);
      await order(`/${id}/listen`, { handset: 'boss', mode: 'barge' });
      await harness.revived();
      await says(ear, [caller, operator]);
      await says(caller, [ear, operator]);
      await says(operator, [ear, caller]);
      expect(boss.invites).toHaveLength(1);
      await caller.hangUp();
      await Promise.all([ear.ended({ withinMs: 10_000 }), operator.ended()]);
    });
  }
});

describe('kill -9 while a caller is moved in a queue', () => {
  for (const place of ['before-send', 'after-send']) {
    it(`${place} of the move: the caller is moved, and both wait`, async () => {
      await harness.armFailpoint(`${place}:move_in_queue:1`);
      await harness.waits(await harness.calling(QUEUED));
      const id = await harness.waits(await harness.calling(QUEUED));
      const positions = async () => {
        const { calls } = await harness.gateway.api<State>('/api/v1/monitor');
        return Object.values(calls).flatMap(({ id: one, position }) => (one === id ? [position] : []));
      };
      await harness.becomes('the second one waits', async () => ((await positions())[0] === 2 ? true : undefined));
      await order(`/${id}/move`, { position: 1 });
      await harness.revived();
      await harness.becomes('the second one is first', async () => ((await positions())[0] === 1 ? true : undefined));
      expect(await harness.inLine(12)).toBe(2);
    });
  }
});
