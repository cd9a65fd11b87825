import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCustomers } from '../../src/app/customers.js';
import { Changes } from '../../src/shared-state/changes.js';
import { InProcessPlace, InProcessState } from '../../src/shared-state/in-process.js';
import { companySchema } from '../../src/company/company.js';
import { contactRoutes } from '../../src/directory/contact-routes.js';
import { contactName } from '../../src/directory/contacts.js';
import { systemClock } from '../../src/lib/clock.js';
import { asPerson, startServer, type TestServer } from '../http/http-harness.js';
import { createLogger } from '../../src/lib/logger.js';

/** The company's contacts: names of numbers, and numbers to call. */

const COURIER = '+420602111222';
const STRANGER = '+420602111999';

const company = companySchema.parse({
  version: 1,
  contacts: [
    { name: 'Petr, supplier', number: '+421903123456', note: 'mornings' },
    { name: 'Karel, courier', number: '602 111 222' },
    { name: 'The courier again', number: COURIER },
  ],
});

let http: TestServer;

beforeAll(async () => {
  http = await startServer(
    contactRoutes(() => company),
    {
      people: [
        { name: 'eva', scopes: ['operators:read', 'numbers:read'] },
        { name: 'jan', scopes: ['operators:read'] },
      ],
    },
  );
});

afterAll(() => http.stop());

test('a number has the name of its first contact, in any notation', () => {
  expect(contactName(company, COURIER)).toBe('Karel, courier');
  expect(contactName(company, '602111222')).toBe('Karel, courier');
  expect(contactName(company, STRANGER)).toBeUndefined();
  expect(contactName(company, '')).toBeUndefined();
});

test('contacts are listed by name for who may see numbers, and for nobody else', async () => {
  const list = (name: string) => fetch(`${http.url}/api/v1/contacts`, { headers: asPerson(name) });
  expect(await (await list('eva')).json()).toEqual({
    contacts: [
      { name: 'Karel, courier', number: COURIER, note: null },
      { name: 'Petr, supplier', number: '+421903123456', note: 'mornings' },
      { name: 'The courier again', number: COURIER, note: null },
    ],
  });
  expect((await list('jan')).status).toBe(403);
});

test('a caller whom the shop does not know has the name of the contact', async () => {
  const raise = (error: unknown) => {
    throw error;
  };
  const state = new InProcessState(new InProcessPlace(systemClock, raise));
  const { find } = createCustomers({
    companies: { company },
    orders: { activeOf: () => Promise.resolve([]) },
    config: { webhookSecrets: {} },
    outbound: { request: () => Promise.reject(new Error('there is no shop')) },
    peers: { state, changes: new Changes({ state, onError: raise }) },
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  });
  expect(await find(COURIER)).toEqual({ name: 'Karel, courier', orders: [] });
  expect(await find(STRANGER)).toBeNull();
});
