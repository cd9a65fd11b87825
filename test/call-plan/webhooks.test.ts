import { expect, it } from 'vitest';
import { readDocument } from '../../src/company/document/document.js';
import { lint } from '../../src/company/lint/linter.js';
import { showProblem } from '../../src/company/problem.js';

function problems(webhooks: string, secrets?: ReadonlySet<string>): string[] {
  const read = readDocument(`version: 1\nwebhooks: [${webhooks}]\nprofiles: { crm: {} }`, 'c.yaml');
  const options = { knownSounds: new Map<string, Set<string>>(), ...(secrets && { secrets }) };
  return (read.ok ? lint(read.document.company, { ...read.document, ...options }) : read.problems).map(showProblem);
}

const URL = 'url: "https://shop.example/telfa/"';

it('a valid webhook', () => {
  expect(problems(`{ name: shop, ${URL}, profile: crm, secret: WEBHOOK_KEY, events: [hangup] }`)).toEqual([]);
});

it.each([
  ['two of one name', `{ name: shop, ${URL} }, { name: shop, ${URL} }`, /shop is here twice/],
  ['a profile that is nowhere', `{ name: shop, ${URL}, profile: telfo }`, /there is no profile "telfo"/],
  ['a login in the address', '{ name: shop, url: "https://me:secret@shop.example/" }', /holds a login/],
  ['no web address', '{ name: shop, url: "ftp://shop.example/" }', /an http or https URL/],
  ['an event that does not exist', `{ name: shop, ${URL}, events: [hang_up] }`, /expected one of "call_started"/],
  [
    "a variable of the gateway's own",
    `{ name: shop, ${URL}, basic_auth: CORDBOARD_API_TOKEN }`,
    /begins with WEBHOOK_/,
  ],
])('%s', (_what, webhooks, message) => {
  const found = problems(webhooks);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(message);
  expect(found[0]).not.toContain('warning');
});

it('a secret that the gateway does not have is a warning', () => {
  const webhook = `{ name: shop, ${URL}, secret: WEBHOOK_KEY }`;
  expect(problems(webhook, new Set(['WEBHOOK_KEY']))).toEqual([]);
  expect(problems(webhook, new Set())).toEqual([expect.stringContaining('warning: the gateway has no WEBHOOK_KEY')]);
});
