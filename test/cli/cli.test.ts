import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { courseOf } from '../../src/calls/replay.js';
import type { TimelineEntry } from '../../src/calls/reader.js';
import { runCommand } from '../../src/cli/run.js';
import { ConfigStore } from '../../src/company/store/config-store.js';
import { json } from '../../src/http/answer.js';
import { receiveFile } from '../../src/http/multipart.js';
import { route } from '../../src/http/route.js';
import { createHttpServer, type HttpServer } from '../../src/http/server.js';
import { adminToken, TokenList } from '../../src/http/tokens.js';
import { Emitter } from '../../src/lib/emitter.js';
import { createLogger } from '../../src/lib/logger.js';
import { CompanyStore } from '../../src/company/store/company-store.js';
import { checkSource, type DocumentChecks } from '../../src/company/document-check-queue.js';
import { configRoutes } from '../../src/company/routes.js';
import { simulateRoutes, type SimulateRequest } from '../../src/company/simulate-routes.js';
import { recordAudit } from '../../src/storage/audit-log.js';
import { openDatabase, type Database } from '../../src/storage/database.js';

const TOKEN = 'a-token-of-the-test';
const SHA256 = 'c'.repeat(64);
const example = 'examples/company.yaml';
const bad = (name: string) => `test/data/bad/${name}.yaml`;

let folder: string;
let db: Database;
let server: HttpServer;
let companies: CompanyStore;
let uploads: string[];
let env: Record<string, string>;
let unsettled: string[];
let knownSounds: Map<string, Set<string>>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cordboard-cli-'));
  db = await openDatabase(':memory:');
  uploads = [];
  unsettled = [];
  const sounds = new Set((await readFile(example, 'utf8')).match(/(?<=sound: )[a-z-]+/g));
  knownSounds = new Map(['cs', 'ru', 'en', 'music'].map((language) => [language, sounds]));
  companies = new CompanyStore({
    store: new ConfigStore(db),
    lint: { knownSounds },
    hasAudio: (sha256) => Promise.resolve(sha256 === SHA256),
    changed: new Emitter(() => undefined),
  });
  const audio = route({
    method: 'POST',
    path: '/api/v1/audio',
    scope: 'prompts:write',
    summary: 'Audio',
    upload: { types: ['application/octet-stream'], maxBytes: 1000 },
    answers: { 201: { description: 'What it is known as', schema: z.object({ sha256: z.string() }) } },
    handle: async ({ stream }) => {
      await receiveFile(stream, 'audio', 1000, async (file) => {
        for await (const chunk of file) uploads.push(chunk.toString());
      });
      return json({ sha256: SHA256 }, 201);
    },
  });
  server = createHttpServer({
    routes: [
      ...configRoutes({
        companies,
        documents: documentsHere(),
        settled: () => Promise.resolve(unsettled),
        record: (entry) => recordAudit(db, { ...entry, at: 0 }),
      }),
      ...simulateRoutes({ documents: documentsHere(), draftSource: () => Promise.reject(new Error('no drafts')) }),
      audio,
    ],
    tokens: new TokenList([adminToken(TOKEN), { name: 'reader', token: 'reader', scopes: ['config:read'] }]),
    logger: createLogger({ level: 'silent' }),
  });
  const { port } = await server.start({ host: '127.0.0.1', port: 0 });
  env = { CORDBOARD_URL: `http://127.0.0.1:${port}`, CORDBOARD_API_TOKEN: TOKEN };
});
afterEach(async () => {
  await server.stop();
  await db.destroy();
  await rm(folder, { recursive: true });
});

/** Checks in this thread, and simulates nothing. */
function documentsHere(): DocumentChecks<SimulateRequest> {
  const read = (source: string) =>
    Promise.resolve(checkSource(source, { knownSounds, promptFacts: companies.promptFacts }));
  return { read, lint: read, simulate: (_source, { line }) => Promise.resolve({ ok: true, call: { line } }) };
}

async function cordboard(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await runCommand(args, { env, out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

async function file(name: string, text: string): Promise<string> {
  const full = path.join(folder, name);
  await writeFile(full, text);
  return full;
}

function api(
  method: string,
  route: string,
  body?: string,
  token = TOKEN,
  type = 'application/yaml',
): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) };
  return fetch((env['CORDBOARD_URL'] ?? '') + route, { method, headers, body: body ?? null });
}

