import { expect, it } from 'vitest';
import { once, type RequestKeys } from '../../src/http/idempotency.js';
import type { Identity, Request } from '../../src/http/route.js';

it('a person and a token of the same name do not share their keys', async () => {
  const claimed: string[] = [];
  const keys: RequestKeys = {
    claim: ({ who, id }) => {
      claimed.push(who);
      return Promise.resolve(id);
    },
    release: () => Promise.resolve(),
    settle: () => Promise.resolve(),
  };
  const asked = (who: Identity) =>
    ({ who, headers: { 'idempotency-key': 'k' }, body: {}, url: '/x' }) as unknown as Request;
  for (const who of [
    { name: 'jana', scopes: [] },
    { name: 'jana', scopes: [], operator: { id: 1 } },
  ])
    await once(keys, asked(who), 'id', (id) => Promise.resolve({ ok: true, id }));
  expect(new Set(claimed).size).toBe(2);
});
