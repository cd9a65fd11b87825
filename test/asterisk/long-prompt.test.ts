import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { callerOf, Phone, prompt } from '../support/sip/caller.js';

/** A silent caller in a long prompt delays no other caller, and keeps the lease of the call. */

const LINE = '+420222333444';
const P = { long: 1, goodbye: 2 };
/** The dialplan's lease ends before the prompt does; the gateway's first renewal comes after 20 s. */
const LEASE_S = 30;
const PROMPT_MS = 50_000;
/** After the first renewal, while the prompt plays. */
const SECOND_CALLER_AFTER_MS = 23_000;

let asterisk: TestAsterisk;
let gateway: Gateway;
const phones: Phone[] = [];

beforeAll(async () => {
  asterisk = await startAsterisk({ variables: { LEASH_S: String(LEASE_S) } });
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    company: {
      country: 'CZ',
      languages: ['cs'],
      prompts: prompts(...Object.values(P)),
      lines: [{ number: LINE, plan: ['answer', { play: P.long }, { play: P.goodbye }, 'hang_up'] }],
    },
    toneMs: (id) => (id === P.long ? PROMPT_MS : 1000),
  });
});

afterAll(async () => {
  await Promise.all(phones.map((phone) => phone.stop()));
  await gateway.stop();
  await asterisk.stop();
});

async function dial(user: string) {
  const phone = await new Phone({ server: { host: '127.0.0.1', port: asterisk.sipPort }, user }).start();
  phones.push(phone);
  return phone.dial(LINE);
}

it('a silent caller in a prompt longer than the lease: the link stays up, the next caller is served, the prompt plays to its end', async () => {
  const silent = await dial('+420777300001');
  await silent.hears(prompt(P.long));
  await delay(SECOND_CALLER_AFTER_MS);
  const second = await dial('+420777300002');
  await second.hears(prompt(P.long));
  await second.hangUp();
  // Only after the whole long prompt; a busy machine may leave gaps in it.
  await silent.hears(prompt(P.goodbye), { withinMs: PROMPT_MS, skipping: true });
  expect(await silent.ended({ withinMs: 10_000 })).toMatchObject({ by: 'peer', how: 'hung_up' });
  for (const call of [silent, second]) {
    const timeline = await gateway.finished(callerOf(call));
    expect(timeline.map(({ kind }) => kind)).not.toContain('recovered');
    expect(timeline.findLast(({ kind }) => kind === 'ended')?.data).toMatchObject({
      by: call === silent ? 'plan' : 'caller',
    });
  }
  expect(gateway.output).not.toContain('link is down');
  expect(gateway.output).not.toContain('Asterisk is unreachable');
});
