import { expect, it } from 'vitest';
import { companySchema } from '../../src/company/company.js';
import { handsetsWithLamp, newMessagesOf } from '../../src/company/message-owners.js';

const takes = (settings: object) => [{ take_message: settings }];
const company = companySchema.parse({
  version: 1,
  handsets: ['eva', 'ota', 'jan', 'iva'].map((name) => ({ name })),
  queues: [
    { id: 1, name: 'Sales', handsets: ['eva', 'ota'] },
    { id: 2, name: 'Stock', handsets: ['iva'] },
  ],
  parts: { closed: takes({ queue: 1 }), night: ['answer', 'take_message'] },
  lines: [{ number: '+420222333444', plan: [{ enqueue: { queue: 2, timed_out: takes({ handset: 'jan' }) } }] }],
});

it('the owners are those whom plans name, in nested lists too, and the handsets of named queues', () => {
  expect([...handsetsWithLamp(company)].sort()).toEqual(['eva', 'jan', 'ota']);
});

it('a message counts once for each of its owners; what is nobody’s, or whose plan is gone, for none', () => {
  const counts = newMessagesOf(company, [
    { queue: 1, count: 2 },
    { queue: 1, handset: 'eva', count: 1 },
    { queue: 2, count: 5 },
    { queue: 99, count: 5 },
    { handset: 'gone', count: 5 },
  ]);
  expect(Object.fromEntries(counts)).toEqual({ eva: 3, ota: 3, jan: 0 });
});
