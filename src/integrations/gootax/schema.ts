import { z } from 'zod';
import { withOmittedDefault } from '../../lib/codec.js';

/** Placeholders of the screen pop address. */
const popPlaceholders = ['domain', 'access_token', 'clid', 'did', 'call_id'] as const;

export const defaultPopUrl =
  'https://{domain}.gootax.pro/tenant/user/external-incoming-call?access_token={access_token}&clid={clid}&did={did}&call_id={call_id}';

const popUrl = z
  .string()
  .max(500)
  .refine(isTemplate, `an http or https address in which only {${popPlaceholders.join('}, {')}} are replaced`);

/** The dispatch's page that opens at the operator's during a call. */
const popSchema = z.strictObject({
  /** Opens when the operator's handset rings, when it is answered, or never. */
  on: withOmittedDefault(z.enum(['ring', 'answer', 'off']), 'ring'),
  url: withOmittedDefault(popUrl, defaultPopUrl),
  /** Notation of numbers in the address: `digits` is E.164 without the plus. */
  numbers: withOmittedDefault(z.enum(['digits', 'e164', '00', 'national']), 'digits'),
});

/** Settings of the dispatch system Gootax. */
export const gootaxSchema = z.strictObject({
  /** The company's subdomain: `taxi` in `https://taxi.gootax.pro`. */
  domain: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i,
      'only the first part of the address, such as taxi of taxi.gootax.pro',
    ),
  pop: withOmittedDefault(popSchema, popSchema.parse({})),
});

export type Gootax = z.output<typeof gootaxSchema>;

/** The origins of the dispatch's pages. */
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
