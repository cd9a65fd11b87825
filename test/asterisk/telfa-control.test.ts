import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prompt } from '../support/sip/caller.js';
import { userOf } from '../support/sip/message.js';
import { pickUp, ringForEver, type PhoneCall } from '../support/sip/phone.js';
import { ControlHarness, P, promptsHeard, QUEUED, talkBothWays } from './call-control-harness.js';

/** Telfa's control API, used by a shop's PHP, on real calls. */

const run = promisify(execFile);
const CLIENT = path.resolve(import.meta.dirname, '../../examples/telfa-client/client.php');
const PASSWORD = 'heslo s diakritikou: žluťoučké';
const NUMBER = '777888999';

let harness: ControlHarness;

beforeAll(async () => {
  harness = await ControlHarness.start();
  await harness.gateway.api('/api/v1/accounts/jana@shop.cz/password', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: PASSWORD }),
  });
});
afterEach(() => harness.endAll());
afterAll(() => harness.stop());

/** The XML that the PHP client prints. `key`: with the token instead of login and password. */
async function php(name: string, fields: Record<string, unknown> = {}, key = false): Promise<string> {
  const login = key ? harness.gateway.token : `jana@shop.cz:${PASSWORD}`;
  const given = Object.entries(fields).map(([field, value]) => `${field}=${String(value)}`);
  const { stdout } = await run('php', [CLIENT, harness.gateway.url, login, name, ...given]);
  return stdout;
}

/** The status of a refused call. */
async function refused(name: string, fields: Record<string, unknown>): Promise<string> {
  return php(name, fields).then(
    (out) => expect.unreachable(out),
    (error: unknown) => (error as { stderr: string }).stderr.trim(),
  );
}

const field = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
const nextInvite = (before: number): Promise<PhoneCall> =>
  harness.becomes('the number is called', () => Promise.resolve(harness.provider.invites[before]));
const OK = '<result><ok>true</ok></result>';

