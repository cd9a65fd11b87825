import { z } from 'zod';
import { json } from '../http/answer.js';
import { route, type Route } from '../http/route.js';
import type { Contact } from './contacts.js';
import { toE164 } from './numbers.js';

const contactAnswer = z.object({
  name: z.string(),
  number: z.string().describe('E.164'),
  note: z.string().nullable(),
});

/** `/api/v1/contacts`: the company's contacts, for those who call them. They are changed as part of the configuration. */
export function contactRoutes(company: () => { country: string; contacts: readonly Contact[] }): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/contacts',
      scope: 'numbers:read',
      forPhones: true,
      summary: 'The contacts of the company, by name',
      answers: { 200: { description: 'Contacts', schema: z.object({ contacts: z.array(contactAnswer) }) } },
      handle: () => {
        const { contacts, country } = company();
        const shown = contacts.map(({ name, number, note }) => ({
          name,
          number: toE164(number, country) ?? number,
          note: note ?? null,
        }));
        return json({ contacts: shown.sort((a, b) => a.name.localeCompare(b.name)) });
      },
    }),
  ];
}
