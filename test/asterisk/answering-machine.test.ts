import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { becomes } from '../support/becomes.js';
import { prompts } from '../support/gateway.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp, type IncomingBehaviour } from '../support/sip/phone.js';
import { mix } from '../support/tones.js';
import { NotificationHarness, notificationTo, type NotificationResult } from './notification-harness.js';

/** Notifications that people and answering machines answer, through a real Asterisk that runs AMD. */

const LINE = '+420222333444';
const P = { message: 21, offer: 22 };
/** Longer than a person's greeting. */
const GREETING_MS = 5000;
const SLOW = { withinMs: 30_000 };
/** No early media is requested: Asterisk sends silence before the message. */
const LATER = { ...SLOW, skipping: true };

const hello: IncomingBehaviour = { do: 'answer', says: mix([400], 500) };
/** A greeting, and a second later the beep. */
const machine: IncomingBehaviour = {
  do: 'answer',
  says: Int16Array.from([...mix([400], GREETING_MS - 1500), ...new Int16Array(8000), ...mix([1000], 500)]),
};

const company = {
  dial_policy: { countries: ['CZ'], max_concurrent: 200, max_per_day: 100_000 },
  prompts: prompts(...Object.values(P)),
  lines: [{ number: LINE, plan: ['answer'] }],
  notifications: {
    offers: { cancel_order: P.offer },
    input: { timeout: '1s', tries: 1 },
    retry: { max_attempts: 2, interval: '1s', backoff: 1, on: ['no_answer'] },
  },
};

let harness: NotificationHarness;

beforeAll(async () => {
  const byLastDigit = (digit: string) => ({ '1': hello, '2': machine })[digit] ?? pickUp;
  harness = await NotificationHarness.start(company, { byLastDigit, toneMs: () => 600 });
});
beforeEach(() => {
  harness.results.length = 0;
});
afterAll(() => harness.stop());

async function setTo(answering_machine: string): Promise<void> {
  const document = parse(await (await harness.gateway.fetch('/api/v1/config')).text()) as { notifications: object };
  const body = stringify({ ...document, notifications: { ...document.notifications, answering_machine } });
  await harness.gateway.api('/api/v1/config', { method: 'PUT', body, headers: { 'content-type': 'application/yaml' } });
}

/** Requests a notification to a number that no test has called, whose callee behaves so. */
async function notify(who: 'silent' | 'person' | 'machine'): Promise<string> {
  const to = harness.number({ silent: 0, person: 1, machine: 2 }[who]);
  const options = [{ digit: '3', action: 'cancel_order' }];
  // The gateway may be killed before it has answered.
  await harness.post('', notificationTo(to, P.message, { options })).catch(() => undefined);
  return to;
}

async function expectResult(to: string, result: string, ...outcomes: string[]): Promise<NotificationResult> {
  const one = await harness.resultOf(to);
  expect({ result: one.result, outcomes: one.attempts.map(({ outcome }) => outcome) }).toEqual({ result, outcomes });
  expect(harness.invitesTo(to)).toHaveLength(outcomes.length);
  return one;
}

async function timelineOf({
  attempts,
}: NotificationResult): Promise<{ kind: string; data: Record<string, unknown> }[]> {
  const id = encodeURIComponent(attempts.at(-1)?.call_id ?? '');
  const { timeline } = await harness.gateway.api<{ timeline: { kind: string; data: Record<string, unknown> }[] }>(
    `/api/v1/calls/${id}`,
  );
  return timeline;
}

describe('answering_machine', () => {
  it('is off by default: the message plays at once to a person or a machine', async () => {
    const to = await notify('machine');
    const answered = await harness.call(to);
    await answered.hears(prompt(P.message), LATER);
    await answered.hears(prompt(P.offer), LATER);
    const timeline = await timelineOf(await expectResult(to, 'delivered', 'heard'));
    expect(timeline.map(({ kind }) => kind)).not.toContain('answerer');
  });

  it('hang_up: people hear the message, even silent ones; the call to a machine is hung up and retried', async () => {
    await setTo('hang_up');
    const [person, silent, unheard] = [await notify('person'), await notify('silent'), await notify('machine')];
    for (const to of [person, silent]) await (await harness.call(to)).hears(prompt(P.message), LATER);
    const timeline = await timelineOf(await expectResult(person, 'delivered', 'heard'));
    expect(timeline).toContainEqual(
      expect.objectContaining({ kind: 'answerer', data: expect.objectContaining({ is: 'person' }) as unknown }),
    );
    await expectResult(silent, 'delivered', 'heard');
    await expectResult(unheard, 'no_answer', 'machine', 'machine');
    for (const { heard } of harness.invitesTo(unheard).map((one) => ({ heard: one.heard() })))
      expect(heard).not.toContainEqual(expect.objectContaining(prompt(P.message)));
  });

  it('speak: a machine hears the message after its greeting, without the key menu', async () => {
    await setTo('speak');
    const [person, spoken] = [await notify('person'), await notify('machine')];
    await (await harness.call(person)).hears(prompt(P.message), LATER);
    const answered = await harness.call(spoken);
    const { answeredAtMs = 0 } = await answered.answered(SLOW);
    await answered.hears(prompt(P.message), LATER);
    // The two seconds of silence come after the beep, not after the greeting.
    expect(Date.now() - answeredAtMs).toBeGreaterThan(GREETING_MS + 1000);
    const end = await answered.ended(SLOW);
    expect(end).toMatchObject({ by: 'peer', how: 'hung_up' });
    expect(answered.heard()).not.toContainEqual(expect.objectContaining(prompt(P.offer)));
    await expectResult(person, 'delivered', 'heard');
    await expectResult(spoken, 'delivered', 'heard_by_machine');
  });
});

describe('kill -9', () => {
  beforeAll(() => setTo('hang_up'));

  it.each([['before-send:detect_machine:1'], ['after-send:detect_machine:1']])(
    'at %s: the callee is classified and hears the message once',
    async (failpoint) => {
      await harness.restart(failpoint);
      const to = await notify('person');
      await harness.revived();
      await (await harness.call(to)).hears(prompt(P.message), LATER);
      await expectResult(to, 'delivered', 'heard');
    },
  );

  it('while Asterisk runs AMD, restarted after the result: the call has waited', async () => {
    const to = await notify('silent');
    const channels = () => harness.asterisk.cli('core show channels concise');
    await becomes('Asterisk listens', async () => (await channels()).includes('!cordboard-detect!'));
    await harness.gateway.kill();
    await becomes('Asterisk knows, and waits', async () => /!cordboard-detect!.*!Wait!/.test(await channels()));
    await harness.gateway.run();
    await (await harness.call(to)).hears(prompt(P.message), LATER);
    await expectResult(to, 'delivered', 'heard');
  });
});
