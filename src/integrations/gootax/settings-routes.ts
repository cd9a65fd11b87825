import { z } from 'zod';
import type { ApiTokens } from '../../accounts/api-tokens.js';
import { json } from '../../http/answer.js';
import { route, type Route } from '../../http/route.js';
import type { Company } from '../../company/company.js';
import { makeGatewayTokens } from './make-gateway-tokens.js';
import { dispatchSettings, providers, type DispatchSettings, type Provider, type TokenName } from './settings.js';

const field = z.object({
  kind: z.string(),
  label: z.string().describe('The label in the dispatch’s form'),
  value: z
    .string()
    .nullable()
    .describe('The value to copy; null for a token that was created before: it is not shown again'),
  token: z.object({ name: z.string(), exists: z.boolean() }).optional(),
});
const settingsAnswer = z.object({
  forms: z.array(z.object({ for: z.enum(providers), fields: z.array(field) })),
  lines: z.array(z.object({ number: z.string(), branch: z.string().nullable(), tariff: z.string().nullable() })),
  operators: z.array(z.object({ name: z.string(), login: z.string().nullable(), webrtc: z.boolean() })),
});

export interface SettingsSource {
  company: () => Company;
  tokens: Pick<ApiTokens, 'list' | 'createAll'>;
  /** The gateway's public address. */
  url: string;
}

/** @param made tokens created in this request */
function settingsNow(
  { company, tokens, url }: SettingsSource,
  wanted: readonly Provider[],
  made: Partial<Record<TokenName, string>> = {},
): DispatchSettings {
  const names = new Set(tokens.list().map(({ name }) => name));
  return dispatchSettings(wanted, { company: company(), url, exists: (name) => names.has(name), made });
}

/** `/api/v1/dispatch-settings`: values for the dispatch's forms. */
export function settingsRoutes(source: SettingsSource): Route[] {
  const wantedOf = (one: Provider | undefined) => (one === undefined ? providers : [one]);
  return [
    route({
      method: 'GET',
      path: '/api/v1/dispatch-settings',
      scope: 'config:read',
      summary: 'The values for the dispatch’s forms “Runtel new”, “Common ATS” and “Custom ATS”',
      query: z.strictObject({ for: z.enum(providers).optional() }),
      answers: { 200: { description: 'The forms', schema: settingsAnswer } },
      handle: ({ query }) => json(settingsNow(source, wantedOf(query.for))),
    }),
    route({
      method: 'POST',
      path: '/api/v1/dispatch-settings/tokens',
      scope: 'accounts:write',
      summary:
        'Creates the tokens of the forms and shows them only this once; with `replace` existing ones are revoked',
      body: z.strictObject({ for: z.enum(providers).optional(), replace: z.boolean().default(false) }),
      answers: { 201: { description: 'The forms, with the created tokens', schema: settingsAnswer } },
      handle: async ({ body, can }) => {
        const wanted = wantedOf(body.for);
        const made = await makeGatewayTokens(source.tokens, wanted, body.replace, can);
        return json(settingsNow(source, wanted, made), 201);
      },
    }),
  ];
}
