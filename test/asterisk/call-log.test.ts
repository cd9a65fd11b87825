import { afterAll, beforeAll, expect, it } from 'vitest';
import { becomes } from '../support/becomes.js';
import { prompts } from '../support/gateway.js';
import { json, Shop } from '../support/shop.js';
import { prompt } from '../support/sip/caller.js';
import { pickUp } from '../support/sip/phone.js';
import { ProviderHarness } from './provider-harness.js';

/** What the log and the metrics of a real gateway say about real calls. */

const LINE = '+420222333444';
const NO_LINE = '+420222333999';
const NUMBER = '+420777111222';
const [CALLER, OTHER_CALLER] = ['+420777888999', '+420777888111'];
const ASK = 1;
const DIGITS = '86420135';
const WITHIN_MS = 20_000;

/** Lines that are about the gateway itself, not about a call. */
const ABOUT_NO_CALL = [
  'the gateway stops',
  "the prompts are in Asterisk's cache",
  'recordings of calls in progress',
  'a check of Asterisk fails',
  'a check of Asterisk succeeds again',
];

interface Line {
  msg: string;
  call?: string;
  route?: string;
}

let harness: ProviderHarness;
let crm: Shop;

beforeAll(async () => {
  crm = await new Shop(() => json({ transfer_to: '999' })).start();
  harness = await ProviderHarness.start(
    {
      version: 1,
      dial_policy: { countries: ['CZ'] },
      prompts: prompts(ASK),
      handsets: [{ name: 'a1' }, { name: 'a2', dial_limits: { max_per_day: 1 } }],
      queues: [{ id: 1, name: 'Sales', handsets: ['a1'], record: true }],
      // It fails.
      lookup: { url: 'http://127.0.0.1:9/' },
      webhooks: [{ name: 'crm', url: crm.url, profile: 'crm', routes_calls: true }],
      profiles: { crm: { base: 'telfa' } },
      lines: [
        {
          number: LINE,
          plan: [
            'answer',
            { collect: { prompt: ASK, save_as: 'order_number', max: DIGITS.length, no_input: ['hang_up'] } },
            { enqueue: { queue: 1 } },
          ],
        },
      ],
    },
    pickUp,
  );
});
afterAll(async () => {
  await harness.stop();
  await crm.stop();
});

const lines = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** The samples of a metric, by labels. */
async function metric(name: string): Promise<Record<string, number>> {
  const text = await (await harness.gateway.fetch('/metrics')).text();
  const samples = text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'));
  return Object.fromEntries([...samples].map(([, labels = '', value]) => [labels.replaceAll('"', ''), Number(value)]));
}

it('each line of the log about a call has its id, and neither numbers nor digits; metrics count the calls', async () => {
  const handset = await harness.phones.handset('a1');
  const caller = await harness.phones.handset('a2');
  const before = harness.gateway.output.length;

  const call = await harness.phones.call(LINE, CALLER);
  await call.hears(prompt(ASK));
  await call.press(DIGITS);
  (await handset.nextCall({ withinMs: WITHIN_MS })).answer();
  await becomes(
    'the metrics have the talk',
    async () => (await metric('cordboard_calls_in_state'))['state=talking'] === 1,
  );
  const [{ id } = expect.fail('no call')] = await harness.gateway.calls(CALLER.slice(4));
  expect((await harness.gateway.fetch(`/api/v1/calls/${id}/hangup`, { method: 'POST' })).status).toBe(204);
  await call.ended();
  const refused = await harness.phones.call(NO_LINE, OTHER_CALLER);
  await refused.ended();
  const dialled = await caller.dial(NUMBER);
  await dialled.answered({ withinMs: WITHIN_MS });
  await dialled.hangUp();
  const [{ id: idOfDialled } = expect.fail('no call')] = await harness.gateway.calls(NUMBER.slice(4));

  const said = () => lines(harness.gateway.output.slice(before));
  const aboutFirst = [
    'the customer lookup failed',
    'a webhook response could not route a call',
    'request',
    'imported a recording',
  ];
  await becomes(
    'the log has what the calls cause',
    () => aboutFirst.every((msg) => said().some((line) => line.call === id && line.msg === msg)),
    60_000,
  );
  expect(said().filter(({ msg }) => msg.startsWith('a dial limit'))).toMatchObject([{ call: idOfDialled }]);
  expect(said().filter(({ msg }) => msg === 'call refused')).toMatchObject([
    { call: expect.stringMatching(/^c_/) as string },
  ]);
  const isOfCall = ({ msg, route = '/calls/:id' }: Line) =>
    !ABOUT_NO_CALL.includes(msg) && (msg !== 'request' || route.includes('/calls/:id'));
  expect(said().filter((line) => isOfCall(line) && line.call === undefined)).toEqual([]);
  expect(said().filter((line) => !isOfCall(line) && line.call !== undefined)).toEqual([]);
  for (const secret of [CALLER, OTHER_CALLER, NUMBER, NO_LINE, DIGITS])
    expect(harness.gateway.output).not.toContain(secret.replace('+420', ''));

  await expect
    .poll(() => metric('cordboard_calls_ended_total'))
    .toMatchObject({ 'outcome=answered,direction=incoming': 1, 'outcome=answered,direction=outgoing': 1 });
  expect(await metric('cordboard_queue_wait_seconds_count')).toEqual({ 'queue=Sales,outcome=answered': 1 });
  expect(await metric('cordboard_effect_seconds_count')).toMatchObject({
    'effect=answer,result=ok': expect.any(Number) as number,
    'effect=play,result=ok': 1,
    'effect=dial,result=ok': 1,
  });
  expect((await metric('cordboard_commit_seconds_count'))['result=ok']).toBeGreaterThan(5);
});
