import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../src/cli/run.js';
import type { Fixture } from '../../src/contract/fixture.js';
import { readFixtures, type NamedFixture } from '../../src/contract/replay/read-fixtures.js';
import { replay } from '../../src/contract/replay/replay.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { telfaProfile } from '../../src/integrations/telfa/profile.js';
import { companySchema } from '../../src/company/company.js';

/** Every recording in fixtures/, run through our side of the contracts; and what the same recordings say when one of the two is wrong. */

const fixtures = path.join(import.meta.dirname, 'fixtures');
const recordings = await readdir(fixtures);
const company = companySchema.parse({ version: 1 });

describe('recorded exchanges', () => {
  it.each(recordings)('%s', async (name) => {
    const folder = path.join(fixtures, name);
    const company = path.join(folder, 'company.yaml');
    const options = existsSync(company) ? ['--company', company] : [];
    let out = '';
    const print = (text: string) => (out += text);
    const code = await runCommand(['verify', '--fixtures', folder, ...options], { env: {}, out: print, error: print });
    expect(out).toMatch(/\d+ passed, 0 failed, 0 warned, 0 skipped/);
    expect(code).toBe(0);
  });

  it('hold nothing that the recorder would have taken out', async () => {
    for (const name of recordings)
      for (const file of await readdir(path.join(fixtures, name))) {
        const text = await readFile(path.join(fixtures, name, file), 'utf8');
        expect(text).not.toMatch(/777888999|222333444|Bearer [^[]|Basic [^[]/);
      }
  });
});

describe('hand-overs', () => {
  const verdicts = async (change: (fixture: Fixture) => void, words: Record<string, unknown> = {}) => {
    const named: NamedFixture[] = await readFixtures(path.join(fixtures, 'telfa-order-status'));
    for (const { fixture } of named) change(fixture);
    const rows = await replay(named, { contract: telfaHandOver, profile: telfaProfile.parse(words), company });
    return rows.map((row) => `${row.verdict}: ${row.found}`).join('\n');
  };
  const unchanged = () => undefined;
  const answering = (body: string) => (fixture: Fixture) => {
    if ('status' in fixture.answer) fixture.answer.body = body;
  };
  const asking = (change: (fields: Record<string, unknown>) => void) => (fixture: Fixture) => {
    const fields = JSON.parse(fixture.request.body as string) as Record<string, unknown>;
    change(fields);
    fixture.request.body = JSON.stringify(fields);
  };

  it.each([
    [
      'numbers that we would write otherwise',
      unchanged,
      { numbers: 'e164' },
      /warn: .*called_number has another notation/,
    ],
    [
      'another encoding',
      unchanged,
      { encoding: 'form' },
      /Content-Type is application\/json, ours application\/x-www-form/,
    ],
    [
      'a field of which we do not know',
      asking((fields) => (fields['tariff'] = 'gold')),
      {},
      /warn: tariff is missing in ours/,
    ],
    [
      'a mistyped field of a response',
      answering('{"action":"menu","recording_id":20,"menu_timout":9}'),
      {},
      /warn: .*"menu_timout" is unknown; did you mean "menu_timeout"/,
    ],
    ['an echo that we would not send', unchanged, { rename: { pokracovani: 'x' } }, /pokracovani is missing in ours/],
    [
      'digits as a number',
      asking((fields) => 'received_digits' in fields && (fields['received_digits'] = 42)),
      {},
      /received_digits is a number, ours a string/,
    ],
    ['an answer that is none', answering('<h1>Údržba</h1>'), {}, /fail: the answer is not a JSON object/],
    ['an action that we do not know', answering('{"action":"sing"}'), {}, /fail: the action sing/],
    ['a menu without a prompt', answering('{"action":"menu"}'), {}, /fail: menu without a recording_id/],
  ])('%s', async (_what, change, words, expected) => {
    expect(await verdicts(change, words)).toMatch(expected);
  });
});

describe('the control API', () => {
  const verdicts = async (change: (request: Fixture['request']) => void, control = {}) => {
    const named = (await readFixtures(path.join(fixtures, 'telfa-control'))).slice(0, 1);
    for (const { fixture } of named) change(fixture.request);
    const options = { contract: telfaHandOver, profile: telfaProfile.parse({ control }), company };
    return (await replay(named, options)).map((row) => `${row.verdict}: ${row.found}`)[0];
  };
  const moved = (request: Fixture['request']) =>
    (request.path = request.path.replace('/calls.xml', '/hovory/nove.xml'));

  it('a path that we do not have, until the profile names it', async () => {
    expect(await verdicts(moved)).toMatch(/fail: there is no call POST \/hovory\/nove/);
    expect(await verdicts(moved, { paths: { 'POST /hovory/nove': 'call' } })).toBe('pass: call');
  });

  it('a field that is missing', async () => {
    expect(await verdicts((request) => (request.path = '/calls.xml?method=voip'))).toMatch(/fail: call: .*number/);
  });
});

describe('a dispatch and a CRM, at our own routes', () => {
  const first = async (recording: string, change: (fixture: Fixture) => void, words: object = {}) => {
    const [named] = await readFixtures(path.join(fixtures, recording));
    if (named === undefined) throw new Error('an empty recording');
    change(named.fixture);
    const options = { contract: telfaHandOver, profile: telfaProfile.parse({}) };
    const [row] = await replay([named], { ...options, company: companySchema.parse({ version: 1, ...words }) });
    return `${row?.verdict}: ${row?.found}`;
  };
  const unchanged = () => undefined;
  const withOrder = (change: (order: Record<string, unknown>) => void) => (fixture: Fixture) => {
    const order = JSON.parse(fixture.request.body as string) as Record<string, unknown>;
    change(order);
    fixture.request.body = JSON.stringify(order);
  };
  const at = (address: string) => (fixture: Fixture) => (fixture.request.path = address);
  const answered = (status: number, body = '{}') => {
    return (fixture: Fixture) => (fixture.answer = { status, headers: {}, body, latency_ms: 1 });
  };
  const profile = (gootax: object) => ({ profiles: { gootax } });

  it.each<[string, (fixture: Fixture) => void, object, RegExp]>([
    ['a status that is not known', withOrder((order) => (order['status'] = '17')), {}, /^warn: the status is unknown/],
    [
      'until the profile has it',
      withOrder((order) => (order['status'] = '17')),
      profile({ statuses: { '17': 'arrived' } }),
      /^pass: order reported: arrived/,
    ],
    [
      'a number under another name',
      withOrder((order) => delete order['phone']),
      {},
      /^warn: the client is not called: the number was not found/,
    ],
    [
      'minutes that are none',
      withOrder((order) => (order['car_time'] = 'soon')),
      {},
      /^warn: not understood: car_time/,
    ],
    ['no id', withOrder((order) => delete order['id']), {}, /^fail: POST \/integration\/gootaxpro\/notify: 422, .*id/],
    ['a path of which nobody knows', at('/integration/gootaxpro/book'), {}, /^fail: the meaning of POST/],
    ['what was refused there', answered(422), {}, /^warn: answered with 200, in the recording refused with 422/],
    [
      'what is refused here too',
      (fixture) => (answered(404)(fixture), at('/integration/x')(fixture)),
      {},
      /^pass: refused/,
    ],
  ])('of a dispatch: %s', async (_what, change, words, expected) => {
    expect(await first('gootax', change, words)).toMatch(expected);
  });

  it.each<[string, (fixture: Fixture) => void, object, RegExp]>([
    ['without its path', unchanged, {}, /^skip: matches no known contract/],
    [
      'fields that ours has not',
      answered(200, '{"calls":[{"call_id":"c_1","tags":[]}],"total":1}'),
      { runtel: { paths: { 'GET /crm/history': 'call_log' } } },
      /^warn: the recorded response has calls\[\]\.tags, total, and ours has not/,
    ],
    [
      'a query that it cannot read',
      at('/crm/history?page=first'),
      { runtel: { paths: { 'GET /crm/history': 'call_log' } } },
      /^fail: GET \/crm\/history: 422/,
    ],
  ])('of a CRM: %s', async (_what, change, words, expected) => {
    expect(await first('runtel', change, words)).toMatch(expected);
  });
});

it('names a file that is not of the recorder', async () => {
  let error = '';
  const print = (text: string) => (error += text);
  const code = await runCommand(['verify', '--fixtures', 'test/data/good'], { env: {}, out: print, error: print });
  expect([code, error]).toEqual([1, 'there are no fixtures in test/data/good\n']);
  await expect(readFixtures('test')).rejects.toThrow(/tsconfig.json is not a fixture of cordboard record/);
});

describe('what a recorded hand-over leads one to expect', () => {
  const CALL = { caller_number: '777888999', called_number: '222333444' };
  const exchange = (request: object, answer: object): NamedFixture => ({
    name: 'made up',
    fixture: {
      format: 1,
      after_ms: 0,
      request: {
        method: 'POST',
        path: '/launch.php?s=telfa',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...CALL, ...request }),
      },
      answer: { status: 200, headers: {}, body: JSON.stringify(answer), latency_ms: 1 },
    },
  });
  const verdicts = async (exchanges: [object, object][], words: Record<string, unknown> = {}) => {
    const named = exchanges.map(([request, answer]) => exchange(request, answer));
    const rows = await replay(named, { contract: telfaHandOver, profile: telfaProfile.parse(words), company });
    return rows.map(({ verdict, found }) => (verdict === 'pass' ? verdict : `${verdict}: ${found}`));
  };
  const menu = { action: 'menu', recording_id: '1' };
  const play = { action: 'play', recording_id: '2' };
  const transfer = { action: 'transfer_to_group', call_group_id: '1' };
  const failed = { bridge_result: 'NO_ANSWER', call_result: 'NO_ANSWER' };
  const talked = { bridge_result: 'SUCCESS', call_result: 'SUCCESS' };
  const dialogue = (repeated: { digits: object; result: object }): [object, object][] => [
    [{}, { action: 'answer', krok: '9' }],
    [{ krok: '9' }, menu],
    [{ received_digits: '5' }, play],
    [repeated.digits, { action: 'answer', krok: '9' }],
    [{ krok: '9', ...repeated.digits }, menu],
    [{ received_digits: '12' }, transfer],
    [{ ...('received_digits' in repeated.digits && { received_digits: '12' }), ...failed }, menu],
    [{ received_digits: '13', ...repeated.result }, transfer],
  ];

  it('passes when each is sent once', async () => {
    const rows = await verdicts([
      ...dialogue({ digits: {}, result: {} }),
      [{ received_digits: '13', hangup: true, ...talked }, {}],
    ]);
    expect(rows).toEqual(Array.from({ length: 9 }, () => 'pass'));
  });

  it('names what is repeated, until the profile says so', async () => {
    const sticky = dialogue({ digits: { received_digits: '5' }, result: failed });
    const rows = await verdicts(sticky);
    expect(rows[3]).toMatch(/^warn: received_digits is missing in ours$/);
    expect(rows[7]).toMatch(/^warn: bridge_result is missing in ours; call_result is missing in ours$/);
    expect(await verdicts(sticky, { results: 'sticky' })).toEqual(Array.from({ length: 8 }, () => 'pass'));
  });

  it.each<[string, [object, object][], RegExp]>([
    [
      'a menu without its digits',
      [
        [{ call_id: 'c_1' }, menu],
        [{ call_id: 'c_1' }, play],
      ],
      /received_digits is only in ours/,
    ],
    [
      'a transfer without its result',
      [
        [{ call_id: 'c_1' }, transfer],
        [{ call_id: 'c_1' }, play],
      ],
      /bridge_result is only in ours/,
    ],
    [
      'a result that is none',
      [
        [{}, transfer],
        [{ ...failed, bridge_result: 'GONE' }, play],
      ],
      /bridge_result has another notation/,
    ],
    [
      'a failed transfer in the last request',
      [
        [{}, transfer],
        [{ hangup: true, ...failed }, {}],
      ],
      /bridge_result is missing in ours/,
    ],
    [
      'a last request that says "true"',
      [
        [{}, menu],
        [{ received_digits: '', hangup: 'true' }, {}],
      ],
      /hangup is a string, ours a boolean/,
    ],
    [
      'a last request after the shop has hung up',
      [
        [{}, { action: 'hangup' }],
        [{ hangup: true }, {}],
      ],
      /the shop has ended the hand-over/,
    ],
  ])('%s', async (_what, exchanges, expected) => {
    expect((await verdicts(exchanges)).at(-1)).toMatch(expected);
  });

  it('distinguishes hand-overs by `step`, and counts a repetition once', async () => {
    const steps = [1, 2, 2, 3, 7, 1];
    const rows = await verdicts(
      steps.map((step): [object, object] => [{ call_id: 'c_1', step }, { action: 'answer' }]),
    );
    expect(rows).toEqual(steps.map(() => 'pass'));
  });

  it('takes a second hand-over of a call that counts on from the first one', async () => {
    const rows = await verdicts([
      [
        { call_id: 'c_1', step: 1 },
        { action: 'answer', krok: '9' },
      ],
      [{ call_id: 'c_1', step: 2, krok: '9' }, { action: 'return' }],
      [{ call_id: 'c_1', step: 3 }, menu],
      [{ call_id: 'c_1', step: 4, received_digits: '5' }, play],
    ]);
    expect(rows).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('does not judge a hand-over whose beginning was not recorded by what came before', async () => {
    const middle = { call_id: 'c_1', step: 4, received_digits: '12', ...failed };
    expect(
      await verdicts(
        [
          [middle, menu],
          [{ call_id: 'c_1', step: 5, received_digits: '1' }, play],
        ],
        { results: 'sticky' },
      ),
    ).toEqual(['pass', expect.stringMatching(/bridge_result is only in ours/)]);
  });
});
