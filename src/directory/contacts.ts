import { z } from 'zod';
import { phoneNumber } from './schema.js';
import { toE164 } from './numbers.js';

/** Somebody whom operators call, and whose calls have a name: a courier, a supplier. */
export const contactSchema = z.strictObject({
  name: z.string().min(1).max(80),
  number: phoneNumber,
  /** For people. */
  note: z.string().max(200).optional(),
});

export type Contact = z.output<typeof contactSchema>;

interface Directory {
  country: string;
  contacts: readonly Contact[];
}

/** The contacts by number (E.164). A published version of the company is never changed, so its contacts are indexed once. */
const indexes = new WeakMap<Directory, ReadonlyMap<string, Contact>>();

/** @param number in any notation @returns the company's name of the number; undefined when it is no contact */
export function contactName(company: Directory, number: string): string | undefined {
  const index = indexes.get(company) ?? indexed(company);
  return index.get(toE164(number, company.country) ?? '')?.name;
}

function indexed(company: Directory): ReadonlyMap<string, Contact> {
  const index = new Map<string, Contact>();
  for (const contact of company.contacts) {
    const number = toE164(contact.number, company.country);
    if (number !== undefined && !index.has(number)) index.set(number, contact);
  }
  indexes.set(company, index);
  return index;
}