describe('a shop in PHP', () => {
  it('clicks to call, plays into the call, sees it, and hangs up', async () => {
    const handset = await harness.handset('a1', pickUp);
    const before = harness.provider.invites.length;
    harness.provider.onIncoming(pickUp);
    const called = await php('call', { number: NUMBER, method: 'voip' });
    const [id, callId] = [field(called, 'id'), field(called, 'call_id')];
    expect(id).toMatch(/^[1-9]\d*$/);
    const first = await handset.nextCall({ withinMs: 15_000 });
    const second = await nextInvite(before);
    expect(userOf(second.invite.uri)).toBe('420777888999');
    await talkBothWays(first, second);
    const current = await php('current_calls');
    expect([field(current, 'call_id'), field(current, 'dialed_number')]).toEqual([callId, NUMBER]);
    expect(await php('play', { call_id: id, recording_id: P.said, side: 'both' })).toContain(OK);
    await Promise.all([first, second].map((side) => side.hears(prompt(P.said), { skipping: true, withinMs: 15_000 })));
    expect(await refused('play', { call_id: id, recording_id: 999 })).toBe('status 422');
    expect(await php('hang_up', { call_id: id })).toContain(OK);
    await Promise.all([first.ended(), second.ended()]);
    await harness.over(callId);
    expect(await php('hang_up', { call_id: callId }, true)).toContain(OK);
    expect(await php('call_log')).toContain(`<id>${id}</id><call_id>${callId}</call_id>`);
    expect(await php('one_call', { id })).toContain('<running>false</running>');
  });

  it('rings the mobile as well, or alone, and connects the first to answer', async () => {
    const handset = await harness.handset('a1', ringForEver);
    for (const method of ['both', 'mobile']) {
      const before = harness.provider.invites.length;
      const id = field(await php('call', { number: NUMBER, method }), 'call_id');
      const mobile = await nextInvite(before);
      expect(userOf(mobile.invite.uri)).toBe('420777000111');
      const rung = method === 'both' ? await handset.nextCall({ withinMs: 15_000 }) : undefined;
      mobile.answer();
      expect(await rung?.ended()).toEqual(rung && expect.objectContaining({ by: 'peer', how: 'cancelled' }));
      const number = await nextInvite(before + 1);
      expect(userOf(number.invite.uri)).toBe('420777888999');
      number.answer();
      await talkBothWays(mobile, number);
      await number.hangUp();
      await mobile.ended();
      await harness.over(id);
      expect((await harness.webhookEvents(id, 'agent')).at(-1)).toEqual(['hangup', 'SUCCESS', 'a1']);
    }
    expect(handset.invites).toHaveLength(1);
  });

  it('announces a prompt, a part, and a text as speech', async () => {
    harness.provider.onIncoming(pickUp);
    const heard = async (fields: Record<string, unknown>, whole: number) => {
      const before = harness.provider.invites.length;
      const id = field(await php('announce', { number: NUMBER, ...fields }), 'call_id');
      const call = await nextInvite(before);
      if (whole > 0) await call.hears(prompt(whole), { withinMs: 15_000 });
      expect(await call.ended()).toMatchObject({ by: 'peer' });
      await harness.over(id);
      return call;
    };
    await heard({ recording_id: P.other }, P.other);
    const recipes = await php('recipes');
    const part = /<recipe><id>(\d+)<\/id><name>goodbye<\/name>/.exec(recipes)?.[1];
    await heard({ recipe_id: part }, P.after);
    const spoken = await heard(
      { text: 'Dobrý den, vaše objednávka číslo čtyřicet dva je připravena.', voice: 'cs' },
      0,
    );
    const speechMs = spoken
      .heard()
      .filter(({ kind }) => kind === 'unknown')
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    expect(speechMs).toBeGreaterThan(1000);
    expect(await refused('announce', { number: '112', text: 'a' })).toBe('status 422');
    expect(await refused('announce', { number: NUMBER, text: 'a', voice: 'qq' })).toBe('status 422');
  });

  it('rejects a waiting caller with the given prompt, for any value of the destination', async () => {
    const caller = await harness.calling(QUEUED);
    const id = await harness.waits(caller);
    const current = await php('current_calls');
    expect(current).toContain(`<call_id>${id}</call_id>`);
    expect(await php('interrupt', { id, recording_id: P.other })).toContain(OK);
    await caller.hears(prompt(P.other), { skipping: true, withinMs: 15_000 });
    expect(await caller.ended()).toMatchObject({ by: 'peer', how: 'hung_up' });
    expect(await php('interrupt', { id, recording_id: P.other })).toContain(OK);
    expect((await harness.webhookEvents(id)).at(-1)).toEqual(['hangup', 'REJECTED']);
    expect(await refused('interrupt', { id: 'c_nobody' })).toBe('status 404');

    const other = await harness.calling(QUEUED);
    const waiting = await harness.waits(other);
    const body = `<interrupt_call><id>${waiting}</id></interrupt_call>`;
    const headers = { 'x-api-key': harness.gateway.token, 'content-type': 'application/xml' };
    const answer = await fetch(`${harness.gateway.url}/calls/nobody_knows.xml`, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    await other.hears(prompt(P.reject), { skipping: true, withinMs: 15_000 });
    await other.ended();
    expect(promptsHeard(other)).not.toContain(P.other);
  });

  it('logs users in and out of Asterisk’s queues, and reads the log of logins', async () => {
    const phone = await harness.handset('a1', ringForEver);
    const members = async () => [...(await harness.asterisk.cli('queue show q12')).matchAll(/PJSIP\/a1\b/g)].length > 0;
    const stateOf = async () => field(await php('one_state', { id: 7 }), 'state');
    await harness.becomes('it is free', async () => ((await stateOf()) === 'free' ? true : undefined));
    expect(await php('log_out', { id: 7 })).toContain(OK);
    expect(await members()).toBe(false);
    expect(await stateOf()).toBe('logged_out');
    expect(await php('log_in', { id: 7, group_id: 12 })).toContain(OK);
    expect(await members()).toBe(true);
    expect(await refused('log_in', { id: 7, group_id: 3 })).toBe('status 422');
    const events = [...(await php('login_history', { id: 7 })).matchAll(/<event>(\w+)<\/event>/g)].map(
      ([, event]) => event,
    );
    expect(events.slice(0, 2)).toEqual(['login', 'logout']);
    await phone.stop();
    expect(await php('users')).toContain('<login>jana@shop.cz</login>');
    expect(await php('group_users', { id: 12 })).toContain('<id>7</id>');
  });

  it('creates prompts and parts, which the next call plays', async () => {
    const made = await php('prompt_from_text', {
      name: 'API - Zpráva',
      text: 'Vaše zásilka je na cestě.',
      voice: 'cs',
    });
    const steps = JSON.stringify([
      { action: 'play', settings: `{"prompt":${field(made, 'id')}}` },
      { action: 'play', settings: `{"prompt":${P.said}}` },
    ]);
    const part = field(await php('make_recipe', { name: 'zasilka', steps }), 'id');
    harness.provider.onIncoming(pickUp);
    const before = harness.provider.invites.length;
    await php('announce', { number: NUMBER, recipe_id: part });
    const call = await nextInvite(before);
    await call.hears(prompt(P.said), { skipping: true, withinMs: 15_000 });
    expect(call.heard().some(({ kind, fromMs, toMs }) => kind === 'unknown' && toMs - fromMs > 100)).toBe(true);
    await call.ended();
    expect(
      await refused('make_recipe', { name: 'rozbite', steps: '[{"action":"play","settings":"{\\"prompt\\":999}"}]' }),
    ).toBe('status 422');
  });
});