describe('apply and export', () => {
  it('applies a file, shows what changes, and gives it back', async () => {
    const first = await cordboard('apply', example);
    expect(first).toMatchObject({ code: 0, error: '' });
    expect(first.out).toContain('+ lines +420222333444\n');
    expect(first.out).toMatch(/Changed \d+ things\.\n$/);
    expect(await cordboard('apply', example)).toEqual({ code: 0, out: 'Nothing to change.\n', error: '' });
    const copy = path.join(folder, 'copy.yaml');
    expect((await cordboard('export', copy)).code).toBe(0);
    expect(await readFile(copy, 'utf8')).toBe((await cordboard('export')).out);
    const entries = db.selectFrom('audit').select(['actor', 'detail']).where('action', '=', 'configuration_exported');
    expect(await entries.execute()).toEqual(Array(2).fill({ actor: 'admin', detail: '{"numbers":true}' }));
    expect((await cordboard('apply', copy)).out).toBe('Nothing to change.\n');
  });

  it('changes nothing on a dry run', async () => {
    expect((await cordboard('apply', example, '--dry-run')).out).toMatch(
      /Would change \d+ things; nothing was changed/,
    );
    expect(companies.company.lines).toEqual([]);
  });

  it('uploads audio that lies beside the file', async () => {
    await mkdir(path.join(folder, 'audio'));
    await writeFile(path.join(folder, 'audio', 'hello.wav'), 'RIFF of a kind');
    const given = await file(
      'own.yaml',
      'version: 1\nprompts: [{ id: 1, name: Hello, sound: goodbye, audio: { cs: audio/hello.wav } }]\n',
    );
    expect(await cordboard('apply', given)).toMatchObject({ code: 0 });
    expect(uploads).toEqual(['RIFF of a kind']);
    expect(companies.company.prompts[0]?.audio).toEqual({ cs: `sha256:${SHA256}` });
  });

  it('says where audio is missing', async () => {
    const given = await file(
      'own.yaml',
      'version: 1\nprompts:\n  - id: 1\n    name: Hello\n    audio:\n      cs: none.wav\n',
    );
    const { code, error } = await cordboard('apply', given);
    expect([code, error]).toEqual([1, expect.stringContaining(`${given}:6:11: there is no file ${folder}/none.wav`)]);
  });

  it("shows the gateway's problems at their places in the file", async () => {
    const given = await file('own.yaml', '# one\n# two\nversion: 1\nlines:\n  - number: 222333444\n');
    expect((await cordboard('apply', given)).error).toContain(`${given}:5:13: "number"`);
    const unknown = await file(
      'two.yaml',
      '# one\nversion: 1\nlines:\n  - number: "222333444"\n    plan:\n      - play: 77\n',
    );
    expect(await cordboard('apply', unknown)).toMatchObject({
      code: 1,
      error: expect.stringContaining(`${unknown}:6:15: there is no prompt 77`) as string,
    });
    expect(companies.company.lines).toEqual([]);
  });

  it('says when Asterisk has not taken over', async () => {
    unsettled = ['handset tester'];
    expect(await cordboard('apply', example)).toMatchObject({
      code: 1,
      error: expect.stringContaining('handset tester') as string,
    });
  });

  it('reads the token from the data folder', async () => {
    delete env['CORDBOARD_API_TOKEN'];
    env['CORDBOARD_DATA'] = folder;
    expect(await cordboard('export')).toMatchObject({ code: 1, error: expect.stringContaining('api-token') as string });
    await mkdir(path.join(folder, 'secrets'));
    await file('secrets/api-token', `${TOKEN}\n`);
    expect(await cordboard('export')).toMatchObject({ code: 0 });
  });

  it('tells a gateway that says no from one that is not there', async () => {
    env['CORDBOARD_API_TOKEN'] = 'reader';
    expect(await cordboard('apply', example)).toMatchObject({
      code: 1,
      error: expect.stringContaining('403') as string,
    });
    await server.stop();
    expect(await cordboard('export')).toMatchObject({
      code: 3,
      error: expect.stringContaining('no gateway answers at http://127.0.0.1') as string,
    });
  });
});

describe('lint', () => {
  it('finds nothing wrong with the example', async () =>
    expect(await cordboard('lint', example)).toEqual({ code: 0, out: `${example}: no problems\n`, error: '' }));

  it('names each problem with file, line and remedy', async () => {
    const { code, out } = await cordboard('lint', bad('hours'));
    expect(code).toBe(1);
    expect(out).toContain(`${bad('hours')}:11:22: there is no day 13-01 (write 2026-12-24, or 12-24 for every year)\n`);
    expect(out).toMatch(/8 errors, 7 warnings\n$/);
  });

  it('names unknown words', async () => {
    const { code, error } = await cordboard('lint', bad('unknown-words'));
    expect([code, error]).toEqual([1, expect.stringContaining('unknown action "anwser" (did you mean "answer"?)')]);
  });
});

