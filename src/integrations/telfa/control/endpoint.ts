import { z } from 'zod';
import type { Scope } from '../../../http/route.js';
import type { Context } from './ports.js';
import type { RowName } from './endpoint-names.js';
import type { Reply } from './reply.js';

/** One call of the control API. */
interface RowSpec<I extends z.ZodType> {
  /** The name for the profile's paths. */
  name: RowName;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Without the format suffix: `/calls/:id`. */
  path: string;
  /** The element around the fields. A request with this element always matches this call. */
  root?: string;
  scope: Scope;
  /** Schema of the fields of path, query and body; blank ones are left out. */
  input: I;
  handle(input: z.output<I>, context: Context): Promise<Reply> | Reply;
}

export type Endpoint = RowSpec<z.ZodType>;

export function endpoint<I extends z.ZodType>(spec: RowSpec<I>): Endpoint {
  return spec;
}

/** XML, forms and queries contain numbers as text, JSON as numbers. */
export const whole = z
  .union([z.number(), z.string().regex(/^\s*\d{1,15}\s*$/)], 'a whole number')
  .transform(Number)
  .pipe(z.number().int('a whole number').positive('a whole number from 1'));
/** Objects and lists are not text. */
export const textField = (what: string) => z.union([z.string(), z.number()], what).transform(String);
export const callId = textField('the id of a call').pipe(z.string().max(200));
export const phone = textField('a phone number').pipe(z.string().min(2).max(40));
export const voice = textField('the name of a voice').pipe(z.string().max(40));
export const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0']), z.number()], 'true or false')
  .transform((value) => value === true || value === 'true' || value === '1' || value === 1);
export const instant = z.iso
  .datetime({ offset: true, error: 'an instant such as 2026-11-21T10:15:00+01:00' })
  .transform((text) => Date.parse(text));
export const pageNumber = whole.pipe(z.number().max(100_000, 'at most 100000')).default(1);
export const none = z.object({});
