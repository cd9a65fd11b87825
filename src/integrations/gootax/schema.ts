import { z } from 'zod';
import { implied } from '../../lib/codec.js';

/** What the screen pop of the dispatch is asked with. */
const popPlaceholders = ['domain', 'access_token', 'clid', 'did', 'call_id'] as const;

export const defaultPopUrl =
  'https://{domain}.gootax.pro/tenant/user/external-incoming-call?access_token={access_token}&clid={clid}&did={did}&call_id={call_id}';

const popUrl = z
  .string()
  .max(500)
  .refine(isTemplate, `an http or https address in which only {${popPlaceholders.join('}, {')}} are replaced`);

/** The page that opens at the operator's when somebody calls. */
const popSchema = z.strictObject({
  /** When the operator's handset rings, when it is answered, or never. */
  on: implied(z.enum(['ring', 'answer', 'off']), 'ring'),
  url: implied(popUrl, defaultPopUrl),
  /** How numbers are written there: `digits` is E.164 without its plus. */
  numbers: implied(z.enum(['digits', 'e164', '00', 'national']), 'digits'),
});

/** The dispatch system, Gootax. */
export const gootaxSchema = z.strictObject({
  /** Of the company there: `taxi` in `https://taxi.gootax.pro`. */
  domain: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i,
      'the first part of the address alone, such as taxi of taxi.gootax.pro',
    ),
  pop: implied(popSchema, popSchema.parse({})),
});

export type Gootax = z.output<typeof gootaxSchema>;

/** From where the dispatch's pages come. */
export function dispatchOrigins({ domain, pop }: Gootax): string[] {
  return [`https://${domain}.gootax.pro`, new URL(pop.url.replaceAll('{domain}', domain)).origin].map((origin) =>
    origin.toLowerCase(),
  );
}

function isTemplate(template: string): boolean {
  const filled = template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    (popPlaceholders as readonly string[]).includes(name) ? 'x' : whole,
  );
  return /^https?:\/\//i.test(filled) && !/[{}\s]/.test(filled) && URL.canParse(filled);
}
