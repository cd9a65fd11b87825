import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import type { createConfiguration } from '../../src/app/configuration.js';
import { companySchema } from '../../src/company/company.js';
import type { CompanyStore } from '../../src/company/store/company-store.js';
import { systemClock } from '../../src/lib/clock.js';
import { createLogger } from '../../src/lib/logger.js';
import { openDatabase } from '../../src/storage/database.js';
import { becomes } from '../support/becomes.js';

/** Threads run JavaScript: the tests use the built module. */
const { createConfiguration: create } = (await import(path.resolve('dist/app/configuration.js'))) as {
  createConfiguration: typeof createConfiguration;
};

const LINE = '+420222333444';

it('stops at once while a simulated call waits for a shop and a replay waits behind it', async () => {
  const db = await openDatabase(':memory:');
  const shop = createServer();
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
  const url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`;
  const companies = { company: companySchema.parse({ version: 1 }), onChange: () => undefined };
  const configuration = create({
    config: { soundsDir: 'sounds', webhookSecrets: {}, logLevel: 'silent' },
    companies: companies as unknown as CompanyStore,
    db,
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  });
  const at = Date.now();
  await db.insertInto('programs').values({ hash: 'p', body: '{}' }).execute();
  const times = { started_at: at, over: 1 };
  const flow = { id: 'c_1', kind: 'plan', program: 'p', state: '{}', summary: '{}', updated_at: at, ...times };
  await db.insertInto('flows').values(flow).execute();
  const call = { id: 'c_1', kind: 'plan', direction: 'incoming' as const, line: LINE, number: '', ...times };
  await db.insertInto('calls').values(call).execute();
  const draft = { id: 'd_1', name: '', author: null, base: 1, revision: 1, created_at: at, updated_at: at };
  await db
    .insertInto('config_drafts')
    .values({ ...draft, items: '[]' })
    .execute();
  try {
    const source = `version: 1\nlines:\n  - { number: '${LINE}', plan: [{ hand_over: { url: '${url}' } }] }\n`;
    const asked = once(shop, 'request');
    const simulated = configuration.documents
      .simulate(source, { line: LINE, keys: '', pause: false, nobody_answers: false })
      .then(
        () => 'simulated',
        () => 'ended',
      );
    await asked;
    const compare = vi.spyOn(configuration.documents, 'compare');
    configuration.replays.start({ id: 'd_1', revision: 1, source }, { days: 1, limit: 10 });
    await becomes('the batch', () => compare.mock.calls.length === 1);
    await configuration.stop?.();
    expect(await simulated).toBe('ended');
    expect(await configuration.replays.find('d_1')).toMatchObject({ state: 'canceled' });
  } finally {
    shop.closeAllConnections();
    shop.close();
    await db.destroy();
  }
});
