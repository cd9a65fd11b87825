import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigStore } from '../../../src/company/store/config-store.js';
import { Emitter } from '../../../src/lib/emitter.js';
import { companySchema, type Company } from '../../../src/company/company.js';
import { CompanyRefused, CompanyStore, type CompanyChanged } from '../../../src/company/store/company-store.js';
import { readDocument, toDocument } from '../../../src/company/document/document.js';
import { fromItems, toItems } from '../../../src/company/store/items.js';
import { handsetSchema } from '../../../src/directory/schema.js';
import { openDatabase, type Database } from '../../../src/storage/database.js';
import { anyCompany } from '../../call-plan/any-company.js';

const read = readDocument(readFileSync('examples/company.yaml', 'utf8'), 'example');
const example = read.ok ? read.document.company : expect.unreachable();
const sounds = new Set(example.prompts.flatMap(({ sound }) => (sound === undefined ? [] : [sound])));
const knownSounds = new Map([...example.languages, 'music'].map((language) => [language, sounds.add('calm')]));
const KNOWN = 'a'.repeat(64);

let db: Database;
let companies: CompanyStore;
let heard: CompanyChanged[];

beforeEach(async () => {
  db = await openDatabase(':memory:');
  companies = await opened();
  heard = [];
  companies.onChange((event) => heard.push(event));
});
afterEach(() => db.destroy());

async function opened(): Promise<CompanyStore> {
  const store = new CompanyStore({
    store: new ConfigStore(db),
    lint: { knownSounds },
    hasAudio: (sha256) => Promise.resolve(sha256 === KNOWN),
    changed: new Emitter((error) => expect.unreachable(String(error))),
  });
  await store.load();
  return store;
}

function changed(change: (company: Company) => void): Company {
  const company = structuredClone(example);
  change(company);
  return company;
}

function shown({ changes }: { changes: { section: string; key: string; change: string }[] }): string[] {
  return changes.map(({ section, key, change }) => `${change} ${section} ${key}`);
}

async function refusal(company: Company): Promise<string> {
  const error: unknown = await companies.apply({ company }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CompanyRefused);
  return (error as CompanyRefused).message;
}

describe('items', () => {
  it('come back as the same company, in the same order', () =>
    fc.assert(
      fc.property(anyCompany, (company) => {
        const items = JSON.parse(JSON.stringify(toItems(toDocument(company)))) as ReturnType<typeof toItems>;
        expect(companySchema.parse(fromItems(items))).toEqual(company);
      }),
      { numRuns: 100 },
    ));
});

describe('the store of items', () => {
  it('lists in order, puts, gets and removes', async () => {
    const store = new ConfigStore(db);
    for (const key of ['b', 'a']) await store.put({ section: 'parts', key, body: [key] });
    await store.put({ section: 'parts', key: 'b', body: ['changed'] });
    expect(await store.list('parts')).toEqual([
      { section: 'parts', key: 'b', body: ['changed'] },
      { section: 'parts', key: 'a', body: ['a'] },
    ]);
    await store.remove('parts', 'b');
    expect([await store.get('parts', 'b'), await store.get('parts', 'a')]).toEqual([undefined, ['a']]);
  });

  it('replaces everything or nothing', async () => {
    const store = new ConfigStore(db);
    await store.put({ section: 'parts', key: 'before', body: 1 });
    const twice = { section: 'parts', key: 'twice', body: 2 };
    await expect(store.replaceAll([twice, twice])).rejects.toThrow();
    expect((await store.list()).map(({ key }) => key)).toEqual(['before']);
  });
});

describe('apply', () => {
  it('stores the company so that the next start finds it', async () => {
    expect(await companies.isEmpty()).toBe(true);
    await companies.apply({ company: example });
    expect((await opened()).company).toEqual(example);
    expect(await companies.isEmpty()).toBe(false);
  });

  it('says what changes, in an order of its own, and tells who listens', async () => {
    await companies.apply({ company: example });
    heard.length = 0;
    const next = changed((company) => {
      company.prompts = company.prompts.filter(({ id }) => id !== 37).reverse();
      company.prompts.push({ id: 100, name: 'New', sound: 'goodbye' }, { id: 9, name: 'Nine', sound: 'goodbye' });
      company.dial_policy.max_per_day = 7;
      const [line] = company.lines;
      if (line) line.name = 'Sales';
    });
    const expected = [
      'changed settings company',
      'added prompts 9',
      'removed prompts 37',
      'added prompts 100',
      'changed lines +420222333444',
    ];
    expect(shown(await companies.apply({ company: next }, { dryRun: true }))).toEqual(expected);
    expect([heard, companies.company]).toEqual([[], example]);
    expect(shown(await companies.apply({ company: next }))).toEqual(expected);
    expect(heard.map(shown)).toEqual([expected]);
    expect(shown(await companies.apply({ company: next }))).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  it('changes nothing when there is an error', async () => {
    await companies.apply({ company: example });
    const reason = await refusal(
      changed((company) => {
        company.prompts = company.prompts.filter(({ id }) => id !== 1);
        company.handsets = [];
      }),
    );
    expect(reason).toContain('there is no prompt 1');
    expect(reason).toContain('there is no handset "tester"');
    expect((await opened()).company).toEqual(example);
  });

  it('refuses a change made in code that the schemas do not accept, and names the field', async () => {
    await companies.apply({ company: example });
    const change = companies.update((company) => ({
      ...company,
      lines: company.lines.map((line, index) => (index === 0 ? { ...line, name: 'x'.repeat(81) } : line)),
    }));
    const error: unknown = await change.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CompanyRefused);
    expect((error as CompanyRefused).problems).toMatchObject([
      { severity: 'error', path: 'lines/0/name', message: expect.stringContaining('<=80 characters') as unknown },
    ]);
    expect((await opened()).company).toEqual(example);
  });

  it('takes only audio that the gateway has', async () => {
    const withAudio = (reference: string) =>
      changed((company) => company.prompts.push({ id: 50, name: 'Own', sound: 'goodbye', audio: { cs: reference } }));
    expect(await refusal(withAudio('./welcome.wav'))).toContain('is not audio of the gateway');
    expect(await refusal(withAudio(`sha256:${'b'.repeat(64)}`))).toContain('does not have this audio');
    await companies.apply({ company: withAudio(`sha256:${KNOWN}`) });
  });

  it('gives the id of a removed prompt to no other, also after a restart', async () => {
    const named = (name: string) => changed((company) => company.prompts.push({ id: 50, name, sound: 'goodbye' }));
    await companies.apply({ company: named('First') });
    await companies.apply({ company: named('Renamed') });
    await companies.apply({ company: example });
    companies = await opened();
    expect(await refusal(named('Another'))).toContain('prompt 50 was "Renamed"');
    expect(companies.nextPromptId()).toBe(51);
    await companies.apply({ company: named('Renamed') });
  });

  it('does one after another: no update is lost', async () => {
    await companies.apply({ company: example });
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        companies.update((company) => ({
          ...company,
          handsets: [...company.handsets, handsetSchema.parse({ name: `h${index}` })],
        })),
      ),
    );
    expect(companies.company.handsets).toHaveLength(9);
  });
});
