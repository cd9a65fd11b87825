import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startNodeShop, type ShopProcess } from '../examples/shop-process.js';
import { startAsterisk, type TestAsterisk } from '../support/asterisk.js';
import { Gateway, prompts } from '../support/gateway.js';
import { freePort } from '../support/ports.js';
import { callerOf, prompt } from '../support/sip/caller.js';
import { Phone } from '../support/sip/phone.js';

/** The sample shop as scripts/start runs it, beside a real gateway: a real caller waits, appears on its panel, and is rejected there. */

const LINE = '+420222333444';
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
/** The settings of the shop's settings.json. */
const REJECT_PROMPT = 40;

let dir: string;
let asterisk: TestAsterisk;
let gateway: Gateway;
let shop: ShopProcess;
let phone: Phone;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'cordboard-panel-'));
  asterisk = await startAsterisk();
  const port = await freePort();
  gateway = await Gateway.start({
    asterisk: asterisk.gatewayEnv(),
    env: { WEBHOOK_SHOP_KEY: KEY },
    company: {
      prompts: prompts(REJECT_PROMPT),
      handsets: [{ name: 'a1' }],
      queues: [{ id: 1, name: 'Fronta volajících', handsets: ['a1'], join_when: 'always', stay_when: 'always' }],
      lines: [{ number: LINE, plan: ['answer', { enqueue: { queue: 1, label: 'telefon-sklad' } }] }],
      webhooks: [{ name: 'shop', url: `http://127.0.0.1:${port}/telfa/`, secret: 'WEBHOOK_SHOP_KEY' }],
    },
  });
  shop = await startNodeShop({
    SHOP_PORT: String(port),
    WEBHOOK_SHOP_KEY: KEY,
    SHOP_STATE: path.join(dir, 'shop.json'),
    GATEWAY_URL: gateway.url,
    GATEWAY_API_KEY: gateway.token,
  });
  const server = { host: '127.0.0.1', port: asterisk.sipPort };
  phone = await new Phone({ server, user: '+420777888999' }).start();
});

afterAll(async () => {
  await phone.stop();
  await shop.stop();
  await gateway.stop();
  await asterisk.stop();
  await rm(dir, { recursive: true, force: true });
});

interface Panel {
  queues: { name: string; callers: { id: string; number: string; handset: string }[] }[];
  elsewhere: { id: string }[];
  labels: string[];
  customers: Record<string, { name: string }>;
}

/** The panel's content in a browser, as soon as it matches. */
async function panelShows(so: (panel: Panel) => boolean): Promise<Panel> {
  const leave = AbortSignal.timeout(20_000);
  const response = await fetch(`${shop.url}/panel/events`, { signal: leave });
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString('utf8');
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const panel = JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '{}') as Panel;
      if (so(panel)) return panel;
    }
  }
  throw new Error('the shop ended the stream');
}

const waiting = ({ queues }: Panel) => queues.flatMap(({ callers }) => callers);

it('shows a waiting caller by name; the ✕ plays the prompt and hangs up', async () => {
  const call = await phone.dial(LINE);
  const panel = await panelShows((seen) => waiting(seen).length === 1);
  expect(panel).toMatchObject({
    queues: [{ name: 'Fronta volajících', callers: [{ number: '777888999', handset: 'telefon-sklad' }] }],
    labels: ['telefon-sklad'],
    customers: { '777888999': { name: 'Jana Nováková' } },
  });
  const [caller] = waiting(panel);
  const reject = () =>
    fetch(`${shop.url}/panel/reject`, { method: 'POST', body: new URLSearchParams({ call: caller?.id ?? '' }) });
  expect((await reject()).status).toBe(204);
  await call.hears(prompt(REJECT_PROMPT), { skipping: true, withinMs: 10_000 });
  await call.ended({ withinMs: 10_000 });
  await panelShows((seen) => waiting(seen).length === 0 && seen.elsewhere.length === 0);
  expect((await reject()).status).toBe(204);
  const timeline = await gateway.finished(callerOf(call));
  expect(timeline.find(({ kind }) => kind === 'queue_left')?.data).toMatchObject({ result: 'rejected' });
});

it('reports a call that the gateway does not know', async () => {
  const answer = await fetch(`${shop.url}/panel/reject`, {
    method: 'POST',
    body: new URLSearchParams({ call: 'c_none' }),
  });
  expect(answer.status).toBe(502);
  expect(await answer.text()).toMatch(/^404 /);
});
