import { z } from 'zod';
import type { Company } from '../../company/company.js';
import { labelsOf } from '../../company/labels.js';
import { walk } from '../../company/walk.js';
import { formatNumber } from '../../directory/numbers.js';
import { profileChanges, type Profiles } from '../../directory/profiles.js';
import { json } from '../../http/answer.js';
import { outboundReasons, type OutboundClient } from '../../http/outbound.js';
import { conflict, invalid } from '../../http/problem.js';
import { route, type Route } from '../../http/route.js';
import type { RecordAction } from '../../storage/audit-log.js';
import { messageOf } from '../../lib/error-message.js';
import { maskData } from '../../lib/mask.js';
import { testHandOver, type Exchange } from './hand-over-test.js';
import { telfaHandOver } from './hand-over.js';
import { telfaProfile } from './profile.js';

/** Characters of a response that are shown. */
const SHOWN_ANSWER = 2_000;

const shopAnswer = z.object({
  api_url: z.string().describe('Address of the control API, in place of https://telfa.cz'),
  numbers: z.array(z.string()).describe('The lines, as the profile writes numbers'),
  users: z.array(z.object({ login: z.string(), name: z.string() })).describe('People with a login for HTTP Basic'),
  handsets: z.array(z.string()).describe('Handset labels of the call plans'),
  prompts: z.array(z.object({ id: z.number().int(), name: z.string() })),
  reject_prompt: z.number().int().nullable().describe('Heard by callers who are rejected on the monitor'),
  webhooks: z.array(z.object({ name: z.string(), url: z.string() })).describe('The receivers of call events'),
  hand_overs: z
    .array(z.object({ where: z.string(), url: z.string(), profile: z.string() }))
    .describe('The places in call plans that hand the call over to a shop'),
});

const directiveAnswer = z.object({
  type: z
    .enum(['answer', 'play', 'menu', 'transfer', 'hang_up', 'return', 'unknown', 'bad'])
    .describe('`bad`: unreadable; `unknown`: an action that the contract does not define; `return`: back to the plan'),
  prompt: z.number().int().nullable(),
  queue: z.string().nullable(),
  timeout_ms: z.number().nullable(),
  max: z.number().int().nullable(),
  detail: z.string().nullable().describe('The unknown action, or why the response is unreadable'),
});

const exchangeAnswer = z.object({
  request: z.object({ content_type: z.string(), body: z.string() }),
  latency_ms: z.number().int(),
  status: z.number().int().nullable(),
  failed: z.string().nullable().describe('Why there was no response'),
  reason: z.enum(outboundReasons).nullable().describe('The kind of `failed`'),
  answer: z.string().describe('The start of the response; digits are masked without the scope numbers:read'),
  directive: directiveAnswer.nullable().describe('What the gateway would do next'),
});

interface ShopRoutesOptions {
  company: () => Company;
  outbound: Pick<OutboundClient, 'request'>;
  /** The gateway's public address. */
  url: string;
  record: RecordAction;
}

/** `/api/v1/shop-settings` and `/api/v1/hand-over-test`: what a shop is set up with, and whether it answers. */
export function shopRoutes({ company, outbound, url, record }: ShopRoutesOptions): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/shop-settings',
      scope: 'config:read',
      summary: 'The values that a shop’s settings ask for, and where the call plans hand over to it',
      answers: { 200: { description: 'The values', schema: shopAnswer } },
      handle: () => json(shopSettings(company(), url)),
    }),
    route({
      method: 'POST',
      path: '/api/v1/hand-over-test',
      scope: 'config:write',
      summary: 'Sends a shop the first requests of a hand-over, without a call, and shows its responses',
      body: z.strictObject({
        url: z.url({ protocol: /^https?$/, error: 'an http or https URL' }).max(2_000),
        profile: z.string().max(80).default('telfa'),
        digits: z
          .string()
          .regex(/^[0-9*]{1,20}$/, 'digits')
          .optional()
          .describe('Typed by the caller when the shop asks for input'),
      }),
      answers: {
        200: { description: 'Each request and its response', schema: z.object({ exchanges: z.array(exchangeAnswer) }) },
      },
      handle: async ({ body, can }) => {
        const { lines, country, profiles } = company();
        const [line] = lines;
        if (line === undefined)
          throw conflict('the company has no line; a shop must know the called number', {}, 'no_line');
        const test = { ...body, line: line.number, country, profile: readProfile(profiles, body.profile) };
        await record({ action: 'hand_over_tested', subject: new URL(body.url).host });
        const exchanges = await testHandOver(outbound, test);
        return json({ exchanges: exchanges.map((each) => presentExchange(each, can('numbers:read'))) });
      },
    }),
  ];
}

/** @throws {Problem} 422 when there is no such profile, or its settings are invalid */
function readProfile(profiles: Profiles, name: string): unknown {
  if (name !== 'telfa' && !Object.hasOwn(profiles, name))
    throw invalid([{ field: 'body.profile', detail: 'there is no such profile' }]);
  try {
    return telfaHandOver.profile(profileChanges(profiles, name));
  } catch (error) {
    throw invalid([{ field: 'body.profile', detail: messageOf(error) }]);
  }
}

function shopSettings(company: Company, url: string): z.output<typeof shopAnswer> {
  const { lines, operators, prompts, country, profiles, reject_prompt, webhooks } = company;
  const { numbers } = telfaProfile.parse(profileChanges(profiles, 'telfa'));
  return {
    api_url: url,
    numbers: lines.map(({ number }) => formatNumber(number, numbers, country)),
    users: operators.map(({ login, name }) => ({ login, name })),
    handsets: labelsOf(company),
    prompts: prompts.map(({ id, name }) => ({ id, name })),
    reject_prompt: reject_prompt ?? null,
    webhooks: webhooks.map((hook) => ({ name: hook.name, url: hook.url })),
    hand_overs: [...walk(company)].flatMap(({ pointer, action }) => {
      if (typeof action !== 'object' || !('hand_over' in action)) return [];
      const { url: shop, profile } = action.hand_over;
      return [{ where: pointer, url: shop, profile }];
    }),
  };
}

function presentExchange(
  { request, latencyMs, response, failed }: Exchange,
  seesNumbers: boolean,
): z.output<typeof exchangeAnswer> {
  const { contentType, body } = request;
  const directive = response?.directive;
  const answer = response?.body.slice(0, SHOWN_ANSWER) ?? '';
  return {
    request: { content_type: contentType, body },
    latency_ms: latencyMs,
    status: response?.status ?? null,
    failed,
    reason: outboundReasons.find((reason) => failed?.startsWith(`${reason}: `)) ?? null,
    answer: seesNumbers ? answer : String(maskData({ answer })['answer']),
    directive: directive === undefined ? null : presentDirective(directive),
  };
}

function presentDirective(
  directive: Exclude<Exchange['response'], null>['directive'],
): z.output<typeof directiveAnswer> {
  const nothing = { prompt: null, queue: null, timeout_ms: null, max: null, detail: null };
  const { type } = directive;
  switch (type) {
    case 'play':
      return { ...nothing, type, prompt: directive.prompt };
    case 'menu':
      return { ...nothing, type, prompt: directive.prompt, timeout_ms: directive.timeoutMs, max: directive.max };
    case 'transfer':
      return { ...nothing, type, prompt: directive.prompt, queue: directive.queue };
    case 'unknown':
      return { ...nothing, type, detail: directive.action };
    case 'bad':
      return { ...nothing, type, detail: directive.reason };
    default:
      return { ...nothing, type };
  }
}
