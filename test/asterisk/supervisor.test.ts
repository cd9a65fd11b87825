import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ControlHarness, promptsHeard, says, speaks, talkBothWays } from './call-control-harness.js';
import { pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';

/** A supervisor listens to a talk, whispers to the operator, and joins the talk: who hears whom, measured by tones. */

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
});
afterEach(() => harness.endAll());
afterAll(() => harness.stop());

const supervise = (id: string, mode: 'listen' | 'whisper' | 'barge') =>
  harness.post(`/${id}/listen`, { handset: 'boss', mode });

/** The supervisor speaks, and exactly these sides hear it. */
async function isHeardBy(boss: PhoneCall, listeners: PhoneCall[], others: PhoneCall[]): Promise<void> {
  if (listeners.length > 0) await says(boss, listeners);
  const tone = speaks(boss);
  await delay(1500);
  boss.say(new Int16Array(800), { repeats: true });
  for (const side of listeners) expect(promptsHeard(side)).toContain(tone);
  for (const side of others) expect(promptsHeard(side)).not.toContain(tone);
}

const snoops = async () => (await harness.asterisk.cli('core show channels concise')).split('Snoop').length - 1;

describe('a supervisor', () => {
  const talks = {
    'a queue': () => harness.talkInQueue(),
    'a plan': () => harness.talkInPlan(),
    'a click to call': () => harness.talkOfClickToCall(),
  };
  for (const [where, talk] of Object.entries(talks)) {
    it(`of a talk of ${where} changes between listening, whispering and joining without a new call`, async () => {
      const phone = await harness.handset('boss', pickUp);
      const { caller, operator, id } = await talk();
      expect(await supervise(id, 'whisper')).toMatchObject({ status: 204 });
      const boss = await (await phone.nextCall()).answered();
      await harness.noted(id, 'whispering');
      await says(caller, [boss, operator]);
      await says(operator, [boss, caller]);
      await isHeardBy(boss, [operator], [caller]);
      expect(await supervise(id, 'barge')).toMatchObject({ status: 204 });
      await harness.noted(id, 'barging');
      await says(caller, [boss, operator]);
      await says(operator, [boss, caller]);
      await isHeardBy(boss, [operator, caller], []);
      expect(await supervise(id, 'barge')).toMatchObject({ status: 204 });
      expect(await supervise(id, 'listen')).toMatchObject({ status: 204 });
      await harness.noted(id, 'listening');
      await says(caller, [boss, operator]);
      await says(operator, [boss, caller]);
      await isHeardBy(boss, [], [operator, caller]);
      expect(phone.invites).toHaveLength(1);
      await harness.becomes('one snoop channel is left', async () => ((await snoops()) === 1 ? true : undefined));
      await boss.hangUp();
      await harness.noted(id, 'listening_over');
      await harness.becomes('no snoop channel is left', async () => ((await snoops()) === 0 ? true : undefined));
      await talkBothWays(caller, operator);
      await caller.hangUp();
      await operator.ended();
      const kinds = (await harness.timeline(id)).map(({ kind }) => kind);
      const supervision = ['whispering', 'barging', 'listening', 'listening_over'];
      expect(kinds.filter((kind) => supervision.includes(kind))).toEqual(supervision);
      const { entries } = await harness.gateway.api<{ entries: { subject: string; detail: { mode: string } }[] }>(
        '/api/v1/audit?action=call_listened',
      );
      const modes = entries.filter(({ subject }) => subject === id).map(({ detail }) => detail.mode);
      expect(modes.reverse()).toEqual(['whisper', 'barge', 'barge', 'listen']);
    });
  }

  it('who changes the mode while the phone still rings takes part in the last one', async () => {
    const phone = await harness.handset('boss', ringForEver);
    const { caller, operator, id } = await harness.talkInPlan();
    await supervise(id, 'listen');
    const boss = await phone.nextCall();
    await supervise(id, 'barge');
    boss.answer();
    await harness.noted(id, 'barging');
    await isHeardBy(boss, [operator, caller], []);
    await operator.hangUp();
    await Promise.all([boss.ended(), caller.ended()]);
  });
});
