import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import type { Fixture } from '../../src/contract/fixture.js';
import { readFixtures, type NamedFixture } from '../../src/contract/replay/read-fixtures.js';
import { replay } from '../../src/contract/replay/replay.js';
import { telfaHandOver } from '../../src/integrations/telfa/hand-over.js';
import { telfaProfile } from '../../src/integrations/telfa/profile.js';

/** Every recording in fixtures/, run through our side of the contracts; and what the same recordings say when one of the two is wrong. */

const fixtures = path.join(import.meta.dirname, 'fixtures');
const recordings = await readdir(fixtures);

describe('recorded exchanges', () => {
  it.each(recordings)('%s', async (name) => {
    const folder = path.join(fixtures, name);
    const company = path.join(folder, 'company.yaml');
    const options = existsSync(company) ? ['--company', company] : [];
    let out = '';
    const print = (text: string) => (out += text);
    const code = await run(['verify', '--fixtures', folder, ...options], { env: {}, out: print, error: print });
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
    const rows = replay(named, { contract: telfaHandOver, profile: telfaProfile.parse(words), country: 'CZ' });
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
      /warn: .*called_number is written in another/,
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
      /warn: tariff is there, and not in ours/,
    ],
    [
      'an echo that we would not send',
      unchanged,
      { rename: { pokracovani: 'x' } },
      /pokracovani is there, and not in ours/,
    ],
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
    const options = { contract: telfaHandOver, profile: telfaProfile.parse({ control }), country: 'CZ' };
    return replay(named, options).map((row) => `${row.verdict}: ${row.found}`)[0];
  };
  const moved = (request: Fixture['request']) =>
    (request.path = request.path.replace('/calls.xml', '/hovory/nove.xml'));

  it('a path that we do not have, until the profile names it', async () => {
    expect(await verdicts(moved)).toMatch(/fail: we have no call POST \/hovory\/nove/);
    expect(await verdicts(moved, { paths: { 'POST /hovory/nove': 'call' } })).toBe('pass: call');
  });

  it('a field that is missing', async () => {
    expect(await verdicts((request) => (request.path = '/calls.xml?method=voip'))).toMatch(/fail: call: .*number/);
  });
});

it('says which file is none of the recorder', async () => {
  let error = '';
  const print = (text: string) => (error += text);
  const code = await run(['verify', '--fixtures', 'test/data/good'], { env: {}, out: print, error: print });
  expect([code, error]).toEqual([1, 'there is nothing in test/data/good\n']);
  await expect(readFixtures('test')).rejects.toThrow(/tsconfig.json is not what cordboard record writes/);
});