describe('simulate', () => {
  const stub = () =>
    file(
      'stub.yaml',
      '- { action: menu, recording_id: 20 }\n- { action: play, recording_id: 34 }\n- { action: hangup }\n',
    );

  it('prints the timeline', async () => {
    const { code, out } = await cordboard(
      'simulate',
      example,
      '--keys',
      '9,1001#',
      '--at',
      '2026-12-24 10:00',
      '--stub',
      await stub(),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/input +digits=1001 ended=hash/);
    expect(out).toMatch(/Ended by shop after [\d.]+ s\n$/);
  });

  it('prints JSON', async () => {
    const { out } = await cordboard('simulate', example, '--line', '+420222333444', '--stub', await stub(), '--json');
    expect(JSON.parse(out)).toMatchObject({ line: '+420222333444', endedBy: 'plan' });
  });

  it('repeats an exported call, and fails at the first step that differs', async () => {
    const [keys, at] = ['9,1001#', '2026-12-24T10:00:00Z'];
    const args = ['simulate', example, '--keys', keys, '--at', at, '--stub', await stub(), '--json'];
    const { timeline } = JSON.parse((await cordboard(...args)).out) as { timeline: TimelineEntry[] };
    const responses = [
      { action: 'menu', recording_id: 20 },
      { action: 'play', recording_id: 34 },
      { action: 'hangup' },
    ];
    const request = { line: '+420222333444', keys, at, caller: '', stub: responses };
    const course = courseOf(timeline);
    const repeat = async (call: object, ...more: string[]) => {
      const exported = await file('call.json', JSON.stringify({ format: 1, request, course, ...call }));
      return cordboard('simulate', example, '--call', exported, ...more);
    };
    expect(await repeat({})).toMatchObject({ code: 0 });
    const other = [...course.slice(0, 3), { kind: 'prompt', data: { prompts: [7] } }];
    const differing = await repeat({ course: other });
    expect(differing.code).toBe(1);
    expect(differing.error).toContain('Step 4 differs: recorded prompt {"prompts":[7]}, now prompt {"prompts":[1]}');
    expect(await repeat({ format: 2 })).toMatchObject({ code: 1 });
    expect(await repeat({}, '--keys', '9')).toMatchObject({ code: 2 });
  });

  it('refuses what makes no sense', async () => {
    expect(await cordboard('simulate', example, '--line', '+420999999999')).toMatchObject({ code: 1 });
    expect(await cordboard('simulate', example, '--keys', 'abc')).toMatchObject({ code: 2 });
    expect(await cordboard('simulate', example, '--shop', 'http://127.0.0.1/', '--stub', 'x')).toMatchObject({
      code: 2,
    });
    expect(await cordboard('simulate', bad('course'))).toMatchObject({ code: 1 });
    expect(await cordboard('simulate', example, '--stub', await file('bad.yaml', '[1'))).toMatchObject({ code: 1 });
  });
});

describe('usage', () => {
  it('explains itself', async () => {
    const { code, out } = await cordboard('--help');
    expect(code).toBe(0);
    for (const word of ['apply', 'export', 'lint', 'simulate', 'CORDBOARD_URL']) expect(out).toContain(word);
  });

  it.each([
    [[]],
    [['bake']],
    [['lint']],
    [['lint', 'a', 'b']],
    [['lint', 'a', '--keys', '1']],
    [['--bogus']],
    [['constructor', 'x']],
  ])('%j is no way to call it', async (args) => expect(await cordboard(...args)).toMatchObject({ code: 2, out: '' }));

  it('names a file that is not there', async () =>
    expect(await cordboard('lint', 'nothing.yaml')).toEqual({
      code: 1,
      out: '',
      error: 'nothing.yaml cannot be read: there is no such file\n',
    }));
});

describe('the API behind it', () => {
  it('lints and simulates', async () => {
    const lint = await api('POST', '/api/v1/config/lint', 'version: 1\nlinse: []\n');
    expect(await lint.json()).toMatchObject({ problems: [{ line: 2, message: 'unknown setting "linse"' }] });
    const body = JSON.stringify({ line: '+420222333444', keys: '9' });
    const simulated = await api('POST', '/api/v1/simulate', body, TOKEN, 'application/json');
    expect([simulated.status, await simulated.json()]).toEqual([200, { line: '+420222333444' }]);
  });

  it('names every error of a document and applies nothing of it', async () => {
    const answer = await api('PUT', '/api/v1/config', 'version: 1\ncountry: Czech\nlines: [{}]\n');
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: [{ field: 'country' }, { field: 'lines/0/number' }, { field: 'lines/0/plan' }],
    });
  });

  it('refuses what is too large, of another type, or from others', async () => {
    expect((await api('PUT', '/api/v1/config', 'x'.repeat(2_000_000))).status).toBe(413);
    expect((await api('PUT', '/api/v1/config', 'x', TOKEN, 'image/png')).status).toBe(415);
    expect((await api('PUT', '/api/v1/config', 'x', 'nobody')).status).toBe(401);
    expect((await api('PUT', '/api/v1/config', 'version: 1', 'reader')).status).toBe(403);
    expect(
      (await api('POST', '/api/v1/simulate', '{"line":"+420222333444"}', 'reader', 'application/json')).status,
    ).toBe(403);
  });
});
