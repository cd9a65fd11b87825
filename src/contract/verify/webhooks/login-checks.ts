import { headersOf } from '../../../webhooks/request.js';
import { fail, pass, skip, warn, type Check, type Verdict } from '../sheet.js';
import { sendWebhook, VerifiedCall, type HookUnderTest } from './caller.js';

const NOT_SIGNED = 'no key was given: name its environment variable with --secret';
const NO_LOGIN = 'no login was given: name its environment variable with --basic-auth or --bearer';
const VERIFY =
  'compare webhook-signature with the HMAC of id.timestamp.body, as docs/webhooks.md shows, and answer 401';
/** Standard Webhooks: a request older than five minutes is a replay. */
const OLD_S = 3600;

/** Whether the peer authenticates our requests. */
export const loginChecks: readonly Check<HookUnderTest>[] = [
  {
    id: 'bad_signature',
    what: 'A wrong or missing signature is refused',
    async run(hook) {
      if (hook.login.secret === undefined) return skip(NOT_SIGNED);
      const wrong = `v1,${Buffer.from('not the key that was agreed upon').toString('base64')}`;
      for (const [what, signature] of [
        ['a wrong signature', wrong],
        ['no signature', undefined],
      ] as const) {
        const verdict = refusal(await status(hook, { headers: { 'webhook-signature': signature } }), what);
        if (verdict.verdict !== 'pass') return verdict;
      }
      return pass();
    },
  },
  {
    id: 'changed_body',
    what: 'A body that was changed after signing is refused',
    async run(hook) {
      if (hook.login.secret === undefined) return skip(NOT_SIGNED);
      const request = new VerifiedCall(hook).request('hangup');
      const atS = Math.floor(Date.now() / 1000);
      const signed = headersOf(hook.login, request, hook.secrets, atS)['webhook-signature'];
      const changed = { ...request, body: request.body.replace('SUCCESS', 'REJECTED') };
      return refusal(
        (await sendWebhook(hook, changed, { atS, headers: { 'webhook-signature': signed } })).status,
        'a changed body',
      );
    },
  },
  {
    id: 'old_signature',
    what: 'A request that was signed an hour ago is refused',
    async run(hook) {
      if (hook.login.secret === undefined) return skip(NOT_SIGNED);
      const seen = await status(hook, { atS: Math.floor(Date.now() / 1000) - OLD_S });
      return seen >= 400 && seen < 500
        ? pass()
        : warn(`status ${seen}`, 'refuse a webhook-timestamp older than five minutes: the request may be a replay');
    },
  },
  {
    id: 'bad_login',
    what: 'A wrong login is refused',
    async run(hook) {
      if (hook.login.basic_auth === undefined && hook.login.bearer === undefined) return skip(NO_LOGIN);
      const headers = { authorization: 'Bearer not-the-key-that-was-agreed-upon' };
      return refusal(await status(hook, { headers }), 'a wrong login');
    },
  },
];

async function status(
  hook: HookUnderTest,
  changes: { atS?: number; headers?: Record<string, string | undefined> },
): Promise<number> {
  return (await sendWebhook(hook, new VerifiedCall(hook).request('hangup'), changes)).status;
}

function refusal(seen: number, what: string): Verdict {
  if (seen === 401 || seen === 403 || seen === 400) return pass();
  if (seen >= 200 && seen <= 299) return fail(`${what} was accepted`, VERIFY);
  return fail(`${what}: status ${seen}`, 'answer 401, as without a login');
}
