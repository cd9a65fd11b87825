import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectSheetSource } from '../../src/app/connect.js';
import { AsteriskNames } from '../../src/asterisk/names.js';
import { readConfig } from '../../src/config.js';
import { connectRoutes } from '../../src/connect/routes.js';
import { asAdmin, READER, startServer, type TestServer } from '../http/http-harness.js';
import { freePort } from '../support/ports.js';

/** The sheet of `cordboard connect` over the API, while its Asterisk cannot be reached. */

const PASSWORD = 'a-password-of-the-test';
const PATH = '/api/v1/system/connect-sheet';

let server: TestServer;

beforeEach(async () => {
  const config = readConfig({
    ARI_URL: `http://127.0.0.1:${await freePort()}`,
    AMI_PORT: String(await freePort()),
    ARI_APP: 'shop',
    ARI_PASSWORD: PASSWORD,
    AMI_PASSWORD: PASSWORD,
    AMI_CONFIG_PASSWORD: PASSWORD,
    CORDBOARD_API_TOKEN: 'a-token-that-nothing-uses',
  });
  server = await startServer(connectRoutes(connectSheetSource(config, new AsteriskNames('shop'))));
});
afterEach(() => server.stop());

it('says that Asterisk does not answer, and has the snippets all the same, without passwords', async () => {
  const response = await fetch(`${server.url}${PATH}`, { headers: asAdmin });
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).not.toContain(PASSWORD);
  const sheet = JSON.parse(text) as {
    rows: { topic: string; state: string }[];
    snippets: { file: string; text: string }[];
  };
  for (const topic of ['ari', 'ami'])
    expect(sheet.rows).toContainEqual(expect.objectContaining({ topic, state: 'unknown' }));
  expect(sheet.snippets.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['ari.conf', 'manager.conf', 'extensions.conf', 'queues.conf', 'sorcery.conf']),
  );
  const all = sheet.snippets.map((snippet) => snippet.text).join('\n');
  expect(all).not.toMatch(/@[A-Z_]+@|\u0001|^(password|secret)\s*=/m);
  expect(all).toMatch(/^;password=<ARI_PASSWORD>$/m);
  expect(all).toContain('[shop-incoming]');
});

it('is for administrators only', async () => {
  expect((await fetch(`${server.url}${PATH}`)).status).toBe(401);
  const headers = { authorization: `Bearer ${READER}` };
  expect((await fetch(`${server.url}${PATH}`, { headers })).status).toBe(403);
});
