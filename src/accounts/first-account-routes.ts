import { z } from 'zod';
import { operatorSchema } from '../directory/schema.js';
import { json } from '../http/answer.js';
import { responseInstant } from '../http/instant.js';
import { route, type Route } from '../http/route.js';
import type { Sessions } from '../http/sessions.js';
import { compact } from '../lib/compact.js';
import type { FirstAccount } from './first-account.js';
import { newPassword } from './routes.js';

const linkAnswer = z.object({
  url: z.string().describe('Opens the set-up once; a later link replaces it'),
  expires_at: responseInstant,
});
const ACCOUNT_EXISTS = { description: 'There is an account already (`account_exists`)' };

/** `/api/v1/setup/link` and `/api/v1/setup/account`: the account of the first admin. */
export function firstAccountRoutes(
  firstAccount: FirstAccount,
  { sessions, outsideUrl }: { sessions: Pick<Sessions, 'beginFor'>; outsideUrl: string },
): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/setup/link',
      scope: 'accounts:write',
      summary: 'Makes a one-time link for the set-up of a company that has no account yet; valid for a day',
      answers: { 201: { description: 'The link', schema: linkAnswer }, 409: ACCOUNT_EXISTS },
      async handle() {
        const { code, expiresAt } = await firstAccount.issueCode();
        return json({ url: setupLink(outsideUrl, code), expires_at: new Date(expiresAt).toISOString() }, 201);
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/setup/account',
      scope: 'public',
      summary: 'Creates the account of the first admin with the code of the link, and logs the browser in',
      body: z.strictObject({
        code: z.string().max(100),
        ...operatorSchema.pick({ login: true, name: true }).shape,
        password: newPassword,
      }),
      answers: {
        201: { description: 'Created, with the cookie of a session', schema: z.object({ login: z.string() }) },
        403: { description: 'The code is wrong, used, replaced or expired (`setup_code_invalid`)' },
        410: ACCOUNT_EXISTS,
        429: { description: 'Too many wrong codes' },
      },
      async handle({ body: { code, ...account }, address }) {
        await firstAccount.create(code, account, address);
        const cookie = sessions.beginFor(`@${account.login}`);
        return json({ login: account.login }, 201, compact({ 'set-cookie': cookie }));
      },
    }),
  ];
}

function setupLink(outsideUrl: string, code: string): string {
  return `${outsideUrl}/setup?code=${code}`;
}
