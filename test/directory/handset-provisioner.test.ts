import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import { HandsetProvisioner } from '../../src/directory/handset-provisioner.js';
import { handsetSchema, type Handset } from '../../src/directory/schema.js';
import { createLogger } from '../../src/lib/logger.js';

let secretsDir: string;
/** The accounts in Asterisk, by name. */
let accounts: Set<string>;
/** Asterisk's error for the account of that name. */
let refusals: Map<string, AsteriskError>;
/** The accounts that Asterisk has exactly so. */
let current: Set<string>;
/** The accounts that were written. */
let written: string[];
/** Those of them to which no number is sent. */
let masked: string[];
/** The password that was written last, by account. */
let passwords: Map<string, string>;
/** How often a renewed password was announced. */
let announced: number;
let keeper: HandsetProvisioner;

beforeEach(async () => {
  secretsDir = await mkdtemp(path.join(tmpdir(), 'cordboard-handsets-'));
  accounts = new Set();
  refusals = new Map();
  current = new Set();
  written = [];
  masked = [];
  passwords = new Map();
  announced = 0;
});
afterEach(async () => {
  await keeper.stop();
  await rm(secretsDir, { recursive: true });
});

function keep(...names: string[]): HandsetProvisioner {
  return keepHandsets(names.map((name) => handsetSchema.parse({ name })));
}

function keepHandsets(handsets: Handset[]): HandsetProvisioner {
  const asterisk: ConstructorParameters<typeof HandsetProvisioner>[0]['asterisk'] = {
    usable: true,
    onEvent: () => () => undefined,
    putHandset: ({ name, password, masksCallers }) => {
      written.push(name);
      passwords.set(name, password);
      if (masksCallers === true) masked.push(name);
      const refusal = refusals.get(name);
      if (refusal !== undefined) return Promise.reject(refusal);
      accounts.add(name);
      return Promise.resolve();
    },
    removeHandset: (name) => {
      accounts.delete(name);
      return Promise.resolve();
    },
    currentHandsets: () => Promise.resolve(current),
    listHandsets: () => Promise.resolve([...accounts]),
    endpointState: (name) => Promise.resolve(name === '101' ? 'offline' : 'unknown'),
  };
  keeper = new HandsetProvisioner({
    masksCallers: (handset) => handset === 'masked',
    withLamp: () => new Set(),
    asterisk,
    secretsDir,
    onRenewed: () => void (announced += 1),
    handsets: () => ({ handsets, languages: ['cs'] }),
    logger: createLogger({ level: 'silent' }),
  });
  return keeper;
}

it('a rejected handset is named, the others are created, and surplus ones are removed', async () => {
  accounts.add('old');
  refusals.set('b2', new AsteriskError('refused', 'Cannot create sorcery objects'));
  const problems = await keep('a1', 'b2', 'c3').reconcile();
  expect([...accounts].sort()).toEqual(['a1', 'c3']);
  expect(problems).toEqual([expect.stringContaining('could not create b2: Cannot create sorcery objects')]);
});

it('the handset of somebody who may not see numbers is written as such', async () => {
  await keep('a1', 'masked').reconcile();
  expect(masked).toEqual(['masked']);
});

it('when Asterisk rejects all handsets, the problem is one message', async () => {
  for (const name of ['a1', 'b2']) refusals.set(name, new AsteriskError('refused', 'no sorcery'));
  const problems = await keep('a1', 'b2').reconcile();
  expect(problems).toEqual([expect.stringContaining('no handset could be created: no sorcery')]);
});

it("a telephone of the company's own gets no account, and one that Asterisk does not know is a problem", async () => {
  const handsets = [{ name: 'a1' }, { name: 'eva', endpoint: '101' }, { name: 'jan', endpoint: '102' }].map((handset) =>
    handsetSchema.parse(handset),
  );
  accounts.add('eva');
  const problems = await keepHandsets(handsets).reconcile();
  expect(problems).toEqual(['handsets: handset jan: Asterisk has no PJSIP endpoint 102']);
  expect(written).toEqual(['a1']);
  // It had an account of the gateway before.
  expect([...accounts]).toEqual(['a1']);
});

it('without an answer of Asterisk the run ends, and nothing is removed', async () => {
  accounts.add('old');
  const names = Array.from({ length: 20 }, (_, index) => `a${index}`);
  refusals.set('a0', new AsteriskError('unavailable', 'no answer'));
  const problems = await keep(...names).reconcile();
  expect([...accounts]).toEqual(['old']);
  expect(written).toEqual(['a0']);
  expect(problems).toHaveLength(1);
});

it('writes only the handsets that Asterisk does not have exactly so', async () => {
  for (const name of ['a1', 'b2', 'c3']) accounts.add(name);
  current = new Set(['a1', 'c3']);
  expect(await keep('a1', 'b2', 'c3').reconcile()).toEqual([]);
  expect(written).toEqual(['b2']);
});

describe('two gateways, each with an Asterisk, on one data folder', () => {
  it('give a new handset one password', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `a${index}`);
    const [one, other] = [keep(...names), keep(...names)];
    await Promise.all([one.reconcile(), other.reconcile()]);
    for (const name of names) expect(one.knownPassword(name)).toBe(other.knownPassword(name));
    expect((await readdir(secretsDir)).sort()).toEqual(names.map((name) => `handset-${name}`).sort());
  });

  it('write a password that the other one has renewed, and ask Asterisk nothing while none is', async () => {
    const [one, other] = [keep('a1'), keep('a1')];
    await one.reconcile();
    await utimes(secretsDir, 1, 1);
    await other.reconcile();
    written = [];
    await other.readRenewed();
    await other.stop();
    expect(written).toEqual([]);
    expect(announced).toBe(0);
    const renewed = await one.renewPassword('a1');
    expect(announced).toBe(1);
    passwords.clear();
    await other.readRenewed();
    await other.stop();
    expect([passwords.get('a1'), other.knownPassword('a1')]).toEqual([renewed, renewed]);
  });
});
